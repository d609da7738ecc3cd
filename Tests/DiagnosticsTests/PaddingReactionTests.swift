import TLSWire
import Testing

@testable import Diagnostics

/// What follows from a server's reactions to records that are wrong.
@Suite struct PaddingReactionTests {
    private static let refusal = PaddingReaction.alert("bad_record_mac", ends: true)

    /// The same to everything but these, in every round.
    private static func reactions(
        _ others: [RecordFlaw: PaddingReaction] = [:],
        usual: PaddingReaction = refusal,
        rounds: Int = 3
    ) -> PaddingReactions {
        let round = Dictionary(uniqueKeysWithValues: RecordFlaw.allCases.map { ($0, others[$0] ?? usual) })
        return PaddingReactions(rounds: Array(repeating: round, count: rounds))
    }

    @Test func oneAnswerToEverythingClears() {
        let reactions = Self.reactions(rounds: 1)
        #expect(reactions.isUniform)
        #expect(reactions.tellsApart == .absent)
        #expect(reactions.unchecksPadding == .absent)
        #expect(reactions.unchecksMAC == .absent)
    }

    @Test func silenceClearsNothing() {
        let reactions = Self.reactions(usual: .silent, rounds: 1)
        for verdict in [reactions.tellsApart, reactions.unchecksPadding, reactions.unchecksMAC] {
            guard case .undetermined = verdict else {
                Issue.record("silence was taken for \(verdict)")
                continue
            }
        }
    }

    @Test(arguments: [
        PaddingReaction.alert("decryption_failed", ends: true), .alert("bad_record_mac", ends: false),
        .ended("a reset"), .silent,
    ])
    func anotherAnswerIsAnOracle(_ other: PaddingReaction) {
        for flaw in RecordFlaw.allCases {
            let reactions = Self.reactions([flaw: other])
            #expect(!reactions.isUniform)
            guard case .found(let evidence) = reactions.tellsApart else {
                Issue.record("\(flaw): \(reactions.tellsApart)")
                continue
            }
            #expect(evidence.contains(other.text))
        }
    }

    @Test func whatIsAcceptedIsNoOracle() {
        let padding = Self.reactions([.wrongPadding: .accepted, .wrongPaddingEmpty: .accepted])
        #expect(padding.unchecksPadding == .found(evidence: "a record with wrong padding was accepted"))
        #expect(padding.unchecksMAC == .absent)
        #expect(padding.tellsApart == .absent)
        let everything = Self.reactions(usual: .accepted, rounds: 1)
        #expect(everything.unchecksMAC == .found(evidence: "a record with a wrong MAC was accepted"))
        #expect(everything.tellsApart == .absent)
    }

    @Test func moodsAreNoOracle() {
        var reactions = Self.reactions()
        reactions.rounds[1][.wrongMAC] = .ended("a reset")
        guard case .undetermined = reactions.tellsApart, case .undetermined = reactions.unchecksMAC else {
            Issue.record("a reaction that changes was taken for a fact")
            return
        }
        #expect(reactions.unchecksPadding == .absent)
    }
}
