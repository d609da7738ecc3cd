import LibSSL
import TLSParameters
import TLSWire

/// A client's part of a key exchange: the body of ClientKeyExchange, and the secret that comes of it (RFC 5246 section 7.4.7).
struct ClientKeyExchange {
    let body: [UInt8]
    let premaster: [UInt8]

    /// What the server showed.
    struct ServerPart {
        /// The key of its certificate.
        var key: PKeyHandle?
        /// What its ServerKeyExchange holds.
        var parameters: ServerKeyExchange.Parameters?
    }

    init(
        suite: ClassicSuite,
        version: ProtocolVersion,
        helloVersion: ProtocolVersion,
        server: ServerPart,
        preSharedKey: ClassicPreSharedKey?
    ) throws(ClassicError) {
        var writer = ByteWriter()
        if suite.facts.keyExchange.usesPSK {
            guard let preSharedKey else {
                throw ClassicError(.unsupported, "there is no pre-shared key", alert: .internal_error)
            }
            writer.writeOpaque(.two, preSharedKey.identity)
        }
        var secret: [UInt8]?
        switch suite.facts.keyExchange {
        case .rsa, .rsaPSK:
            let (message, premaster) = try Self.encrypt(suite, helloVersion, server)
            // SSL 3.0 has no length in front (RFC 6101 section 5.6.7.1).
            if version == .ssl3 { writer.writeBytes(message) } else { writer.writeOpaque(.two, message) }
            secret = premaster
        case .dhe, .dhePSK:
            let (message, premaster) = try Self.agree(onField: server.parameters)
            writer.writeOpaque(.two, message)
            secret = premaster
        case .ecdhe, .ecdhePSK, .ecdh:
            let (message, premaster) = try Self.agree(onCurve: server, isStatic: suite.facts.keyExchange == .ecdh)
            writer.writeOpaque(.one, message)
            secret = premaster
        default: break
        }
        body = writer.bytes
        premaster =
            preSharedKey.flatMap { key in
                suite.facts.keyExchange.usesPSK
                    ? PremasterSecret.withPreSharedKey(key.key, other: secret) : nil
            } ?? secret ?? []
    }

    private static func encrypt(
        _ suite: ClassicSuite,
        _ helloVersion: ProtocolVersion,
        _ server: ServerPart
    ) throws(ClassicError) -> (message: [UInt8], premaster: [UInt8]) {
        var key = server.key
        if case .rsa(let parameters)? = server.parameters {
            key = try library("the server's temporary RSA key can't be used", .illegal_parameter) {
                () throws(LibraryError) in
                try PKeyHandle.publicKey(modulus: parameters.modulus, exponent: parameters.exponent)
            }
        }
        guard let key, key.algorithmName == "RSA" else {
            throw ClassicError("the server's certificate has no RSA key", alert: .unsupported_certificate)
        }
        // RFC 2246 section 7.4.3: a certificate's key that is too long for export has a temporary one to stand in for it.
        if let bits = suite.exportBits, key.bitCount > bits {
            guard case .rsa? = server.parameters else { throw .missingServerKeyExchange }
            throw ClassicError(
                "the server's temporary RSA key has \(key.bitCount) bits, where the suite allows \(bits)",
                alert: .illegal_parameter
            )
        }
        return try library("the premaster secret can't be encrypted to the server's key", .illegal_parameter) {
            () throws(LibraryError) in
            let premaster = try PremasterSecret.makeRSA(helloVersion: helloVersion)
            return (try key.encrypt(premaster), premaster)
        }
    }

    private static func agree(
        onField parameters: ServerKeyExchange.Parameters?
    ) throws(ClassicError) -> (message: [UInt8], premaster: [UInt8]) {
        guard case .dhe(let server)? = parameters else { throw .missingServerKeyExchange }
        let group = FiniteFieldGroup(p: server.p, g: server.g)
        return try library("the server's Diffie-Hellman parameters are none", .illegal_parameter) {
            () throws(LibraryError) in
            let pair = try group.makeKeyPair()
            return (pair.publicValue, try group.sharedSecret(privateValue: pair.privateValue, peer: server.ys))
        }
    }

    private static func agree(
        onCurve server: ServerPart,
        isStatic: Bool
    ) throws(ClassicError) -> (message: [UInt8], premaster: [UInt8]) {
        if isStatic {
            guard let key = server.key, key.algorithmName == "EC" else {
                throw ClassicError("the server's certificate has no key on a curve", alert: .unsupported_certificate)
            }
            return try library("no secret comes of the certificate's key", .illegal_parameter) {
                () throws(LibraryError) in
                let own = try CurveKeyPair(like: key)
                return (try own.publicValue(), try own.sharedSecret(peer: key))
            }
        }
        guard case .ecdhe(let parameters)? = server.parameters else { throw .missingServerKeyExchange }
        guard let group = parameters.namedGroup, let name = group.libraryName else {
            throw ClassicError(
                .unsupported,
                "the engine lacks the server's curve \(parameters.namedGroup?.name ?? "with explicit parameters")",
                alert: .illegal_parameter
            )
        }
        return try library("the server's point is not on the curve \(group.name)", .illegal_parameter) {
            () throws(LibraryError) in
            let own = try CurveKeyPair(group: name)
            return (try own.publicValue(), try own.sharedSecret(peer: parameters.point))
        }
    }
}

extension ClassicError {
    static var missingServerKeyExchange: ClassicError {
        ClassicError("the server sent no ServerKeyExchange, which the suite needs", alert: .unexpected_message)
    }
}

extension NamedGroup {
    /// libcrypto's name of a curve; nil for one that it lacks, or that is none.
    var libraryName: String? {
        guard let facts, facts.kind.isEllipticCurve, facts.kind != .gostCurve, facts.kind != .explicit else {
            return nil
        }
        switch self {
        case .secp256r1: return "prime256v1"
        case .secp192r1: return "prime192v1"
        case .x25519: return "X25519"
        case .x448: return "X448"
        default: return name
        }
    }
}

/// Runs calls into libcrypto and turns their refusal into an error of the engine's.
func library<Result>(
    _ what: String,
    _ alert: AlertDescription = .internal_error,
    _ call: () throws(LibraryError) -> Result
) throws(ClassicError) -> Result {
    do {
        return try call()
    } catch {
        let detail = error.entries.isEmpty ? "" : ": \(error.text)"
        throw ClassicError("\(what)\(detail)", alert: alert)
    }
}
