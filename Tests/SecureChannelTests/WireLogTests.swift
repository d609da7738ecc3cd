import LibSSL
import TLSParameters
import TLSWire
import Testing

@testable import SecureChannel

@Suite("The log of a context: what libssl reports, within bounds")
struct WireLogTests {
    private let hello: [UInt8] = ClientHello(
        legacyVersion: .tls12,
        random: [UInt8](repeating: 7, count: 32),
        cipherSuites: [CipherSuite(rawValue: 0xC02F)],
        extensions: nil
    ).handshakeMessage().bytes

    private func message(_ bytes: [UInt8], _ type: ContentType = .handshake, sent: Bool = false) -> ConnectionEvent {
        .message(sent: sent, type: type.rawValue, bytes: bytes)
    }

    @Test func everyClientHelloAfterARefusalGivesItsSignal() {
        let log = WireLog(role: .server)
        log.isEstablished = true
        for _ in 0..<3 {
            log.take(message(hello))
            #expect(log.takeSignals() == [.clientHello])
            log.take(message([1, 100], .alert, sent: true))
            // libssl comes back from a refusal by the door of a handshake that is done.
            log.take(.handshakeDone)
            #expect(log.takeSignals() == [])
        }
        #expect(log.renegotiations == 0)
    }

    @Test func aHandshakeThatIsDoneWithoutAServerHelloChangesNothing() {
        let log = WireLog(role: .server)
        log.take(message(hello))
        log.isEstablished = true
        log.take(message(hello))
        log.take(.handshakeDone)
        #expect(log.renegotiations == 0)
        #expect(log.facts.clientHello != nil)
    }

    /// Messages are read when somebody asks, however late and however often that is.
    @Test(arguments: [false, true])
    func factsAreTheSameWheneverTheyAreAskedFor(_ asksEachTime: Bool) throws {
        let log = WireLog(role: .server)
        let retry = ServerHello(
            legacyVersion: .tls12,
            random: ServerHello.helloRetryRequestRandom,
            sessionID: [],
            cipherSuite: CipherSuite(rawValue: 0x1301),
            extensions: nil
        )
        var answer = retry
        answer.random = [UInt8](repeating: 9, count: 32)
        let ticket: [UInt8] = [4, 0, 0, 8, 0, 0, 0, 60, 0, 2, 5, 6]
        let messages = [
            message(hello), message(retry.handshakeMessage().bytes, sent: true), message(hello),
            message(answer.handshakeMessage().bytes, sent: true), message(ticket, sent: true),
        ]
        for message in messages {
            log.take(message)
            if asksEachTime { _ = log.facts }
        }
        #expect(log.takeHappenings().map(\.kind) == [.helloRetryRequest, .newSessionTicket])
        let facts = log.facts
        #expect(facts.clientHello?.random == [UInt8](repeating: 7, count: 32))
        #expect(facts.lastClientHello != nil && facts.helloRetryRequest == retry && facts.serverHello == answer)
        #expect(facts.tickets.map(\.lifetime) == [60])
    }

    @Test func whatIsLeftUnreadIsBounded() {
        let log = WireLog(role: .client)
        let ticket: [UInt8] = [4, 0, 0x40, 0] + [UInt8](repeating: 0, count: 0x4000)
        for _ in 0..<100 {
            log.take(message(ticket))
            #expect(log.unreadBytes <= 2 * ticket.count)
        }
    }

    @Test func aCallKeepsSoManyRecordsAndCountsTheRest() {
        let log = WireLog(role: .client)
        for _ in 0..<RecordBatch.limit + 500 {
            log.take(.recordHeader(sent: false, bytes: [23, 3, 3, 0, 25]))
            log.take(.innerContentType(sent: false, type: 23))
        }
        let batch = log.takeRecords(.received)
        #expect(batch.count == RecordBatch.limit + 500)
        #expect(batch.records.count == RecordBatch.limit)
        #expect(!batch.isWhole)
        #expect(log.takeRecords(.received).count == 0)
    }

    @Test func messagesOfSSL2HaveTheirNamesAndRecords() {
        let log = WireLog(role: .client)
        let hello = SSL2ClientHello(
            cipherKinds: [.SSL_CK_RC4_128_WITH_MD5],
            challenge: [UInt8](repeating: 1, count: 16)
        )
        let answer = SSL2ServerHello(
            certificate: [0x30, 0],
            cipherKinds: [.SSL_CK_RC4_128_WITH_MD5],
            connectionID: [UInt8](repeating: 2, count: 16)
        )
        func take(_ message: some SSL2Message, sent: Bool) {
            log.take(.recordHeader(sent: sent, bytes: Array(message.record().bytes.prefix(2))))
            log.take(.message(sent: sent, type: 0, bytes: message.bytes))
        }
        take(hello, sent: true)
        take(answer, sent: false)
        // Encrypted: the record is longer than its message, and has padding to count.
        log.take(.recordHeader(sent: false, bytes: [0x00, 0x28, 0x05]))
        log.take(.message(sent: false, type: 0, bytes: [7, 1] + [UInt8](repeating: 3, count: 16)))
        take(SSL2Error(errorCode: .no_certificate), sent: true)
        // Data has a header only.
        log.take(.recordHeader(sent: true, bytes: [0x80, 0x15]))

        #expect(
            log.takeRecords(.sent).records.map(\.text) == [
                "ssl2 0x0002 28: ssl2_client_hello", "ssl2 0x0002 3: ssl2_error (no_certificate)", "ssl2 0x0002 21",
            ]
        )
        #expect(
            log.takeRecords(.received).records.map(\.text) == [
                "ssl2 0x0002 32: ssl2_server_hello", "ssl2 0x0002 40: ssl2_request_certificate",
            ]
        )
        #expect(log.takeHappenings().map(\.kind) == [.certificateRequest, .alert])
        #expect(log.facts.version == .ssl2 && log.facts.serverCertificate == [0x30, 0])
        #expect(log.facts.clientCertificates == 0)
        #expect(log.facts.offer?.suites.map(\.name) == ["SSL_CK_RC4_128_WITH_MD5"])
    }

    @Test func aHelloThatComesWithoutAHeaderIsARecordToo() {
        let log = WireLog(role: .server)
        let hello = SSL2ClientHello(
            version: .tls12,
            cipherSuites: [CipherSuite(rawValue: 0xC02F)],
            challenge: [UInt8](repeating: 1, count: 16)
        )
        log.take(.message(sent: false, type: 0, bytes: hello.bytes))
        #expect(log.takeRecords(.received).records.map(\.text) == ["ssl2 0x0002 28: ssl2_client_hello"])
        #expect(log.facts.offer?.suites.map(\.codePoint) == ["0xC02F"] && log.facts.version == nil)
    }

    @Test func messagesWithinARecordCountToo() {
        let log = WireLog(role: .client)
        log.take(.recordHeader(sent: false, bytes: [22, 3, 3, 64, 0]))
        for _ in 0..<RecordBatch.limit * 2 { log.take(message([0, 0, 0, 0])) }
        #expect(log.takeRecords(.received).records[0].messages.count < RecordBatch.limit)
    }
}

@Suite("The journal of a context: a beginning without a gap, and the count of the rest")
struct JournalTests {
    private func link(_ options: ContextOptions) throws -> Link {
        let link = try Link(
            client: Fixtures.clientCredential([.tls12]),
            server: Fixtures.serverCredential([.tls12]),
            options: options
        )
        link.connect()
        try #require(link.isEstablished)
        return link
    }

    @Test(arguments: [(2_000, 100), (20, 20_000)])
    func legsAndRecordsAreBounded(_ keptLegs: Int, _ keptRecords: Int) throws {
        var options = ContextOptions()
        options.keptLegs = keptLegs
        options.keptRecords = keptRecords
        let link = try link(options)
        for _ in 0..<300 {
            try link.client.send([1])
            link.run()
            try link.server.send([1])
            link.run()
        }
        let legs = link.client.context.legs
        let transport = link.client.context.attributes.transport
        let records = legs.flatMap(\.records)
        #expect(legs.count <= keptLegs)
        #expect(records.count + records.flatMap(\.messages).count <= keptRecords)
        #expect(legs.map(\.number) == Array(1...legs.count))
        #expect(transport.legsLeftOut > 300)
        #expect(records.count + transport.recordsLeftOut == transport.recordsSent + transport.recordsReceived)
        #expect(transport.plaintextSent == 300 && transport.plaintextReceived == 300)
    }

    @Test func oneCallWithMoreRecordsThanFitIsOnlyCounted() throws {
        let link = try link(ContextOptions())
        var flood: [UInt8] = []
        for _ in 0..<RecordBatch.limit + 100 { flood += try link.client.context.protect([1]) }
        let before = link.server.context.legs.count
        let result = link.server.context.unprotect(&flood)
        #expect(result.plaintext.count == RecordBatch.limit + 100)
        let transport = link.server.context.attributes.transport
        #expect(link.server.context.legs.count == before)
        #expect(transport.recordsLeftOut == RecordBatch.limit + 100)
        #expect(transport.legsLeftOut == 1)
        // 2,000 legs at most, each with its one record and the messages of the handshake.
        #expect(link.client.context.legs.count == 2_000)
    }

    /// What isn't kept is counted all the same.
    @Test func withoutLegsRecordsAreCounted() throws {
        var none = ContextOptions()
        none.keptLegs = 0
        let counts = try [ContextOptions(), none].map { options in
            let link = try link(options)
            for _ in 0..<5 { #expect(try link.echo()) }
            let transport = link.client.context.attributes.transport
            #expect(link.client.context.legs.isEmpty == (options.keptLegs == 0))
            #expect(!link.client.context.events.isEmpty)
            return [transport.recordsSent, transport.recordsReceived, transport.handshakeRecordsReceived]
        }
        #expect(counts[0] == counts[1])
    }

    @Test func eventsAreBounded() throws {
        var options = ContextOptions()
        options.keptEvents = 2
        let link = try link(options)
        #expect(link.client.context.events.count == 2)
        #expect(link.client.context.attributes.transport.eventsLeftOut > 0)
    }
}
