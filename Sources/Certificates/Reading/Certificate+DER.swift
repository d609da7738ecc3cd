package import LibSSL
import TLSParameters

extension Certificate {
    /// ```
    /// Certificate ::= SEQUENCE { tbsCertificate SEQUENCE, signatureAlgorithm AlgorithmIdentifier, signature BIT STRING }
    /// TBSCertificate ::= SEQUENCE {
    ///      version         [0] EXPLICIT INTEGER DEFAULT v1,
    ///      serialNumber        INTEGER,
    ///      signature           AlgorithmIdentifier,
    ///      issuer              Name,
    ///      validity            SEQUENCE { notBefore Time, notAfter Time },
    ///      subject             Name,
    ///      subjectPublicKeyInfo SubjectPublicKeyInfo,
    ///      issuerUniqueID  [1] IMPLICIT BIT STRING OPTIONAL,
    ///      subjectUniqueID [2] IMPLICIT BIT STRING OPTIONAL,
    ///      extensions      [3] EXPLICIT SEQUENCE OF Extension OPTIONAL }
    /// ```
    init(reading der: [UInt8]) throws(DERError) {
        var defects: [CertificateDefect] = []
        var file = DERReader(der[...])
        var outer = try file.inside("a certificate")
        try file.finish("the certificate")
        var tbs = try outer.inside("the part of the certificate that is signed")
        let outerAlgorithm = try outer.element(tag: DERTag.sequence, "the signature algorithm")
        _ = try outer.bitString("the signature")
        try outer.finish("the signature")

        if var explicit = try tbs.element(ifTag: DERTag.constructed(0), "the version").map(DERReader.init) {
            let value = try explicit.smallInteger("the version")
            version = value + 1
            if value > 2 {
                defects.append(
                    CertificateDefect(field: "version", text: "version \(version) doesn't exist", offset: nil)
                )
            }
        } else {
            version = 1
        }
        let number = try tbs.element(tag: DERTag.integer, "the serial number")
        serial = Array(number.content)
        defects += Self.defects(ofSerial: number)
        let innerAlgorithm = try tbs.element(tag: DERTag.sequence, "the signature algorithm")
        signatureAlgorithm = try SignatureAlgorithm(outerAlgorithm)
        if !innerAlgorithm.content.elementsEqual(outerAlgorithm.content) {
            defects.append(
                CertificateDefect(
                    field: "signatureAlgorithm",
                    text: "the two signature algorithms differ",
                    offset: outerAlgorithm.whole.startIndex
                )
            )
        }
        issuer = try DistinguishedName(parsing: &tbs, "issuer", defects: &defects)
        if issuer.isEmpty {
            defects.append(CertificateDefect(field: "issuer", text: "the issuer is empty", offset: nil))
        }
        var validity = try tbs.inside("the validity")
        notBefore = CertificateTime(try validity.element("notBefore"), "notBefore", defects: &defects)
        notAfter = CertificateTime(try validity.element("notAfter"), "notAfter", defects: &defects)
        try validity.finish("the validity")
        subject = try DistinguishedName(parsing: &tbs, "subject", defects: &defects)
        let key = try tbs.element(tag: DERTag.sequence, "the public key")
        subjectPublicKeyInfo = Array(key.whole)
        publicKey = try PublicKeyFacts(subjectPublicKeyInfo: key, defects: &defects)
        _ = try tbs.element(ifTag: DERTag.context(1), "the issuer's unique identifier")
        _ = try tbs.element(ifTag: DERTag.context(2), "the subject's unique identifier")
        extensions = try Self.extensions(in: &tbs, version: version, defects: &defects)
        try tbs.finish("the extensions")
        extensionFacts = ExtensionFacts(reading: extensions, defects: &defects)

        self.der = der
        isSelfIssued = subject.der == issuer.der
        // Asking libcrypto costs a signature check, so only where the names leave the question open.
        isSelfSigned = isSelfIssued && ((try? X509Handle(der: der))?.isSignedByItself ?? false)
        sha256 = hex((try? X509Digest.sha256(der)) ?? [])
        sha1 = hex((try? X509Digest.sha1(der)) ?? [])
        spkiPin = Base64.encode((try? X509Digest.sha256(subjectPublicKeyInfo)) ?? [])
        self.defects = defects
    }

    /// RFC 5280 §4.1.2.2: positive, at most 20 bytes.
    private static func defects(ofSerial number: DERElement) -> [CertificateDefect] {
        let bytes = number.content
        var texts: [String] = []
        if bytes.isEmpty { texts.append("the serial number is empty") }
        if let first = bytes.first, first & 0x80 != 0 { texts.append("the serial number is negative") }
        if !bytes.isEmpty, bytes.allSatisfy({ $0 == 0 }) { texts.append("the serial number is zero") }
        if bytes.count > 20 { texts.append("the serial number has \(bytes.count) bytes, more than 20") }
        return texts.map { CertificateDefect(field: "serialNumber", text: $0, offset: bytes.startIndex) }
    }

    /// `Extension ::= SEQUENCE { extnID OBJECT IDENTIFIER, critical BOOLEAN DEFAULT FALSE, extnValue OCTET STRING }`
    private static func extensions(
        in tbs: inout DERReader,
        version: Int,
        defects: inout [CertificateDefect]
    ) throws(DERError) -> [CertificateExtension] {
        guard var explicit = try tbs.element(ifTag: DERTag.constructed(3), "the extensions").map(DERReader.init) else {
            return []
        }
        var list = try explicit.inside("the extensions")
        try explicit.finish("the extensions")
        if version < 3 {
            defects.append(
                CertificateDefect(field: "version", text: "version \(version) has no extensions", offset: nil)
            )
        }
        return try CertificateExtension.list(&list, defects: &defects)
    }

    /// The certificate as libcrypto has it.
    package func handle() throws(CertificateError) -> X509Handle {
        try library(.malformed, "libcrypto can't read the certificate") { () throws(LibraryError) in
            try X509Handle(der: der)
        }
    }
}

extension CertificateExtension {
    /// `Extensions ::= SEQUENCE OF Extension`, already opened.
    static func list(
        _ list: inout DERReader,
        defects: inout [CertificateDefect]
    ) throws(DERError) -> [CertificateExtension] {
        var found: [CertificateExtension] = []
        var seen: Set<OID> = []
        while !list.isAtEnd {
            let start = list.offset
            var one = try list.inside("an extension")
            let oid = try one.oid("the identifier of an extension")
            let isCritical = one.nextTag == DERTag.boolean ? try one.boolean("the critical flag") : false
            let value = try one.element(tag: DERTag.octetString, "the value of an extension")
            try one.finish("an extension")
            let item = CertificateExtension(
                oid: oid,
                isCritical: isCritical,
                value: Array(value.content),
                offset: value.content.startIndex
            )
            if !seen.insert(oid).inserted {
                defects.append(
                    CertificateDefect(
                        field: item.name ?? oid.dotted,
                        text: "the extension is there more than once",
                        offset: start
                    )
                )
            }
            found.append(item)
        }
        return found
    }
}
