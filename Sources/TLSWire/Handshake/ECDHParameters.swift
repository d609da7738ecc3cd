public import TLSParameters

// RFC 8422 §5.4, RFC 4492 §5.4 for the two explicit forms
//
//     struct {
//         ECCurveType curve_type;                     explicit_prime(1), explicit_char2(2), named_curve(3)
//         select (curve_type) {
//             case explicit_prime:
//                 opaque prime_p<1..2^8-1>;
//                 ECCurve curve;                      opaque a<1..2^8-1>, b<1..2^8-1>
//                 ECPoint base;                       opaque point<1..2^8-1>
//                 opaque order<1..2^8-1>;
//                 opaque cofactor<1..2^8-1>;
//             case explicit_char2:
//                 uint16 m;
//                 ECBasisType basis;                  trinomial(1): k; pentanomial(2): k1, k2, k3, each <1..2^8-1>
//                 ECCurve curve; ECPoint base; opaque order<1..2^8-1>; opaque cofactor<1..2^8-1>;
//             case named_curve:
//                 NamedGroup group;
//         };
//     } ECParameters;
//     struct { ECParameters curve_params; ECPoint public; } ServerECDHParams;

/// Elliptic-curve Diffie-Hellman parameters.
public struct ECDHParameters: Hashable, Sendable {
    /// How the server says which curve it uses.
    public enum Curve: Hashable, Sendable {
        /// By its number, the only form that RFC 8422 still allows.
        case named(NamedGroup)
        /// By its parameters over a prime field; a finding in itself.
        case explicitPrime(prime: [UInt8], CurveConstants)
        /// By its parameters over a binary field; a finding in itself. `basis` holds k, or k1, k2, k3.
        case explicitBinary(m: UInt16, basis: [[UInt8]], CurveConstants)
    }

    /// What both explicit forms share, big-endian.
    public struct CurveConstants: Hashable, Sendable {
        /// Coefficient a.
        public var a: [UInt8]
        /// Coefficient b.
        public var b: [UInt8]
        /// The base point.
        public var base: [UInt8]
        /// The order of the base point.
        public var order: [UInt8]
        /// The cofactor.
        public var cofactor: [UInt8]

        /// Makes the constants.
        public init(a: [UInt8], b: [UInt8], base: [UInt8], order: [UInt8], cofactor: [UInt8]) {
            self.a = a
            self.b = b
            self.base = base
            self.order = order
            self.cofactor = cofactor
        }
    }

    /// The curve.
    public var curve: Curve
    /// The server's public value.
    public var point: [UInt8]

    /// Makes parameters.
    public init(curve: Curve, point: [UInt8]) {
        self.curve = curve
        self.point = point
    }

    /// The group, if it is named.
    public var namedGroup: NamedGroup? {
        guard case .named(let group) = curve else { return nil }
        return group
    }

    init(parsing reader: inout ByteReader) throws(WireError) {
        let curveType = ECCurveType(rawValue: try reader.readUInt8("ECParameters.curve_type"))
        switch curveType {
        case .explicit_prime:
            let prime = try reader.readOpaque(.one, minimum: 1, "ECParameters.prime_p")
            curve = .explicitPrime(prime: prime, try CurveConstants(parsing: &reader))
        case .explicit_char2:
            let m = try reader.readUInt16("ECParameters.m")
            let basis = try Self.readBasis(&reader)
            curve = .explicitBinary(m: m, basis: basis, try CurveConstants(parsing: &reader))
        case .named_curve:
            curve = .named(NamedGroup(rawValue: try reader.readUInt16("ECParameters.namedcurve")))
        default:
            throw reader.error(
                .illegalValue(UInt64(curveType.rawValue)),
                at: reader.offset - 1,
                "ECParameters.curve_type"
            )
        }
        point = try reader.readOpaque(.one, minimum: 1, "ServerECDHParams.public")
    }

    private static func readBasis(_ reader: inout ByteReader) throws(WireError) -> [[UInt8]] {
        let basisType = try reader.readUInt8("ECParameters.basis")
        guard basisType == 1 || basisType == 2 else {
            throw reader.error(.illegalValue(UInt64(basisType)), at: reader.offset - 1, "ECParameters.basis")
        }
        var basis: [[UInt8]] = []
        for _ in 0..<(basisType == 1 ? 1 : 3) {
            basis.append(try reader.readOpaque(.one, minimum: 1, "ECParameters.k"))
        }
        return basis
    }

    func encode(into writer: inout ByteWriter) {
        switch curve {
        case .named(let group):
            writer.writeUInt8(ECCurveType.named_curve.rawValue)
            writer.writeUInt16(group.rawValue)
        case .explicitPrime(let prime, let constants):
            writer.writeUInt8(ECCurveType.explicit_prime.rawValue)
            writer.writeOpaque(.one, prime)
            constants.encode(into: &writer)
        case .explicitBinary(let m, let basis, let constants):
            writer.writeUInt8(ECCurveType.explicit_char2.rawValue)
            writer.writeUInt16(m)
            writer.writeUInt8(basis.count == 1 ? 1 : 2)
            for k in basis { writer.writeOpaque(.one, k) }
            constants.encode(into: &writer)
        }
        writer.writeOpaque(.one, point)
    }
}

extension ECDHParameters.CurveConstants {
    init(parsing reader: inout ByteReader) throws(WireError) {
        a = try reader.readOpaque(.one, minimum: 1, "ECCurve.a")
        b = try reader.readOpaque(.one, minimum: 1, "ECCurve.b")
        base = try reader.readOpaque(.one, minimum: 1, "ECParameters.base")
        order = try reader.readOpaque(.one, minimum: 1, "ECParameters.order")
        cofactor = try reader.readOpaque(.one, minimum: 1, "ECParameters.cofactor")
    }

    func encode(into writer: inout ByteWriter) {
        for value in [a, b, base, order, cofactor] { writer.writeOpaque(.one, value) }
    }
}
