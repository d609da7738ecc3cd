/// An X.509 certificate (RFC 5280) as a value: its DER and every fact read from it.
///
/// Reading is done here, in memory-safe code, and keeps going past an odd extension: what is odd is listed in ``defects`` and
/// the extension's bytes stay in ``extensions``. Whether the certificate is to be believed is ``ChainValidator``'s question.
public struct Certificate: Sendable {
    /// The certificate as it was sent.
    public let der: [UInt8]
    /// 1, 2 or 3; larger when the certificate says so (RFC 5280 §4.1.2.1).
    public let version: Int
    /// The bytes of the serial number, a big-endian two's complement number.
    public let serial: [UInt8]
    /// Who signed it, by the certificate's own account.
    public let issuer: DistinguishedName
    /// Whom it is about; may be empty when there are alternative names.
    public let subject: DistinguishedName
    /// The first second of validity.
    public let notBefore: CertificateTime
    /// The last second of validity.
    public let notAfter: CertificateTime
    /// What is known of the public key.
    public let publicKey: PublicKeyFacts
    /// The DER of the SubjectPublicKeyInfo, which is what a pin covers (RFC 7469 §2.4).
    public let subjectPublicKeyInfo: [UInt8]
    /// How the issuer signed.
    public let signatureAlgorithm: SignatureAlgorithm
    /// All extensions in order, decoded or not.
    public let extensions: [CertificateExtension]
    /// What the known extensions say.
    public let extensionFacts: ExtensionFacts
    /// True when subject and issuer are the same name.
    public let isSelfIssued: Bool
    /// True when the certificate's own key made its signature.
    public let isSelfSigned: Bool
    /// SHA-256 of the DER, lower-case hexadecimal without separators.
    public let sha256: String
    /// SHA-1 of the DER, lower-case hexadecimal without separators.
    public let sha1: String
    /// SHA-256 of the SubjectPublicKeyInfo in base 64, as `curl --pinnedpubkey sha256//…` takes it.
    public let spkiPin: String
    /// What is wrong with the encoding, in the order it was met; empty for an ordinary certificate.
    public let defects: [CertificateDefect]

    /// Reads one certificate in DER.
    ///
    /// - Throws: `malformed` with the byte offset when the bytes are not exactly one certificate.
    public init(der: [UInt8]) throws(CertificateError) {
        do {
            try self.init(reading: der)
        } catch {
            throw CertificateError(.malformed, "not a certificate: \(error.text)", offset: error.offset)
        }
    }
}

/// Something wrong with the encoding of a certificate that did not stop it from being read.
public struct CertificateDefect: Hashable, Sendable {
    /// Where: a name of the standard, such as `subject` or `subjectAltName`.
    public let field: String
    /// What is wrong, lower case, in our own words.
    public let text: String
    /// The byte of the certificate's DER, from 0.
    public let offset: Int?

    init(field: String, text: String, offset: Int?) {
        self.field = field
        self.text = text
        self.offset = offset
    }
}

extension CertificateDefect: Codable {
    private enum CodingKeys: CodingKey {
        case field
        case text
        case offset
    }

    /// All keys, `null` for an unknown place.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(field, forKey: .field)
        try container.encode(text, forKey: .text)
        try container.encode(offset, forKey: .offset)
    }
}

extension Certificate {
    /// The serial number in upper-case hexadecimal, without leading zeros, `-` before a negative one (RFC 5280 §4.1.2.2
    /// forbids those, and they exist).
    public var serialHex: String {
        let isNegative = (serial.first ?? 0) & 0x80 != 0
        var magnitude = serial
        if isNegative {
            // Two's complement: invert and add one; the carry can't leave the top because the top bit was set.
            var carry = true
            for index in magnitude.indices.reversed() {
                magnitude[index] = ~magnitude[index]
                if carry {
                    let (sum, overflow) = magnitude[index].addingReportingOverflow(1)
                    magnitude[index] = sum
                    carry = overflow
                }
            }
        }
        let digits = hex(magnitude.drop { $0 == 0 }).uppercased()
        return (isNegative ? "-" : "") + (digits.isEmpty ? "00" : digits)
    }

    /// All alternative names, in order.
    public var subjectAlternativeNames: [GeneralName] { extensionFacts.subjectAlternativeNames }
    /// The bits of the key usage by their names in RFC 5280 §4.2.1.3; empty when there is no such extension.
    public var keyUsage: [String] { extensionFacts.keyUsage }
    /// The purposes of the extended key usage; empty when there is no such extension.
    public var extendedKeyUsage: [KeyPurpose] { extensionFacts.extendedKeyUsage }
    /// True when the basic constraints say so.
    public var isCA: Bool { extensionFacts.isCA }
    /// How many intermediates may follow, when limited.
    public var pathLength: Int? { extensionFacts.pathLength }

    /// The certificate in PEM, with a final newline.
    public var pem: String { PEM.encode(der, label: "CERTIFICATE") }

    /// True from the first to the last second of validity at `now` (Unix seconds); nil when a date can't be read.
    public func isValid(at now: Int64) -> Bool? {
        guard let first = notBefore.unixSeconds, let last = notAfter.unixSeconds else { return nil }
        return first <= now && now <= last
    }
}

/// Two certificates are the same when their bytes are.
extension Certificate: Hashable {
    /// Compares the DER.
    public static func == (a: Self, b: Self) -> Bool {
        a.der == b.der
    }

    /// Hashes the fingerprint.
    public func hash(into hasher: inout Hasher) {
        hasher.combine(sha256)
    }
}
