import TLSParameters
import TLSWire

/// Decides which talks a check needs, one after the other, and what they mean. A pure value: no clock, no network.
///
/// One at a time, so that a server that serves one connection after the other is never taken for one that is silent.
public protocol TalkPlanner: Sendable {
    /// The next talk; nil once the verdict stands.
    mutating func next() -> ProbeTalk?
    /// What came of it.
    mutating func observe(_ result: ProbeTalk.Result)
    /// What is known by now.
    var verdict: VulnerabilityVerdict { get }
}

/// What a check for a vulnerability comes to.
public enum VulnerabilityVerdict: Hashable, Sendable {
    /// The server has it; `evidence` says what shows it, in words of ours.
    case found(evidence: String)
    /// It has not; `reason` says why where that isn't plain.
    case absent(reason: String?)
    /// The answers don't tell.
    case undetermined(reason: String)
    /// The server has nothing that it could be about.
    case notApplicable(reason: String)

    /// Nothing has settled it so far.
    static let unsettled = undetermined(reason: "the question is still open")
}

extension ProbeTalk.Result {
    /// Why a talk that didn't come to an answer proves nothing.
    var doubt: String? {
        switch self {
        case .noFlight(let observation):
            switch observation {
            case .timedOut: "the server did not answer the hello in time"
            case .closed, .reset: "the server ended the connection without an answer to the hello"
            case .alert(let alert): "the server answered the hello with alert \(alert.description.name)"
            case .unreachable: "no connection could be made"
            case .notAsked(let reason): reason.text
            case .cutOff, .serverHello: "the server's answer to the hello broke off"
            default: "the answer to the hello was: \(observation.id)"
            }
        case .reaction(_, .silence): "the server fell silent"
        case .reaction(_, .notAsked(let reason)): reason.text
        case .noAnswer, .reaction: nil
        }
    }
}
