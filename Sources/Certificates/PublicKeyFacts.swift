/// What is known of a public key without using it.
public struct PublicKeyFacts: Hashable, Sendable {
    /// `RSA`, `RSA-PSS`, `EC`, `Ed25519`, `Ed448`, `X25519`, `X448`, `DSA`, `DH`, `ML-DSA-65`, …, or the dotted object
    /// identifier of an algorithm unknown here.
    public let algorithm: String
    /// The size: of the modulus (RSA), of the field (EC), of the prime (DSA, DH); nil when unknown.
    public let bits: Int?
    /// The curve by its name in the TLS registry (`secp256r1`), its object identifier, or `explicit` when its parameters are
    /// spelled out (RFC 5480 §2.1.1 forbids that); nil when the key is not of the EC kind.
    public let curve: String?
    /// The public exponent of an RSA key in decimal, in hexadecimal after `0x` when it has more than 64 bits.
    public let exponent: String?

    /// A key with those facts.
    public init(algorithm: String, bits: Int?, curve: String? = nil, exponent: String? = nil) {
        self.algorithm = algorithm
        self.bits = bits
        self.curve = curve
        self.exponent = exponent
    }
}

extension PublicKeyFacts: Codable {
    private enum CodingKeys: CodingKey {
        case algorithm
        case bits
        case curve
        case exponent
    }

    /// All keys, `null` for what is unknown.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(algorithm, forKey: .algorithm)
        try container.encode(bits, forKey: .bits)
        try container.encode(curve, forKey: .curve)
        try container.encode(exponent, forKey: .exponent)
    }
}

extension PublicKeyFacts {
    /// ```
    /// SubjectPublicKeyInfo ::= SEQUENCE { algorithm SEQUENCE { algorithm OBJECT IDENTIFIER, parameters ANY OPTIONAL },
    ///                                     subjectPublicKey BIT STRING }
    /// ```
    /// Never fails on the inside of the key: a key that can't be measured is one without a size, and a defect.
    init(subjectPublicKeyInfo: DERElement, defects: inout [CertificateDefect]) throws(DERError) {
        var info = DERReader(subjectPublicKeyInfo)
        var identifier = try info.inside("the algorithm of the public key")
        let oid = try identifier.oid("the algorithm of the public key").dotted
        let key = try info.bitString("the public key").bytes
        try info.finish("the public key")
        do {
            self = try Self.read(oid: oid, parameters: &identifier, key: key)
        } catch {
            defects.append(
                CertificateDefect(field: "subjectPublicKeyInfo", text: error.text, offset: error.offset)
            )
            self.init(algorithm: Self.names[oid]?.name ?? oid, bits: nil)
        }
    }

    private static func read(
        oid: String,
        parameters: inout DERReader,
        key: ArraySlice<UInt8>
    ) throws(DERError) -> PublicKeyFacts {
        let known = names[oid]
        switch known?.name {
        case "RSA"?, "RSA-PSS"?:
            // RFC 8017 A.1.1: RSAPublicKey ::= SEQUENCE { modulus INTEGER, publicExponent INTEGER }
            var outer = DERReader(key)
            var fields = try outer.inside("an RSA key")
            let modulus = try fields.element(tag: DERTag.integer, "the modulus").content
            let exponent = try fields.element(tag: DERTag.integer, "the exponent").content.drop { $0 == 0 }
            let small = exponent.count <= 8 ? String(exponent.reduce(UInt64(0)) { $0 << 8 | UInt64($1) }) : nil
            return PublicKeyFacts(
                algorithm: known?.name ?? oid,
                bits: bitLength(modulus),
                exponent: small ?? "0x" + hex(exponent)
            )
        case "EC"?:
            // RFC 5480 §2.1.1: ECParameters ::= CHOICE { namedCurve OBJECT IDENTIFIER, implicitCurve NULL, specifiedCurve }
            if parameters.nextTag == DERTag.sequence {
                var curve = try parameters.inside("the curve")
                _ = try curve.smallInteger("the version of the curve")
                var field = try curve.inside("the field of the curve")
                _ = try field.oid("the kind of field")
                let prime = try? field.element(tag: DERTag.integer, "the prime of the field").content
                return PublicKeyFacts(algorithm: "EC", bits: prime.map(bitLength), curve: "explicit")
            }
            let name = try parameters.oid("the curve").dotted
            let curve = OID.curves[name]
            return PublicKeyFacts(algorithm: "EC", bits: curve?.bits, curve: curve?.name ?? name)
        case "DSA"?, "DH"?:
            // RFC 3279 §2.3.2 and §2.3.3: the parameters begin with the prime.
            guard !parameters.isAtEnd else { return PublicKeyFacts(algorithm: known?.name ?? oid, bits: nil) }
            var domain = try parameters.inside("the parameters of the key")
            let prime = try domain.element(tag: DERTag.integer, "the prime").content
            return PublicKeyFacts(algorithm: known?.name ?? oid, bits: bitLength(prime))
        default:
            return PublicKeyFacts(algorithm: known?.name ?? oid, bits: known?.bits)
        }
    }

    private static func bitLength(_ integer: ArraySlice<UInt8>) -> Int {
        let digits = integer.drop { $0 == 0 }
        return digits.count * 8 - (digits.first?.leadingZeroBitCount ?? 0)
    }

    /// Algorithms of keys; the size where the algorithm fixes it.
    private static let names: [String: (name: String, bits: Int?)] = [
        "1.2.840.113549.1.1.1": ("RSA", nil), "1.2.840.113549.1.1.10": ("RSA-PSS", nil),
        "1.2.840.10045.2.1": ("EC", nil), "1.2.840.10040.4.1": ("DSA", nil), "1.2.840.113549.1.3.1": ("DH", nil),
        "1.2.840.10046.2.1": ("DH", nil), "1.3.101.110": ("X25519", 256), "1.3.101.111": ("X448", 448),
        "1.3.101.112": ("Ed25519", 256), "1.3.101.113": ("Ed448", 456),
        "2.16.840.1.101.3.4.3.17": ("ML-DSA-44", nil), "2.16.840.1.101.3.4.3.18": ("ML-DSA-65", nil),
        "2.16.840.1.101.3.4.3.19": ("ML-DSA-87", nil), "1.2.643.2.2.19": ("GOST2001", 256),
        "1.2.643.7.1.1.1.1": ("GOST2012-256", 256), "1.2.643.7.1.1.1.2": ("GOST2012-512", 512),
    ]
}
