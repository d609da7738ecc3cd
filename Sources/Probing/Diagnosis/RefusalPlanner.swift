public import TLSParameters
import TLSWire

/// Why does a server turn a client away? A handful of hellos, each on a connection of its own, that vary one thing a time:
/// the version (with nearly everything else on offer), the server name, the length.
///
/// No repeats and no controls: what one answer does not show is not claimed.
public struct RefusalPlanner: ProbePlanner {
    /// What a hello asks.
    public enum Question: Hashable, Sendable {
        /// This version alone, with the suites that servers have; with SSL 2.0 its own hello.
        case version(ProtocolVersion)
        /// This version alone, with the suites that nobody should use: asked where the server takes none of the others.
        case weak(ProtocolVersion)
        /// A few suites of TLS 1.2 in a hello of less than 256 bytes.
        case short
        /// The same, filled up to this many bytes of a record.
        case long(Int)
        /// TLS 1.2 and 1.3 with this server name; nil sends none.
        case name(String?)
    }

    /// What to find out.
    public struct Configuration: Hashable, Sendable {
        /// The name that the client sent; nil if it sent none.
        public var serverName: String?
        /// Another name to try, or none at all; nil for no such question.
        public var otherName: String??
        /// The length of the client's hello in bytes, if the server may have choked on it.
        public var helloLength: Int?
        /// 32 bytes for the randoms: the same bytes give the same hellos.
        public var random: [UInt8]

        /// Asks for the versions alone.
        public init(serverName: String?, random: [UInt8] = (0..<32).map { _ in .random(in: 0...255) }) {
            self.serverName = serverName
            self.random = random
        }
    }

    /// What the server did with each hello.
    public private(set) var outcome: [Question: Observation] = [:]
    private let configuration: Configuration
    private var questions: [Question]
    private var asked = 0

    /// A planner with everything still to ask.
    public init(_ configuration: Configuration) {
        self.configuration = configuration
        var questions: [Question] = []
        // Where time may run short this comes first.
        if let length = configuration.helloLength, length > Self.shortLimit { questions += [.short, .long(length)] }
        questions += ProtocolVersion.all.reversed().map { .version($0) }
        if let other = configuration.otherName { questions.append(.name(other)) }
        self.questions = questions
    }

    /// A hello from here on is long enough to make a difference (RFC 7685 §1).
    private static let shortLimit = 256

    /// All of them are known.
    public var isFinished: Bool { outcome.count == questions.count }

    /// Every question, at once; later those that an answer gave rise to.
    public mutating func requests() -> [ProbeRequest] {
        let fresh = asked..<questions.count
        asked = questions.count
        return fresh.map { index in
            let question = questions[index]
            var request = ProbeRequest(
                id: ProbeRequest.ID(rawValue: index),
                bytes: bytes(question, index),
                goal: .serverHello
            )
            // Beside others it might seem to wait for its turn, and be given more time than there is.
            if case .long = question { request.runsAlone = true }
            return request
        }
    }

    /// Notes the answer.
    public mutating func observe(_ id: ProbeRequest.ID, _ observation: Observation) {
        guard questions.indices.contains(id.rawValue) else { return }
        let question = questions[id.rawValue]
        outcome[question] = observation
        // Who doesn't speak the version at all says so with protocol_version (RFC 5246 §7.2.2).
        if case .version(let version) = question, version > .ssl2, version < .tls13,
            case .alert(let alert) = observation,
            alert.description != .protocol_version
        {
            questions.append(.weak(version))
        }
    }

    // MARK: Hellos

    private func bytes(_ question: Question, _ index: Int) -> [UInt8] {
        let random = configuration.random.map { $0 &+ UInt8(truncatingIfNeeded: index) }
        switch question {
        case .version(.ssl2):
            let kinds = SSL2CipherKind.registry.map(\.kind)
            return SSL2ClientHello(cipherKinds: kinds, challenge: Array(random.prefix(16))).record().bytes
        case .version(let version):
            var hello = ClientHelloTemplate(
                versions: [version],
                cipherSuites: Self.suites(version),
                serverName: configuration.serverName
            )
            if version == .tls13 {
                hello.groups = Self.groups
                hello.keyShares = Self.shares
            }
            return hello.record(random: random, sessionID: version == .tls13 ? random : [])
        case .weak(let version):
            return ClientHelloTemplate(
                versions: [version],
                cipherSuites: Self.weakSuites(version),
                serverName: configuration.serverName
            ).record(random: random)
        case .short: return short(configuration.serverName).record(random: random)
        case .name(let name):
            var hello = short(name)
            hello.versions.append(.tls13)
            hello.cipherSuites = [0x1301, 0x1302, 0x1303].map { CipherSuite(rawValue: $0) } + hello.cipherSuites
            hello.keyShares = Self.shares
            return hello.record(random: random, sessionID: random)
        case .long(let length):
            var hello = short(configuration.serverName)
            // The extension's own header is four bytes.
            let missing = length - hello.record(random: random).count - 4
            if missing > 0 { hello.additionalExtensions = [Extension(Padding(count: missing))] }
            return hello.record(random: random)
        }
    }

    private func short(_ serverName: String?) -> ClientHelloTemplate {
        let suites: [UInt16] = [0xC02F, 0xC02B, 0xC030, 0xC02C, 0xCCA8, 0x009C, 0xC013, 0xC014, 0x002F, 0x0035]
        var hello = ClientHelloTemplate(
            versions: [.tls12],
            cipherSuites: suites.map { CipherSuite(rawValue: $0) },
            groups: [.x25519, .secp256r1, .secp384r1],
            signatureSchemes: [
                .ecdsa_secp256r1_sha256, .rsa_pss_rsae_sha256, .rsa_pkcs1_sha256, .ecdsa_secp384r1_sha384,
                .rsa_pkcs1_sha384, .rsa_pkcs1_sha1,
            ],
            serverName: serverName
        )
        hello.pads = false
        return hello
    }

    /// The commonest suites, those of pre-shared keys and anonymous ones last: who picks one of these has nothing better.
    private static func suites(_ version: ProtocolVersion) -> [CipherSuite] {
        let known = CandidateSuites.candidates(for: version, only: nil)
        let last = Set(
            [0xC037, 0x00A8, 0x008C, 0x00AE, 0xCCAB, 0xC018, 0x0034, 0x006C].map(CipherSuite.init(rawValue:))
        )
        let common = CandidateSuites.common(of: known.filter { !last.contains($0) }, size: 56)
        return common + known.filter(last.contains)
    }

    /// What is broken, too short, without encryption or without authentication, the worst last: those of the usual key exchanges
    /// and ciphers, so that one hello holds them.
    private static func weakSuites(_ version: ProtocolVersion) -> [CipherSuite] {
        func badness(_ facts: CipherSuiteFacts) -> Int {
            (facts.isNULL ? 4 : 0) + (facts.isAnonymous ? 2 : 0) + (facts.strengthBits < 112 ? 1 : 0)
        }
        let weak = CandidateSuites.candidates(for: version, only: nil).compactMap(\.facts).filter { facts in
            let isWeak = facts.isAnonymous || facts.strengthBits <= 112 || facts.cipher.hasPrefix("RC4")
            return isWeak && facts.name.hasPrefix("TLS_") && [.rsa, .dhe, .ecdhe].contains(facts.keyExchange)
                && !["ARIA", "CAMELLIA", "SEED"].contains { facts.cipher.hasPrefix($0) }
        }
        return weak.enumerated().sorted { (badness($0.element), $0.offset) < (badness($1.element), $1.offset) }
            .map(\.element.suite)
    }

    private static let shares = [NamedGroup.x25519, .secp256r1].compactMap(KeyShareEntry.throwaway)

    /// Today's groups, the hybrid ones too.
    private static let groups: [NamedGroup] = [
        .x25519, .secp256r1, .X25519MLKEM768, .secp384r1, .secp521r1, .x448, .SecP256r1MLKEM768, .SecP384r1MLKEM1024,
        .MLKEM768, .MLKEM1024, .ffdhe2048, .ffdhe3072, .ffdhe4096, .brainpoolP256r1tls13, .brainpoolP384r1tls13,
    ]
}

extension RefusalPlanner.Question {
    /// A stable word for reports: `tls1.2`, `tls1.2-weak`, `short`, `long`, `name`.
    public var id: String {
        switch self {
        case .version(let version): version.id
        case .weak(let version): "\(version.id)-weak"
        case .short: "short"
        case .long: "long"
        case .name(nil): "no-name"
        case .name: "name"
        }
    }
}
