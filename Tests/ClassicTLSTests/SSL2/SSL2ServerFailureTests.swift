import LibSSL
import TLSParameters
import TLSWire
import Testing

@testable import ClassicTLS

/// A server of SSL 2.0 and clients that break the protocol, whose messages are put together here.
@Suite struct SSL2ServerFailureTests {
    private func makeServer(
        _ kinds: [SSL2CipherKind] = .ofTheEngine,
        versions: [ProtocolVersion] = [.ssl2]
    ) throws -> SSL2Connection {
        var configuration = try SSL2Pair.configuration(.server, kinds)
        configuration.versions = versions
        let server = try SSL2Connection(configuration: configuration)
        #expect(server.handshake() == .wantsRead)
        return server
    }

    private func give(_ message: some SSL2Message, to server: SSL2Connection) -> ClassicOutcome {
        server.feed(message.record().bytes)
        return server.handshake()
    }

    /// The codes of what the server wrote, all of it in the clear, with the code of an ERROR.
    private func answers(of server: SSL2Connection) -> [String] {
        _ = server.takeOutput()
        return server.takeEvents().compactMap { event in
            guard case .message(true, 0, let bytes) = event, let code = bytes.first else { return nil }
            guard let error = try? SSL2Error(bytes: bytes) else { return SSL2MessageType(rawValue: code).name }
            return "error \(error.errorCode.name)"
        }
    }

    private static let hello = SSL2ClientHello(cipherKinds: .ofTheEngine, challenge: counting(16))

    @Test func hellosThatAreWrongEndIt() throws {
        var hellos: [(hello: SSL2ClientHello, answer: [String])] = []
        for count in [0, 15, 33, 200] {
            hellos.append((SSL2ClientHello(cipherKinds: .ofTheEngine, challenge: counting(count)), []))
        }
        for count in [1, 15, 17, 32] {
            hellos.append(
                (SSL2ClientHello(cipherKinds: .ofTheEngine, sessionID: counting(count), challenge: counting(16)), [])
            )
        }
        hellos.append(
            (SSL2ClientHello(version: ProtocolVersion(rawValue: 1), cipherKinds: [], challenge: counting(16)), [])
        )
        for kinds in [[], [SSL2CipherKind(rawValue: 0x2F)], [.SSL_CK_IDEA_128_CBC_WITH_MD5]] {
            hellos.append((SSL2ClientHello(cipherKinds: kinds, challenge: counting(16)), ["error no_cipher"]))
        }
        for (hello, answer) in hellos {
            let server = try makeServer()
            #expect(give(hello, to: server).error?.kind == .protocolError)
            #expect(answers(of: server) == answer)
            // A failure stays, and what comes after it is not looked at.
            #expect(give(Self.hello, to: server).error != nil && server.takeOutput().isEmpty)
        }
    }

    @Test func helloOfALaterVersionIsAnswered() throws {
        let server = try makeServer()
        let kinds = [SSL2CipherKind(rawValue: 0x2F), .SSL_CK_RC4_128_WITH_MD5, .SSL_CK_RC4_128_WITH_MD5]
        let hello = SSL2ClientHello(version: .tls12, cipherKinds: kinds, challenge: counting(32))
        #expect(give(hello, to: server) == .wantsRead)
        let answer = try SSL2ServerHello(bytes: Array(server.takeOutput().dropFirst(2)))
        #expect(answer.version == .ssl2 && answer.cipherKinds == [.SSL_CK_RC4_128_WITH_MD5])
    }

    @Test func recordsThatAreWrongEndIt() throws {
        let good = Self.hello.record().bytes
        let data = Self.hello.bytes
        let records: [[UInt8]] = [
            [], [0x80], good.dropLast(), good + [0], [0x80, 0], SSL2Record(data: data + [0, 0], padding: 2).bytes,
            SSL2Record(data: data, padding: 0, isEscape: true).bytes, [0x16, 3, 1, 0, 1, 0],
            SSL2ServerVerify(challenge: counting(16)).record().bytes,
        ]
        for record in records {
            let server = try makeServer()
            server.feed(record)
            #expect(server.handshake().error?.kind == .protocolError)
            #expect(answers(of: server).isEmpty)
        }
        // A header of three bytes without padding says the same.
        let server = try makeServer()
        server.feed(SSL2Record(data: data, padding: 0).bytes)
        #expect(server.handshake() == .wantsRead)
        #expect(answers(of: server) == ["server_hello"])
    }

    @Test func masterKeysThatAreWrongEndIt() throws {
        let encrypted = [UInt8](repeating: 1, count: 128)
        let rc4 = SSL2CipherKind.SSL_CK_RC4_128_WITH_MD5
        let des = SSL2CipherKind.SSL_CK_DES_192_EDE3_CBC_WITH_MD5
        let export = SSL2CipherKind.SSL_CK_RC4_128_EXPORT40_WITH_MD5
        let wrong: [(kind: SSL2CipherKind, clear: Int, argument: Int, answer: [String])] = [
            // Bytes in the clear where none are due, too few or too many where they are, a wrong IV, a kind not in the list.
            (rc4, 1, 0, []), (rc4, 11, 0, []), (rc4, 16, 0, []), (des, 24, 8, []), (des, 0, 0, []), (des, 0, 7, []),
            (des, 0, 16, []), (rc4, 0, 8, []), (export, 0, 0, []), (export, 10, 0, []), (export, 16, 0, []),
            (export, 11, 1, []), (.SSL_CK_RC2_128_CBC_WITH_MD5, 0, 8, ["error no_cipher"]),
            (.SSL_CK_IDEA_128_CBC_WITH_MD5, 0, 8, ["error no_cipher"]),
            (SSL2CipherKind(rawValue: 0xFFFFFF), 0, 0, ["error no_cipher"]),
        ]
        for (kind, clear, argument, answer) in wrong {
            let server = try makeServer([rc4, des, export])
            #expect(give(Self.hello, to: server) == .wantsRead)
            let message = SSL2ClientMasterKey(
                cipherKind: kind,
                clearKey: counting(clear),
                encryptedKey: encrypted,
                keyArgument: counting(argument)
            )
            #expect(give(message, to: server).error?.kind == .protocolError)
            #expect(answers(of: server) == ["server_hello"] + answer)
        }
    }

    /// Whatever is wrong with the encrypted key, the server goes on as if nothing was and fails at CLIENT-FINISHED, with the same
    /// words as for a client with other keys, and without an ERROR.
    @Test func encryptedKeysThatAreWrongLookRight() throws {
        let key = try TestIdentity.server().key
        let secret = counting(16, from: 1)
        let good = try SSL2SecretKey.encrypt(secret, to: key, isMarked: false)
        let marked = try SSL2SecretKey.encrypt(secret, to: key, isMarked: true)
        let block = [UInt8](repeating: 0xAA, count: 128 - 19)
        var blocks = [
            good, marked, [], [0], [UInt8](repeating: 0xFF, count: 128), [0] + good, Array(good.dropLast()),
            try SSL2SecretKey.encrypt(counting(15), to: key, isMarked: false),
            try SSL2SecretKey.encrypt(counting(17), to: key, isMarked: false),
        ]
        for start: [UInt8] in [[0, 1], [1, 2]] { blocks.append(try key.encryptRaw(start + block + [0] + secret)) }
        blocks.append(try key.encryptRaw([0, 2] + block + [1] + secret))
        blocks.append(try key.encryptRaw([0, 2] + block.dropLast() + [0, 0] + secret))

        var endings: Set<String> = []
        for encrypted in blocks {
            let server = try makeServer(versions: [.ssl2, .ssl3])
            #expect(give(Self.hello, to: server) == .wantsRead)
            let message = SSL2ClientMasterKey(
                cipherKind: .SSL_CK_RC4_128_WITH_MD5,
                clearKey: [],
                encryptedKey: encrypted,
                keyArgument: []
            )
            #expect(give(message, to: server) == .wantsRead)
            #expect(answers(of: server) == ["server_hello", "server_verify"])
            #expect(server.sawLaterVersionMarker == (encrypted == marked))
            server.feed(SSL2Record(data: [UInt8](repeating: 9, count: 33)).bytes)
            endings.insert(server.handshake().error?.text ?? "none")
            #expect(answers(of: server).isEmpty)
        }
        #expect(endings == ["a record is damaged, or was protected with other keys"])
    }

    @Test func aMarkedKeyCountsWhereLaterVersionsAreSpoken() throws {
        for serverVersions: [ProtocolVersion] in [[.ssl2], [.ssl2, .ssl3]] {
            for clientVersions: [ProtocolVersion] in [[.ssl2], [.ssl2, .tls10]] {
                var clientSide = try SSL2Pair.configuration(.client, .ofTheEngine)
                clientSide.versions = clientVersions
                var serverSide = try SSL2Pair.configuration(.server, .ofTheEngine)
                serverSide.versions = serverVersions
                let pair = try SSL2Pair(clientSide, serverSide)
                let isRolledBack = serverVersions.count == 2 && clientVersions.count == 2
                #expect((pair.handshake() == (.done, .done)) == !isRolledBack)
                #expect(pair.server.sawLaterVersionMarker == (clientVersions.count == 2))
            }
        }
    }

    @Test func clientsThatAskForNothingAreToldNothing() throws {
        let server = try makeServer()
        for code: SSL2ErrorCode in [.no_cipher, .no_certificate, SSL2ErrorCode(rawValue: 0)] {
            let server = try makeServer()
            #expect(give(SSL2Error(errorCode: code), to: server).error?.kind == .alertReceived)
            #expect(answers(of: server).isEmpty)
        }
        for _ in 0..<100 { server.feed([0x80, 1, 1]) }
        #expect(server.handshake().error?.text == "records come faster than they are read")
        var configuration = try SSL2Pair.configuration(.server, [.SSL_CK_IDEA_128_CBC_WITH_MD5])
        #expect(throws: ClassicError.self) { try SSL2Connection(configuration: configuration) }
        configuration.kinds = .ofTheEngine
        configuration.identities = [try TestIdentity.elliptic()]
        #expect(throws: ClassicError.self) { try SSL2Connection(configuration: configuration) }
    }

    @Test func clientCertificatesThatAreWrongEndIt() throws {
        let client = try TestIdentity.client()
        let other = try TestIdentity.server()
        let wrong = [
            // Somebody else's certificate, one without RSA.
            ClassicIdentity(chain: other.chain, key: client.key),
            ClassicIdentity(chain: try TestIdentity.elliptic().chain, key: client.key),
            ClassicIdentity(chain: [[0x30, 0]], key: client.key), ClassicIdentity(chain: [[]], key: client.key),
        ]
        for identity in wrong {
            var clientSide = try SSL2Pair.configuration(.client, .ofTheEngine)
            clientSide.identities = [identity]
            var serverSide = try SSL2Pair.configuration(.server, .ofTheEngine)
            serverSide.clientAuthentication = .request
            let pair = try SSL2Pair(clientSide, serverSide)
            pair.server.verifyPeer = { _ in
                Issue.record("a certificate without a proof was judged")
                return .accept
            }
            let outcome = pair.handshake()
            #expect(outcome.server.error?.kind == .protocolError)
            #expect(outcome.client.error?.text == "the peer sent the error bad_certificate")
        }
        var clientSide = try SSL2Pair.configuration(.client, .ofTheEngine)
        clientSide.identities = [client]
        var serverSide = try SSL2Pair.configuration(.server, .ofTheEngine)
        serverSide.clientAuthentication = .request
        let pair = try SSL2Pair(clientSide, serverSide)
        pair.server.verifyPeer = { _ in .reject(code: 20) }
        let outcome = pair.handshake()
        #expect(outcome.server.error?.kind == .rejectedPeer)
        #expect(outcome.client.error?.text == "the peer sent the error bad_certificate")
    }
}
