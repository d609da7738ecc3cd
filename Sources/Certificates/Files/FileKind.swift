/// What a file, or one block of a PEM file, holds. An open set: later versions add kinds.
public struct FileKind: RawRepresentable, Hashable, Sendable, Codable {
    /// The stable spelling.
    public let rawValue: String

    /// A kind of that spelling.
    public init(rawValue: String) {
        self.rawValue = rawValue
    }

    /// A certificate (RFC 5280).
    public static let certificate = Self(rawValue: "certificate")
    /// A request for a certificate (PKCS#10, RFC 2986).
    public static let request = Self(rawValue: "certificate-request")
    /// A list of revoked certificates (RFC 5280 §5).
    public static let revocationList = Self(rawValue: "crl")
    /// A bundle of certificates (PKCS#7, RFC 5652).
    public static let bundle = Self(rawValue: "pkcs7")
    /// A key with its certificates (PKCS#12, RFC 7292).
    public static let pkcs12 = Self(rawValue: "pkcs12")
    /// A private key, PKCS#8 or traditional.
    public static let privateKey = Self(rawValue: "private-key")
    /// A public key (SubjectPublicKeyInfo, or PKCS#1's RSAPublicKey).
    public static let publicKey = Self(rawValue: "public-key")
    /// What an OCSP responder said (RFC 6960).
    public static let ocspResponse = Self(rawValue: "ocsp-response")
    /// Parameters of a key, which say nothing by themselves.
    public static let parameters = Self(rawValue: "parameters")
    /// A PEM block with another label.
    public static let other = Self(rawValue: "other")

    /// What the label of a PEM block promises (RFC 7468, and what OpenSSL writes).
    public init(label: String) {
        self =
            switch label {
            case "CERTIFICATE", "X509 CERTIFICATE", "TRUSTED CERTIFICATE": .certificate
            case "CERTIFICATE REQUEST", "NEW CERTIFICATE REQUEST": .request
            case "X509 CRL", "CRL": .revocationList
            case "PKCS7", "CMS", "PKCS #7 SIGNED DATA": .bundle
            case "PKCS12": .pkcs12
            case "PUBLIC KEY", "RSA PUBLIC KEY": .publicKey
            case "OCSP RESPONSE": .ocspResponse
            case "EC PARAMETERS", "DH PARAMETERS", "X9.42 DH PARAMETERS", "DSA PARAMETERS": .parameters
            case "PRIVATE KEY", "ENCRYPTED PRIVATE KEY", "RSA PRIVATE KEY", "EC PRIVATE KEY", "DSA PRIVATE KEY":
                .privateKey
            default: .other
            }
    }
}

extension FileKind {
    /// What it is called in a sentence.
    public var text: String {
        switch self {
        case .certificate: "a certificate"
        case .request: "a certificate request"
        case .revocationList: "a list of revoked certificates"
        case .bundle: "a PKCS#7 bundle"
        case .pkcs12: "a PKCS#12 file"
        case .privateKey: "a private key"
        case .publicKey: "a public key"
        case .ocspResponse: "an OCSP response"
        case .parameters: "parameters of a key"
        default: "something else"
        }
    }

    /// What the first bytes of something in DER look like; nil for nothing that is known here. Looks at tags only, so what is
    /// cut off is still told for what it was to be.
    public init?(shapeOf der: [UInt8]) {
        guard let outer = Header(der, at: 0), outer.tag == DERTag.sequence,
            let first = Header(der, at: outer.content)
        else { return nil }
        let second = Header(der, at: first.end)
        switch (first.tag, second?.tag) {
        case (DERTag.objectIdentifier, _):
            // pkcs-7 is 1.2.840.113549.1.7.
            let pkcs7: [UInt8] = [0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 0x01, 0x07]
            guard der[first.content...].starts(with: pkcs7) else { return nil }
            self = .bundle
        case (0x0A, _):
            self = .ocspResponse
        case (DERTag.integer, DERTag.sequence?) where first.length == 1 && der.indices.contains(first.content):
            self = der[first.content] == 3 ? .pkcs12 : .privateKey
        case (DERTag.integer, DERTag.octetString?):
            self = .privateKey
        case (DERTag.integer, DERTag.integer?):
            // RSAPublicKey begins with the modulus, the private keys with a version.
            self = first.length > 8 ? .publicKey : .privateKey
        case (DERTag.sequence, _):
            guard let kind = Self(sequence: first, then: second, in: der) else { return nil }
            self = kind
        default:
            return nil
        }
    }

    private init?(sequence first: Header, then second: Header?, in der: [UInt8]) {
        guard let inner = Header(der, at: first.content) else { return nil }
        switch (inner.tag, second?.tag) {
        case (DERTag.constructed(0), _): self = .certificate
        case (DERTag.objectIdentifier, DERTag.bitString?): self = .publicKey
        case (DERTag.objectIdentifier, DERTag.octetString?): self = .privateKey
        case (DERTag.sequence, _): self = .revocationList
        case (DERTag.integer, _):
            // A request has its subject after the version; certificates of version 1 and lists have an algorithm after
            // the number, then the issuer, and then lists have a date where certificates have two in a sequence.
            guard let algorithm = Header(der, at: inner.end) else { return nil }
            guard Header(der, at: algorithm.content)?.tag == DERTag.objectIdentifier, algorithm.length > 0 else {
                self = .request
                return
            }
            let dates = Header(der, at: algorithm.end).flatMap { Header(der, at: $0.end) }
            self = dates?.tag == DERTag.sequence ? .certificate : .revocationList
        default: return nil
        }
    }
}

/// A tag and a length, whether or not what they promise is there.
private struct Header {
    let tag: UInt8
    let content: Int
    let length: Int
    var end: Int { content + length }

    init?(_ bytes: [UInt8], at start: Int) {
        guard start >= 0, start + 1 < bytes.count else { return nil }
        tag = bytes[start]
        let first = bytes[start + 1]
        guard first & 0x80 != 0 else {
            content = start + 2
            length = Int(first)
            return
        }
        let count = Int(first & 0x7F)
        guard count <= 4, start + 2 + count <= bytes.count else { return nil }
        content = start + 2 + count
        length = bytes[start + 2..<start + 2 + count].reduce(0) { $0 << 8 | Int($1) }
    }
}
