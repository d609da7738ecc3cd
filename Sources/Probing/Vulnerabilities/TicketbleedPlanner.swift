import TLSParameters
import TLSWire

/// Ticketbleed (CVE-2016-9244): whether the server, when it resumes with a ticket, echoes more session id than it was sent.
///
/// The hello brings a real ticket and a session id of 16 bytes. RFC 5077 §3.4 has the server echo the id; a vulnerable one
/// always echoes 32 bytes, the rest from its memory. Only the length is looked at.
public struct TicketbleedPlanner: TalkPlanner {
    private static let idCount = 16

    private let offer: ClassicOffer
    private let ticket: [UInt8]
    private var id: [UInt8] = []
    private var number = 0
    private var found: Int?
    private var settled: VulnerabilityVerdict?

    /// A check with a ticket of a session of `offer`'s version and suite.
    public init(_ offer: ClassicOffer, ticket: [UInt8]) {
        self.offer = offer
        self.ticket = ticket
    }

    /// What is known by now.
    public var verdict: VulnerabilityVerdict { settled ?? .unsettled }

    /// A hello with the ticket; once more where the answer looks like a leak.
    public mutating func next() -> ProbeTalk? {
        guard settled == nil else { return nil }
        number += 1
        var bytes = SeededBytes(seed: offer.seed &+ UInt64(1_000 + number))
        id = bytes.next(Self.idCount)
        let ticket = Extension(type: .session_ticket, data: ticket)
        return ProbeTalk(hello: offer.hello(number, sessionID: id, extensions: [ticket]), goal: .serverHello) { _, _ in
            nil
        }
    }

    /// What came of it.
    public mutating func observe(_ result: ProbeTalk.Result) {
        guard case .noAnswer(let hello, _) = result else {
            settled = .undetermined(reason: result.doubt ?? "the server did not answer the hello")
            return
        }
        let echo = hello.sessionID
        if echo == id {
            settled = found == nil ? .absent(reason: nil) : .undetermined(reason: "the server's answers differ")
        } else if echo.count > id.count, echo.starts(with: id) {
            guard found != nil else {
                found = echo.count
                return
            }
            settled = .found(evidence: "a session id of \(id.count) bytes came back with \(echo.count)")
        } else {
            settled = .undetermined(reason: "the server did not resume the session with its ticket")
        }
    }
}
