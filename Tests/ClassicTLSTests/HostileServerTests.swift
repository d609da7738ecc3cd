import LibSSL
import TLSParameters
import TLSWire
import Testing

@testable import ClassicTLS

/// What a client makes of servers that break the protocol.
@Suite struct HostileServerTests {
    static let rsa = CipherSuite.TLS_RSA_WITH_AES_128_CBC_SHA
    private static let anonymous = CipherSuite.TLS_DH_anon_WITH_AES_128_CBC_SHA

    func client(
        _ suites: [CipherSuite] = [rsa],
        _ change: (inout ClassicConfiguration) -> Void = { _ in }
    ) throws -> LoneEnd {
        var (client, _) = ClassicConfiguration.pair(.tls12, suites)
        change(&client)
        return try LoneEnd(client)
    }

    func hello(
        _ version: ProtocolVersion = .tls12,
        suite: CipherSuite = rsa,
        compression: CompressionMethod = .NULL,
        extensions: [Extension]? = nil
    ) -> [UInt8] {
        ServerHello(
            legacyVersion: version,
            random: counting(32),
            sessionID: [],
            cipherSuite: suite,
            compressionMethod: compression,
            extensions: extensions
        ).handshakeMessage().record()
    }

    func certificate(_ chain: [[UInt8]], _ version: ProtocolVersion = .tls12) -> [UInt8] {
        CertificateMessage(entries: chain.map { CertificateMessage.Entry(data: $0) }).handshakeMessage().record(version)
    }

    func expect(
        _ alert: AlertDescription,
        _ client: LoneEnd,
        after records: [[UInt8]],
        sourceLocation: SourceLocation = #_sourceLocation
    ) {
        let outcome = client.take(records)
        guard case .failed(let error) = outcome else {
            Issue.record("\(outcome)", sourceLocation: sourceLocation)
            return
        }
        #expect(error.alert == alert, "\(error.text)", sourceLocation: sourceLocation)
        #expect(client.alerts == [alert], sourceLocation: sourceLocation)
        // It stays as it is, whatever comes.
        #expect(client.take([hello()]) == outcome, sourceLocation: sourceLocation)
    }

    @Test func nothingComesBeforeServerHello() throws {
        try expect(.unexpected_message, client(), after: [ContentType.change_cipher_spec.record([1])])
        try expect(.unexpected_message, client(), after: [ContentType.application_data.record([1])])
        let finished = Finished(verifyData: counting(12)).handshakeMessage().record()
        try expect(.unexpected_message, client(), after: [finished])
        try expect(.unexpected_message, client(), after: [ContentType.handshake.record([])])
        try expect(.unexpected_message, client(), after: [ContentType(rawValue: 99).record([1])])
        try expect(
            .record_overflow,
            client(),
            after: [ContentType.handshake.record([UInt8](repeating: 2, count: 19_000))]
        )
    }

    @Test func whatWasNotOfferedIsNotTaken() throws {
        try expect(.protocol_version, client(), after: [hello(.tls11)])
        try expect(.protocol_version, client(), after: [hello(.tls13)])
        try expect(.protocol_version, client(), after: [hello(.ssl2)])
        try expect(.illegal_parameter, client(), after: [hello(suite: .TLS_RSA_WITH_RC4_128_SHA)])
        try expect(.illegal_parameter, client(), after: [hello(suite: .TLS_EMPTY_RENEGOTIATION_INFO_SCSV)])
        try expect(.illegal_parameter, client(), after: [hello(compression: .DEFLATE)])
        let heartbeat = Extension(type: .heartbeat, data: [1])
        try expect(.unsupported_extension, client(), after: [hello(extensions: [heartbeat])])
        let twice = [Extension(ExtendedMasterSecret()), Extension(ExtendedMasterSecret())]
        try expect(.decode_error, client(), after: [hello(extensions: twice)])
        let foreign = Extension(RenegotiationInfo(renegotiatedConnection: [1, 2]))
        try expect(.handshake_failure, client(), after: [hello(extensions: [foreign])])
        let name = Extension(ApplicationProtocols(names: [PeerText(bytes: Array("h2".utf8))]))
        try expect(
            .illegal_parameter,
            client { $0.applicationProtocols = [Array("http/1.1".utf8)] },
            after: [hello(extensions: [name])]
        )
    }

    @Test func aSuiteHasToExistInTheVersion() throws {
        let gcm = CipherSuite.TLS_RSA_WITH_AES_128_GCM_SHA256
        let client = try client([Self.rsa, gcm]) { $0.versions = [.tls11, .tls12] }
        expect(.illegal_parameter, client, after: [hello(.tls11, suite: gcm)])
    }

    @Test func messagesKeepTheirOrder() throws {
        let chain = certificate(ClassicFixtures.rsa.chain)
        let done = ServerHelloDone().handshakeMessage().record()
        let request = CertificateRequest.classic(
            certificateTypes: [.rsa_sign],
            signatureSchemes: [.rsa_pkcs1_sha256],
            authorities: []
        ).handshakeMessage().record()
        let change = ContentType.change_cipher_spec.record([1])
        try expect(.unexpected_message, client(), after: [hello(), hello()])
        try expect(.unexpected_message, client(), after: [hello(), done])
        try expect(.unexpected_message, client(), after: [hello(), change])
        try expect(.unexpected_message, client(), after: [hello(), chain, chain])
        try expect(.unexpected_message, client(), after: [hello(), chain, request, request])
        try expect(.unexpected_message, client([Self.anonymous]), after: [hello(suite: Self.anonymous), request])
        try expect(.unexpected_message, client([Self.anonymous]), after: [hello(suite: Self.anonymous), chain])
        // A server of an RSA suite has nothing to say in ServerKeyExchange.
        let share = HandshakeMessage(type: .server_key_exchange, body: counting(40)).record()
        try expect(.unexpected_message, client(), after: [hello(), chain, share])
        // The end of a flight that lacks what its suite needs.
        try expect(.unexpected_message, client([Self.anonymous]), after: [hello(suite: Self.anonymous), done])
        // A ticket that wasn't announced, and a Finished without ChangeCipherSpec.
        let ticket = HandshakeMessage(type: .new_session_ticket, body: [0, 0, 0, 0, 0, 1, 1]).record()
        try expect(.unexpected_message, client(), after: [hello(), chain, done, ticket])
        let finished = Finished(verifyData: counting(12)).handshakeMessage().record()
        try expect(.unexpected_message, client(), after: [hello(), chain, done, finished])
        try expect(
            .unexpected_message,
            client(),
            after: [hello(), chain, done, ContentType.application_data.record([1])]
        )
        try expect(
            .unexpected_message,
            client(),
            after: [hello(), chain, done, ContentType.change_cipher_spec.record([2])]
        )
        try expect(
            .unexpected_message,
            client(),
            after: [hello(), chain, done, ContentType.change_cipher_spec.record([])]
        )
        // A message that is broken off by ChangeCipherSpec.
        let half = ContentType.handshake.record([HandshakeType.finished.rawValue, 0, 0, 12, 1])
        try expect(.unexpected_message, client(), after: [hello(), chain, done, half, change])
    }

    @Test func certificatesAreLimitedAndRead() throws {
        try expect(.bad_certificate, client(), after: [hello(), certificate([])])
        // Three bytes of length may say 16 MiB: refused when they are seen.
        let huge = ContentType.handshake.record([HandshakeType.certificate.rawValue, 0xFF, 0xFF, 0xFF])
        try expect(.decode_error, client(), after: [hello(), huge])
        let wrongLength = HandshakeMessage(type: .certificate, body: [0, 0, 9, 0, 0, 3, 1, 2]).record()
        try expect(.decode_error, client(), after: [hello(), wrongLength])
        // 800 KiB that are no certificate, in as many records as it takes, and an elliptic key where RSA is needed.
        let junk = CertificateMessage(entries: [
            CertificateMessage.Entry(data: [UInt8](repeating: 0x30, count: 800_000))
        ])
        let records = stride(from: 0, to: 800_010, by: 16_000).map { start in
            ContentType.handshake.record(Array(junk.handshakeMessage().bytes.dropFirst(start).prefix(16_000)))
        }
        let done = ServerHelloDone().handshakeMessage().record()
        try expect(.unsupported_certificate, client(), after: [hello()] + records + [done])
        try expect(
            .unsupported_certificate,
            client(),
            after: [hello(), certificate(ClassicFixtures.ecdsa.chain), done]
        )
    }

    @Test func recordsKeepTheAgreedVersion() throws {
        let old = ContentType.handshake.record([HandshakeType.certificate.rawValue], .tls10)
        try expect(.protocol_version, client(), after: [hello(), old])
        // But for alerts, which may come in the version of the hello.
        let outcome = try client().take([hello(), ContentType.alert.record([2, 40], .tls10)])
        guard case .failed(let error) = outcome else {
            Issue.record("\(outcome)")
            return
        }
        #expect(error.kind == .alertReceived)
    }

    @Test func alertsAreReadInPieces() throws {
        let client = try client()
        #expect(client.take([ContentType.alert.record([2])]) == .wantsRead)
        guard case .failed(let error) = client.take([ContentType.alert.record([40])]) else {
            Issue.record("it goes on")
            return
        }
        #expect(error.kind == .alertReceived && client.alerts.isEmpty)
        // Nothing more is said to a peer that gave up.
        try expect(.unexpected_message, self.client(), after: [ContentType.alert.record([])])
    }

    @Test func warningsEnd() throws {
        let warning = ContentType.alert.record([1, 112])
        #expect(try client().take([[UInt8]](repeating: warning, count: 32)) == .wantsRead)
        try expect(.unexpected_message, client(), after: [[UInt8]](repeating: warning, count: 33))
    }

    @Test func requestsForAHandshakeThatIsUnderWayAreIgnored() throws {
        let client = try client()
        let request = HelloRequest().handshakeMessage().record()
        #expect(client.take([[UInt8]](repeating: request, count: 500)) == .wantsRead)
        #expect(client.take([hello()]) == .wantsRead)
        #expect(client.sent.count < 1_000 && client.alerts.isEmpty)
        // With something in it, it isn't one.
        let filled = HandshakeMessage(type: .hello_request, body: [1]).record()
        try expect(.unexpected_message, self.client(), after: [filled])
    }
}
