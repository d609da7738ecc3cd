import Certificates
import SecureChannel
import TLSParameters
import Testing

@Suite("Renegotiation and its equivalents in TLS 1.3")
struct RenegotiationTests {
    private func standing(
        _ version: ProtocolVersion,
        client: (inout Credential) -> Void = { _ in },
        server: (inout Credential) -> Void = { _ in }
    ) throws -> Link {
        var clientCredential = Fixtures.clientCredential([version])
        var serverCredential = Fixtures.serverCredential([version])
        client(&clientCredential)
        server(&serverCredential)
        let link = try Link(client: clientCredential, server: serverCredential)
        link.connect()
        try #require(link.isEstablished)
        return link
    }

    @Test func dataInFlightSurvivesAClientsRenegotiation() throws {
        let link = try standing(.tls12, server: { $0.allowsClientRenegotiation = true })
        // The server's data is under way when the client starts: SSL_do_handshake would fail on it.
        try link.server.send(Array("in flight".utf8))
        link.client.outbox += try link.client.context.renegotiate(.full)
        link.run()
        #expect(link.client.plaintext == Array("in flight".utf8))
        #expect(link.client.signals == [.completed])
        #expect(link.server.signals == [.clientHello, .completed])
        #expect(try link.echo())
    }

    @Test func dataGivenDuringARenegotiationIsSentAfterIt() throws {
        let link = try standing(.tls12, server: { $0.allowsClientRenegotiation = true })
        link.client.outbox += try link.client.context.renegotiate(.full)
        try link.client.send(Array("held ".utf8))
        try link.client.send(Array("back".utf8))
        link.run()
        #expect(link.server.plaintext == Array("held back".utf8))
        #expect(link.client.context.attributes.transport.plaintextSent == 9)
    }

    @Test func changedRequirementsChangeTheSuite() throws {
        let weak = try #require(CipherSuite(named: "ECDHE-ECDSA-AES128-GCM-SHA256"))
        let strong = try #require(CipherSuite(named: "ECDHE-ECDSA-AES256-GCM-SHA384"))
        let link = try standing(
            .tls12,
            client: { $0.suites = [weak] },
            server: { $0.allowsClientRenegotiation = true }
        )
        #expect(link.client.context.attributes.cipherSuite == weak)
        try link.client.context.restrict(to: [strong])
        link.client.outbox += try link.client.context.renegotiate(.full)
        link.run()
        #expect(link.client.context.attributes.cipherSuite == strong)
        #expect(link.server.context.attributes.cipherSuite == strong)
        #expect(try link.echo())
    }

    @Test func aServerRefusesByDefaultAndTheClientsConnectionIsDead() throws {
        let link = try standing(.tls12)
        link.client.outbox += try link.client.context.renegotiate(.full)
        link.run()
        let failure = try #require(link.client.failure)
        #expect(failure.kind == .renegotiationRefused)
        #expect(failure.alertReceived?.description == .no_renegotiation)
        #expect(failure.schannelStatus.name == "SEC_I_NO_RENEGOTIATION")
        #expect(throws: ContextFailure.self) { _ = try link.client.context.protect([1]) }
        // What was refused changed nothing of what is known.
        let after = link.client.context.attributes
        #expect(after.version == .tls12)
        #expect(after.suite != nil)
        #expect(after.security.renegotiations == 0)
    }

    /// The two ways in which libssl's server refuses: when it reads the hello, and when it processes it.
    @Test(arguments: [false, true])
    func aServerThatRefusedKeepsWhatStood(_ reads: Bool) throws {
        let link = try standing(
            .tls12,
            server: {
                $0.allowsClientRenegotiation = reads
                $0.refusesRenegotiation = true
            }
        )
        let before = link.server.context.attributes
        link.client.outbox += try link.client.context.renegotiate(.full)
        link.run()
        let after = link.server.context.attributes
        #expect(after.close.alertsSent.contains { $0.description == .no_renegotiation })
        #expect(after.protocol == before.protocol)
        #expect(after.suite == before.suite)
        #expect(after.keyExchange == before.keyExchange)
        #expect(after.security == before.security)
        #expect(after.security.renegotiations == 0)
        #expect(!link.server.signals.contains(.completed))
    }

    @Test func aClientThatRefusesSendsTheAlertAndTheServerFails() throws {
        let link = try standing(.tls12, client: { $0.refusesRenegotiation = true })
        link.server.outbox += try link.server.context.renegotiate(.full)
        link.run()
        let sent = link.client.context.attributes.close.alertsSent.map(\.description)
        #expect(sent == [.no_renegotiation])
        #expect(link.client.signals.first == .helloRequest)
        #expect(link.server.failure != nil)
    }

    @Test func aServersFullRenegotiationObtainsTheClientsCertificate() throws {
        let link = try standing(.tls12, client: { $0.identities = [Fixtures.client] })
        #expect(link.server.context.attributes.peer.chain.isEmpty)
        link.server.outbox += try link.server.context.requestClientCertificate(required: true)
        link.run()
        #expect(link.client.signals == [.helloRequest, .completed])
        #expect(link.server.context.attributes.peer.chain.first?.bytes == Fixtures.client.certificate.der)
        #expect(link.server.context.attributes.security.renegotiations == 1)
        #expect(try link.echo())
    }

    @Test func aServersAbbreviatedRenegotiationSilentlyAsksForNoCertificate() throws {
        let link = try standing(.tls12, client: { $0.identities = [Fixtures.client] })
        link.server.outbox += try link.server.context.renegotiate(.abbreviated)
        link.run()
        #expect(link.client.signals == [.helloRequest, .completed])
        #expect(link.server.context.attributes.peer.chain.isEmpty)
        #expect(link.client.context.attributes.session.resumed)
    }

    @Test func anAbbreviatedRenegotiationResumesAndAFullOneDoesNot() throws {
        for kind in [RenegotiationKind.abbreviated, .full] {
            let link = try standing(
                .tls12,
                server: {
                    $0.allowsClientRenegotiation = true
                }
            )
            link.client.outbox += try link.client.context.renegotiate(kind)
            link.run()
            #expect(link.client.signals == [.completed])
            if kind == .full { #expect(!link.client.context.attributes.session.resumed) }
        }
    }

    @Test func tls13HasNoRenegotiationAndStaysUsable() throws {
        let link = try standing(.tls13)
        do {
            _ = try link.client.context.renegotiate(.full)
            Issue.record("accepted")
        } catch {
            #expect(error.kind == .unsupported)
        }
        #expect(try link.echo())
    }

    @Test func tls12HasNoKeyUpdateAndStaysUsable() throws {
        let link = try standing(.tls12)
        do {
            _ = try link.client.context.updateKeys(requestPeer: false)
            Issue.record("accepted")
        } catch {
            #expect(error.kind == .unsupported)
        }
        #expect(try link.echo())
    }

    /// Not read from a log that has its bounds.
    @Test func aRequestForAKeyUpdateIsKnownHoweverMuchHappenedBefore() throws {
        var options = ContextOptions()
        options.keptEvents = 0
        let server = try Fixtures.serverCredential([.tls13]).acquire().makeContext(options)
        let client = try Fixtures.clientCredential([.tls13]).acquire().makeContext()
        let link = Link(client: End(client), server: End(server))
        link.connect()
        #expect(!server.isAskedForKeyUpdate)
        for requested in [true, false, true] {
            link.client.outbox += try client.updateKeys(requestPeer: requested)
            link.run()
            #expect(server.isAskedForKeyUpdate == requested)
        }
    }

    @Test func theAnswerToARequestedKeyUpdateComesWithThePeersNextData() throws {
        let link = try standing(.tls13)
        link.client.outbox += try link.client.context.updateKeys(requestPeer: true)
        link.run()
        #expect(link.server.signals == [.keyUpdate])
        #expect(link.client.context.attributes.security.keyUpdatesReceived == 0)
        try link.server.send([1])
        link.run()
        #expect(link.client.context.attributes.security.keyUpdatesReceived == 1)
        #expect(link.client.signals.last == .keyUpdate)
    }

    @Test func postHandshakeAuthenticationObtainsTheCertificateAndNewTickets() throws {
        let link = try standing(
            .tls13,
            client: {
                $0.identities = [Fixtures.client]
                $0.allowsPostHandshakeAuthentication = true
            }
        )
        let before = link.client.context.attributes.session.tickets.map(\.byteCount)
        link.server.outbox += try link.server.context.requestClientCertificate(required: true)
        link.run()
        #expect(link.client.signals.contains(.certificateRequest))
        #expect(link.server.signals.contains(.certificate))
        #expect(link.server.context.attributes.peer.chain.first?.bytes == Fixtures.client.certificate.der)
        let tickets = link.client.context.attributes.session.tickets.map(\.byteCount)
        #expect(before.count == 2)
        #expect(tickets.count == 4)
        #expect((tickets.last ?? 0) > (before.last ?? 0), "the ticket now holds the certificate")
        #expect(link.client.context.attributes.clientAuthentication.accepted == true)
        #expect(try link.echo())
    }

    @Test func ticketsFromBeforeDontAcceptALaterCertificate() throws {
        let link = try standing(
            .tls13,
            client: {
                $0.identities = [Fixtures.strangeClient]
                $0.allowsPostHandshakeAuthentication = true
            }
        )
        #expect(link.client.context.attributes.session.tickets.count == 2)
        link.server.outbox += try link.server.context.requestClientCertificate(required: true)
        link.client.inbox += link.server.outbox
        link.server.outbox = []
        link.client.work()
        #expect(link.client.context.attributes.clientAuthentication.proved)
        #expect(link.client.context.attributes.clientAuthentication.accepted == nil)
        link.run()
        #expect(link.server.failure?.kind == .verification)
        #expect(link.client.context.attributes.clientAuthentication.accepted == false)
    }

    @Test func postHandshakeAuthenticationNeedsTheClientsOffer() throws {
        let link = try standing(.tls13, client: { $0.identities = [Fixtures.client] })
        do {
            _ = try link.server.context.requestClientCertificate(required: true)
            Issue.record("accepted")
        } catch {
            #expect(error.kind == .unsupported)
        }
        #expect(try link.echo())
    }
}
