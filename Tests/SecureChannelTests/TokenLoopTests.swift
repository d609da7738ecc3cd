import Certificates
import SecureChannel
import TLSParameters
import Testing

@Suite("The token loop: statuses and leftovers")
struct TokenLoopTests {
    @Test(arguments: [ProtocolVersion.tls12, .tls13])
    func everyPrefixOfAHelloSaysHowManyBytesAreMissing(_ version: ProtocolVersion) throws {
        let client = try Fixtures.clientCredential([version]).acquire().makeContext()
        let hello = client.start().token
        let acquired = try Fixtures.serverCredential([version]).acquire()
        for length in 1..<hello.count {
            let server = try acquired.makeContext()
            var input = Array(hello[..<length])
            let step = server.step(&input)
            guard case .incompleteMessage(let missing) = step.status else {
                Issue.record("\(length): \(step.status)")
                return
            }
            #expect(missing == (length < 5 ? 5 - length : hello.count - length))
            #expect(input.count == length, "an incomplete record stays in the input")
            #expect(step.token.isEmpty)
        }
    }

    @Test func theFirstStepOfAClientIsContinueNeededWithAToken() throws {
        let client = try Fixtures.clientCredential().acquire().makeContext()
        let step = client.start()
        guard case .continueNeeded = step.status else {
            Issue.record("\(step.status)")
            return
        }
        #expect(step.token.first == 22)
        #expect(client.legs.count == 1)
        #expect(client.legs.first?.records.first?.messages.first?.name == "client_hello")
    }

    @Test func dataBehindTheHandshakeStaysInTheInput() throws {
        // TLS 1.3: the client's Finished and its first data arrive in one piece.
        let link = try Link(client: Fixtures.clientCredential([.tls13]), server: Fixtures.serverCredential([.tls13]))
        var hello = link.client.context.start().token
        var flight = link.server.context.step(&hello).token
        var finished = link.client.context.step(&flight).token
        finished += try link.client.context.protect(Array("early bird".utf8))
        let step = link.server.context.step(&finished)
        guard case .established = step.status else {
            Issue.record("\(step.status)")
            return
        }
        #expect(finished.count == 5 + 10 + 1 + 16, "one record of application data is left over")
        #expect(link.server.context.unprotect(&finished).plaintext == Array("early bird".utf8))
        #expect(finished.isEmpty)

        // The client finds two tickets, then data, in one piece.
        var answer = step.token + (try link.server.context.protect(Array("hello".utf8)))
        let result = link.client.context.unprotect(&answer)
        #expect(result.plaintext == Array("hello".utf8))
        #expect(result.signals == [.newSessionTicket, .newSessionTicket])
        guard case .renegotiate(.newSessionTicket) = result.status else {
            Issue.record("\(result.status)")
            return
        }
        #expect(link.client.context.sessions.count == 2)
    }

    @Test(arguments: [ProtocolVersion.tls10, .tls12, .tls13])
    func aRequestForACertificatePausesOnceAndGoesOnAnonymously(_ version: ProtocolVersion) throws {
        var server = Fixtures.serverCredential([version])
        server.clientAuthentication = .request
        server.acceptedClientIssuers = [Fixtures.authority.certificate, Fixtures.otherAuthority.certificate]
        let link = try Link(client: Fixtures.clientCredential([version]), server: server)
        link.connect()
        #expect(link.isEstablished)
        let pauses = link.client.statuses.compactMap { status -> [DistinguishedName]? in
            guard case .incompleteCredentials(let issuers) = status else { return nil }
            return issuers
        }
        #expect(pauses.count == 1)
        #expect(
            pauses.first?.map { $0.text.encoded(for: .json) } == ["CN=Test Authority", "CN=Other Authority"]
        )
        let client = link.client.context.attributes.clientAuthentication
        #expect(client.requested)
        #expect(client.certificatesSent == 0)
        #expect(!client.proved)
        #expect(try link.echo())
    }

    @Test(arguments: [ProtocolVersion.tls10, .tls12, .tls13])
    func aCertificateSuppliedInThePauseIsSent(_ version: ProtocolVersion) throws {
        var credential = Fixtures.serverCredential([version])
        credential.clientAuthentication = .require
        let link = try Link(client: Fixtures.clientCredential([version]), server: credential)
        var hello = link.client.context.start().token
        var flight = link.server.context.step(&hello).token
        let paused = link.client.context.step(&flight)
        guard case .incompleteCredentials = paused.status else {
            Issue.record("\(paused.status)")
            return
        }
        try link.client.context.supply(Fixtures.client)
        let resumed = link.client.context.step(&flight)
        link.client.note(resumed.status, token: resumed.token)
        link.run()
        #expect(link.isEstablished)
        #expect(link.server.context.attributes.peer.chain.first?.bytes == Fixtures.client.certificate.der)
        #expect(try link.echo())
    }

    @Test func helloRetryRequestIsSeen() throws {
        var client = Fixtures.clientCredential([.tls13])
        client.groups = [.x25519, .secp384r1]
        var server = Fixtures.serverCredential([.tls13])
        server.groups = [.secp384r1]
        let link = try Link(client: client, server: server)
        link.connect()
        #expect(link.isEstablished)
        let attributes = link.client.context.attributes
        #expect(attributes.protocol?.helloRetryRequest == true)
        #expect(attributes.protocol?.helloRetryGroup?.name == "secp384r1")
        #expect(attributes.keyExchange?.group?.name == "secp384r1")
        #expect(attributes.keyExchange?.bits == 384)
        #expect(attributes.offered?.keyShares.map(\.name) == ["x25519"])
        #expect(attributes.transport.roundTrips == 2)
        #expect(link.client.context.events.contains { $0.kind == .helloRetryRequest })
    }

    @Test func legsCountEveryByte() throws {
        let link = try Link(client: Fixtures.clientCredential(), server: Fixtures.serverCredential())
        link.connect()
        #expect(try link.echo())
        let client = link.client.context
        let server = link.server.context
        func total(_ legs: [Leg], _ direction: Direction) -> Int {
            legs.filter { $0.direction == direction }.map(\.byteCount).reduce(0, +)
        }
        #expect(total(client.legs, .sent) == total(server.legs, .received))
        #expect(total(client.legs, .received) == total(server.legs, .sent))
        #expect(total(client.legs, .sent) == client.attributes.transport.bytesSent)
        for leg in client.legs {
            #expect(leg.bytes.count == leg.byteCount)
            #expect(leg.records.map { $0.length + 5 }.reduce(0, +) == leg.byteCount)
        }
        #expect(client.legs.map(\.number) == Array(1...client.legs.count))
    }

    @Test func keptBytesAndLegsAreBounded() throws {
        var options = ContextOptions()
        options.keptBytes = 10
        options.keptLegs = 3
        let link = try Link(client: Fixtures.clientCredential(), server: Fixtures.serverCredential(), options: options)
        link.connect()
        for _ in 0..<20 { #expect(try link.echo()) }
        #expect(link.client.context.legs.count == 3)
        #expect(link.client.context.legs.map(\.bytes.count).reduce(0, +) == 10)
        #expect(link.client.context.attributes.transport.plaintextSent == 80)
    }
}
