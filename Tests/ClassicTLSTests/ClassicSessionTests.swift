import LibSSL
import TLSParameters
import TLSWire
import Testing

@testable import ClassicTLS

/// What is kept of sessions, and for how long.
@Suite struct ClassicSessionTests {
    private func session(_ number: Int, created: Int64 = 1_000, timeout: Int = 300) -> ClassicSession {
        ClassicSession(
            version: .tls12,
            suite: 0x002F,
            id: [UInt8(number >> 8 & 0xFF), UInt8(number & 0xFF)],
            masterSecret: [1],
            created: created,
            timeout: timeout
        )
    }

    @Test func theOldestMakesRoom() {
        let cache = ClassicSessionCache(limit: 4)
        for number in 0..<10 { cache.store(session(number)) }
        #expect((0..<10).filter { cache.session(id: session($0).id, at: 1_000) != nil } == [6, 7, 8, 9])
    }

    /// A client that ends every session by a broken record has it forgotten each time.
    @Test func whatIsForgottenTakesNoRoom() {
        let cache = ClassicSessionCache(limit: 4)
        cache.store(session(0))
        for number in 1..<10_000 {
            cache.store(session(number))
            cache.forget(id: session(number).id)
        }
        #expect(cache.remembered.sessions == 1)
        #expect(cache.remembered.ids <= 8)
        #expect(cache.session(id: session(0).id, at: 1_000) != nil)
    }

    @Test func whatIsOldIsDropped() {
        let cache = ClassicSessionCache(limit: 4)
        cache.store(session(0, created: 1_000))
        cache.store(session(1, created: 2_000))
        #expect(cache.remembered.sessions == 1)
        #expect(cache.session(id: session(1).id, at: 9_000) == nil)
        #expect(cache.remembered.sessions == 0)
    }

    @Test func resumingMakesASessionNoYounger() throws {
        let memory = ClassicSessionCache()
        let (client, server) = ClassicConfiguration.pair(.tls12, [.TLS_RSA_WITH_AES_128_CBC_SHA]) { _, server in
            server.sessions = memory
        }
        let first = try ClassicLink(client, server)
        #expect(first.handshake() == (.done, .done))
        let made = try #require(first.client.standing?.session)
        let again = try ClassicLink(client, server, session: made)
        for end in [again.client, again.server] { end.now = { 1_000_100 } }
        #expect(again.handshake() == (.done, .done))
        #expect(again.client.standing?.exchange.isResumed == true)
        #expect(again.client.standing?.session?.created == made.created)
        for event in again.clientEvents {
            if case .newSession = event { Issue.record("nothing new came") }
        }
        // Nor is one offered that is no longer good.
        let late = try ClassicLink(client, server, session: made)
        for end in [late.client, late.server] { end.now = { 2_000_000 } }
        #expect(late.handshake() == (.done, .done))
        #expect(late.client.standing?.exchange.isResumed == false)
    }
}
