import Probing
import SecureChannel
import TLSParameters
import Testing
import Transport

@testable import Diagnostics

/// What sessions and answers over HTTP show, against servers on loopback.
@Suite struct SessionChecksTests {
    private static let web = [
        "http.no-hsts", "http.short-hsts", "http.weak-cookie", "http.compression", "http.server-name",
    ]

    private func run(
        _ credential: (inout Credential) -> Void = { _ in },
        https: Bool = true,
        anotherSite: Bool? = false,
        versions: [ProtocolVersion] = [.tls12, .tls13],
        talk: @escaping @Sendable (Session) async -> Void
    ) async throws -> CheckRun {
        let world = try World()
        var server = world.server(versions)
        credential(&server)
        return try await LoopbackPeer.run(Scripts.tls(server, talk: talk)) { peer in
            var request = try world.request(peer)
            if https { request.target = try Target(parsing: "https://\(World.name):\(peer.port)/") }
            let opening = try Opening(request, recordsBytes: false)
            return await SessionChecks(
                opening: opening,
                httpObstacle: https ? nil : "the target is no web server",
                hasAnotherSite: anotherSite,
                answerTimeout: .seconds(2),
                addresses: [],
                deadline: .after(.seconds(30))
            ).run()
        }
    }

    /// Answers one request, and ends the session as it should be ended.
    private func answer(
        _ head: String,
        body: String = "hello",
        politely: Bool = true
    ) -> @Sendable (Session) async -> Void {
        { session in
            while true {
                let result = await session.unprotect(deadline: Scripts.patience)
                if !result.plaintext.isEmpty { break }
                if case .failed = result.status { return }
                if case .contextExpired = result.status { break }
                if await session.receive(deadline: Scripts.patience) != nil { return }
            }
            let fields = head.isEmpty ? "" : head + "\r\n"
            let text =
                "HTTP/1.1 200 OK\r\n\(fields)Content-Length: \(body.utf8.count)\r\nConnection: close\r\n\r\n\(body)"
            await Scripts.say(text, session)
            if politely { _ = await session.sendCloseNotify(deadline: Scripts.patience) }
            await session.stream.closeOutput()
            await Scripts.drain(session.stream)
        }
    }

    private func verdict(_ run: CheckRun, _ id: String) -> CheckOutcome.Verdict? {
        run.outcomes.first { $0.id == id }?.verdict
    }

    @Test func aGoodAnswerHasNothingToFind() async throws {
        let head =
            "Strict-Transport-Security: max-age=31536000; includeSubDomains; preload\r\nServer: something\r\n"
            + "Set-Cookie: id=1; Secure; HttpOnly"
        let run = try await run(talk: answer(head))
        for id in Self.web + ["shutdown.no-close-notify", "shutdown.body-cut-short", "session.no-resumption"] {
            #expect(verdict(run, id) == .absent, "\(id)")
        }
        #expect(run.http?.maxAge == 31_536_000)
        #expect(run.http?.includesSubdomains == true && run.http?.preload == true)
        #expect(run.spent.connections == 2)
    }

    @Test func eachFaultOfAnAnswerIsFound() async throws {
        let head =
            "Server: thing/1.2\r\nContent-Encoding: gzip\r\nSet-Cookie: a=1; Secure\r\nSet-Cookie: b=2; HttpOnly\r\n"
            + "Set-Cookie: c=3; secure; httponly"
        let run = try await run(talk: answer(head))
        #expect(Set(run.findings.map(\.id)).isSuperset(of: Set(Self.web).subtracting(["http.short-hsts"])))
        #expect(run.http?.weakCookies == [PeerText("a"), PeerText("b")])
        let short = try await self.run(talk: answer("Strict-Transport-Security: max-age=\"86400\""))
        #expect(verdict(short, "http.short-hsts") == .found && verdict(short, "http.no-hsts") == .absent)
        let ended = try await self.run(talk: answer("Strict-Transport-Security: max-age=0"))
        #expect(verdict(ended, "http.no-hsts") == .found)
    }

    @Test func aBodyWithoutEndIsNotRead() async throws {
        let run = try await run { session in
            await Scripts.say("HTTP/1.1 200 OK\r\nServer: x/1\r\n\r\n", session)
            let piece = String(repeating: "x", count: 16_000)
            for _ in 0..<40 { await Scripts.say(piece, session) }
            await Scripts.drain(session.stream)
        }
        #expect(verdict(run, "http.server-name") == .found)
        #expect(verdict(run, "shutdown.body-cut-short") == .notApplicable)
        #expect(run.spent.bytesReceived < 2_000_000)
    }

    @Test func noAnswerIsNoVerdict() async throws {
        let run = try await run { session in await Scripts.readToEnd(session) { _ in } }
        for id in Self.web { #expect(verdict(run, id) == .undetermined, "\(id)") }
        #expect(run.http?.problem == PeerText("nothing came"))
    }

    @Test func anEndWithoutCloseNotifyIsFound() async throws {
        let run = try await run(talk: answer("", politely: false))
        #expect(verdict(run, "shutdown.no-close-notify") == .found)
        let quiet = try await self.run(https: false) { session in await Scripts.drain(session.stream) }
        #expect(verdict(quiet, "shutdown.no-close-notify") == .undetermined)
        #expect(verdict(quiet, "http.no-hsts") == .notApplicable)
    }

    @Test(arguments: [[ProtocolVersion.tls12], [.tls13]])
    func ticketsAreJudged(_ versions: [ProtocolVersion]) async throws {
        let short = try await run(https: false, versions: versions, talk: Scripts.closePolitely)
        #expect(verdict(short, "ticket.long-lifetime") == .absent)
        #expect(verdict(short, "ticket.early-data") == .absent)
        #expect(verdict(short, "session.no-resumption") == .absent)
        let long = try await run(
            { $0.sessionLifespan = 700_000 },
            https: false,
            versions: versions,
            talk: Scripts.closePolitely
        )
        // libssl itself never writes more than a week into a ticket of TLS 1.3.
        if versions == [.tls12] { #expect(verdict(long, "ticket.long-lifetime") == .found) }
    }

    @Test func earlyDataIsFound() async throws {
        let run = try await run(
            { $0.maximumEarlyData = 1_000 },
            https: false,
            versions: [.tls13],
            talk: Scripts.closePolitely
        )
        #expect(verdict(run, "ticket.early-data") == .found)
    }

    @Test func ticketsUnderOneKeyAreFound() async throws {
        let run = try await run(https: false, versions: [.tls13], talk: Scripts.closePolitely)
        #expect(verdict(run, "ticket.shared-key") == .found)
    }

    @Test func sessionsThatAreGoodUnderAnotherNameAreFound() async throws {
        for versions: [ProtocolVersion] in [[.tls12], [.tls13]] {
            // libssl doesn't mind the name where the server has set none.
            let run = try await run(https: false, anotherSite: true, versions: versions, talk: Scripts.closePolitely)
            #expect(verdict(run, "session.across-names") == .found)
            #expect(run.spent.connections == 3)
        }
        let single = try await run(https: false, talk: Scripts.closePolitely)
        #expect(verdict(single, "session.across-names") == .notApplicable)
        let unknown = try await run(https: false, anotherSite: nil, talk: Scripts.closePolitely)
        #expect(verdict(unknown, "session.across-names") == .notRun)
        let strict: (inout Credential) -> Void = { $0.server.refusesUnknownNames = true }
        let refused = try await run(strict, https: false, anotherSite: true, talk: Scripts.closePolitely)
        #expect(verdict(refused, "session.across-names") != .found)
        let forgetful: (inout Credential) -> Void = {
            $0.usesSessionTickets = false
            $0.remembersSessions = false
        }
        let none = try await run(
            forgetful,
            https: false,
            anotherSite: true,
            versions: [.tls12],
            talk: Scripts.closePolitely
        )
        #expect(verdict(none, "session.across-names") == .notApplicable)
    }

    @Test func aServerThatKeepsNoSessionsIsFound() async throws {
        let run = try await run(
            {
                $0.usesSessionTickets = false
                $0.remembersSessions = false
            },
            https: false,
            versions: [.tls12],
            talk: Scripts.closePolitely
        )
        #expect(verdict(run, "session.no-resumption") == .found)
        #expect(verdict(run, "ticket.early-data") == .notApplicable)
    }

    /// In TLS 1.3 tickets may come at any time, so one that says nothing has not said that there are none.
    @Test func silenceAfterTheHandshakeIsNoMissingTicket() async throws {
        let change: (inout Credential) -> Void = { $0.ticketCount = 0 }
        let silent = try await run(change, https: false, versions: [.tls13]) { await Scripts.drain($0.stream) }
        for id in ["session.no-resumption", "ticket.early-data", "key-update.flood"] {
            #expect(verdict(silent, id) == .undetermined, "\(id)")
        }
        let polite = try await run(change, https: false, versions: [.tls13], talk: Scripts.closePolitely)
        #expect(verdict(polite, "session.no-resumption") == .found)
        #expect(verdict(polite, "key-update.flood") == .absent)
    }

    @Test func aFloodOfKeyUpdatesIsFound() async throws {
        let run = try await run(https: false, versions: [.tls13]) { session in
            for _ in 0..<20 {
                guard let token = try? session.context.updateKeys(requestPeer: false) else { return }
                await session.send(token, deadline: Scripts.patience)
            }
            await Scripts.closePolitely(session)
        }
        #expect(verdict(run, "key-update.flood") == .found)
        let older = try await self.run(https: false, versions: [.tls12], talk: Scripts.closePolitely)
        #expect(verdict(older, "key-update.flood") == .notApplicable)
    }

    @Test func withoutASessionNothingIsClaimed() async throws {
        let world = try World()
        let run = try await LoopbackPeer.run(Scripts.silence) { peer in
            let request = try world.request(peer, timeout: .seconds(1))
            let opening = try Opening(request, recordsBytes: false)
            return await SessionChecks(
                opening: opening,
                httpObstacle: nil,
                hasAnotherSite: false,
                answerTimeout: .seconds(1),
                addresses: [],
                deadline: .after(.seconds(1))
            ).run()
        }
        #expect(!run.outcomes.isEmpty)
        #expect(run.outcomes.allSatisfy { $0.verdict == .undetermined })
        #expect(run.findings.isEmpty)
    }
}
