import SecureChannel
import TLSParameters
import Testing

@Suite("What is derived from a channel's secrets")
struct DerivedTests {
    @Test(arguments: [ProtocolVersion.tls10, .tls12, .tls13])
    func bothEndsExportTheSame(_ version: ProtocolVersion) throws {
        var options = ContextOptions()
        options.exports = [
            ExportRequest(label: "EXPORTER-test", context: nil, count: 16),
            ExportRequest(label: "EXPORTER-test", context: [], count: 16),
            ExportRequest(label: "EXPORTER-test", context: [1, 2], count: 16), .eapTLS,
        ]
        let client = try Fixtures.clientCredential([version]).acquire().makeContext(options)
        let server = try Fixtures.serverCredential([version]).acquire().makeContext(options)
        let link = Link(client: End(client), server: End(server))
        #expect(client.attributes.exports.isEmpty)
        link.connect()
        let exports = client.attributes.exports
        #expect(exports == server.attributes.exports)
        #expect(exports.map { $0.material?.bytes.count } == [16, 16, 16, 128])
        // An empty context and none are the same in TLS 1.3 only.
        #expect((exports[0].material == exports[1].material) == (version == .tls13))
        #expect(exports[1].material != exports[2].material)
        #expect(exports[3].label == (version == .tls13 ? "EXPORTER_EAP_TLS_Key_Material" : "client EAP encryption"))
        #expect(exports[3].context == (version == .tls13 ? HexBytes([13]) : nil))
    }

    @Test(arguments: [ProtocolVersion.tls12, .tls13])
    func secretsAreTheSameAtBothEnds(_ version: ProtocolVersion) throws {
        var options = ContextOptions()
        options.revealsSecrets = true
        let client = try Fixtures.clientCredential([version]).acquire().makeContext(options)
        let server = try Fixtures.serverCredential([version]).acquire().makeContext(options)
        let link = Link(client: End(client), server: End(server))
        link.connect()
        let secrets = try #require(client.attributes.secrets)
        let others = try #require(server.attributes.secrets)
        #expect(secrets.clientRandom == others.clientRandom && secrets.clientRandom?.bytes.count == 32)
        #expect(secrets.serverRandom == others.serverRandom)
        #expect(secrets.masterSecret == others.masterSecret)
        #expect(secrets.masterSecret?.bytes.count == (version == .tls12 ? 48 : nil))
        #expect(!secrets.keyLog.isEmpty)
        let random = try #require(secrets.clientRandom?.hex)
        #expect(secrets.keyLog.allSatisfy { $0.contains(random) })
    }

    @Test func whatIsSaidOfASessionIsWhole() throws {
        let link = try Link(client: Fixtures.clientCredential([.tls13]), server: Fixtures.serverCredential([.tls13]))
        link.connect()
        #expect(try link.echo())
        let attributes = link.client.context.attributes
        #expect(attributes.session.hasTicket == true)
        #expect(attributes.session.ticketBytes == attributes.session.tickets.last?.byteCount)
        #expect(attributes.session.lifetimeHint == 7_200)
        #expect(attributes.extensions.newSessionTicket.isEmpty)
        #expect(attributes.library.state.contains("SSL"))
        let transport = attributes.transport
        #expect(transport.handshakeRecordsSent < transport.recordsSent)
        #expect(transport.firstByteSeconds ?? 0 <= transport.firstDataSeconds ?? -1)
    }

    @Test func aMACHasItsSize() throws {
        var client = Fixtures.clientCredential([.tls12])
        client.cipherList = "ECDHE-ECDSA-AES128-SHA"
        let link = try Link(client: client, server: Fixtures.serverCredential([.tls12]))
        link.connect()
        let attributes = link.client.context.attributes
        #expect(attributes.suite?.macBits == 160)
        #expect(attributes.sizes?.minimumTrailer == 16 + 20 + 1)
        #expect(attributes.sizes?.maximumToken == 5 + 16_384 + 52)
        #expect(attributes.ownSignature == nil)
        #expect(link.server.context.attributes.ownSignature?.scheme == attributes.peerSignature?.scheme)
    }
}
