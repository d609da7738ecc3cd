import TLSParameters
import TLSWire

@testable import Probing

/// A server as a pure function that has an opinion on every part of a hello: groups, schemes, extensions, sizes.
struct DetailsServer: Sendable {
    enum Sentinel: CaseIterable, Sendable {
        case right
        case wrong
        case missing
    }

    /// Suites by version, in the server's order.
    var suites: [ProtocolVersion: [CipherSuite]] = [:]
    /// How it says no.
    var refusal = Observation.alert(Alert(level: .fatal, description: .handshake_failure))

    var modernGroups: [NamedGroup] = [.x25519, .secp256r1]
    var classicGroups: [NamedGroup] = [.x25519, .secp256r1]
    var groupsAreServers = false
    /// Prefers a share that is there to the group it would like best.
    var prefersSharedGroups = false
    var needsKeyShare = false
    /// Always this curve in TLS ≤ 1.2, offered or not.
    var stubbornCurve: NamedGroup?
    /// ECDSA suites only if this curve is in the list.
    var certificateCurve: NamedGroup?
    var finiteFields: [NamedGroup] = []
    /// What it uses for DHE when no RFC 7919 group fits; nil to refuse then.
    var ownPrime: DHParameters?

    var schemes: [SignatureScheme] = [.rsa_pss_rsae_sha256, .rsa_pkcs1_sha256, .ecdsa_secp256r1_sha256]
    var schemesAreServers = false
    /// Refuses a TLS 1.3 hello without one of these; nil not to look.
    var modernSchemes: [SignatureScheme]? = [.rsa_pss_rsae_sha256]
    var stubbornScheme: SignatureScheme?
    /// Looks for a scheme only after its ServerHello.
    var refusesLate = false

    /// Extensions it answers with, and the other features it has.
    var features: Set<ServerFeature> = [.extendedMasterSecret, .renegotiationInfo, .renegotiationSCSV]
    /// Nil: no ALPN.
    var protocols: [String]?
    var refusesUnknownProtocols = true
    var takesAnyProtocol = false
    /// Hellos with one of these extensions are refused.
    var allergies: Set<ExtensionType> = []

    /// What it doesn't stand.
    var intolerances: Set<ServerFeature> = []
    var intolerance = Observation.closed
    var sentinel = Sentinel.right

    var versions: [ProtocolVersion] { suites.filter { !$0.value.isEmpty }.keys.sorted() }

    func answer(_ request: ProbeRequest) -> Observation { answer(request.bytes, delivery: request.delivery) }

    func answer(_ bytes: [UInt8], delivery: ProbeRequest.Delivery = .whole) -> Observation {
        if bytes.first.map({ $0 & 0x80 != 0 }) ?? false { return answerSSL2Format(bytes) }
        guard let hello = SimulatedServer.hello(bytes) else {
            return .alert(Alert(level: .fatal, description: .decode_error))
        }
        if isTooMuch(hello, delivery) { return intolerance }
        if hello.extensions?.contains(where: { allergies.contains($0.type) }) ?? false { return refusal }
        guard let version = chosenVersion(hello), let own = suites[version] else {
            return .alert(Alert(level: .fatal, description: .protocol_version))
        }
        if hello.cipherSuites.contains(CipherSuite(rawValue: 0x5600)), features.contains(.fallbackSCSV),
            let newest = versions.last, version < newest
        {
            return .alert(Alert(level: .fatal, description: .inappropriate_fallback))
        }
        let offered = own.filter(hello.cipherSuites.contains)
        return version >= .tls13 ? answerModern(hello, offered) : answerClassic(hello, version, offered)
    }

    private func chosenVersion(_ hello: ClientHello) -> ProtocolVersion? {
        if hello.extensions?.first(.supported_versions) != nil {
            return hello.supportedVersions.filter(versions.contains).max()
        }
        return versions.filter { $0 <= min(hello.legacyVersion, .tls12) }.max()
    }

    private func isTooMuch(_ hello: ClientHello, _ delivery: ProbeRequest.Delivery) -> Bool {
        guard !intolerances.isEmpty else { return false }
        let size = hello.handshakeMessage().bytes.count
        let types = hello.extensions?.map(\.type) ?? []
        func has(_ feature: ServerFeature, _ isThere: Bool) -> Bool { isThere && intolerances.contains(feature) }
        return has(.toleratesHello255, size == 255) || has(.toleratesHello256, (256..<512).contains(size))
            || has(.toleratesHello512, size >= 512) || has(.toleratesHello1500, size > 1_500)
            || has(.toleratesSplitHello, delivery != .whole)
            || has(.toleratesLongSuiteList, hello.cipherSuites.count > 128)
            || has(.toleratesNewerVersion, hello.legacyVersion > .tls12)
            || has(.toleratesGREASE, hello.cipherSuites.contains(where: \.isGREASE))
            || has(.toleratesUnknownExtension, types.contains { $0.registeredName == nil && !$0.isGREASE })
            || has(
                .toleratesUnknownVersion,
                hello.supportedVersions.contains { !ProtocolVersion.all.contains($0) && !$0.isGREASE }
            )
    }

    private func answerSSL2Format(_ bytes: [UInt8]) -> Observation {
        var reader = ByteReader(bytes)
        guard features.contains(.ssl2FormatHello), let record = try? SSL2Record(parsing: &reader),
            let hello = try? SSL2ClientHello(record), let version = versions.filter({ $0 <= hello.version }).max(),
            let suite = suites[version]?.first(where: hello.cipherSuites.contains)
        else { return intolerance }
        return .serverHello(
            ServerHello(legacyVersion: version, random: SimulatedServer.random, cipherSuite: suite, extensions: nil),
            FlightParts()
        )
    }

    static func first<Item: Hashable>(of own: [Item], in offered: [Item], serverOrder: Bool) -> Item? {
        serverOrder ? own.first(where: offered.contains) : offered.first(where: own.contains)
    }
}

// MARK: - TLS 1.3

extension DetailsServer {
    private func answerModern(_ hello: ClientHello, _ offered: [CipherSuite]) -> Observation {
        guard let suite = offered.first else { return refusal }
        let shares = hello.keyShareGroups ?? []
        if needsKeyShare, shares.isEmpty { return .alert(Alert(level: .fatal, description: .illegal_parameter)) }
        // Shares are of offered groups, in their order (RFC 8446 §4.2.8).
        guard shares == hello.groups.filter(shares.contains) else {
            return .alert(Alert(level: .fatal, description: .illegal_parameter))
        }
        guard !hello.groups.contains(where: { (0x0001...0x0016).contains($0.rawValue) }) else {
            return .alert(Alert(level: .fatal, description: .illegal_parameter))
        }
        var mutual = hello.groups
        if prefersSharedGroups, modernGroups.contains(where: shares.contains) { mutual = shares }
        guard let group = Self.first(of: modernGroups, in: mutual, serverOrder: groupsAreServers) else {
            return refusal
        }
        let version = Extension(SelectedVersion(version: .tls13))
        guard shares.contains(group) else {
            return .helloRetryRequest(
                ServerHello(
                    legacyVersion: .tls12,
                    random: ServerHello.helloRetryRequestRandom,
                    cipherSuite: suite,
                    extensions: [version, Extension(RetryKeyShare(group: group))]
                )
            )
        }
        if let modernSchemes, !modernSchemes.contains(where: hello.signatureSchemes.contains) { return refusal }
        if case .refused = chooseProtocol(hello) {
            return .alert(Alert(level: .fatal, description: .no_application_protocol))
        }
        let entry = KeyShareEntry(group: group, keyExchange: [1])
        return .serverHello(
            ServerHello(
                legacyVersion: .tls12,
                random: SimulatedServer.random,
                sessionID: hello.sessionID,
                cipherSuite: suite,
                extensions: [version, Extension(ServerKeyShare(entry: entry))]
            ),
            FlightParts()
        )
    }
}

// MARK: - TLS 1.2 and older

extension DetailsServer {
    private func answerClassic(
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

    private enum ProtocolChoice {
        case none
        case chosen(String)
        case refused
    }

    private func chooseProtocol(_ hello: ClientHello) -> ProtocolChoice {
        let names = hello.alpn.map { String(decoding: $0.bytes, as: UTF8.self) }
        guard let protocols, let first = names.first else { return .none }
        if takesAnyProtocol { return .chosen(first) }
        if let name = protocols.first(where: names.contains) { return .chosen(name) }
        return refusesUnknownProtocols ? .refused : .none
    }
}
