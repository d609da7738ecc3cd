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
