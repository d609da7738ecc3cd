/// How a certificate is signed.
public struct SignatureAlgorithm: Hashable, Sendable {
    /// The object identifier.
    public let oid: OID
    /// `sha256WithRSAEncryption`, `ecdsa-with-SHA384`, `RSASSA-PSS`, `Ed25519`, …, or the dotted object identifier.
    public let name: String
    /// `SHA-256`, …; nil where the algorithm brings its own (Ed25519) or is unknown.
    public let hash: String?
}

extension SignatureAlgorithm: Codable {
    private enum CodingKeys: CodingKey {
        case oid
        case name
        case hash
    }

    /// All keys, `null` for an unknown hash.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(oid, forKey: .oid)
        try container.encode(name, forKey: .name)
        try container.encode(hash, forKey: .hash)
    }
}

extension SignatureAlgorithm {
    /// `AlgorithmIdentifier ::= SEQUENCE { algorithm OBJECT IDENTIFIER, parameters ANY OPTIONAL }`
    init(_ element: DERElement) throws(DERError) {
        var reader = DERReader(element)
        oid = try reader.oid("the signature algorithm")
        let known = Self.known[oid.dotted]
        name = known?.name ?? oid.dotted
        // RFC 4055 §3.1: the hash of RSASSA-PSS is in `[0]` of the parameters, SHA-1 by default.
        hash = known?.name == "RSASSA-PSS" ? (try? Self.hashOfPSS(&reader)) ?? "SHA-1" : known?.hash
    }

    private static func hashOfPSS(_ reader: inout DERReader) throws(DERError) -> String? {
        var parameters = try reader.inside("the parameters of RSASSA-PSS")
        var wrapped = try parameters.inside(tag: DERTag.constructed(0), "the hash of RSASSA-PSS")
        var algorithm = try wrapped.inside("the hash of RSASSA-PSS")
        let oid = try algorithm.oid("the hash of RSASSA-PSS").dotted
        return hashes[oid] ?? oid
    }

    private static let hashes: [String: String] = [
        "1.3.14.3.2.26": "SHA-1", "2.16.840.1.101.3.4.2.1": "SHA-256", "2.16.840.1.101.3.4.2.2": "SHA-384",
        "2.16.840.1.101.3.4.2.3": "SHA-512", "2.16.840.1.101.3.4.2.4": "SHA-224",
    ]

    private static let known: [String: (name: String, hash: String?)] = [
        "1.2.840.113549.1.1.2": ("md2WithRSAEncryption", "MD2"),
        "1.2.840.113549.1.1.3": ("md4WithRSAEncryption", "MD4"),
        "1.2.840.113549.1.1.4": ("md5WithRSAEncryption", "MD5"),
        "1.2.840.113549.1.1.5": ("sha1WithRSAEncryption", "SHA-1"),
        "1.2.840.113549.1.1.10": ("RSASSA-PSS", nil),
        "1.2.840.113549.1.1.11": ("sha256WithRSAEncryption", "SHA-256"),
        "1.2.840.113549.1.1.12": ("sha384WithRSAEncryption", "SHA-384"),
        "1.2.840.113549.1.1.13": ("sha512WithRSAEncryption", "SHA-512"),
        "1.2.840.113549.1.1.14": ("sha224WithRSAEncryption", "SHA-224"),
        "1.3.14.3.2.29": ("sha1WithRSA", "SHA-1"),
        "1.2.840.10045.4.1": ("ecdsa-with-SHA1", "SHA-1"),
        "1.2.840.10045.4.3.1": ("ecdsa-with-SHA224", "SHA-224"),
        "1.2.840.10045.4.3.2": ("ecdsa-with-SHA256", "SHA-256"),
        "1.2.840.10045.4.3.3": ("ecdsa-with-SHA384", "SHA-384"),
        "1.2.840.10045.4.3.4": ("ecdsa-with-SHA512", "SHA-512"),
        "1.2.840.10040.4.3": ("dsa-with-sha1", "SHA-1"),
        "2.16.840.1.101.3.4.3.1": ("dsa-with-sha224", "SHA-224"),
        "2.16.840.1.101.3.4.3.2": ("dsa-with-sha256", "SHA-256"),
        "1.3.101.112": ("Ed25519", nil), "1.3.101.113": ("Ed448", nil),
        "2.16.840.1.101.3.4.3.17": ("ML-DSA-44", nil), "2.16.840.1.101.3.4.3.18": ("ML-DSA-65", nil),
        "2.16.840.1.101.3.4.3.19": ("ML-DSA-87", nil), "1.2.156.10197.1.501": ("SM2-with-SM3", "SM3"),
        "1.2.643.7.1.1.3.2": ("GOST2012-256", "Streebog-256"), "1.2.643.7.1.1.3.3": ("GOST2012-512", "Streebog-512"),
    ]
}
