import TLSParameters
import TLSWire
import Testing

@testable import Probing

@Suite struct JARMInquiryTests {
    /// What ten answers of one kind come to.
    private static func outcome(_ content: (Int) -> HelloAnswer.Content) -> (JARMOutcome, isFinished: Bool) {
        var inquiry = JARMInquiry(serverName: "a.example", random: [UInt8](repeating: 7, count: 64))
        let questions = inquiry.questions()
        #expect(questions.count == 10 && inquiry.questions().isEmpty)
        for (token, _) in questions {
            #expect(!inquiry.isFinished)
            inquiry.answer(token, HelloAnswer(content: content(token), request: ProbeRequest.ID(rawValue: token)))
        }
        return (inquiry.outcome, inquiry.isFinished)
    }

    @Test func refusalsOfAllAreZeros() {
        let alert = Observation.alert(Alert(level: .fatal, description: .handshake_failure))
        let (found, isFinished) = Self.outcome { $0 % 2 == 0 ? .observed(alert) : .closes(reset: true) }
        #expect(isFinished)
        #expect(found == .fingerprint(JARM.emptyFingerprint))
    }

    @Test func oneUnknownAnswerMakesItInconclusive() {
        let alert = Observation.alert(Alert(level: .fatal, description: .handshake_failure))
        let (found, isFinished) = Self.outcome { $0 == 4 ? .unknown(.timedOut) : .observed(alert) }
        #expect(isFinished)
        #expect(found == .inconclusive(reason: Doubt.timedOut.text))
    }

    @Test func anUnfinishedRunIsInconclusive() {
        let inquiry = JARMInquiry(serverName: nil, random: [])
        #expect(inquiry.outcome == .inconclusive(reason: "not all ten probes were asked"))
    }
}
