import TLSParameters
import TLSWire

@testable import Probing

/// TLS 1.2 and older.
extension DetailsServer {
    func answerClassic(
        _ hello: ClientHello,
        _ version: ProtocolVersion,
        _ offered: [CipherSuite]
    ) -> Observation {
        for suite in offered {
            guard let exchange = exchange(hello, version, suite) else {
                guard refusesLate else { continue }
                var parts = FlightParts()
                parts.alert = Alert(level: .fatal, description: .handshake_failure)
                return .serverHello(serverHello(hello, version, suite), parts)
            }
            if case .refused = chooseProtocol(hello) {
                return .alert(Alert(level: .fatal, description: .no_application_protocol))
            }
            return .serverHello(serverHello(hello, version, suite), FlightParts(keyExchange: exchange))
        }
        return refusal
    }

    private func exchange(
        _ hello: ClientHello,
        _ version: ProtocolVersion,
        _ suite: CipherSuite
    ) -> ServerKeyExchange? {
        guard let facts = suite.facts else { return nil }
        var parameters = ServerKeyExchange.Parameters.none
        switch facts.keyExchange {
        case .ecdhe, .ecdhePSK:
            guard let curve = curve(hello, facts) else { return nil }
            parameters = .ecdhe(ECDHParameters(curve: .named(curve), point: [4, 1, 1]))
        case .dhe, .dhePSK:
            guard let field = field(hello) else { return nil }
            parameters = .dhe(field)
        default:
            break
        }
        guard parameters != .none, !facts.isAnonymous, facts.authentication != .psk else {
            return ServerKeyExchange(parameters: parameters)
        }
        var scheme: SignatureScheme?
        if version == .tls12 {
            guard let found = self.scheme(hello, facts.authentication) else { return nil }
            scheme = found
        }
        return ServerKeyExchange(parameters: parameters, signed: DigitallySigned(scheme: scheme, signature: [1]))
    }

    private func curve(_ hello: ClientHello, _ facts: CipherSuiteFacts) -> NamedGroup? {
        if let stubbornCurve { return stubbornCurve }
        if facts.authentication == .ecdsa, let certificateCurve, !hello.groups.contains(certificateCurve) { return nil }
        return Self.first(of: classicGroups, in: hello.groups, serverOrder: groupsAreServers)
    }

    private func field(_ hello: ClientHello) -> DHParameters? {
        if let group = Self.first(of: finiteFields, in: hello.groups, serverOrder: groupsAreServers) {
            return Self.parameters(group)
        }
        return ownPrime
    }

    /// Parameters that are told for an RFC 7919 group.
    static func parameters(_ group: NamedGroup) -> DHParameters {
        let head: [UInt8] = [
            0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xAD, 0xF8, 0x54, 0x58, 0xA2, 0xBB, 0x4A, 0x9A,
            0xAF, 0xDC, 0x56, 0x20, 0x27, 0x3D, 0x3C, 0xF1, 0xD8, 0xB9, 0xC5, 0x83, 0xCE, 0x2D, 0x36, 0x95,
            0xA9, 0xE1, 0x36, 0x41, 0x14, 0x64, 0x33, 0xFB,
        ]
        let count = (group.facts?.bits ?? 2_048) / 8
        let tail = [UInt8](repeating: 0xFF, count: 8)
        return DHParameters(p: head + [UInt8](repeating: 1, count: count - 48) + tail, g: [2], ys: [3])
    }

    /// The schemes that a key of each kind signs with.
    static let fitting: [Authentication: Set<SignatureScheme>] = [
        .ecdsa: Set(SignatureScheme.all.filter { $0.name.hasPrefix("ecdsa") || $0.name.hasPrefix("ed") }),
        .rsa: Set(SignatureScheme.all.filter { $0.name.hasPrefix("rsa") }),
        .dss: Set(SignatureScheme.all.filter { $0.name.hasPrefix("dsa") }),
    ]

    private func scheme(_ hello: ClientHello, _ authentication: Authentication) -> SignatureScheme? {
        if let stubbornScheme { return stubbornScheme }
        let own = schemes.filter { Self.fitting[authentication]?.contains($0) ?? false }
        return Self.first(of: own, in: hello.signatureSchemes, serverOrder: schemesAreServers)
    }

    private func serverHello(_ hello: ClientHello, _ version: ProtocolVersion, _ suite: CipherSuite) -> ServerHello {
        var answer = ServerHello(
            legacyVersion: version,
            random: random(version),
            cipherSuite: suite,
            extensions: hello.extensions == nil ? nil : extensions(hello, suite)
        )
        let offersTicket = hello.extensions?.first(.session_ticket) != nil
        if features.contains(.sessionID), !(offersTicket && features.contains(.sessionTicket)) {
            answer.sessionID = [UInt8](repeating: 5, count: 32)
        }
        if features.contains(.compression), hello.compressionMethods.contains(.DEFLATE) {
            answer.compressionMethod = .DEFLATE
        }
        return answer
    }

    private func random(_ version: ProtocolVersion) -> [UInt8] {
        guard let newest = versions.last, newest > version, newest >= .tls12, sentinel != .missing else {
            return SimulatedServer.random
        }
        let right: UInt8 = version == .tls12 ? 1 : 0
        return Array(SimulatedServer.random.prefix(24)) + Array("DOWNGRD".utf8) + [
            sentinel == .right ? right : 1 - right
        ]
    }

    private func extensions(_ hello: ClientHello, _ suite: CipherSuite) -> [Extension] {
        var list: [Extension] = []
        func echo(_ feature: ServerFeature, _ answer: Extension) {
            if features.contains(feature), hello.extensions?.first(answer.type) != nil { list.append(answer) }
        }
        echo(.extendedMasterSecret, Extension(ExtendedMasterSecret()))
        if suite.facts?.isCBC ?? false { echo(.encryptThenMAC, Extension(EncryptThenMAC())) }
        echo(.renegotiationInfo, Extension(RenegotiationInfo()))
        if features.contains(.renegotiationSCSV), hello.cipherSuites.contains(CipherSuite(rawValue: 0x00FF)) {
            list.append(Extension(RenegotiationInfo()))
        }
        echo(.sessionTicket, Extension(SessionTicketExtension()))
        echo(.recordSizeLimit, Extension(RecordSizeLimit(limit: 16_384)))
        if hello.extensions?.first(.record_size_limit) == nil, let asked = hello.extensions?.first(.max_fragment_length)
        {
            echo(.maxFragmentLength, asked)
        }
        echo(.heartbeat, Extension(Heartbeat(mode: .peer_allowed_to_send)))
        echo(.ocspStapling, Extension(StatusRequestAcknowledgement()))
        echo(.certificateTimestamps, Extension(type: .signed_certificate_timestamp, data: [0, 4, 0, 2, 1, 1]))
        if case .chosen(let name) = chooseProtocol(hello) {
            list.append(Extension(ApplicationProtocols(names: [PeerText(name)])))
        }
        return list
    }

    enum ProtocolChoice {
        case none
        case chosen(String)
        case refused
    }

    func chooseProtocol(_ hello: ClientHello) -> ProtocolChoice {
        let names = hello.alpn.map { String(decoding: $0.bytes, as: UTF8.self) }
        guard let protocols, let first = names.first else { return .none }
        if let name = protocols.first(where: names.contains) { return .chosen(name) }
        if takesAnyProtocol { return .chosen(first) }
        return refusesUnknownProtocols ? .refused : .none
    }
}
