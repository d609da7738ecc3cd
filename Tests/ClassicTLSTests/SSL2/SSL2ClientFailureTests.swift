import LibSSL
import TLSParameters
import TLSWire
import Testing

@testable import ClassicTLS

/// A client of SSL 2.0 and servers that break the protocol, whose messages are put together here.
@Suite struct SSL2ClientFailureTests {
    private func makeClient(session: ClassicSession? = nil) throws -> SSL2Connection {
        let client = try SSL2Connection(
            configuration: SSL2Pair.configuration(.client, .ofTheEngine),
            session: session
        )
        #expect(client.handshake() == .wantsRead)
        _ = client.takeOutput()
        return client
    }

    private func give(_ message: some SSL2Message, to client: SSL2Connection) -> ClassicOutcome {
        client.feed(message.record().bytes)
        return client.handshake()
    }

    private func goodHello() throws -> SSL2ServerHello {
        SSL2ServerHello(
            certificate: try TestIdentity.server().chain[0],
            cipherKinds: [.SSL_CK_RC4_128_WITH_MD5],
            connectionID: counting(16)
        )
    }

    @Test func hellosThatAreWrongEndIt() throws {
        var changes: [(change: (inout SSL2ServerHello) -> Void, answer: SSL2ErrorCode?)] = []
        changes.append(({ $0.version = .ssl3 }, nil))
        changes.append(({ $0.connectionID = counting(15) }, nil))
        changes.append(({ $0.connectionID = counting(33) }, nil))
        changes.append(({ $0.connectionID = [] }, nil))
        // No session was offered.
        changes.append(({ $0.sessionIDHit = true }, nil))
        changes.append(({ $0.certificateType = 2 }, .unsupported_certificate_type))
        changes.append(({ $0.certificate = [] }, .bad_certificate))
        changes.append(({ $0.certificate.removeLast() }, .bad_certificate))
        changes.append(({ $0.certificate.append(0) }, .bad_certificate))
        changes.append(({ $0.cipherKinds = [] }, .no_cipher))
        changes.append(({ $0.cipherKinds = [.SSL_CK_IDEA_128_CBC_WITH_MD5] }, .no_cipher))
        for (change, answer) in changes {
            var hello = try goodHello()
            change(&hello)
            let client = try makeClient()
            #expect(give(hello, to: client).error?.kind == .protocolError)
            #expect(client.takeOutput() == answer.map { SSL2Error(errorCode: $0).record().bytes } ?? [])
        }
        var elliptic = try goodHello()
        elliptic.certificate = try TestIdentity.elliptic().chain[0]
        let client = try makeClient()
        #expect(give(elliptic, to: client).error?.text.contains("no RSA key") == true)
    }

    @Test func aHitBringsNothingAlong() throws {
        var session = ClassicSession(
            version: .ssl2,
            suite: 0x010080,
            id: counting(16),
            masterSecret: counting(16),
            created: 0,
            timeout: 100
        )
        session.peerChain = [try TestIdentity.server().chain[0]]
        var hello = try goodHello()
        hello.sessionIDHit = true
        let full = try makeClient(session: session)
        #expect(give(hello, to: full).error?.kind == .protocolError)
        hello.certificate = []
        hello.cipherKinds = []
        // SSLREF 2 left the certificate type in place.
        for type: UInt8 in [0, 1] {
            hello.certificateType = type
            let client = try makeClient(session: session)
            #expect(give(hello, to: client) == .wantsRead)
            #expect(client.isResumed && client.peerCertificate == session.peerChain[0])
        }
    }

    @Test func aCertificateThatIsNotAcceptedEndsIt() throws {
        let client = try makeClient()
        client.verifyPeer = { _ in .reject(code: 18) }
        #expect(give(try goodHello(), to: client).error?.kind == .rejectedPeer)
        #expect(client.takeOutput() == SSL2Error(errorCode: .bad_certificate).record().bytes)
    }

    @Test func errorsOfTheServerAreTold() throws {
        let early = try makeClient()
        #expect(give(SSL2Error(errorCode: .no_cipher), to: early).error?.kind == .alertReceived)
        // In the clear although this end has keys: the server's have failed before there were any.
        let late = try makeClient()
        #expect(give(try goodHello(), to: late) == .wantsRead)
        let outcome = give(SSL2Error(errorCode: SSL2ErrorCode(rawValue: 0)), to: late)
        #expect(outcome.error?.text == "the peer sent the error 0x0000")
        // Once records are protected, one that isn't is damaged.
        let pair = try SSL2Pair(
            SSL2Pair.configuration(.client, .ofTheEngine),
            SSL2Pair.configuration(.server, .ofTheEngine)
        )
        pair.onTheWay = { index, fromClient, record in
            !fromClient && index == 5 ? [SSL2Error(errorCode: .no_cipher).record().bytes] : [record]
        }
        #expect(pair.handshake().client.error?.kind == .protocolError)
    }

    @Test func tamperedRecordsEndIt() throws {
        var kinds: [SSL2CipherKind] = .ofTheEngine
        for _ in kinds {
            kinds = Array(kinds.dropFirst()) + kinds.prefix(1)
            // The three records that are protected; the last bit of a header's padding would shift the end only.
            for target in 3...5 {
                let pair = try SSL2Pair(
                    SSL2Pair.configuration(.client, kinds),
                    SSL2Pair.configuration(.server, kinds)
                )
                pair.onTheWay = { index, _, record in
                    guard index == target else { return [record] }
                    var bad = record
                    bad[record.count / 2] ^= 0x10
                    return [bad]
                }
                let outcome = pair.handshake()
                let reader = pair.flight[target].fromClient ? outcome.server : outcome.client
                #expect(reader.error?.text == "a record is damaged, or was protected with other keys")
            }
        }
    }

    @Test func oneRequestForACertificateIsEnough() throws {
        var serverSide = try SSL2Pair.configuration(.server, .ofTheEngine)
        serverSide.clientAuthentication = .request
        let pair = try SSL2Pair(SSL2Pair.configuration(.client, .ofTheEngine), serverSide)
        pair.client.pausesForCertificate = true
        pair.handshake()
        // The server's records go on where they are, so the same engine may write another request.
        try pair.server.send(SSL2RequestCertificate(challenge: counting(16)))
        let outcome = pair.handshake()
        #expect(outcome.client.error?.text == "server_finished is due, and the peer sent request_certificate")
    }

    @Test func requestsThatAreWrongEndIt() throws {
        let wrong = [
            SSL2RequestCertificate(authenticationType: 2, challenge: counting(16)),
            SSL2RequestCertificate(challenge: counting(15)), SSL2RequestCertificate(challenge: counting(33)),
        ]
        for request in wrong {
            let pair = try SSL2Pair(
                SSL2Pair.configuration(.client, .ofTheEngine),
                SSL2Pair.configuration(.server, .ofTheEngine)
            )
            pair.onTheWay = { index, _, record in index == 5 ? [] : [record] }
            #expect(pair.handshake() == (.wantsRead, .done))
            // SERVER-FINISHED was held back, and its place in the sequence is lost with it.
            pair.server.records = try Self.afterVerify(of: pair)
            try pair.server.send(request)
            pair.onTheWay = { _, _, record in [record] }
            for record in SSL2Pair.records(in: pair.server.takeOutput()) { pair.client.feed(record) }
            #expect(pair.client.handshake().error?.kind == .protocolError)
        }
    }

    /// The server's records as they were before SERVER-FINISHED.
    private static func afterVerify(of pair: SSL2Pair) throws -> SSL2RecordLayer {
        let session = try #require(pair.server.session)
        var layer = SSL2RecordLayer()
        _ = try layer.seal([0])
        try layer.startSealing(
            SSL2ConnectionKeys(
                role: .server,
                spec: try #require(CipherSpec(kind: session.kind)),
                masterKey: session.masterSecret,
                keyArgument: session.keyArgument,
                challenge: pair.server.challenge,
                connectionID: pair.server.connectionID
            ),
            hashesDigit: true
        )
        _ = try layer.seal(SSL2ServerVerify(challenge: pair.server.challenge).bytes)
        return layer
    }
}
