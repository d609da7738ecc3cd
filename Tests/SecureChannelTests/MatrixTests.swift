import Certificates
import SecureChannel
import TLSParameters
import Testing

/// Every version with every key type, through each part of the lifecycle.
@Suite("The matrix of versions, keys and handshakes")
struct MatrixTests {
    static let versions: [ProtocolVersion] = [.tls10, .tls11, .tls12, .tls13]
    static let keys = ["RSA", "ECDSA"]

    static func identity(_ key: String) -> Identity { key == "RSA" ? Fixtures.rsa : Fixtures.ecdsa }

    static func link(
        _ version: ProtocolVersion,
        _ key: String,
        chunk: Int = .max,
        session: SavedSession? = nil,
        adjust: (inout Credential, inout Credential) -> Void = { _, _ in }
    ) throws -> Link {
        var client = Fixtures.clientCredential([version])
        var server = Fixtures.serverCredential([version], identity: identity(key))
        adjust(&client, &server)
        var options = ContextOptions()
        options.session = session
        return try Link(client: client, server: server, options: options, chunk: chunk)
    }

    @Test(arguments: versions, keys)
    func fullHandshake(_ version: ProtocolVersion, _ key: String) throws {
        let link = try Self.link(version, key)
        link.connect()
        #expect(link.isEstablished)
        #expect(try link.echo())
        for end in [link.client, link.server] {
            let attributes = end.context.attributes
            #expect(attributes.version == version)
            #expect(attributes.suite?.strengthBits ?? 0 >= 128)
            #expect(attributes.names.sni == PeerText("server.test"))
            #expect(!attributes.session.resumed)
            #expect(attributes.failure == nil)
        }
        let attributes = link.client.context.attributes
        #expect(attributes.peer.validation?.isTrusted == true)
        #expect(attributes.peer.validation?.matchedName == PeerText("server.test"))
        #expect(attributes.peer.chain.count == 1)
        #expect(attributes.transport.roundTrips == (version == .tls13 ? 1 : 2))
        #expect(attributes.library.securityLevel == (version < .tls12 ? 0 : 2))
        #expect(attributes.library.securityLevelReasons.isEmpty == (version >= .tls12))
    }

    @Test(arguments: versions, keys)
    func oneByteAtATime(_ version: ProtocolVersion, _ key: String) throws {
        let link = try Self.link(version, key, chunk: 1)
        link.connect()
        #expect(link.isEstablished)
        #expect(try link.echo("one byte at a time"))
        let whole = try Self.link(version, key)
        whole.connect()
        #expect(
            link.client.context.attributes.transport.handshakeBytesReceived > 0
                && link.client.context.attributes.extensions == whole.client.context.attributes.extensions
        )
    }

    @Test(arguments: versions, keys)
    func bothEndsComputeTheSameBindings(_ version: ProtocolVersion, _ key: String) throws {
        let link = try Self.link(version, key)
        link.connect()
        let client = try #require(link.client.context.attributes.bindings)
        let server = try #require(link.server.context.attributes.bindings)
        #expect(client == server)
        #expect((client.tlsUnique == nil) == (version == .tls13))
        #expect(client.tlsUnique.map { $0.bytes.count == 12 } ?? true)
        #expect(client.tlsServerEndPoint?.bytes.count == 32)
        #expect(client.tlsExporter?.bytes.count == 32)
    }

    @Test(arguments: versions, keys)
    func resumption(_ version: ProtocolVersion, _ key: String) throws {
        let client = try Fixtures.clientCredential([version]).acquire()
        let server = try Fixtures.serverCredential([version], identity: Self.identity(key)).acquire()
        let first = Link(client: End(try client.makeContext()), server: End(try server.makeContext()))
        first.connect()
        #expect(try first.echo())
        let session = try #require(first.client.context.sessions.last)
        #expect(session.version == version)
        #expect(session.isResumable)
        #expect(session.peerChain.count == 1)

        var options = ContextOptions()
        options.session = session
        let second = Link(client: End(try client.makeContext(options)), server: End(try server.makeContext()))
        second.connect()
        #expect(second.isEstablished)
        #expect(try second.echo())
        let attributes = second.client.context.attributes
        #expect(attributes.session.resumed)
        #expect(attributes.session.offered)
        #expect(attributes.session.mechanism == (version == .tls13 ? .psk : .ticket))
        #expect(second.server.context.attributes.session.resumed)
        #expect(second.server.context.attributes.session.mechanism == attributes.session.mechanism)
        #expect(attributes.peer.chainSource == "session")
        #expect(attributes.peer.validation?.isTrusted == true)
        let bindings = try #require(second.server.context.attributes.bindings)
        #expect(attributes.bindings?.tlsUnique == bindings.tlsUnique)
        #expect(attributes.bindings?.tlsExporter == bindings.tlsExporter)
        // The client remembers the certificate of the first handshake, libssl's server does not.
        #expect(attributes.bindings?.tlsServerEndPoint == first.server.context.attributes.bindings?.tlsServerEndPoint)
        #expect(bindings.tlsServerEndPoint == nil)
        #expect(bindings.note?.contains("tls-server-end-point") == true)
    }

    @Test(arguments: versions, keys)
    func clientCertificate(_ version: ProtocolVersion, _ key: String) throws {
        let link = try Self.link(version, key) { client, server in
            client.identities = [Fixtures.client]
            server.clientAuthentication = .require
            server.acceptedClientIssuers = [Fixtures.authority.certificate]
        }
        link.connect()
        #expect(link.isEstablished)
        #expect(try link.echo())
        let client = link.client.context.attributes.clientAuthentication
        #expect(client.requested)
        #expect(client.certificatesSent == 1)
        #expect(client.proved)
        #expect(client.accepted == true)
        #expect(client.acceptedIssuers.map { $0.encoded(for: .json) } == ["CN=Test Authority"])
        let server = link.server.context.attributes
        #expect(server.peer.validation?.isTrusted == true)
        #expect(server.peer.chain.count == 1)
        #expect(server.peerSignature != nil)
    }

    @Test(arguments: [ProtocolVersion.tls10, .tls11, .tls12], keys)
    func renegotiationByTheClient(_ version: ProtocolVersion, _ key: String) throws {
        for kind in [RenegotiationKind.full, .abbreviated] {
            let link = try Self.link(version, key) { _, server in server.allowsClientRenegotiation = true }
            link.connect()
            link.client.outbox += try link.client.context.renegotiate(kind)
            link.run()
            #expect(link.client.signals.last == .completed)
            #expect(link.client.context.attributes.security.renegotiations == 1)
            #expect(link.client.context.attributes.security.secureRenegotiation == true)
            #expect(try link.echo("after renegotiation"))
        }
    }

    @Test(arguments: [true, false], keys)
    func keyUpdate(_ requestPeer: Bool, _ key: String) throws {
        let link = try Self.link(.tls13, key)
        link.connect()
        #expect(try link.echo())
        let token = try link.client.context.updateKeys(requestPeer: requestPeer)
        #expect(token.count == 5 + 22, "a header, and 22 bytes of message, type and tag")
        link.client.outbox += token
        link.run()
        #expect(link.server.signals.contains(.keyUpdate))
        #expect(try link.echo("new keys"))
        let client = link.client.context.attributes.security
        #expect(client.keyUpdatesSent == 1)
        #expect(client.keyUpdatesReceived == (requestPeer ? 1 : 0))
    }

    @Test(arguments: versions, [0, 1, 2])
    func closeOrders(_ version: ProtocolVersion, _ order: Int) throws {
        let link = try Self.link(version, "ECDSA")
        link.connect()
        #expect(try link.echo())
        let ends = order == 1 ? [link.server, link.client] : [link.client, link.server]
        ends[0].outbox += ends[0].context.shutDown()
        if order == 2 { ends[1].outbox += ends[1].context.shutDown() }
        link.run()
        if order != 2 {
            guard case .contextExpired? = ends[1].statuses.last else {
                Issue.record("the other end did not see close_notify")
                return
            }
            ends[1].outbox += ends[1].context.shutDown()
            link.run()
        }
        for end in ends {
            let close = end.context.attributes.close
            #expect(close.closeNotifySent && close.closeNotifyReceived)
            #expect(end.context.transportEnded() == .clean)
            #expect(end.context.shutDown().isEmpty, "close_notify goes out once")
        }
        #expect(ends[0].context.attributes.close.first == .sent)
        #expect(ends[1].context.attributes.close.first == (order == 2 ? .sent : .received))
    }
}
