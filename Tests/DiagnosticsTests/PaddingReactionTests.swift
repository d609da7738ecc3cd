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
        controls: PaddingReaction = .accepted,
        rounds: Int = 3
    ) -> PaddingReactions {
        let round = Dictionary(uniqueKeysWithValues: RecordFlaw.allCases.map { ($0, others[$0] ?? usual) })
        return PaddingReactions(
            controls: .init(withContent: controls, empty: controls),
            rounds: Array(repeating: round, count: rounds)
        )
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

    /// A server that does the same with whatever comes has not shown that it looked at it.
    @Test(arguments: [
        PaddingReaction.goodbye, .ended("the end of the connection"), .alert("internal_error", ends: true),
    ])
    func whatARightRecordGetsTellsNothing(_ reaction: PaddingReaction) {
        let reactions = Self.reactions(usual: reaction, controls: reaction, rounds: 1)
        for verdict in [reactions.tellsApart, reactions.unchecksPadding, reactions.unchecksMAC] {
            guard case .undetermined(let reason) = verdict else {
                Issue.record("\(reaction) was taken for \(verdict)")
                continue
            }
            #expect(reason.contains("a record that is right"))
        }
        let refusing = Self.reactions(controls: reaction, rounds: 1)
        #expect(
            refusing.unchecksPadding == .absent && refusing.unchecksMAC == .absent && refusing.tellsApart == .absent
        )
    }

    /// Records without content are a matter of their own.
    @Test func theContentIsNoOracle() {
        let reactions = Self.reactions([.wrongMACEmpty: .ended("a reset"), .wrongPaddingEmpty: .ended("a reset")])
        #expect(reactions.isUniform)
        #expect(reactions.tellsApart == .absent)
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
