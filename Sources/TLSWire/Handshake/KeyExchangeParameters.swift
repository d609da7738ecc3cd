// RFC 5246 §7.4.3
//
//     struct {
//         opaque dh_p<1..2^16-1>;
//         opaque dh_g<1..2^16-1>;
//         opaque dh_Ys<1..2^16-1>;
//     } ServerDHParams;

/// Finite-field Diffie-Hellman parameters, big-endian.
public struct DHParameters: Hashable, Sendable {
    /// The prime.
    public var p: [UInt8]
    /// The generator.
    public var g: [UInt8]
    /// The server's public value.
    public var ys: [UInt8]

    /// Makes parameters.
    public init(p: [UInt8], g: [UInt8], ys: [UInt8]) {
        self.p = p
        self.g = g
        self.ys = ys
    }

    init(parsing reader: inout ByteReader) throws(WireError) {
        p = try reader.readOpaque(.two, minimum: 1, "ServerDHParams.dh_p")
        g = try reader.readOpaque(.two, minimum: 1, "ServerDHParams.dh_g")
        ys = try reader.readOpaque(.two, minimum: 1, "ServerDHParams.dh_Ys")
    }

    func encode(into writer: inout ByteWriter) {
        for value in [p, g, ys] { writer.writeOpaque(.two, value) }
    }

    /// Significant bits of the prime.
    public var bits: Int { significantBits(p) }
}

// RFC 6101 §5.6.3
//
//     struct {
//         opaque RSA_modulus<1..2^16-1>;
//         opaque RSA_exponent<1..2^16-1>;
//     } ServerRSAParams;

/// A temporary RSA key, big-endian.
public struct RSAParameters: Hashable, Sendable {
    /// The modulus; at most 512 bits (1024 in the 1024-export suites).
    public var modulus: [UInt8]
    /// The public exponent.
    public var exponent: [UInt8]

    /// Makes parameters.
    public init(modulus: [UInt8], exponent: [UInt8]) {
        self.modulus = modulus
        self.exponent = exponent
    }

    init(parsing reader: inout ByteReader) throws(WireError) {
        modulus = try reader.readOpaque(.two, minimum: 1, "ServerRSAParams.RSA_modulus")
        exponent = try reader.readOpaque(.two, minimum: 1, "ServerRSAParams.RSA_exponent")
    }

    func encode(into writer: inout ByteWriter) {
        for value in [modulus, exponent] { writer.writeOpaque(.two, value) }
    }

    /// Significant bits of the modulus.
    public var bits: Int { significantBits(modulus) }
}

// RFC 5054 §2.8.2
//
//     struct {
//         opaque srp_N<1..2^16-1>;
//         opaque srp_g<1..2^16-1>;
//         opaque srp_s<1..2^8-1>;
//         opaque srp_B<1..2^16-1>;
//     } ServerSRPParams;

/// Secure Remote Password parameters, big-endian.
public struct SRPParameters: Hashable, Sendable {
    /// The prime.
    public var n: [UInt8]
    /// The generator.
    public var g: [UInt8]
    /// The salt.
    public var salt: [UInt8]
    /// The server's public value.
    public var b: [UInt8]

    /// Makes parameters.
    public init(n: [UInt8], g: [UInt8], salt: [UInt8], b: [UInt8]) {
        self.n = n
        self.g = g
        self.salt = salt
        self.b = b
    }

    init(parsing reader: inout ByteReader) throws(WireError) {
        n = try reader.readOpaque(.two, minimum: 1, "ServerSRPParams.srp_N")
        g = try reader.readOpaque(.two, minimum: 1, "ServerSRPParams.srp_g")
        salt = try reader.readOpaque(.one, minimum: 1, "ServerSRPParams.srp_s")
        b = try reader.readOpaque(.two, minimum: 1, "ServerSRPParams.srp_B")
    }

    func encode(into writer: inout ByteWriter) {
        writer.writeOpaque(.two, n)
        writer.writeOpaque(.two, g)
        writer.writeOpaque(.one, salt)
        writer.writeOpaque(.two, b)
    }
}

/// Bits of a big-endian number without its leading zeros.
func significantBits(_ number: [UInt8]) -> Int {
    guard let first = number.firstIndex(where: { $0 != 0 }) else { return 0 }
    return (number.count - first) * 8 - number[first].leadingZeroBitCount
}
