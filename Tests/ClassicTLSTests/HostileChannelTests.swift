import LibSSL
import TLSParameters
import TLSWire
import Testing

@testable import ClassicTLS

/// What either end makes of a peer that breaks the protocol on a channel that stands: all of it is protected as it should be.
@Suite struct HostileChannelTests {
    struct Case: Sendable, CustomTestStringConvertible {
        var version: ProtocolVersion
        var suite: CipherSuite
        /// The end that is sent to.
        var victim: EndpointRole
        var testDescription: String { "\(version.name) \(suite.name) \(victim)" }
    }

    static let cases: [Case] = [ProtocolVersion.ssl3, .tls10, .tls12].flatMap { version in
        [CipherSuite.TLS_RSA_WITH_RC4_128_SHA, .TLS_RSA_WITH_AES_128_CBC_SHA].flatMap { suite in
            [EndpointRole.client, .server].map { Case(version: version, suite: suite, victim: $0) }
        }
    }

    /// A channel, seen from the end that is sent to; `send` protects and delivers a record.
    private final class Channel {
        let link: ClassicLink
        let victim: LoneEnd
        private let peer: ClassicConnection

        init(
            _ item: Case,
            _ change: (inout ClassicConfiguration, inout ClassicConfiguration) -> Void = { _, _ in }
        ) throws {
            let (client, server) = ClassicConfiguration.pair(item.version, [item.suite], change)
            link = try ClassicLink(client, server)
            let outcomes = link.handshake()
            try #require(outcomes.client == .done && outcomes.server == .done)
            victim = LoneEnd(item.victim == .client ? link.client : link.server)
            peer = item.victim == .client ? link.server : link.client
            _ = peer.takeOutput()
        }

        func send(_ type: ContentType, _ content: [UInt8], times: Int = 1) throws -> ClassicOutcome {
            for _ in 0..<times { try peer.sendRecords(type, content) }
            for record in ClassicLink.records(peer.takeOutput()) { victim.connection.feed(record) }
            return victim.read().outcome
        }

        func expect(
            _ alert: AlertDescription,
            _ outcome: ClassicOutcome,
            sourceLocation: SourceLocation = #_sourceLocation
        ) {
            guard case .failed(let error) = outcome else {
                Issue.record("\(outcome)", sourceLocation: sourceLocation)
                return
            }
            #expect(error.alert == alert, "\(error.text)", sourceLocation: sourceLocation)
            #expect(victim.read().outcome == outcome, sourceLocation: sourceLocation)
        }
    }

    @Test(arguments: cases) func recordsThatBringNothingEnd(_ item: Case) throws {
        // Old OpenSSL sends empty data before each record of CBC: that is no harm.
        let patient = try Channel(item)
        for _ in 0..<40 {
            #expect(try patient.send(.application_data, []) == .wantsRead)
            #expect(try patient.send(.application_data, [1]) == .wantsRead)
        }
        for (type, content) in [(ContentType.application_data, []), (.alert, [1, 90])] as [(ContentType, [UInt8])] {
            #expect(try Channel(item).send(type, content, times: 32) == .wantsRead)
            let channel = try Channel(item)
            try channel.expect(.unexpected_message, channel.send(type, content, times: 33))
        }
        for type in [ContentType.handshake, .alert, .change_cipher_spec] {
            let channel = try Channel(item)
            try channel.expect(.unexpected_message, channel.send(type, []))
        }
    }

    @Test(arguments: cases) func messagesThatHaveNoPlaceEnd(_ item: Case) throws {
        let messages: [(ContentType, [UInt8])] = [
            (.change_cipher_spec, [1]), (ContentType(rawValue: 24), [1]), (ContentType(rawValue: 0), [1]),
            (.handshake, Finished(verifyData: counting(12)).handshakeMessage().bytes),
            (.handshake, ServerHelloDone().handshakeMessage().bytes),
            (.handshake, HandshakeMessage(type: HandshakeType(rawValue: 99), body: []).bytes),
        ]
        for (type, content) in messages {
            let channel = try Channel(item)
            try channel.expect(.unexpected_message, channel.send(type, content))
        }
        // The wrong end's greeting.
        let channel = try Channel(item)
        let greeting =
            item.victim == .client
            ? ClientHello(
                legacyVersion: item.version,
                random: counting(32),
                sessionID: [],
                cipherSuites: [item.suite],
                extensions: nil
            ).handshakeMessage() : HelloRequest().handshakeMessage()
        try channel.expect(.unexpected_message, channel.send(.handshake, greeting.bytes))
    }

    @Test(arguments: cases) func contentIsNoLongerThanItMayBe(_ item: Case) throws {
        let channel = try Channel(item)
        let peer = item.victim == .client ? channel.link.server : channel.link.client
        let content = [UInt8](repeating: 1, count: 16_385)
        let fragment = try #require(try peer.writing?.seal(content, type: .application_data))
        channel.victim.connection.feed(ContentType.application_data.record(fragment, item.version))
        let alert: AlertDescription = item.version == .ssl3 ? .illegal_parameter : .record_overflow
        channel.expect(.record_overflow, channel.victim.read().outcome)
        #expect(channel.victim.alerts == [alert])
    }

    @Test(arguments: cases) func recordsInAnotherOrderEnd(_ item: Case) throws {
        for order in [[1, 0], [0, 0], [1]] {
            let channel = try Channel(item)
            let peer = item.victim == .client ? channel.link.server : channel.link.client
            try peer.sendRecords(.application_data, counting(10))
            try peer.sendRecords(.application_data, counting(20))
            let records = ClassicLink.records(peer.takeOutput())
            for index in order { channel.victim.connection.feed(records[index]) }
            channel.expect(.bad_record_mac, channel.victim.read().outcome)
        }
    }

    @Test(arguments: cases) func whatIsRefusedIsNotAskedForever(_ item: Case) throws {
        let message =
            item.victim == .client
            ? HelloRequest().handshakeMessage()
            : ClientHello(
                legacyVersion: item.version,
                random: counting(32),
                sessionID: [],
                cipherSuites: [item.suite],
                extensions: nil
            ).handshakeMessage()
        func channel() throws -> Channel {
            try Channel(item) { client, server in
                client.renegotiation.allowsPeer = false
                server.renegotiation.allowsPeer = false
            }
        }
        let refused = try channel()
        guard item.version > .ssl3 else {
            // SSL 3.0 has no alert to refuse with and go on.
            try refused.expect(.handshake_failure, refused.send(.handshake, message.bytes))
            return
        }
        #expect(try refused.send(.handshake, message.bytes) == .wantsRead)
        #expect(refused.victim.alerts == [.no_renegotiation])
        #expect(try refused.send(.application_data, [1]) == .wantsRead)
        // Many in one record would make much out of little.
        let flooded = try channel()
        let many = [[UInt8]](repeating: message.bytes, count: 40).flatMap { $0 }
        try flooded.expect(.unexpected_message, flooded.send(.handshake, many))
        #expect(flooded.victim.alerts.count <= 34)
    }

    @Test(arguments: cases) func halfAHandshakeOnTheChannelWaits(_ item: Case) throws {
        let channel = try Channel(item)
        let type: HandshakeType = item.victim == .client ? .hello_request : .client_hello
        #expect(try channel.send(.handshake, [type.rawValue, 0xFF]) == .wantsRead)
        // Data goes on while a message is not whole; it may not claim more than a mebibyte.
        #expect(try channel.send(.application_data, [1]) == .wantsRead)
        try channel.expect(.decode_error, channel.send(.handshake, [0xFF, 0xFF]))
    }
}
