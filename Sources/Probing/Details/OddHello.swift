import TLSParameters
import TLSWire

/// Hellos that a server should take no notice of, each odd in ways that a ``ServerFeature`` names.
///
/// What only TLS 1.3 has goes to servers of TLS 1.3 alone: to others `supported_versions` and key shares would be an oddity of
/// their own.
struct OddHello: Sendable {
    private let serverName: String?
    private let suites: [ProtocolVersion: [CipherSuite]]
    private let share: NamedGroup
    /// The newest version that the server speaks, and so what it should answer with.
    let newest: ProtocolVersion
    /// The newest one before TLS 1.3; nil if it has none.
    let newestClassic: ProtocolVersion?

    /// `suites`: what the server accepts, by version; `groups`: groups that it is known to support in TLS 1.3. Nil for a server
    /// that accepts nothing.
    init?(suites: [ProtocolVersion: [CipherSuite]], groups: [NamedGroup], serverName: String?) {
        let versions = suites.filter { !$0.value.isEmpty && $0.key >= .ssl3 }.keys
        guard let newest = versions.max() else { return nil }
        self.suites = suites
        self.serverName = serverName
        self.newest = newest
        newestClassic = versions.filter { $0 <= .tls12 }.max()
        share =
            groups.first { KeyShareEntry.throwaway(for: $0) != nil && !($0.facts?.isPostQuantum ?? true) } ?? .x25519
    }

    /// Nothing odd: as short as a hello can be that a browser might send.
    var plain: ClientHelloTemplate {
        var versions = [newest]
        if newest == .tls13, newestClassic == .tls12 { versions.append(.tls12) }
        var template = ClientHelloTemplate(
            versions: versions,
            cipherSuites: versions.flatMap { (suites[$0] ?? []).prefix(3) },
            groups: [share] + [.x25519, .secp256r1, .secp384r1].filter { $0 != share },
            signatureSchemes: HelloRecipe.briefSchemes + [.ed25519, .ed448, .rsa_pss_pss_sha256],
            serverName: serverName
        )
        template.offersEncryptThenMAC = false
        if newest == .tls13 { template.keyShares = [share].compactMap(KeyShareEntry.throwaway) }
        return template
    }

    /// The hello for one or more of the features that are about what a hello contains; nil if it can't be made.
    func draft(_ features: [ServerFeature]) -> HelloDraft? {
        var template = plain
        for feature in features where feature != .toleratesNewerVersion { apply(feature, to: &template) }
        if features == [.toleratesNewerVersion] { return newerVersion }
        guard let size = features.compactMap(Self.size).max() else { return .template(template) }
        if size > 512, Self.length(template) >= size { return .template(template) }
        return Self.padded(template, to: size).map { .template($0) }
    }

    private func apply(_ feature: ServerFeature, to template: inout ClientHelloTemplate) {
        switch feature {
        case .toleratesGREASE:
            template.cipherSuites.insert(CipherSuite(rawValue: 0x2A2A), at: 0)
            template.groups?.insert(NamedGroup(rawValue: 0x4A4A), at: 0)
            if newest >= .tls13 {
                template.keyShares.insert(KeyShareEntry(group: NamedGroup(rawValue: 0x4A4A), keyExchange: [0]), at: 0)
                template.versions.append(ProtocolVersion(rawValue: 0x8A8A))
            }
            template.signatureSchemes?.insert(SignatureScheme(rawValue: 0x6A6A), at: 0)
            template.additionalExtensions.append(Extension(type: ExtensionType(rawValue: 0xAAAA), data: []))
            template.additionalExtensions.append(Extension(type: ExtensionType(rawValue: 0xCACA), data: [0]))
        case .toleratesUnknownExtension:
            template.additionalExtensions.append(
                Extension(type: ExtensionType(rawValue: Self.unknownExtension), data: [1, 2, 3, 4])
            )
        case .toleratesUnknownVersion:
            template.versions.append(ProtocolVersion(rawValue: 0x0305))
        case .toleratesLongSuiteList:
            let known = Set(template.cipherSuites)
            template.cipherSuites += Self.otherSuites.filter { !known.contains($0) }.prefix(136)
        case .toleratesHello1500, .toleratesSplitHello:
            // A key share of TLS 1.3 is what makes hellos that long; padding does it elsewhere.
            guard newest >= .tls13 else { return }
            template.groups?.insert(.X25519MLKEM768, at: 0)
            let grease = template.keyShares.filter(\.group.isGREASE)
            template.groups =
                (template.groups ?? []).filter(\.isGREASE) + (template.groups ?? []).filter { !$0.isGREASE }
            template.keyShares =
                grease + [.X25519MLKEM768].compactMap(KeyShareEntry.throwaway)
                + template.keyShares.filter { !$0.group.isGREASE }
        default:
            break
        }
    }

    /// Bytes of the handshake message that a feature is about.
    private static func size(_ feature: ServerFeature) -> Int? {
        switch feature {
        case .toleratesHello255: 255
        case .toleratesHello256: 384
        case .toleratesHello512: 512
        case .toleratesHello1500, .toleratesSplitHello: 1_700
        default: nil
        }
    }

    /// A legacy version above TLS 1.2, and without `supported_versions` unless the server speaks nothing older than TLS 1.3.
    private var newerVersion: HelloDraft {
        var template = plain
        if let newestClassic {
            template.versions = [newestClassic]
            template.cipherSuites = Array((suites[newestClassic] ?? []).prefix(6))
            template.keyShares = []
        }
        var bytes = SeededBytes(seed: 0x0304)
        var hello = template.hello(random: bytes.next(32), sessionID: newestClassic == nil ? bytes.next(32) : [])
        hello.legacyVersion = ProtocolVersion(rawValue: 0x0304)
        return .bytes(hello.record(version: template.recordVersion))
    }

    /// Unassigned (IANA, "TLS ExtensionType Values").
    private static let unknownExtension: UInt16 = 0x5A17

    private static let otherSuites = CipherSuite.registry
        .filter { $0.mayAppear(in: .tls12) && !$0.isExport && !$0.isNULL && !$0.isAnonymous }
        .map(\.suite)
}

extension OddHello {
    /// `template` with padding that makes its message `size` bytes long; nil if it is longer already.
    private static func padded(_ template: ClientHelloTemplate, to size: Int) -> ClientHelloTemplate? {
        var template = template
        template.pads = false
        // Padding is four bytes or more; two bytes less is one scheme less.
        while (size - 3..<size).contains(length(template)), let schemes = template.signatureSchemes, schemes.count > 1 {
            template.signatureSchemes = schemes.dropLast()
        }
        let missing = size - length(template)
        guard missing == 0 || missing >= 4 else { return nil }
        if missing > 0 { template.additionalExtensions.append(Extension(Padding(count: missing - 4))) }
        return template
    }

    /// Bytes of the handshake message.
    static func length(_ template: ClientHelloTemplate) -> Int {
        let random = [UInt8](repeating: 0, count: 32)
        let offersTLS13 = template.versions.contains { $0 >= .tls13 }
        return template.hello(random: random, sessionID: offersTLS13 ? random : []).handshakeMessage().bytes.count
    }
}
