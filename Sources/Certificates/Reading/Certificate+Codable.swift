import TLSParameters

/// The encoded form is for reports: every fact under a stable key, and `der` in base 64, from which alone it is decoded.
extension Certificate: Codable {
    private enum CodingKeys: CodingKey {
        case subject, issuer, version, serial, notBefore, notAfter, publicKey, signatureAlgorithm
        case subjectAlternativeNames, keyUsage, extendedKeyUsage, basicConstraints
        case subjectKeyIdentifier, authorityKeyIdentifier, policies, ocspURLs, caIssuerURLs, crlURLs
        case sctCount, mustStaple, isPrecertificate, isSelfIssued, isSelfSigned, sha256, sha1, spkiPin, bytes
        case extensions, defects, der
    }

    private struct BasicConstraints: Encodable {
        let isCA: Bool
        let pathLength: Int?

        private enum CodingKeys: CodingKey {
            case isCA
            case pathLength
        }

        func encode(to encoder: any Encoder) throws {
            var container = encoder.container(keyedBy: CodingKeys.self)
            try container.encode(isCA, forKey: .isCA)
            try container.encode(pathLength, forKey: .pathLength)
        }
    }

    /// All facts; `null` for what the certificate doesn't have.
    public func encode(to encoder: any Encoder) throws {
        let facts = extensionFacts
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(subject, forKey: .subject)
        try container.encode(issuer, forKey: .issuer)
        try container.encode(version, forKey: .version)
        try container.encode(serialHex, forKey: .serial)
        try container.encode(notBefore, forKey: .notBefore)
        try container.encode(notAfter, forKey: .notAfter)
        try container.encode(publicKey, forKey: .publicKey)
        try container.encode(signatureAlgorithm, forKey: .signatureAlgorithm)
        try container.encode(facts.subjectAlternativeNames, forKey: .subjectAlternativeNames)
        try container.encode(facts.keyUsage, forKey: .keyUsage)
        try container.encode(facts.extendedKeyUsage, forKey: .extendedKeyUsage)
        let constraints = facts.hasBasicConstraints ? BasicConstraints(isCA: isCA, pathLength: pathLength) : nil
        try container.encode(constraints, forKey: .basicConstraints)
        try container.encode(facts.subjectKeyIdentifier.map { hex($0) }, forKey: .subjectKeyIdentifier)
        try container.encode(facts.authorityKeyIdentifier.map { hex($0) }, forKey: .authorityKeyIdentifier)
        try container.encode(facts.policies, forKey: .policies)
        try container.encode(facts.ocspURLs, forKey: .ocspURLs)
        try container.encode(facts.caIssuerURLs, forKey: .caIssuerURLs)
        try container.encode(facts.crlURLs, forKey: .crlURLs)
        try container.encode(facts.sctCount, forKey: .sctCount)
        try container.encode(facts.mustStaple, forKey: .mustStaple)
        try container.encode(facts.isPrecertificate, forKey: .isPrecertificate)
        try container.encode(isSelfIssued, forKey: .isSelfIssued)
        try container.encode(isSelfSigned, forKey: .isSelfSigned)
        try container.encode(sha256, forKey: .sha256)
        try container.encode(sha1, forKey: .sha1)
        try container.encode(spkiPin, forKey: .spkiPin)
        try container.encode(der.count, forKey: .bytes)
        try container.encode(extensions, forKey: .extensions)
        try container.encode(defects, forKey: .defects)
        try container.encode(Base64.encode(der), forKey: .der)
    }

    /// Reads the certificate again from `der`.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        guard let der = Base64.decode(try container.decode(String.self, forKey: .der)) else {
            throw DecodingError.dataCorruptedError(forKey: .der, in: container, debugDescription: "not base 64")
        }
        try self.init(der: der)
    }
}

extension CertificateExtension: Encodable {
    private enum CodingKeys: CodingKey {
        case oid
        case name
        case isCritical
    }

    /// The identifier, name and flag; the bytes are in the certificate's `der`.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(oid, forKey: .oid)
        try container.encode(name, forKey: .name)
        try container.encode(isCritical, forKey: .isCritical)
    }
}

extension KeyPurpose: Encodable {
    private enum CodingKeys: CodingKey {
        case name
        case oid
    }

    /// `{"name": "serverAuth", "oid": …}`.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(name, forKey: .name)
        try container.encode(oid, forKey: .oid)
    }
}
