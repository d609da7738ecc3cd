import Probing
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

    /// What a dialogue waits for is no part of connecting, and is counted.
    @Test func roundTripsOfDialoguesAreCounted() async throws {
        try await LoopbackPeer.run { stream, _ in
            for line in ["220 hi", "250-hi\r\n250 STARTTLS", "220 go ahead"] {
                try? await stream.write(Array("\(line)\r\n".utf8), deadline: .after(.seconds(30)))
                if line != "220 go ahead" { _ = await stream.read(deadline: .after(.seconds(30))) }
            }
            _ = await stream.read(deadline: .after(.seconds(30)))
        } _: { peer in
            for (scheme, roundTrips) in [("smtp", 4), ("https", 1)] {
                let target = try Target(parsing: "\(scheme)://127.0.0.1:\(peer.port)", defaultPort: 443)
                let limits = Limits(timeout: .seconds(30), connectTimeout: .seconds(30))
                let reach = Reach(target: target, endpoint: EndpointSettings(), limits: limits)
                let deadline = Deadline.after(limits.timeout)
                let endpoints = try await reach.endpoints(deadline: deadline)
                let dialer = ProbeDialer(reach, endpoints, dialogueTimeout: limits.timeout, deadline: deadline)
                let connection = try await dialer.dial(deadline: deadline)
                #expect(connection.roundTrips == roundTrips)
                #expect(connection.connect > .zero)
                await connection.stream.close()
            }
        }
    }

    @Test func dialoguesAreGivenTimeForALateGreeting() {
        #expect(ProbeDialer.dialogueTimeout(probeTimeout: .seconds(1)) == .seconds(15))
        #expect(ProbeDialer.dialogueTimeout(probeTimeout: .seconds(10)) == .seconds(30))
    }
}
