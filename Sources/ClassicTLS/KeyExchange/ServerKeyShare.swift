import LibSSL
import TLSParameters
import TLSWire

/// A server's part of a key exchange: what it shows in ServerKeyExchange, and keeps until the client's part comes.
struct ServerKeyShare {
    /// What the server keeps.
    private enum Secret {
        case none
        case rsa(PKeyHandle)
        case field(FiniteFieldGroup, privateValue: [UInt8])
        case curve(CurveKeyPair)
    }

    /// What ServerKeyExchange says, not signed yet; nil when the suite has no such message.
    let parameters: ServerKeyExchange.Parameters?
    private let secret: Secret

    /// - Parameters:
    ///   - key: the key of the server's certificate.
    ///   - group: the curve to use, in a suite with an ephemeral one.
    ///   - fieldBits: the size of the finite field.
    init(suite: ClassicSuite, key: PKeyHandle?, group: NamedGroup?, fieldBits: Int) throws(ClassicError) {
        switch suite.facts.keyExchange {
        case .rsa:
            guard let bits = suite.exportBits, let own = key, own.bitCount > bits else {
                parameters = nil
                secret = key.map { .rsa($0) } ?? .none
                return
            }
            // RFC 2246 section 7.4.3: a certificate's key that is too long for export signs a short one.
            let short = try library("no temporary RSA key") { () throws(LibraryError) in
                try PKeyHandle.generate(rsaBits: UInt32(bits))
            }
            guard let numbers = short.rsaNumbers else {
                throw ClassicError(.unsupported, "no temporary RSA key", alert: .internal_error)
            }
            parameters = .rsa(RSAParameters(modulus: numbers.modulus, exponent: numbers.exponent))
            secret = .rsa(short)
        case .rsaPSK:
            parameters = nil
            secret = key.map { .rsa($0) } ?? .none
        case .dhe, .dhePSK:
            let field =
                suite.exportBits.flatMap { FiniteFieldGroup.forExport(bits: $0) } ?? FiniteFieldGroup(bits: fieldBits)
            guard let field else {
                throw ClassicError(.unsupported, "no finite field of \(fieldBits) bits", alert: .internal_error)
            }
            let pair = try library("no Diffie-Hellman key") { () throws(LibraryError) in try field.makeKeyPair() }
            parameters = .dhe(DHParameters(p: field.p, g: field.g, ys: pair.publicValue))
            secret = .field(field, privateValue: pair.privateValue)
        case .ecdhe, .ecdhePSK:
            guard let group, let name = group.libraryName else {
                throw ClassicError("the client offers no curve that the engine has", alert: .handshake_failure)
            }
            let (pair, point) = try library("no key on the curve \(group.name)") { () throws(LibraryError) in
                let pair = try CurveKeyPair(group: name)
                return (pair, try pair.publicValue())
            }
            parameters = .ecdhe(ECDHParameters(curve: .named(group), point: point))
            secret = .curve(pair)
        case .ecdh:
            parameters = nil
            secret = key.map { .curve(CurveKeyPair(owned: $0)) } ?? .none
        default:
            parameters = nil
            secret = .none
        }
    }

    /// The premaster secret that a client's ClientKeyExchange leads to.
    ///
    /// - Parameter pskIdentity: set to the name of the key that the client chose, whether or not it is ours.
    func premaster(
        from body: [UInt8],
        suite: ClassicSuite,
        version: ProtocolVersion,
        helloVersion: ProtocolVersion,
        preSharedKey: ClassicPreSharedKey?,
        pskIdentity: inout [UInt8]?
    ) throws(ClassicError) -> [UInt8] {
        let message: [UInt8]
        do throws(WireError) {
            var reader = ByteReader(body, offset: HandshakeMessage.headerLength)
            if suite.facts.keyExchange.usesPSK {
                pskIdentity = try reader.readOpaque(.two, "ClientKeyExchange.psk_identity")
            }
            switch secret {
            case .none: message = []
            case .rsa where version == .ssl3: message = reader.readRest()
            case .rsa: message = try reader.readOpaque(.two, "ClientKeyExchange.encrypted_premaster_secret")
            case .field: message = try reader.readOpaque(.two, minimum: 1, "ClientKeyExchange.dh_Yc")
            case .curve: message = try reader.readOpaque(.one, minimum: 1, "ClientKeyExchange.ecdh_Yc")
            }
            try reader.finish("ClientKeyExchange")
        } catch {
            throw ClassicError(error)
        }
        return try open(message, suite, helloVersion, preSharedKey, pskIdentity)
    }

    private func open(
        _ message: [UInt8],
        _ suite: ClassicSuite,
        _ helloVersion: ProtocolVersion,
        _ preSharedKey: ClassicPreSharedKey?,
        _ identity: [UInt8]?
    ) throws(ClassicError) -> [UInt8] {
        let other: [UInt8]? = try library("the client's key exchange is none", .illegal_parameter) {
            () throws(LibraryError) in
            switch secret {
            case .none: nil
            case .rsa(let key): try PremasterSecret.decryptRSA(message, key: key, helloVersion: helloVersion)
            case .field(let field, let own): try field.sharedSecret(privateValue: own, peer: message)
            case .curve(let pair): try pair.sharedSecret(peer: message)
            }
        }
        guard suite.facts.keyExchange.usesPSK else { return other ?? [] }
        guard let preSharedKey, preSharedKey.identity == identity else {
            throw ClassicError("the client uses a pre-shared key that is not known here", alert: .unknown_psk_identity)
        }
        return PremasterSecret.withPreSharedKey(preSharedKey.key, other: other)
    }
}

extension FiniteFieldGroup {
    /// A field small enough for export suites, with a safe prime and the generator 2; nil for other sizes than 512 and 1024.
    fileprivate static func forExport(bits: Int) -> FiniteFieldGroup? {
        bits == 512 ? export512 : FiniteFieldGroup(bits: bits)
    }

    // Made for this program with `openssl dhparam 512`. Nobody should ever rely on it, whoever made it.
    private static let export512 = FiniteFieldGroup(
        p: [
            0xDB, 0x8D, 0x93, 0xDD, 0xAC, 0x02, 0xF2, 0xD2, 0xC5, 0x46, 0x35, 0xE9, 0x24, 0xAD, 0x46, 0x7E,
            0xD8, 0x24, 0xC1, 0x39, 0xB2, 0xA8, 0xD8, 0x28, 0x17, 0xA2, 0x97, 0xD8, 0xCE, 0xAB, 0x9A, 0xBA,
            0x74, 0xCE, 0x5B, 0x68, 0xB7, 0x3E, 0x11, 0x40, 0x84, 0xBD, 0xDD, 0x25, 0xA9, 0x5F, 0xDF, 0x62,
            0xD5, 0xE1, 0x7E, 0x90, 0x54, 0x7D, 0xF1, 0xD6, 0x31, 0xCB, 0xE9, 0x32, 0xBF, 0x3C, 0x6C, 0x77,
        ],
        g: [2]
    )
}
