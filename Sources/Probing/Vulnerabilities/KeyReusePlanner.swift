public import TLSParameters
import TLSWire

/// Whether a server uses the public value of a key exchange for more than one session: two equal hellos for each kind of key
/// exchange, and a look at what came back.
public struct KeyReusePlanner: ProbePlanner {
    /// What is asked for: suites and a group that the server is known to take, all of one kind.
    public struct Question: Hashable, Sendable {
        /// `DHE in TLS 1.2` or `x25519 in TLS 1.3`, for reports.
        public var kind: String
        /// The version.
        public var version: ProtocolVersion
        /// Suites of that kind that the server accepts in that version.
        public var suites: [CipherSuite]
        /// Groups that it takes; empty for those that a survey offers.
        public var groups: [NamedGroup]

        /// A question.
        public init(kind: String, version: ProtocolVersion, suites: [CipherSuite], groups: [NamedGroup] = []) {
            self.kind = kind
            self.version = version
            self.suites = suites
            self.groups = groups
        }
    }

    /// What the two answers show.
    public enum Verdict: Hashable, Sendable {
        /// The same public value came twice.
        case reused
        /// Two different ones came.
        case fresh
        /// One or both are missing.
        case unknown(reason: String)
    }

    private let questions: [Question]
    private let serverName: String?
    private var bytes: SeededBytes
    private var values: [Int: [UInt8]] = [:]
    private var doubts: [Int: String] = [:]
    private var isAsked = false
    private var awaited: Int

    /// A planner for those questions; `seed` makes the randoms.
    public init(_ questions: [Question], serverName: String?, seed: UInt64) {
        self.questions = questions
        self.serverName = serverName
        bytes = SeededBytes(seed: seed)
        awaited = questions.count * 2
    }

    /// Nothing is left to ask.
    public var isFinished: Bool { awaited == 0 }

    /// All hellos, the first time: the two of a question may well reach different machines, so they go together.
    public mutating func requests() -> [ProbeRequest] {
        guard !isAsked else { return [] }
        isAsked = true
        return questions.enumerated().flatMap { index, question in
            (0..<2).map { half in
                ProbeRequest(
                    id: ProbeRequest.ID(rawValue: index * 2 + half),
                    bytes: hello(question),
                    goal: question.version >= .tls13 ? .serverHello : .keyExchange
                )
            }
        }
    }

    private mutating func hello(_ question: Question) -> [UInt8] {
        let isModern = question.version >= .tls13
        let shares = isModern ? question.groups.filter { KeyShareEntry.throwaway(for: $0) != nil }.prefix(1) : []
        let template = PlainHello(serverName: serverName).template(
            question.version,
            suites: question.suites,
            groups: isModern ? Array(shares) : question.groups.isEmpty ? nil : question.groups,
            shares: Array(shares)
        )
        let random = bytes.next(32)
        return template.record(random: random, sessionID: isModern ? random : [])
    }

    /// Notes the public value that came.
    public mutating func observe(_ id: ProbeRequest.ID, _ observation: Observation) {
        awaited -= 1
        guard case .serverHello(let hello, let parts) = observation else {
            doubts[id.rawValue] = "the answer to the hello was: \(observation.id)"
            return
        }
        let value: [UInt8]? =
            if hello.selectedVersion >= .tls13 {
                (try? hello.extensions?.decode(ServerKeyShare.self)).map { Self.ownValue($0.entry) }
            } else {
                switch parts.keyExchange?.parameters {
                case .ecdhe(let parameters): parameters.point
                case .dhe(let parameters): parameters.ys
                default: nil
                }
            }
        if let value { values[id.rawValue] = value } else { doubts[id.rawValue] = "the server sent no public value" }
    }

    /// The part of a share that is the server's own. What it encapsulates is new whenever a client's key is, and in front of
    /// or behind it in the hybrids (draft-ietf-tls-ecdhe-mlkem §4.2): only their curve's value can come again.
    private static func ownValue(_ share: KeyShareEntry) -> [UInt8] {
        switch share.group {
        case .X25519MLKEM768: Array(share.keyExchange.suffix(32))
        case .SecP256r1MLKEM768: Array(share.keyExchange.prefix(65))
        case .SecP384r1MLKEM1024: Array(share.keyExchange.prefix(97))
        default: share.keyExchange
        }
    }

    /// A verdict for each question, in their order.
    public var outcome: [Verdict] {
        questions.indices.map { index in
            guard let one = values[index * 2], let other = values[index * 2 + 1] else {
                let doubt = doubts[index * 2] ?? doubts[index * 2 + 1]
                return .unknown(reason: doubt ?? "the server was not asked")
            }
            return one == other ? .reused : .fresh
        }
    }
}
