import LibSSL
import TLSParameters

/// A request for a certificate (PKCS#10, RFC 2986): what its holder wants to be certified.
public struct CertificateRequest: Hashable, Sendable {
    /// Whom the certificate is to be about.
    public var subject: DistinguishedName
    /// The key that is to be certified.
    public var publicKey: PublicKeyFacts
    /// How the holder of the key signed.
    public var signatureAlgorithm: SignatureAlgorithm
    /// Whether the signature was made with that key, which shows that the requester has it; nil where the way of signing, or the
    /// kind of key, is not known here.
    public var isSignatureValid: Bool?
    /// The names that are asked for.
    public var subjectAlternativeNames: [GeneralName]
    /// The uses that are asked for.
    public var keyUsage: [String]
    /// The purposes that are asked for.
    public var extendedKeyUsage: [KeyPurpose]
    /// Whether an authority's certificate is asked for.
    public var isCA: Bool
    /// Whether the certificate is to demand a staple.
    public var mustStaple: Bool
    /// All extensions that are asked for.
    public var extensions: [CertificateExtension]
    /// Whether it holds a password to revoke the certificate with (RFC 2985 §5.4.1), which is readable by everyone who has the
    /// request.
    public var hasChallengePassword: Bool
    /// SHA-256 of the DER, hexadecimal.
    public var sha256: String
    /// The key's pin.
    public var spkiPin: String
    /// What is wrong with the encoding.
    public var defects: [CertificateDefect]
    /// The DER of the key (SubjectPublicKeyInfo); not part of the encoded form.
    public let keyBytes: [UInt8]
    /// The request itself.
    let der: [UInt8]

    /// Reads one request in DER.
    ///
    /// - Throws: `malformed` with the byte at which reading stopped.
    public init(der: [UInt8]) throws(CertificateError) {
        do {
            try self.init(reading: der)
        } catch {
            throw CertificateError(.malformed, "not a certificate request: \(error.text)", offset: error.offset)
        }
    }

    /// ```
    /// CertificationRequest ::= SEQUENCE { info SEQUENCE { version INTEGER, subject Name, subjectPKInfo,
    ///     attributes [0] IMPLICIT SET OF SEQUENCE { type OBJECT IDENTIFIER, values SET } },
    ///     signatureAlgorithm AlgorithmIdentifier, signature BIT STRING }
    /// ```
    private init(reading der: [UInt8]) throws(DERError) {
        var defects: [CertificateDefect] = []
        var file = DERReader(der[...])
        var outer = try file.inside("a certificate request")
        try file.finish("the certificate request")
        var info = try outer.inside("the part of the request that is signed")
        let version = try info.smallInteger("the version")
        if version != 0 {
            defects.append(CertificateDefect(field: "version", text: "the version is \(version), not 0", offset: nil))
        }
        subject = try DistinguishedName(parsing: &info, "subject", defects: &defects)
        let key = try info.element(tag: DERTag.sequence, "the public key")
        keyBytes = Array(key.whole)
        publicKey = try PublicKeyFacts(subjectPublicKeyInfo: key, defects: &defects)
        extensions = []
        hasChallengePassword = false
        if var attributes = try info.element(ifTag: DERTag.constructed(0), "the attributes").map(DERReader.init) {
            while !attributes.isAtEnd {
                var attribute = try attributes.inside("an attribute")
                let type = try attribute.oid("the type of an attribute").dotted
                var values = try attribute.inside(tag: DERTag.set, "the values of an attribute")
                switch type {
                // extensionRequest (RFC 2985 §5.4.2), and Microsoft's.
                case "1.2.840.113549.1.9.14", "1.3.6.1.4.1.311.2.1.14":
                    var list = try values.inside("the extensions")
                    extensions += try CertificateExtension.list(&list, defects: &defects)
                case "1.2.840.113549.1.9.7": hasChallengePassword = true
                default: break
                }
            }
        }
        try info.finish("the attributes")
        signatureAlgorithm = try SignatureAlgorithm(outer.element(tag: DERTag.sequence, "the signature algorithm"))
        _ = try outer.bitString("the signature")
        try outer.finish("the signature")
        let facts = ExtensionFacts(reading: extensions, defects: &defects)
        subjectAlternativeNames = facts.subjectAlternativeNames
        keyUsage = facts.keyUsage
        extendedKeyUsage = facts.extendedKeyUsage
        isCA = facts.isCA
        mustStaple = facts.mustStaple
        isSignatureValid = X509RequestSignature.isValid(der: der)
        sha256 = hex((try? X509Digest.sha256(der)) ?? [])
        spkiPin = Base64.encode((try? X509Digest.sha256(keyBytes)) ?? [])
        self.defects = defects
        self.der = der
    }
}

extension CertificateRequest: Codable {
    private enum CodingKeys: CodingKey {
        case subject, publicKey, signatureAlgorithm, isSignatureValid, subjectAlternativeNames, keyUsage,
            extendedKeyUsage
        case isCA, mustStaple, extensions, hasChallengePassword, sha256, spkiPin, defects, der
    }

    /// Every fact under a stable key.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(subject, forKey: .subject)
        try container.encode(publicKey, forKey: .publicKey)
        try container.encode(signatureAlgorithm, forKey: .signatureAlgorithm)
        try container.encode(isSignatureValid, forKey: .isSignatureValid)
        try container.encode(subjectAlternativeNames, forKey: .subjectAlternativeNames)
        try container.encode(keyUsage, forKey: .keyUsage)
        try container.encode(extendedKeyUsage, forKey: .extendedKeyUsage)
        try container.encode(isCA, forKey: .isCA)
        try container.encode(mustStaple, forKey: .mustStaple)
        try container.encode(extensions, forKey: .extensions)
        try container.encode(hasChallengePassword, forKey: .hasChallengePassword)
        try container.encode(sha256, forKey: .sha256)
        try container.encode(spkiPin, forKey: .spkiPin)
        try container.encode(defects, forKey: .defects)
        try container.encode(hasChallengePassword ? nil : Base64.encode(der), forKey: .der)
    }

    /// Reads the request again from `der`.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        guard let der = Base64.decode(try container.decode(String.self, forKey: .der)) else {
            throw DecodingError.dataCorruptedError(forKey: .der, in: container, debugDescription: "not base 64")
        }
        try self.init(der: der)
    }
}
