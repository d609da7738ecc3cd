import TLSParameters
import TLSWire

/// JARM as part of a survey: its ten hellos, asked side by side, with the survey's repeats and controls.
///
/// The reference takes a refused or reset connection for an empty answer, and after a single timeout gives up with the
/// fingerprint of a server that answered nothing. Here what isn't known makes the fingerprint
/// ``JARMOutcome/inconclusive(reason:)``.
struct JARMInquiry: Inquiry {
    private let probes: [JARM.Probe]
    private var isAsked = false
    private var answers: [Int: JARM.Answer] = [:]
    private var doubt: String?
    private var awaited: Int

    /// `random`: 64 bytes for random and session id.
    init(serverName: String?, random: [UInt8]) {
        probes = JARM.probes(serverName: serverName, random: random)
        awaited = probes.count
    }

    var isFinished: Bool { awaited == 0 }

    mutating func questions() -> [(token: Int, question: HelloQuestion)] {
        guard !isAsked else { return [] }
        isAsked = true
        return probes.enumerated().map { ($0, HelloQuestion(draft: .bytes($1.bytes), goal: .firstMessage)) }
    }

    mutating func answer(_ token: Int, _ answer: HelloAnswer) {
        awaited -= 1
        switch answer.content {
        case .observed(let observation): answers[token] = observation.chosen.map { .serverHello($0) } ?? .empty
        case .closes: answers[token] = .empty
        // What can't be read is no ServerHello.
        case .unknown(.undecodable): answers[token] = .empty
        case .unknown(let reason): doubt = doubt ?? reason.text
        }
    }

    /// The fingerprint, or why there is none.
    var outcome: JARMOutcome {
        let known = probes.indices.compactMap { answers[$0] }
        guard known.count == probes.count else {
            return .inconclusive(reason: doubt ?? "not all ten probes were asked")
        }
        return .fingerprint(JARM.fingerprint(of: known))
    }
}

/// What ten probes came to.
enum JARMOutcome: Hashable, Sendable {
    /// 62 characters; ``JARM/emptyFingerprint`` if the server refused all ten.
    case fingerprint(String)
    /// At least one answer isn't known, so the fingerprint isn't either; `reason` says why, in words of ours.
    case inconclusive(reason: String)
}
