import Testing

@testable import Diagnostics

/// What rows of attempts add up to, in facts, in a sentence, and in what it means.
@Suite("The policy behind attempts at renegotiation")
struct RenegotiationPolicyTests {
    private static func policy(
        _ answers: [RenegotiationAttempt.Answer],
        detail: String? = nil
    ) -> RenegotiationPolicy? {
        let attempts = answers.map { answer in
            RenegotiationAttempt(
                action: .renegotiation,
                sent: "ClientHello",
                answer: answer,
                detail: answer == .honoured ? nil : detail
            )
        }
        return RenegotiationPolicy(attempts, of: .renegotiation, asked: 4)
    }

    @Test(
        arguments: [
            ([.honoured, .honoured], nil, .allows, "renegotiates when the client asks (2 times of 4)", .unlimited),
            ([.honoured], nil, .allows, "renegotiates when the client asks (once of 4)", .unlimited),
            (
                [.honoured, .honoured, .honoured, .closed], nil, .stops,
                "renegotiates when the client asks, and stops after 3: closes", .limited
            ),
            (
                [.honoured, .reset], nil, .stops, "renegotiates when the client asks, and stops after 1: resets",
                .limited
            ),
            (
                [.honoured, .refusedByAlert], "no_renegotiation", .stops,
                "renegotiates when the client asks, and stops after 1: refuses with no_renegotiation", .limited
            ),
            (
                [.refusedByAlert], "no_renegotiation", .refuses,
                "refuses to renegotiate with the alert no_renegotiation", .refused
            ),
            (
                [.refusedByAlert], "handshake_failure", .refuses,
                "refuses to renegotiate with the alert handshake_failure", .refused
            ),
            ([.closed], nil, .refuses, "closes the connection when asked to renegotiate", .refused),
            ([.reset], nil, .refuses, "resets the connection when asked to renegotiate", .refused),
            ([.ignored], nil, .refuses, "ignores a request to renegotiate", .refused),
            ([.broken], nil, .refuses, "breaks off when asked to renegotiate", .refused),
            ([.silence], nil, .unclear, "did not say whether it renegotiates", .open),
            ([.unconfirmed], nil, .unclear, "did not say whether it renegotiates", .open),
            (
                [.honoured, .silence], nil, .unclear,
                "renegotiates when the client asks, and said nothing more after 1", .open
            ),
        ]
            as [(
                [RenegotiationAttempt.Answer], String?, RenegotiationPolicy.Kind, String, RenegotiationVerdict.Kind
            )]
    )
    func isInferred(
        _ answers: [RenegotiationAttempt.Answer],
        detail: String?,
        kind: RenegotiationPolicy.Kind,
        sentence: String,
        verdict: RenegotiationVerdict.Kind
    ) throws {
        let policy = try #require(Self.policy(answers, detail: detail))
        #expect(policy.kind == kind)
        #expect(policy.honoured == answers.count { $0 == .honoured })
        #expect(policy.sentence(asker: "client") == sentence)
        #expect(isOneClearLine(policy.sentence(asker: "client")))
        let judged = RenegotiationVerdict(server: policy, isSecure: true, onlyModern: false)
        #expect(judged.kind == verdict)
        #expect(isOneClearLine(judged.text))
    }

    @Test func withoutRFC5746AnyRenegotiationIsInsecure() {
        let policy = Self.policy([.honoured, .closed])
        #expect(RenegotiationVerdict(server: policy, isSecure: false, onlyModern: false).kind == .insecure)
        let refused = Self.policy([.refusedByAlert])
        #expect(RenegotiationVerdict(server: refused, isSecure: false, onlyModern: false).kind == .refused)
    }

    @Test func whatWasNotTriedIsNoPolicy() {
        #expect(Self.policy([.notTried]) == nil)
        #expect(RenegotiationVerdict(server: nil, isSecure: nil, onlyModern: true).kind == .notApplicable)
        #expect(RenegotiationVerdict(server: nil, isSecure: nil, onlyModern: false).kind == .open)
        #expect(RenegotiationVerdict(client: nil, isSecure: nil).kind == .notApplicable)
    }
}
