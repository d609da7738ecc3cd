import SecureChannel
import TLSParameters
import Testing
import Transport

@testable import Diagnostics

/// What clients can resume, and how long.
@Suite("serve: resumption and new keys", .timeLimit(.minutes(1)))
struct ServeResumptionTests {
    private let request = "GET / HTTP/1.0\r\n\r\n"
    private static let versions: [ProtocolVersion] = [.tls12, .tls13]

    @Test("the number of tickets is the one asked for", arguments: [0, 1, 5])
    func tickets(count: Int) async throws {
        let setup = try ServedTalk.setup { $0.sessions.tickets = count }
        let outcome = try await ServedTalk.talk(setup, try ServedTalk.client(setup), [request])
        #expect(outcome.attributes.session.tickets.count == count)
        let old = try ServedTalk.client(setup) { $0.protocols = [.tls12] }
        #expect(try await ServedTalk.talk(setup, old, [request]).attributes.session.tickets.isEmpty == (count == 0))
    }

    @Test("with the same ticket key another server resumes; with another it does not", arguments: versions)
    func ticketKey(version: ProtocolVersion) async throws {
        let files = try TestFiles()
        let keys = try [1, 2].map { try files.write([UInt8](repeating: $0, count: 80)) }
        let setups = try [keys[0], keys[0], keys[1]].map { key in
            try ServedTalk.setup { $0.sessions.ticketKeyFiles = [key] }
        }
        let first = try ServedTalk.client(setups[0]) { $0.protocols = [version] }
        let saved = try #require(try await ServedTalk.talk(setups[0], first, [request]).sessions.last)
        for (setup, isResumed) in [(setups[1], true), (setups[2], false)] {
            // Another server has another certificate.
            let client = try ServedTalk.client(setup) {
                $0.protocols = [version]
                $0.verification = .none
            }
            let outcome = try await ServedTalk.talk(setup, client, [request], resuming: saved)
            #expect(outcome.connection.attributes?.session.resumed == isResumed)
            #expect(outcome.connection.outcome == .ok)
        }
    }

    @Test("an older ticket key opens what it sealed, and the first one seals", arguments: versions)
    func ticketKeyRotation(version: ProtocolVersion) async throws {
        let files = try TestFiles()
        let keys = try [1, 2].map { try files.write([UInt8](repeating: $0, count: 80)) }
        let setups = try [[keys[0]], [keys[1], keys[0]], [keys[1]]].map { keys in
            try ServedTalk.setup { $0.sessions.ticketKeyFiles = keys }
        }
        func talk(_ setup: ServerSetup, _ saved: SavedSession? = nil) async throws -> ServedTalk.Outcome {
            let client = try ServedTalk.client(setup) {
                $0.protocols = [version]
                $0.verification = .none
            }
            return try await ServedTalk.talk(setup, client, [request], resuming: saved)
        }
        let old = try #require(try await talk(setups[0]).sessions.last)
        let rotated = try await talk(setups[1], old)
        #expect(rotated.connection.attributes?.session.resumed == true)
        #expect(!rotated.attributes.session.tickets.isEmpty)
        // It got a ticket under the new key, which a server without the old one opens. Before TLS 1.3 libssl's client keeps
        // what it gets in a resumed session to itself.
        if version == .tls13 {
            let new = try #require(rotated.sessions.last)
            #expect(try await talk(setups[2], new).connection.attributes?.session.resumed == true)
        }
        #expect(try await talk(setups[2], old).connection.attributes?.session.resumed == false)
    }

    @Test("a ticket key of another length is a problem of the request", arguments: [0, 48, 79, 81])
    func badTicketKey(count: Int) throws {
        let files = try TestFiles()
        let path = try files.write([UInt8](repeating: 7, count: count))
        #expect(throws: RequestProblem.self) { try ServedTalk.setup { $0.sessions.ticketKeyFiles = [path] } }
    }

    @Test("--no-reconnect lets nothing be resumed, with tickets or without", arguments: versions)
    func noReconnect(version: ProtocolVersion) async throws {
        let setup = try ServedTalk.setup { $0.sessions.allowsReconnects = false }
        let client = try ServedTalk.client(setup) { $0.protocols = [version] }
        let outcome = try await ServedTalk.talk(setup, client, [request])
        #expect(outcome.connection.outcome == .ok)
        #expect(outcome.attributes.session.tickets.isEmpty)
        #expect(!outcome.sessions.contains { $0.isResumable })
    }

    @Test("sessions live as long as was asked for", arguments: versions)
    func lifespan(version: ProtocolVersion) async throws {
        let setup = try ServedTalk.setup { $0.sessions.lifespan = .seconds(90) }
        let client = try ServedTalk.client(setup) { $0.protocols = [version] }
        let outcome = try await ServedTalk.talk(setup, client, [request])
        #expect(outcome.attributes.session.tickets.first?.lifetime == 90)
    }

    @Test("a key for tickets has no effect on early data", arguments: ["tls1.3", "tls1.2,tls1.3"])
    func ticketKeyAndEarlyData(_ protocols: String) throws {
        let files = try TestFiles()
        let key = try files.write([UInt8](0..<80))
        func setup() throws {
            _ = try ServedTalk.setup {
                $0.protocols.protocols = protocols
                $0.sessions.earlyData = 100
                $0.sessions.ticketKeyFiles = [key]
            }
        }
        guard protocols == "tls1.3" else { return try setup() }
        let problem = try #require(throws: RequestProblem.self) { try setup() }
        #expect(problem.reason.contains("has no effect with --early-data in TLS 1.3"))
        #expect(problem.hint != nil)
    }

    @Test("a request may come early, once, and only where that is allowed")
    func earlyData() async throws {
        let setup = try ServedTalk.setup { $0.sessions.earlyData = 1_000 }
        let client = try ServedTalk.client(setup)
        let saved = try #require(try await ServedTalk.talk(setup, client, [request]).sessions.last)
        let early = try await ServedTalk.talk(setup, client, resuming: saved, early: request)
        #expect(early.text.hasPrefix("HTTP/1.1 200"))
        #expect(early.connection.attributes?.session.earlyData?.status == .accepted)
        #expect(early.connection.notes.contains { $0.contains("\(request.utf8.count) bytes came as early data") })
        #expect(early.connection.bytesReceived == request.utf8.count)
        // The same ticket again, as whoever has recorded it would send it.
        let again = try await ServedTalk.talk(setup, client, [request], resuming: saved, early: request)
        #expect(again.connection.attributes?.session.earlyData?.status == .rejected)
        #expect(again.connection.requestCount == 1)
        #expect(again.connection.notes.isEmpty)
    }

    @Test("what TLS 1.3 alone or older versions alone have is refused where there are none")
    func withoutEffect() {
        #expect(throws: RequestProblem.self) {
            try ServedTalk.setup {
                $0.protocols.protocols = "tls1.2"
                $0.sessions.earlyData = 100
            }
        }
        #expect(throws: RequestProblem.self) {
            try ServedTalk.setup {
                $0.protocols.protocols = "tls1.3"
                $0.allowClientRenegotiation = true
            }
        }
    }

    @Test("after so many bytes the server renews the keys, and goes on", arguments: versions)
    func renegotiateAfterBytes(version: ProtocolVersion) async throws {
        let setup = try ServedTalk.setup {
            $0.mode = .echo
            $0.renegotiation = .bytes(1_000)
        }
        let client = try ServedTalk.client(setup) { $0.protocols = [version] }
        let texts = (0..<8).map { _ in String(repeating: "x", count: 500) }
        let outcome = try await ServedTalk.talk(setup, client, texts, enough: 4_000) { session in
            // One more exchange, so that what was asked last is answered.
            for _ in 0..<50 where session.context.attributes.renewals == 0 {
                if await session.receive(deadline: .after(.milliseconds(100))) == .finished { break }
                _ = await session.unprotect(deadline: .after(.seconds(45)))
            }
            // While a handshake is under way there is no closing; the server may have begun another.
            for _ in 0..<50 {
                _ = await session.sendCloseNotify(deadline: .after(.seconds(45)))
                if session.context.attributes.close.closeNotifySent { break }
                _ = await session.receive(deadline: .after(.milliseconds(100)))
                _ = await session.unprotect(deadline: .after(.seconds(45)))
            }
            await session.stream.close()
        }
        #expect(outcome.text == texts.joined())
        #expect(outcome.connection.attributes?.renewals ?? 0 >= 1)
        #expect(outcome.connection.outcome == .ok)
    }

    @Test("after so much time as well, with nothing said", arguments: versions)
    func renegotiateAfterTime(version: ProtocolVersion) async throws {
        let setup = try ServedTalk.setup {
            $0.mode = .discard
            $0.renegotiation = .interval(.milliseconds(50))
        }
        let client = try ServedTalk.client(setup) { $0.protocols = [version] }
        let outcome = try await ServedTalk.talk(setup, client, enough: 0) { session in
            for _ in 0..<100 where session.context.attributes.renewals < 2 {
                if let end = await session.receive(deadline: .after(.seconds(45))), end != .timedOut { break }
                _ = await session.unprotect(deadline: .after(.seconds(45)))
            }
            _ = await session.sendCloseNotify(deadline: .after(.seconds(45)))
            await session.stream.close()
        }
        #expect(outcome.attributes.renewals >= 2)
        #expect(outcome.connection.outcome == .ok)
    }

    @Test(
        "when to renew the keys, as users write it",
        arguments: [
            ("1", RenegotiationTrigger.bytes(1)), ("64k", .bytes(65_536)), ("1M", .bytes(1 << 20)),
            ("2GiB", .bytes(2 << 30)), ("10s", .interval(.seconds(10))), ("5m", .interval(.seconds(300))),
            ("250ms", .interval(.milliseconds(250))), ("1h", .interval(.seconds(3_600))),
        ]
    )
    func trigger(text: String, expected: RenegotiationTrigger) {
        #expect(RenegotiationTrigger(parsing: text) == expected)
    }

    @Test("what is none", arguments: ["", "0", "-1", "k", "1x", "1.5s", "99999999999999999999", "0s", "1 s"])
    func noTrigger(text: String) {
        #expect(RenegotiationTrigger(parsing: text) == nil)
    }
}

extension ConnectionAttributes {
    /// How often this end's peer got new keys from it: by renegotiation, or by a key update either way.
    fileprivate var renewals: Int {
        version == .tls13
            ? max(security.keyUpdatesReceived, security.keyUpdatesSent) : security.renegotiations
    }
}
