import Testing
import Transport

@testable import Diagnostics

@Suite(.timeLimit(.minutes(1)))
struct ProbeDialerTests {
    /// A server that never greets costs a dialogue's time, not the target's.
    @Test func silenceBeforeTLSHasALimitOfItsOwn() async throws {
        try await LoopbackPeer.run { stream, _ in
            _ = await stream.read(deadline: .after(.seconds(30)))
        } _: { peer in
            let target = try Target(parsing: "smtp://127.0.0.1:\(peer.port)", defaultPort: 443)
            let limits = Limits(timeout: .seconds(3_600), connectTimeout: .seconds(30))
            let reach = Reach(target: target, endpoint: EndpointSettings(), limits: limits)
            let dialer = ProbeDialer(
                reach,
                try await reach.endpoints(deadline: .after(.seconds(30))),
                dialogueTimeout: .milliseconds(50),
                deadline: .after(limits.timeout)
            )
            let error = await #expect(throws: TransportError.self) {
                try await dialer.dial(deadline: .after(limits.connectTimeout))
            }
            #expect(error?.kind == .negotiationTimedOut)
        }
    }

    @Test func dialoguesAreGivenTimeForALateGreeting() {
        #expect(ProbeDialer.dialogueTimeout(probeTimeout: .seconds(1)) == .seconds(15))
        #expect(ProbeDialer.dialogueTimeout(probeTimeout: .seconds(10)) == .seconds(30))
    }
}
