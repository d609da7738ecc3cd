import LibSSL
import TLSParameters
import TLSWire
import Testing

@testable import ClassicTLS

/// What a server makes of clients that break the protocol.
@Suite struct HostileClientTests {
    private static let versions: [ProtocolVersion] = [.ssl3, .tls10, .tls11, .tls12]
    static let suite = CipherSuite.TLS_RSA_WITH_AES_128_CBC_SHA

    func server(_ version: ProtocolVersion = .tls12) throws -> LoneEnd {
        try LoneEnd(ClassicConfiguration.pair(version, [Self.suite]).server)
    }

    func hello(
        _ version: ProtocolVersion = .tls12,
        suites: [CipherSuite] = [suite],
        extensions: [Extension]? = nil
    ) -> ClientHello {
        ClientHello(
            legacyVersion: version,
            random: counting(32),
            sessionID: [],
            cipherSuites: suites,
            extensions: extensions
        )
    }

    func expect(
        _ alert: AlertDescription,
        _ server: LoneEnd,
        after records: [[UInt8]],
        sourceLocation: SourceLocation = #_sourceLocation
    ) {
        let outcome = server.take(records)
        guard case .failed(let error) = outcome else {
            Issue.record("\(outcome)", sourceLocation: sourceLocation)
            return
        }
        #expect(error.alert == alert, "\(error.text)", sourceLocation: sourceLocation)
        #expect(server.alerts.count == 1, sourceLocation: sourceLocation)
        #expect(server.take([hello().handshakeMessage().record()]) == outcome, sourceLocation: sourceLocation)
    }

    // MARK: Hellos

    @Test func hellosHaveToBeWhole() throws {
        let good = hello().handshakeMessage()
        #expect(try server().take([good.record()]) == .wantsRead)
        // Cut short with the length made right: at each place.
        for count in 0..<good.body.count where count != 35 {
            let cut = HandshakeMessage(type: .client_hello, body: Array(good.body.prefix(count)))
            try expect(.decode_error, server(), after: [cut.record()])
        }
        let longer = HandshakeMessage(type: .client_hello, body: good.body + [0])
        try expect(.decode_error, server(), after: [longer.record()])
    }

    @Test func hellosHaveToFit() throws {
        try expect(.protocol_version, server(), after: [hello(.ssl3).handshakeMessage().record()])
        try expect(.protocol_version, server(), after: [hello(.ssl2).handshakeMessage().record()])
        let others = hello(suites: [.TLS_RSA_WITH_RC4_128_SHA])
        try expect(.handshake_failure, server(), after: [others.handshakeMessage().record()])
        try expect(.decode_error, server(), after: [hello(suites: []).handshakeMessage().record()])
        let twice = [Extension(ExtendedMasterSecret()), Extension(ExtendedMasterSecret())]
        try expect(.decode_error, server(), after: [hello(extensions: twice).handshakeMessage().record()])
        let foreign = [Extension(RenegotiationInfo(renegotiatedConnection: [1]))]
        try expect(.handshake_failure, server(), after: [hello(extensions: foreign).handshakeMessage().record()])
        var compressing = hello()
        compressing.compressionMethods = [.DEFLATE]
        try expect(.illegal_parameter, server(), after: [compressing.handshakeMessage().record()])
        let fallback = hello(.tls11, suites: [Self.suite, .TLS_FALLBACK_SCSV])
        var (_, both) = ClassicConfiguration.pair(.tls12, [Self.suite])
        both.versions = [.tls11, .tls12]
        try expect(.inappropriate_fallback, LoneEnd(both), after: [fallback.handshakeMessage().record()])
    }

    /// RFC 5746 section 4.4: what somebody put in front of another client's first hello would be taken for that client's.
    @Test func aFirstHelloIsNoRenegotiationOfAnotherClients() throws {
        let signs: [ClientHello] = [
            hello(suites: [Self.suite, .TLS_EMPTY_RENEGOTIATION_INFO_SCSV]),
            hello(extensions: [Extension(RenegotiationInfo())]),
        ]
        for victim in signs {
            let (client, server) = ClassicConfiguration.pair(.tls12, [Self.suite]) { client, server in
                client.renegotiation.isSecure = false
                client.renegotiation.allowsInsecure = true
                server.renegotiation.allowsInsecure = true
            }
            let link = try ClassicLink(client, server)
            #expect(link.handshake() == (.done, .done))
            #expect(!link.server.peerSupportsSecureRenegotiation)
            try link.client.send(victim.handshakeMessage())
            guard case .failed(let error) = link.settle().outcomes.1 else {
                Issue.record("it was taken")
                continue
            }
            #expect(error.alert == .handshake_failure)
        }
    }

    @Test func halfAnAlertEndsBeforeTheKeysChange() throws {
        let (client, server) = ClassicConfiguration.pair(.tls12, [Self.suite])
        let link = try ClassicLink(client, server)
        link.change = { [unowned link] _, record in
            if record.first == 20 { link.server.feed([21, 3, 3, 0, 1, 1]) }
            return record
        }
        guard case .failed(let error) = link.handshake().server else {
            Issue.record("it was taken")
            return
        }
        #expect(error.alert == .unexpected_message)
    }

    @Test func nothingComesBeforeTheHello() throws {
        try expect(.unexpected_message, server(), after: [ContentType.change_cipher_spec.record([1])])
        try expect(.unexpected_message, server(), after: [ContentType.application_data.record([1])])
        try expect(.unexpected_message, server(), after: [HelloRequest().handshakeMessage().record()])
        try expect(.unexpected_message, server(), after: [ContentType.handshake.record([])])
        // Hellos in the format of SSL 2.0: too short, of another message, for SSL 2.0 itself.
        try expect(.decode_error, server(), after: [[0x80, 3, 1, 3, 3]])
        try expect(.decode_error, server(), after: [[0x80, 9, 4, 0, 1, 0, 2, 0, 0, 0, 0]])
        let old = SSL2ClientHello(version: .ssl2, cipherSuites: [Self.suite], challenge: counting(16))
        try expect(.protocol_version, server(), after: [old.record().bytes])
    }

    @Test func aHelloInTheOldFormatComesOnceOnly() throws {
        let old = SSL2ClientHello(version: .tls12, cipherSuites: [Self.suite], challenge: counting(32)).record().bytes
        let server = try server()
        #expect(server.take([old]) == .wantsRead)
        guard case .failed = server.take([old]) else {
            Issue.record("it is taken twice")
            return
        }
    }

    // MARK: The second flight

    /// A server that waits for the second flight, and a client with that flight: ClientKeyExchange, ChangeCipherSpec, Finished.
    private func flight(_ version: ProtocolVersion) throws -> (link: ClassicLink, server: LoneEnd, records: [[UInt8]]) {
        let (client, server) = ClassicConfiguration.pair(version, [Self.suite])
        let link = try ClassicLink(client, server)
        _ = link.client.handshake()
        link.carry()
        _ = link.server.handshake()
        link.carry()
        _ = link.client.handshake()
        let records = ClassicLink.records(link.client.takeOutput())
        try #require(records.count == 3)
        return (link, LoneEnd(link.server), records)
    }

    @Test(arguments: versions) func theSecondFlightKeepsItsOrder(_ version: ProtocolVersion) throws {
        let good = try flight(version)
        #expect(good.server.take(good.records) == .done)

        func check(
            _ alert: AlertDescription,
            sourceLocation: SourceLocation = #_sourceLocation,
            _ change: ([[UInt8]]) -> [[UInt8]]
        ) throws {
            let (_, server, records) = try flight(version)
            expect(alert, server, after: change(records), sourceLocation: sourceLocation)
        }
        let change = ContentType.change_cipher_spec.record([1], version)
        let finished = Finished(verifyData: counting(12)).handshakeMessage().record(version)
        try check(.unexpected_message) { [$0[1], $0[0], $0[2]] }
        try check(.unexpected_message) { [$0[0], $0[0]] }
        try check(.unexpected_message) { [$0[0], finished] }
        try check(.unexpected_message) { [$0[0], ContentType.application_data.record([1], version)] }
        try check(.unexpected_message) { _ in [self.hello(version).handshakeMessage().record(version)] }
        try check(.unexpected_message) { _ in [self.certificate(version)] }
        try check(.unexpected_message) { _ in [ContentType.handshake.record([], version)] }
        // The second ChangeCipherSpec would have to be protected already.
        try check(.bad_record_mac) { [$0[0], $0[1], change] }
        try check(.bad_record_mac) { [$0[0], $0[1], ContentType.alert.record([1, 0], version)] }
        // A message that ChangeCipherSpec breaks off.
        try check(.unexpected_message) { records in
            [Array(records[0].prefix(3)) + [0, 9] + records[0].dropFirst(5).prefix(9), records[1]]
        }
        // Cut into records of one byte it is the same message.
        let (_, server, records) = try flight(version)
        let pieces = records[0].dropFirst(5).map { ContentType.handshake.record([$0], version) }
        #expect(server.take(pieces + records.dropFirst()) == .done)
    }

    private func certificate(_ version: ProtocolVersion) -> [UInt8] {
        CertificateMessage(entries: []).handshakeMessage().record(version)
    }

    @Test(arguments: versions) func finishedHasToBeOfThisHandshake(_ version: ProtocolVersion) throws {
        let (client, server) = ClassicConfiguration.pair(version, [Self.suite]) { client, _ in
            // Its keys would be others, too, if they were bound to what was said.
            client.usesExtendedMasterSecret = false
        }
        let link = try ClassicLink(client, server)
        _ = link.client.handshake()
        link.carry()
        _ = link.server.handshake()
        link.carry()
        // The client believes to have said more than it did.
        try link.client.machine?.exchange.transcript.append([0])
        _ = link.client.handshake()
        let lone = LoneEnd(link.server)
        expect(.decrypt_error, lone, after: ClassicLink.records(link.client.takeOutput()))
        // SSL 3.0 has no decrypt_error.
        #expect(lone.alerts == [version == .ssl3 ? .handshake_failure : .decrypt_error])
    }

    @Test(arguments: versions) func dataBeforeFinishedIsRefused(_ version: ProtocolVersion) throws {
        let (link, server, records) = try flight(version)
        // What it sends is protected as it should be; it only comes too early.
        link.client.writing = try link.client.machine?.exchange.protection(of: .client, .encrypt)
        try link.client.sendRecords(.application_data, [1])
        let data = link.client.takeOutput()
        expect(.unexpected_message, server, after: [records[0], records[1], data])
        #expect(server.read().data.isEmpty)
    }

    @Test(arguments: versions) func aWrongPremasterSecretFailsAtFinishedOnly(_ version: ProtocolVersion) throws {
        // Of the right and the wrong length, zeros, and more than the modulus: each is answered alike, and not before the end.
        let (_, _, good) = try flight(version)
        let length = version == .ssl3 ? 4 : 6
        let count = good[0].count - 5 - length
        for wrong in [
            [UInt8](repeating: 0, count: count), [UInt8](repeating: 0xFF, count: count), counting(count - 1), [],
        ] {
            let (_, server, records) = try flight(version)
            var body = wrong
            if version > .ssl3 { body = [UInt8(wrong.count >> 8), UInt8(wrong.count & 0xFF)] + wrong }
            let message = HandshakeMessage(type: .client_key_exchange, body: body).record(version)
            #expect(server.take([message]) == .wantsRead)
            #expect(server.take([records[1]]) == .wantsRead)
            expect(.bad_record_mac, server, after: [records[2]])
        }
    }

    @Test(arguments: versions) func sessionsOfBrokenConnectionsAreForgotten(_ version: ProtocolVersion) throws {
        let (client, server) = ClassicConfiguration.pair(version, [Self.suite])
        let link = try ClassicLink(client, server)
        #expect(link.handshake() == (.done, .done))
        let session = try #require(link.client.standing?.session)
        #expect(server.sessions?.session(id: session.id, at: 1_000_000) != nil)
        link.server.feed(ContentType.application_data.record(counting(48), version))
        var nothing: [UInt8] = []
        guard case .failed(let error) = link.server.read(into: &nothing) else {
            Issue.record("it was taken")
            return
        }
        #expect(error.alert == .bad_record_mac && nothing.isEmpty)
        #expect(server.sessions?.session(id: session.id, at: 1_000_000) == nil)
    }
}
