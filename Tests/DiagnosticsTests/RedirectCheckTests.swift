import TLSParameters
import Testing
import Transport

@testable import Diagnostics

/// What a plain port says about HTTPS.
@Suite struct RedirectCheckTests {
    private func run(_ text: String?) async throws -> (CheckRun, PeerText?) {
        try await LoopbackPeer.run(script(text)) { peer in try await run(port: peer.port) }
    }

    private func script(_ text: String?) -> LoopbackPeer.Script {
        guard let text else { return Scripts.silence }
        return { stream, _ in
            _ = await stream.read(deadline: Scripts.patience)
            try? await stream.write(Array(text.utf8), deadline: Scripts.patience)
            await stream.closeOutput()
            await Scripts.drain(stream)
        }
    }

    private func run(port: Int) async throws -> (CheckRun, PeerText?) {
        let reach = Reach(
            target: try Target(parsing: "127.0.0.1:443"),
            endpoint: EndpointSettings(),
            limits: Limits(timeout: .seconds(20), connectTimeout: .seconds(5))
        )
        let check = RedirectCheck(reach: reach, timeout: .seconds(1), port: port)
        let (run, place) = await check.run(deadline: .after(.seconds(20)))
        return (run, place)
    }

    private func verdict(_ text: String?) async throws -> CheckOutcome.Verdict? {
        try await run(text).0.outcomes.first { $0.id == "http.no-redirect" }?.verdict
    }

    @Test func aRedirectToHTTPSIsWell() async throws {
        let (run, place) = try await run(
            "HTTP/1.1 301 Moved\r\nLocation: HTTPS://example.com/\r\nContent-Length: 4\r\n\r\nmoin"
        )
        #expect(run.outcomes.map(\.verdict) == [.absent])
        #expect(place == PeerText("HTTPS://example.com/"))
    }

    @Test func anythingElseIsFound() async throws {
        #expect(try await verdict("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello") == .found)
        #expect(try await verdict("HTTP/1.1 302 Found\r\nLocation: http://example.com/\r\n\r\n") == .found)
        #expect(try await verdict("HTTP/1.1 404 Not Found\r\nLocation: https://example.com/\r\n\r\n") == .found)
    }

    @Test func whatIsNoHTTPTellsNothing() async throws {
        #expect(try await verdict("220 mail.example.com ESMTP\r\n") == .undetermined)
        #expect(try await verdict(nil) == .undetermined)
    }

    @Test func aClosedPortNeedsNoRedirect() async throws {
        let (run, _) = try await run(port: LoopbackPeer.deadPort())
        #expect(run.outcomes.map(\.verdict) == [.absent])
        #expect(run.outcomes.first?.reason == "nothing listens on port 80")
    }

    @Test func itIsOnlyAskedWhereItMakesSense() throws {
        func obstacle(_ text: String, _ change: (inout EndpointSettings) -> Void = { _ in }) throws -> String? {
            var endpoint = EndpointSettings()
            change(&endpoint)
            let limits = Limits(timeout: .seconds(1), connectTimeout: .seconds(1))
            return RedirectCheck.obstacle(Reach(target: try Target(parsing: text), endpoint: endpoint, limits: limits))
        }
        #expect(try obstacle("example.com") == nil)
        #expect(try obstacle("https://example.com/x") == nil)
        #expect(try obstacle("example.com:8443") != nil)
        #expect(try obstacle("smtp://example.com") != nil)
        #expect(try obstacle("example.com") { $0.connectTo = "192.0.2.1" } != nil)
    }
}
