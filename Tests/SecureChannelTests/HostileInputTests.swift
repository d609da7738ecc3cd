import SecureChannel
import TLSParameters
import TLSWire
import Testing

@Suite("Hostile input: nothing hangs, nothing traps")
struct HostileInputTests {
    private func client(_ versions: [ProtocolVersion] = [.tls12, .tls13]) throws -> EngineContext {
        let context = try Fixtures.clientCredential(versions).acquire().makeContext()
        _ = context.start()
        return context
    }

    @Test func anHTTPServerIsRecognised() throws {
        let client = try client()
        var input = Array("HTTP/1.1 400 Bad Request\r\n\r\n".utf8)
        let failure = try #require(client.step(&input).status.failure)
        #expect(failure.kind == .notTLS)
        #expect(failure.opening == .http)
        #expect(failure.prefix?.bytes.starts(with: "HTTP/1.1 400".utf8) == true)
        #expect(failure.schannelStatus.name == "SEC_E_INVALID_TOKEN")
    }

    @Test func anHTTPServerIsRecognisedByteByByte() throws {
        let client = try client()
        var input: [UInt8] = []
        var failure: ContextFailure?
        for byte in "SSH-2.0-OpenSSH_9.2\r\n".utf8 where failure == nil {
            input.append(byte)
            failure = client.step(&input).status.failure
        }
        #expect(failure?.kind == .notTLS)
        #expect(failure?.opening == .ssh)
    }

    @Test func anHTTPClientAtOurServerIsRecognised() throws {
        let server = try Fixtures.serverCredential().acquire().makeContext()
        var input = Array("GET / HTTP/1.1\r\nHost: server.test\r\n\r\n".utf8)
        let failure = try #require(server.step(&input).status.failure)
        #expect(failure.kind == .notTLS)
        #expect(failure.opening == .httpRequest)
    }

    @Test func anSSL2AnswerIsRecognisedEvenAShortError() throws {
        // libssl would wait for more of a short SSL 2.0 ERROR for ever.
        for bytes: [UInt8] in [
            [0x80, 0x03, 0x00, 0x00, 0x01],
            [0x80, 0x20, 0x04, 0x00, 0x01, 0x00, 0x02] + .init(repeating: 0, count: 27),
        ] {
            let client = try client()
            var input = bytes
            let failure = try #require(client.step(&input).status.failure)
            #expect(failure.kind == .ssl2)
            #expect(failure.opening == .ssl2Record)
        }
    }

    @Test func anSSL3ServerHelloIsAnUnsupportedProtocol() throws {
        let client = try client()
        let hello = ServerHello(
            legacyVersion: .ssl3,
            random: .init(repeating: 7, count: 32),
            cipherSuite: CipherSuite(rawValue: 0x000A),
            extensions: nil
        )
        var input = hello.record(version: .ssl3)
        let step = client.step(&input)
        #expect(step.status.failure?.kind == .protocolError)
        #expect(step.status.failure?.text.contains("unsupported protocol") == true)
        #expect(step.status.failure?.alertSent?.description == .protocol_version)
        #expect(!step.token.isEmpty)
    }

    @Test func aServerWithoutSecureRenegotiationFailsUnlessLegacy() throws {
        for legacy in [false, true] {
            var credential = Fixtures.clientCredential([.tls12])
            credential.legacy = legacy
            let client = try credential.acquire().makeContext()
            _ = client.start()
            let hello = ServerHello(
                legacyVersion: .tls12,
                random: .init(repeating: 7, count: 32),
                cipherSuite: CipherSuite(rawValue: 0xC02F),
                extensions: nil
            )
            var input = hello.record(version: .tls12)
            let step = client.step(&input)
            #expect((step.status.failure != nil) == !legacy)
            #expect(client.attributes.security.secureRenegotiation == false)
            if !legacy {
                #expect(step.status.failure?.text.contains("unsafe legacy renegotiation disabled") == true)
                #expect(step.status.failure?.alertSent?.description == .handshake_failure)
            }
        }
    }

    @Test func helloOfSSL2FormatIsAcceptedForTLSAndRefusedForSSL2() throws {
        let suites = [CipherSuite(rawValue: 0x002F), CipherSuite(rawValue: 0x0035), CipherSuite(rawValue: 0x009C)]
        for version in [ProtocolVersion.tls10, .tls11, .tls12] {
            let server = try Fixtures.serverCredential([.tls10, .tls11, .tls12], identity: Fixtures.rsa).acquire()
                .makeContext()
            let hello = SSL2ClientHello(
                version: version,
                cipherSuites: suites,
                challenge: .init(repeating: 9, count: 32)
            )
            var writer = ByteWriter()
            writer.writeUInt8(1)
            hello.encode(into: &writer)
            var input = SSL2Record(data: writer.bytes).bytes
            let step = server.step(&input)
            guard case .continueNeeded = step.status else {
                Issue.record("\(version): \(step.status)")
                continue
            }
            #expect(input.isEmpty)
            #expect(step.token.first == 22, "the answer is an ordinary TLS record")
            let attributes = server.attributes
            #expect(attributes.version == version)
            #expect(attributes.protocol?.helloFormat == "ssl2")
            #expect(attributes.offered?.suites.count == 3)
        }
        let server = try Fixtures.serverCredential([.tls10, .tls11, .tls12]).acquire().makeContext()
        var old: [UInt8] = [0x80, 0x1C, 0x01, 0x00, 0x02, 0x00, 0x03, 0x00, 0x00, 0x00, 0x10, 0x01, 0x00, 0x80]
        old += .init(repeating: 3, count: 16)
        let step = server.step(&old)
        #expect(step.status.failure?.kind == .protocolError)
        #expect(step.status.failure?.text.contains("unknown protocol") == true)
        #expect(step.status.failure?.alertSent?.description == .protocol_version)
    }

    @Test func anSSL3HelloGetsAnAlertInAnSSL3Record() throws {
        let server = try Fixtures.serverCredential().acquire().makeContext()
        let hello = ClientHello(
            legacyVersion: .ssl3,
            random: .init(repeating: 1, count: 32),
            cipherSuites: [CipherSuite(rawValue: 0x0035)],
            extensions: nil
        )
        var input = hello.record(version: .ssl3)
        let step = server.step(&input)
        #expect(step.status.failure != nil)
        #expect(step.token.starts(with: [21, 3, 0]))
        #expect(server.attributes.offered?.versions.map(\.name) == ["ssl3"])
    }

    @Test func lengthsThatCanNotBeEndTheHandshakeAtOnce() throws {
        for header: [UInt8] in [[22, 3, 3, 0xFF, 0xFF], [22, 3, 3, 0x48, 0x01]] {
            let client = try client()
            var input = header + [1, 2, 3]
            let step = client.step(&input)
            #expect(step.status.failure != nil, "\(header)")
            #expect(!step.token.isEmpty)
        }
    }

    @Test func endlessWarningAlertsAreCutOff() throws {
        let client = try client([.tls12])
        var input: [UInt8] = []
        var failure: ContextFailure?
        for count in 1...1_000 where failure == nil {
            input += [21, 3, 3, 0, 2, 1, 112]
            failure = client.step(&input).status.failure
            if count == 1_000 { Issue.record("never failed") }
        }
        #expect(failure != nil)
        #expect(client.attributes.close.alertsReceived.count <= 10)
    }

    @Test func endlessEmptyRecordsAreCutOff() throws {
        let link = try Link(client: Fixtures.clientCredential([.tls12]), server: Fixtures.serverCredential([.tls12]))
        var hello = link.client.context.start().token
        _ = link.server.context.step(&hello)
        var input: [UInt8] = []
        for _ in 0..<200 { input += [22, 3, 3, 0, 0] }
        #expect(link.server.context.step(&input).status.failure != nil)
    }

    @Test(arguments: [ProtocolVersion.tls10, .tls12, .tls13])
    func damagedFlightsFailOrWaitButNeverTrap(_ version: ProtocolVersion) throws {
        let link = try Link(client: Fixtures.clientCredential([version]), server: Fixtures.serverCredential([version]))
        var hello = link.client.context.start().token
        let flight = link.server.context.step(&hello).token
        let acquired = try Fixtures.clientCredential([version]).acquire()
        var generator = SystemRandomNumberGenerator()
        for round in 0..<150 {
            let client = try acquired.makeContext()
            _ = client.start()
            var damaged = flight
            for _ in 0...(round % 4) {
                damaged[Int.random(in: 0..<damaged.count, using: &generator)] = UInt8.random(in: 0...255)
            }
            if round % 3 == 0 { damaged.removeLast(Int.random(in: 0..<damaged.count)) }
            let step = client.step(&damaged)
            if case .established = step.status { Issue.record("a damaged flight was believed") }
            _ = client.transportEnded()
            _ = client.attributes
        }
    }

    @Test func randomBytesOnAStandingChannelFailWithAnAlert() throws {
        for version in [ProtocolVersion.tls10, .tls12, .tls13] {
            let link = try Link(
                client: Fixtures.clientCredential([version]),
                server: Fixtures.serverCredential([version])
            )
            link.connect()
            try #require(link.isEstablished)
            var record = try link.server.context.protect(Array("secret".utf8))
            record[record.count - 1] ^= 1
            let result = link.client.context.unprotect(&record)
            #expect(result.status.failure?.alertSent?.description == .bad_record_mac)
            #expect(result.plaintext.isEmpty)
            #expect(!result.token.isEmpty)
            var more: [UInt8] = [23, 3, 3, 0, 1, 0]
            #expect(link.client.context.unprotect(&more).status.failure != nil, "a failure stays")
            #expect(link.client.context.shutDown().isEmpty)
        }
    }

    @Test func garbageBetweenRecordsFails() throws {
        let link = try Link(client: Fixtures.clientCredential([.tls12]), server: Fixtures.serverCredential([.tls12]))
        link.connect()
        var garbage = Array("not a record at all, but text".utf8)
        #expect(link.client.context.unprotect(&garbage).status.failure != nil)
        #expect(garbage.isEmpty)
    }
}
