import Probing
public import SecureChannel
import TLSParameters
import TLSWire

/// What hellos of our own found out after a handshake had failed.
public struct DiagnosisSummary: Codable, Sendable, Hashable {
    /// One hello, and what the server did with it.
    public struct Answer: Codable, Sendable, Hashable {
        /// What it varied: a version that it offered alone (`tls1.2`), or with weak suites alone
        /// (`tls1.2-weak`), `short` and `long` hellos of TLS 1.2, `name` and
        /// `no-name` for a hello with another server name or none.
        public var question: String
        /// What came: `server-hello`, `hello-retry-request`, `alert`, `closed`, …
        public var answer: String
        /// The version that the server chose; null if it chose none.
        @Nullable public var version: String?
        /// The suite that it chose; null if it chose none.
        @Nullable public var suite: NamedCode?
        /// The group that it chose or wants; null if it named none.
        @Nullable public var group: NamedCode?
        /// The alert; null if none came.
        @Nullable public var alert: String?

        /// Whether the server took the hello.
        public var isAccepted: Bool { version != nil }
    }

    /// How many connections it took.
    public var connections: Int
    /// The answers, in the order in which the questions were asked.
    public var answers: [Answer]
    /// What follows from them, as a clause; null where nothing does.
    @Nullable public var conclusion: String?

    init(_ observations: [RefusalPlanner.Question: Observation], connections: Int) {
        self.connections = connections
        answers = observations.sorted { Self.place($0.key) < Self.place($1.key) }.map { question, observation in
            Answer(question, observation)
        }
    }

    private static func place(_ question: RefusalPlanner.Question) -> Int {
        switch question {
        case .version(let version): ProtocolVersion.all.firstIndex(of: version) ?? 0
        case .weak(let version): 10 + (ProtocolVersion.all.firstIndex(of: version) ?? 0)
        case .short: 20
        case .long: 21
        case .name: 22
        }
    }
}

extension DiagnosisSummary.Answer {
    init(_ question: RefusalPlanner.Question, _ observation: Observation) {
        self.question = question.id
        answer = observation.id
        switch observation {
        case .serverHello(let hello, _), .helloRetryRequest(let hello):
            version = hello.selectedVersion.id
            suite = NamedCode(hello.cipherSuite)
            group = hello.selectedGroup.map { NamedCode($0) }
        case .ssl2ServerHello(let hello): version = hello.version.id
        case .alert(let alert): self.alert = alert.description.name
        default: break
        }
    }
}

extension DiagnosisSummary {
    /// The answer to a question; nil if there is none that says anything.
    func answer(_ question: String) -> Answer? {
        answers.first { $0.question == question && !["timed-out", "unreachable", "not-asked"].contains($0.answer) }
    }

    /// The versions that the server takes by themselves, if with weak suites alone, newest first.
    var versions: [(version: ProtocolVersion, answer: Answer)] {
        ProtocolVersion.all.reversed().compactMap { version in
            let answers = [answer(version.id), answer("\(version.id)-weak")].compactMap { $0 }
            return answers.first { $0.version == version.id }.map { (version, $0) }
        }
    }
}
