import TLSParameters

extension ExtensionFacts {
    /// Decodes the extensions known here. One that can't be decoded becomes a defect, and the others are read all the same.
    init(reading extensions: [CertificateExtension], defects: inout [CertificateDefect]) {
        for item in extensions {
            guard let name = item.name else { continue }
            do {
                try read(item, name, defects: &defects)
            } catch {
                defects.append(
                    CertificateDefect(field: name, text: error.text, offset: item.offset + error.offset)
                )
            }
        }
    }

    private mutating func read(
        _ item: CertificateExtension,
        _ name: String,
        defects: inout [CertificateDefect]
    ) throws(DERError) {
        var reader = DERReader(item.value[...])
        switch name {
        case "subjectAltName":
            var names = try reader.inside(name)
            var found: [CertificateDefect] = []
            subjectAlternativeNames = try GeneralName.all(in: &names, field: name, defects: &found)
            defects += found.map { $0.moved(by: item.offset) }
        case "keyUsage":
            keyUsage = try Self.keyUsage(&reader)
        case "extKeyUsage":
            var purposes = try reader.inside(name)
            while !purposes.isAtEnd { extendedKeyUsage.append(KeyPurpose(oid: try purposes.oid("a purpose"))) }
        case "basicConstraints":
            // BasicConstraints ::= SEQUENCE { cA BOOLEAN DEFAULT FALSE, pathLenConstraint INTEGER OPTIONAL }
            hasBasicConstraints = true
            var constraints = try reader.inside(name)
            if constraints.nextTag == DERTag.boolean { isCA = try constraints.boolean("cA") }
            if !constraints.isAtEnd { pathLength = try constraints.smallInteger("pathLenConstraint") }
            try constraints.finish(name)
        case "subjectKeyIdentifier":
            subjectKeyIdentifier = Array(try reader.element(tag: DERTag.octetString, name).content)
        case "authorityKeyIdentifier":
            // AuthorityKeyIdentifier ::= SEQUENCE { keyIdentifier [0], authorityCertIssuer [1], …SerialNumber [2] }
            var fields = try reader.inside(name)
            authorityKeyIdentifier = try fields.element(ifTag: DERTag.context(0), name).map { Array($0.content) }
        case "certificatePolicies":
            var list = try reader.inside(name)
            while !list.isAtEnd {
                var policy = try list.inside("a policy")
                policies.append(try policy.oid("a policy"))
            }
        case "authorityInfoAccess":
            try readAccess(&reader, name)
        case "cRLDistributionPoints":
            try readDistributionPoints(&reader, name)
        case "signedCertificateTimestampList":
            sctCount = try SignedTimestamp.list(try reader.element(tag: DERTag.octetString, name).content).count
        case "tlsFeature":
            // RFC 7633 §4.1: Features ::= SEQUENCE OF INTEGER, the number of a TLS extension; 5 is status_request.
            var features = try reader.inside(name)
            while !features.isAtEnd {
                if try features.smallInteger("a feature") == 5 { mustStaple = true }
            }
        case "precertificatePoison":
            isPrecertificate = true
            return
        default:
            return
        }
        try reader.finish(name)
    }

    /// RFC 5280 §4.2.1.3; the first bit is the highest of the first byte.
    private static func keyUsage(_ reader: inout DERReader) throws(DERError) -> [String] {
        let names = [
            "digitalSignature", "nonRepudiation", "keyEncipherment", "dataEncipherment", "keyAgreement", "keyCertSign",
            "cRLSign", "encipherOnly", "decipherOnly",
        ]
        let bytes = Array(try reader.bitString("keyUsage").bytes)
        return names.indices.compactMap { bit in
            bit / 8 < bytes.count && bytes[bit / 8] & (0x80 >> UInt8(bit % 8)) != 0 ? names[bit] : nil
        }
    }

    /// `SEQUENCE OF SEQUENCE { accessMethod OBJECT IDENTIFIER, accessLocation GeneralName }`
    private mutating func readAccess(_ reader: inout DERReader, _ name: String) throws(DERError) {
        var list = try reader.inside(name)
        while !list.isAtEnd {
            var access = try list.inside("an access description")
            let method = try access.oid("an access method").dotted
            let location = try access.element("an access location")
            guard location.tag == DERTag.context(6) else { continue }
            switch method {
            case "1.3.6.1.5.5.7.48.1": ocspURLs.append(PeerText(bytes: location.content))
            case "1.3.6.1.5.5.7.48.2": caIssuerURLs.append(PeerText(bytes: location.content))
            default: break
            }
        }
    }

    /// ```
    /// DistributionPoint ::= SEQUENCE { distributionPoint [0] CHOICE { fullName [0] GeneralNames, … } OPTIONAL, … }
    /// ```
    private mutating func readDistributionPoints(_ reader: inout DERReader, _ name: String) throws(DERError) {
        var list = try reader.inside(name)
        while !list.isAtEnd {
            var point = try list.inside("a distribution point")
            guard var choice = try point.element(ifTag: DERTag.constructed(0), name).map(DERReader.init),
                var names = try choice.element(ifTag: DERTag.constructed(0), name).map(DERReader.init)
            else { continue }
            while !names.isAtEnd {
                let location = try names.element("a location")
                if location.tag == DERTag.context(6) { crlURLs.append(PeerText(bytes: location.content)) }
            }
        }
    }
}

extension CertificateDefect {
    /// The defect with its offset counted from the start of the certificate instead of the extension.
    func moved(by distance: Int) -> CertificateDefect {
        CertificateDefect(field: field, text: text, offset: offset.map { $0 + distance })
    }
}
