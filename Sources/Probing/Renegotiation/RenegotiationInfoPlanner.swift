public import TLSParameters
import TLSWire

/// Whether a server answers the two ways to ask for secure renegotiation (RFC 5746 §3.4), each in a hello of its own: libssl
/// sends both at once, and can't leave either out.
public struct RenegotiationInfoPlanner: ProbePlanner {
    /// What the server made of each.
    public struct Outcome: Hashable, Sendable {
        /// An empty `renegotiation_info`.
        public var `extension` = Verdict.unsettled
        /// TLS_EMPTY_RENEGOTIATION_INFO_SCSV.
        public var signallingSuite = Verdict.unsettled
    }

    private static let ways: [ClientHelloTemplate.SecureRenegotiation] = [.automatic, .signallingSuite]

    private let version: ProtocolVersion
    private let template: ClientHelloTemplate
    private var bytes: SeededBytes
    private var awaited = RenegotiationInfoPlanner.ways.count
    private var isAsked = false
    /// What is known by now.
    public private(set) var outcome = Outcome()

    /// `version`: one of TLS 1.0 to 1.2 that the server speaks; `suite`: one that it accepts there. `seed` makes the randoms.
    public init(version: ProtocolVersion, suite: CipherSuite, serverName: String?, seed: UInt64) {
        self.version = version
        template = PlainHello(serverName: serverName).template(version, suites: [suite])
        bytes = SeededBytes(seed: seed)
    }

    /// Nothing is left to ask.
    public var isFinished: Bool { isAsked && awaited == 0 }

    /// Both hellos, the first time.
    public mutating func requests() -> [ProbeRequest] {
        guard !isAsked else { return [] }
        isAsked = true
        return Self.ways.enumerated().map { index, way in
            var template = template
            template.secureRenegotiation = way
            return ProbeRequest(
                id: ProbeRequest.ID(rawValue: index),
                bytes: template.record(random: bytes.next(32)),
                goal: .serverHello
            )
        }
    }

    /// What came of a hello. Only a ServerHello says yes or no.
    public mutating func observe(_ id: ProbeRequest.ID, _ observation: Observation) {
        awaited -= 1
        let verdict: Verdict =
            switch observation {
            case .serverHello(let hello, _) where hello.selectedVersion == version:
                hello.extensions?.first(.renegotiation_info) != nil ? .supported : .rejected
            case .serverHello(let hello, _):
                .inconclusive(reason: "the server answered with \(hello.selectedVersion.name)")
            default: .inconclusive(reason: "the answer to the hello was: \(observation.id)")
            }
        switch Self.ways[id.rawValue] {
        case .signallingSuite: outcome.signallingSuite = verdict
        default: outcome.extension = verdict
        }
    }
}
