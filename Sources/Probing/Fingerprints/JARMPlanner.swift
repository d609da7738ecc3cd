import TLSParameters
import TLSWire

/// Asks JARM's ten hellos, side by side. A pure value, like every planner; its requests count from 0.
///
/// The reference asks one after the other, takes a refused or reset connection for an empty answer, and after a single
/// timeout gives up with the fingerprint of a server that answered nothing. Here a probe without an answer is asked again,
/// alone, and what then still isn't known makes the fingerprint ``JARMOutcome/inconclusive(reason:)``.
public struct JARMPlanner: ProbePlanner {
    private let probes: [JARM.Probe]
    /// What came of each probe at last.
    private var observations: [Observation?]
    /// The probe that each request asks, by the request's number.
    private var asked: [Int] = []
    private var waiting: [ProbeRequest]
    private var pending = 0
    private var hasAskedAgain = false

    /// A planner for the server that `serverName` names; nil sends no SNI, as does an address (see
    /// ``JARM/probes(serverName:random:)``). The same seed gives the same bytes.
    public init(serverName: String?, seed: UInt64 = .random(in: 0...UInt64.max)) {
        var bytes = SeededBytes(seed: seed)
        probes = JARM.probes(serverName: serverName, random: bytes.next(64))
        observations = Array(repeating: nil, count: probes.count)
        waiting = []
        for index in probes.indices { ask(index) }
    }

    /// The requests that may run now.
    public mutating func requests() -> [ProbeRequest] {
        defer { waiting = [] }
        pending += waiting.count
        return waiting
    }

    /// Takes what came of a request.
    public mutating func observe(_ id: ProbeRequest.ID, _ observation: Observation) {
        guard asked.indices.contains(id.rawValue), pending > 0 else { return }
        pending -= 1
        observations[asked[id.rawValue]] = observation
        if pending == 0, waiting.isEmpty { askAgain() }
    }

    /// Every probe has its answer, or was asked twice.
    public var isFinished: Bool { pending == 0 && waiting.isEmpty }

    /// The fingerprint, or why there is none.
    public var outcome: JARMOutcome {
        let known = observations.compactMap { $0 }
        guard known.count == probes.count else { return .inconclusive(reason: "not all ten probes were asked") }
        guard known.contains(where: \.isTLS) else {
            return .inconclusive(reason: "no probe was answered with TLS")
        }
        for observation in known {
            if let reason = observation.doubt { return .inconclusive(reason: reason) }
        }
        return .fingerprint(JARM.fingerprint(of: known.map(\.jarmAnswer)))
    }

    /// What the server answered, in the order of ``probes``; nil for what wasn't asked or not answered yet.
    public var answers: [Observation?] { observations }

    private mutating func ask(_ index: Int, alone: Bool = false) {
        let id = ProbeRequest.ID(rawValue: asked.count)
        asked.append(index)
        waiting.append(ProbeRequest(id: id, bytes: probes[index].bytes, goal: .firstMessage, runsAlone: alone))
    }

    /// A server that answers some probes may just have been too busy for the others.
    private mutating func askAgain() {
        guard !hasAskedAgain else { return }
        hasAskedAgain = true
        guard observations.contains(where: { $0?.isTLS ?? false }) else { return }
        for index in probes.indices where observations[index]?.isWorthRepeating ?? true { ask(index, alone: true) }
    }
}

/// What ten probes came to.
public enum JARMOutcome: Hashable, Sendable {
    /// 62 characters; ``JARM/emptyFingerprint`` if the server refused all ten.
    case fingerprint(String)
    /// At least one answer isn't known, so the fingerprint isn't either; `reason` says why, in words of ours.
    case inconclusive(reason: String)
}

extension Observation {
    /// What the observation is to JARM.
    fileprivate var jarmAnswer: JARM.Answer {
        chosen.map { .serverHello($0) } ?? .empty
    }

    /// Why it isn't known what the server answers; nil if it is.
    fileprivate var doubt: String? {
        switch self {
        case .timedOut: "a probe got no answer in time"
        case .unreachable: "a probe got no connection"
        case .notAsked(let reason): reason.text
        case .cutOff(.timedOut, _, _): "an answer did not end in time"
        default: nil
        }
    }

    fileprivate var isWorthRepeating: Bool {
        switch self {
        case .closed, .reset, .timedOut, .unreachable, .cutOff: true
        default: false
        }
    }
}
