import LibSSL
import TLSParameters
import TLSWire
import Testing

@testable import ClassicTLS

/// Our client against our server: every kind, full, resumed and with a client's certificate.
@Suite struct SSL2HandshakeTests {
    private let large = (0..<100_000).map { UInt8(truncatingIfNeeded: $0 &* 31) }

    private func expectData(_ pair: SSL2Pair) {
        for toServer in [true, false, true] {
            for data in [Array("hello".utf8), [1], large] {
                let arrived = pair.transfer(data, toServer: toServer)
                #expect(arrived.outcome == .wantsRead && arrived.data == data)
            }
        }
    }

    @Test(arguments: [SSL2CipherKind].ofTheEngine) func everyKindFullAndResumed(_ kind: SSL2CipherKind) throws {
        let clientSide = try SSL2Pair.configuration(.client, [kind])
        var serverSide = try SSL2Pair.configuration(.server, .ofTheEngine)
        serverSide.sessions = ClassicSessionCache()

        let full = try SSL2Pair(clientSide, serverSide)
        #expect(full.handshake() == (.done, .done))
        #expect(full.client.kind == kind && full.server.kind == kind)
        #expect(!full.client.isResumed && !full.server.isResumed)
        #expect(full.client.peerCertificate == serverSide.identities[0].chain[0])
        #expect(full.server.peerCertificate == nil && !full.server.sawLaterVersionMarker)
        #expect(
            full.clientEvents.messages(sent: true) == ["client_hello", "client_master_key", "client_finished"]
        )
        #expect(full.clientEvents.messages(sent: false) == ["server_hello", "server_verify", "server_finished"])
        #expect(full.serverEvents.messages(sent: false) == full.clientEvents.messages(sent: true))
        expectData(full)

        let session = try #require(full.client.session)
        #expect(session.id.count == 16 && session.kind == kind && session.id == full.server.session?.id)
        #expect(full.clientEvents.contains(.newSession(session.serialised)))
        let saved = try #require(ClassicSession(serialised: session.serialised))
        let again = try SSL2Pair(clientSide, serverSide, session: saved)
        #expect(again.handshake() == (.done, .done))
        #expect(again.client.isResumed && again.server.isResumed)
        #expect(again.client.peerCertificate == full.client.peerCertificate)
        #expect(again.client.session?.id == session.id && again.server.kind == kind)
        #expect(again.clientEvents.messages(sent: true) == ["client_hello", "client_finished"])
        #expect(again.flight[1].bytes.count < 64)
        expectData(again)
    }

    @Test(arguments: [SSL2CipherKind].ofTheEngine) func everyKindWithAClientsCertificate(_ kind: SSL2CipherKind) throws
    {
        var clientSide = try SSL2Pair.configuration(.client, [kind])
        clientSide.identities = [try TestIdentity.elliptic(), try TestIdentity.client()]
        var serverSide = try SSL2Pair.configuration(.server, [kind])
        serverSide.clientAuthentication = .require
        serverSide.sessions = ClassicSessionCache()
        let certificate = try TestIdentity.client().chain[0]

        let pair = try SSL2Pair(clientSide, serverSide)
        var judged: [[[UInt8]]] = []
        pair.server.verifyPeer = { chain in
            judged.append(chain)
            return .accept
        }
        #expect(pair.handshake() == (.done, .done))
        #expect(judged == [[certificate]] && pair.server.peerCertificate == certificate)
        #expect(pair.serverEvents.messages(sent: true).contains("request_certificate"))
        #expect(pair.serverEvents.messages(sent: false).last == "client_certificate")
        expectData(pair)

        // Asked again in a resumed session, but for a server that asks once.
        for (mode, isAsked) in [(PeerCertificateRequest.require, true), (.once, false)] {
            serverSide.clientAuthentication = mode
            let again = try SSL2Pair(clientSide, serverSide, session: pair.client.session)
            #expect(again.handshake() == (.done, .done))
            #expect(again.server.isResumed && again.server.peerCertificate == certificate)
            #expect(again.serverEvents.messages(sent: true).contains("request_certificate") == isAsked)
            expectData(again)
        }
    }

    @Test func theClientsOrderDecides() throws {
        let kinds = [SSL2CipherKind].ofTheEngine
        let unknown = [SSL2CipherKind.SSL_CK_IDEA_128_CBC_WITH_MD5, SSL2CipherKind(rawValue: 0xABCDEF)]
        let pair = try SSL2Pair(
            SSL2Pair.configuration(.client, unknown + kinds.reversed()),
            SSL2Pair.configuration(.server, kinds + unknown)
        )
        pair.handshake()
        #expect(pair.client.kind == kinds.last)
        var serverSide = try SSL2Pair.configuration(.server, kinds)
        serverSide.prefersOwnOrder = true
        let wish = try SSL2Pair(SSL2Pair.configuration(.client, kinds.reversed()), serverSide)
        wish.handshake()
        #expect(wish.client.kind == kinds.last)
        let hello = try SSL2ServerHello(bytes: Array(wish.flight[1].bytes.dropFirst(2)))
        #expect(hello.cipherKinds == kinds)
    }

    @Test func sessionsThatDoNotFitAreNotResumed() throws {
        let clientSide = try SSL2Pair.configuration(.client, .ofTheEngine)
        var serverSide = try SSL2Pair.configuration(.server, .ofTheEngine)
        serverSide.sessions = ClassicSessionCache()
        let first = try SSL2Pair(clientSide, serverSide)
        first.handshake()
        let good = try #require(first.client.session)

        var changed: [(inout ClassicSession) -> Void] = []
        changed.append { $0.version = .ssl3 }
        changed.append { $0.id.removeLast() }
        changed.append { $0.masterSecret.removeLast() }
        changed.append { $0.keyArgument.append(0) }
        changed.append { $0.peerChain = [] }
        changed.append { $0.created -= 8_000 }
        changed.append { $0.suite = 0x050080 }
        for change in changed {
            var session = good
            change(&session)
            let pair = try SSL2Pair(clientSide, serverSide, session: session)
            #expect(pair.handshake() == (.done, .done))
            #expect(!pair.client.isResumed)
            let hello = try SSL2ClientHello(bytes: Array(pair.flight[0].bytes.dropFirst(2)))
            #expect(hello.sessionID.isEmpty)
        }

        // What the server doesn't know, or no longer allows, it doesn't resume.
        var unknown = good
        unknown.id = counting(16)
        let missed = try SSL2Pair(clientSide, serverSide, session: unknown)
        #expect(missed.handshake() == (.done, .done) && !missed.client.isResumed)
        #expect(missed.client.session?.id != unknown.id)
        var narrow = serverSide
        narrow.kinds.removeAll { $0 == good.kind }
        let refused = try SSL2Pair(clientSide, narrow, session: good)
        #expect(refused.handshake() == (.done, .done) && !refused.server.isResumed)
        #expect(refused.server.kind != good.kind)
    }

    @Test func aFailureForgetsTheSession() throws {
        let clientSide = try SSL2Pair.configuration(.client, .ofTheEngine)
        var serverSide = try SSL2Pair.configuration(.server, .ofTheEngine)
        let sessions = ClassicSessionCache()
        serverSide.sessions = sessions
        let pair = try SSL2Pair(clientSide, serverSide)
        pair.handshake()
        let session = try #require(pair.client.session)
        #expect(sessions.session(id: session.id, at: session.created) != nil)
        pair.onTheWay = { _, _, record in [record.dropLast() + [(record.last ?? 0) ^ 1]] }
        #expect(pair.transfer([1, 2, 3], toServer: true).outcome.error?.kind == .protocolError)
        #expect(pair.server.session == nil)
        var plaintext: [UInt8] = []
        #expect(pair.server.read(into: &plaintext).error != nil && plaintext.isEmpty)
        #expect(sessions.session(id: session.id, at: session.created) == nil)
    }

    @Test func theHandshakeWaitsForVerdictsAndCertificates() throws {
        let clientSide = try SSL2Pair.configuration(.client, .ofTheEngine)
        var serverSide = try SSL2Pair.configuration(.server, .ofTheEngine)
        serverSide.clientAuthentication = .request
        let pair = try SSL2Pair(clientSide, serverSide)
        var verdict = PeerVerdict.wait
        pair.client.verifyPeer = { _ in verdict }
        pair.server.verifyPeer = { _ in verdict }
        pair.client.pausesForCertificate = true
        #expect(pair.handshake() == (.wantsVerdict, .wantsRead))
        #expect(pair.handshake() == (.wantsVerdict, .wantsRead))
        verdict = .accept
        #expect(pair.handshake() == (.wantsCertificate, .wantsRead))
        verdict = .wait
        pair.client.use(try TestIdentity.elliptic())
        pair.client.use(try TestIdentity.client())
        #expect(pair.handshake() == (.wantsRead, .wantsVerdict))
        verdict = .accept
        #expect(pair.handshake() == (.done, .done))
        #expect(pair.server.peerCertificate == (try TestIdentity.client().chain[0]))
    }

    @Test func noCertificateIsAnAnswer() throws {
        let clientSide = try SSL2Pair.configuration(.client, .ofTheEngine)
        var serverSide = try SSL2Pair.configuration(.server, .ofTheEngine)
        serverSide.clientAuthentication = .request
        let pair = try SSL2Pair(clientSide, serverSide)
        pair.client.pausesForCertificate = true
        #expect(pair.handshake() == (.wantsCertificate, .wantsRead))
        #expect(pair.handshake() == (.done, .done))
        #expect(pair.serverEvents.messages(sent: false).last == "error" && pair.server.peerCertificate == nil)
        serverSide.clientAuthentication = .require
        let refused = try SSL2Pair(clientSide, serverSide)
        let outcome = refused.handshake()
        #expect(outcome.server.error?.kind == .rejectedPeer && outcome.client.error?.kind == .alertReceived)
        #expect(outcome.client.error?.text == "the peer sent the error bad_certificate")
    }

    @Test func nothingGoesOutAtTheEnd() throws {
        let pair = try SSL2Pair(
            SSL2Pair.configuration(.client, .ofTheEngine),
            SSL2Pair.configuration(.server, .ofTheEngine)
        )
        #expect(pair.client.write([1]).error?.kind == .protocolError)
        let other = try SSL2Pair(
            SSL2Pair.configuration(.client, .ofTheEngine),
            SSL2Pair.configuration(.server, .ofTheEngine)
        )
        other.handshake()
        #expect(other.client.shutdown() == .done && other.client.takeOutput().isEmpty)
        // What the peer still has to say can be read.
        #expect(other.transfer([1, 2], toServer: false).data == [1, 2])
        #expect(other.client.write([1]).error != nil)
    }

    @Test func headersAndMessagesAreReported() throws {
        let pair = try SSL2Pair(
            SSL2Pair.configuration(.client, [.SSL_CK_DES_192_EDE3_CBC_WITH_MD5]),
            SSL2Pair.configuration(.server, .ofTheEngine)
        )
        pair.handshake()
        var headers: [[UInt8]] = []
        for case .recordHeader(_, let bytes) in pair.clientEvents { headers.append(bytes) }
        #expect(headers == [0, 1, 2, 3, 4, 5].map { Array(pair.flight[$0].bytes.prefix($0 < 3 ? 2 : 3)) })
        #expect(pair.clientEvents.first == .handshakeStarted && pair.clientEvents.last == .handshakeDone)
    }
}
