import Certificates
import SecureChannel
import TLSParameters
import Testing

@Suite("Sessions: what survives a lost connection")
struct ResumptionTests {
    private struct Ends {
        let client: AcquiredCredential
        let server: AcquiredCredential

        init(_ version: ProtocolVersion, tickets: Bool) throws {
            var client = Fixtures.clientCredential([version])
            client.usesSessionTickets = tickets
            var server = Fixtures.serverCredential([version])
            server.usesSessionTickets = tickets
            self.client = try client.acquire()
            self.server = try server.acquire()
        }

        func connect(_ session: SavedSession? = nil) throws -> Link {
            var options = ContextOptions()
            options.session = session
            let link = Link(client: End(try client.makeContext(options)), server: End(try server.makeContext()))
            link.connect()
            return link
        }
    }

    @Test(arguments: [ProtocolVersion.tls10, .tls12, .tls13])
    func aSerialisedTicketSurvivesATruncatedConnection(_ version: ProtocolVersion) throws {
        let ends = try Ends(version, tickets: true)
        let session = try {
            let link = try ends.connect()
            #expect(try link.echo())
            #expect(link.client.context.transportEnded() == .truncated)
            #expect(link.server.context.transportEnded() == .truncated)
            return try #require(link.client.context.sessions.last)
        }()
        let again = try ends.connect(session)
        #expect(again.client.context.attributes.session.resumed)
        #expect(try again.echo())
    }

    /// A resumed handshake looks at no certificate: a session that was made without one is none for a server that demands it,
    /// though it has the ticket's key.
    @Test(arguments: [ProtocolVersion.tls12, .tls13], [false, true])
    func aSessionIsNotResumedUnderOtherDemandsOnTheClient(_ version: ProtocolVersion, isNamed: Bool) throws {
        func server(_ demand: ClientAuthentication) throws -> AcquiredCredential {
            var server = Fixtures.serverCredential([version])
            if isNamed { server.server.names = [ServedName(name: "server.test", identities: [Fixtures.ecdsa])] }
            server.clientAuthentication = demand
            server.server.ticketKeys = [Array(0..<80)]
            return try server.acquire()
        }
        var credential = Fixtures.clientCredential([version])
        credential.identities = [Fixtures.client]
        let client = try credential.acquire()
        func connect(to server: AcquiredCredential, _ session: SavedSession?) throws -> Link {
            var options = ContextOptions()
            options.session = session
            let link = Link(client: End(try client.makeContext(options)), server: End(try server.makeContext()))
            link.connect()
            #expect(try link.echo())
            return link
        }
        let session = try #require(try connect(to: server(.none), nil).client.context.sessions.last)
        #expect(try connect(to: server(.none), session).client.context.attributes.session.resumed, "the key is shared")
        let strict = try connect(to: server(.require), session)
        #expect(strict.client.context.attributes.session.offered)
        #expect(!strict.client.context.attributes.session.resumed)
        #expect(strict.server.context.attributes.clientAuthentication.proved)
    }

    @Test func theServersSessionCacheDropsABrokenSession() throws {
        let ends = try Ends(.tls12, tickets: false)
        let session = try {
            let link = try ends.connect()
            #expect(try link.echo())
            #expect(link.client.context.sessions.last?.mechanism == .sessionID)
            _ = link.client.context.transportEnded()
            _ = link.server.context.transportEnded()
            return try #require(link.client.context.sessions.last)
        }()
        let again = try ends.connect(session)
        #expect(again.isEstablished)
        #expect(again.client.context.attributes.session.offered)
        #expect(!again.client.context.attributes.session.resumed)
    }

    @Test func aCleanlyClosedSessionResumesByItsID() throws {
        let ends = try Ends(.tls12, tickets: false)
        let session = try {
            let link = try ends.connect()
            link.client.outbox += link.client.context.shutDown()
            link.run()
            link.server.outbox += link.server.context.shutDown()
            link.run()
            return try #require(link.client.context.sessions.last)
        }()
        let again = try ends.connect(session)
        #expect(again.client.context.attributes.session.resumed)
        #expect(again.client.context.attributes.session.mechanism == .sessionID)
        #expect(again.client.context.attributes.session.id?.bytes.count == 32)
    }

    @Test func aTLS13ServerWithoutTicketsSendsNone() throws {
        // SSL_OP_NO_TICKET alone would leave it sending stateful ones.
        let link = try Ends(.tls13, tickets: false).connect()
        #expect(try link.echo())
        #expect(link.client.context.attributes.session.tickets.isEmpty)
        #expect(link.client.context.sessions.isEmpty)
    }

    @Test func sessionsLiveTwoHoursByDefault() throws {
        let link = try Ends(.tls12, tickets: true).connect()
        #expect(link.client.context.attributes.session.timeout == 7_200)
        var server = Fixtures.serverCredential([.tls13])
        server.sessionLifespan = 60
        let short = try Link(client: Fixtures.clientCredential([.tls13]), server: server)
        short.connect()
        #expect(short.client.context.attributes.session.tickets.map(\.lifetime) == [60, 60])
    }

    @Test func aSessionOfAnotherVersionIsNotOffered() throws {
        let session = try #require(try Ends(.tls13, tickets: true).connect().client.context.sessions.last)
        let again = try Ends(.tls12, tickets: true).connect(session)
        #expect(again.isEstablished)
        #expect(!again.client.context.attributes.session.offered)
        #expect(!again.server.context.attributes.session.offered)
        #expect(!again.client.context.attributes.session.resumed)
    }

    /// A TLS 1.3 hello fills the session id for middleboxes; only the id of the session is an offer.
    @Test func anIDInATLS13HelloIsAnOfferOnlyIfItIsTheSessions() throws {
        var server = Fixtures.serverCredential([.tls12])
        server.usesSessionTickets = false
        var client = Fixtures.clientCredential([.tls12, .tls13])
        client.usesSessionTickets = false
        let ends = (try client.acquire(), try server.acquire())
        let first = Link(client: End(try ends.0.makeContext()), server: End(try ends.1.makeContext()))
        first.connect()
        #expect(!first.client.context.attributes.session.offered)
        #expect(!first.server.context.attributes.session.offered || !first.isEstablished)
        var options = ContextOptions()
        options.session = first.client.context.sessions.last
        let again = Link(client: End(try ends.0.makeContext(options)), server: End(try ends.1.makeContext()))
        again.connect()
        #expect(again.client.context.attributes.session.offered)
        #expect(again.client.context.attributes.session.resumed)
        #expect(again.server.context.attributes.session.offered)
    }

    @Test func aResumedSessionIsJudgedAgain() throws {
        let ends = try Ends(.tls12, tickets: true)
        let first = try ends.connect()
        let session = try #require(first.client.context.sessions.last)
        var strict = Fixtures.clientCredential([.tls12])
        strict.verifyName = .dns("other.test")
        var options = ContextOptions()
        options.session = session
        let link = Link(
            client: End(try strict.acquire().makeContext(options)),
            server: End(try ends.server.makeContext())
        )
        link.connect()
        #expect(link.client.failure?.kind == .verification)
    }
}
