import LibSSL
import TLSParameters
import Testing

@testable import ClassicTLS

/// Single DES, whose keys implementations make in two ways: what the peer does is found out, and who has to guess is told.
@Suite struct SSL2DerivationTests {
    private func pair(
        client: SSL2DESDerivation,
        server: SSL2DESDerivation,
        session: ClassicSession? = nil,
        sessions: ClassicSessionCache? = nil
    ) throws -> SSL2Pair {
        var clientSide = try SSL2Pair.configuration(.client, [.SSL_CK_DES_64_CBC_WITH_MD5])
        clientSide.desDerivation = client
        clientSide.identities = [try TestIdentity.client()]
        var serverSide = try SSL2Pair.configuration(.server, .ofTheEngine)
        serverSide.desDerivation = server
        serverSide.sessions = sessions
        serverSide.clientAuthentication = .require
        return try SSL2Pair(clientSide, serverSide, session: session)
    }

    @Test(arguments: SSL2DESDerivation.allCases, SSL2DESDerivation.allCases)
    func eachEndReadsBoth(_ client: SSL2DESDerivation, _ server: SSL2DESDerivation) throws {
        let sessions = ClassicSessionCache()
        var session: ClassicSession?
        for isResumed in [false, true] {
            let pair = try pair(client: client, server: server, session: session, sessions: sessions)
            let outcome = pair.handshake()
            guard client != .likePeer || server != .likePeer else {
                // Each waits for the other to show what it does.
                #expect(outcome == (.wantsRead, .wantsRead))
                #expect(pair.client.usesDraftDESDerivation == nil && pair.server.usesDraftDESDerivation == nil)
                return
            }
            #expect(outcome == (.done, .done))
            #expect(pair.client.isResumed == isResumed)
            // An end that does as its peer does is the same as its peer.
            let clientsWay = client == .likePeer ? server : client
            let serversWay = server == .likePeer ? client : server
            #expect(pair.client.usesDraftDESDerivation == (serversWay == .withoutDigit))
            #expect(pair.server.usesDraftDESDerivation == (clientsWay == .withoutDigit))
            let data = counting(1_000)
            #expect(pair.transfer(data, toServer: true).data == data)
            #expect(pair.transfer(data, toServer: false).data == data)
            session = pair.client.session
        }
    }

    @Test func theOneThatWaitsSendsLater() throws {
        let client = try pair(client: .likePeer, server: .withoutDigit)
        client.handshake()
        #expect(client.flight.map(\.fromClient).prefix(5) == [true, false, true, false, true])
        let server = try pair(client: .withoutDigit, server: .likePeer)
        server.handshake()
        #expect(server.flight.map(\.fromClient).prefix(5) == [true, false, true, true, false])
    }

    @Test func otherKindsHaveNothingToReport() throws {
        var clientSide = try SSL2Pair.configuration(.client, [.SSL_CK_DES_192_EDE3_CBC_WITH_MD5])
        clientSide.desDerivation = .likePeer
        var serverSide = try SSL2Pair.configuration(.server, .ofTheEngine)
        serverSide.desDerivation = .likePeer
        let pair = try SSL2Pair(clientSide, serverSide)
        #expect(pair.handshake() == (.done, .done))
        #expect(pair.client.usesDraftDESDerivation == nil && pair.server.usesDraftDESDerivation == nil)
    }
}
