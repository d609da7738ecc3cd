import Certificates
import SecureChannel
import TLSParameters
import TLSWire
import Testing

/// Contexts of SSL 2.0 in memory, and servers that speak it beside later versions.
@Suite("Context: SSL 2.0")
struct SSL2ContextTests {
    private static func client(_ versions: [ProtocolVersion] = [.ssl2]) -> Credential {
        var credential = Fixtures.clientCredential(versions)
        credential.legacy = true
        return credential
    }

    private static func server(_ versions: [ProtocolVersion]) -> Credential {
        var credential = Fixtures.serverCredential(versions, identity: Fixtures.rsa)
        credential.legacy = true
        return credential
    }

    private static let kinds: [SSL2CipherKind] = [
        .SSL_CK_RC4_128_WITH_MD5, .SSL_CK_RC4_128_EXPORT40_WITH_MD5, .SSL_CK_RC2_128_CBC_WITH_MD5,
        .SSL_CK_RC2_128_CBC_EXPORT40_WITH_MD5, .SSL_CK_DES_64_CBC_WITH_MD5, .SSL_CK_DES_192_EDE3_CBC_WITH_MD5,
    ]

    @Test("Every kind, also a byte at a time", arguments: kinds, [1, 7, Int.max])
    func session(_ kind: SSL2CipherKind, _ chunk: Int) throws {
        var credential = Self.client()
        credential.kinds = [kind]
        let link = try Link(client: credential, server: Self.server([.ssl2]), chunk: chunk)
        link.connect()
        // Longer than any record, where that doesn't take too long.
        let data = (0..<(chunk == 1 ? 1_000 : 40_000)).map { UInt8(truncatingIfNeeded: $0) }
        try link.client.send(data)
        try link.server.send([1, 2, 3])
        link.run()
        #expect(link.server.plaintext == data)
        #expect(link.client.plaintext == [1, 2, 3])
        for end in [link.client, link.server] {
            let attributes = end.context.attributes
            #expect(attributes.version == .ssl2)
            #expect(attributes.suite?.name == kind.name)
            #expect(attributes.suite?.strengthBits == kind.facts?.strengthBits)
            #expect(attributes.suite?.keyDerivation == (kind == .SSL_CK_DES_64_CBC_WITH_MD5 ? "openssl" : nil))
            #expect(attributes.cipherSuite == nil)
            #expect(attributes.keyExchange?.method == "RSA")
            #expect(attributes.keyExchange?.bits == 2048)
            #expect(attributes.protocol?.helloFormat == "ssl2")
            #expect(attributes.security.secureRenegotiation == nil)
            #expect(attributes.bindings?.tlsUnique == nil)
        }
        #expect(link.client.context.attributes.peer.chain.count == 1)
        #expect(link.client.context.attributes.peer.validation?.isTrusted == true)
    }

    @Test("A session is saved, read again and resumed")
    func resumption() throws {
        let server = try Self.server([.ssl2]).acquire()
        let client = try Self.client().acquire()
        let first = Link(client: End(try client.makeContext()), server: End(try server.makeContext()))
        first.connect()
        let saved = try #require(first.client.context.sessions.last)
        #expect(saved.kind == .SSL_CK_RC4_128_WITH_MD5)
        #expect(saved.suite == nil)
        #expect(saved.fileText.contains("Suite: SSL_CK_RC4_128_WITH_MD5\n"))
        var options = ContextOptions()
        options.session = try SavedSession(file: Array(saved.fileText.utf8))
        let second = Link(client: End(try client.makeContext(options)), server: End(try server.makeContext()))
        second.connect()
        #expect(second.client.context.attributes.session.resumed)
        #expect(second.client.context.attributes.session.mechanism == .sessionID)
        #expect(second.server.context.attributes.session.resumed)
        #expect(second.client.context.attributes.peer.validation?.isTrusted == true)
    }

    @Test("A client's certificate is asked for, shown and proved")
    func clientCertificate() throws {
        var (client, server) = (Self.client(), Self.server([.ssl2]))
        client.identities = [Fixtures.rsa]
        server.clientAuthentication = .require
        server.trust = client.trust
        let link = try Link(client: client, server: server)
        link.connect()
        for end in [link.client, link.server] {
            let attributes = end.context.attributes.clientAuthentication
            #expect(attributes.requested)
            #expect(attributes.certificatesSent == 1)
            #expect(attributes.proved)
            #expect(attributes.accepted == true)
        }
        client.identities = []
        let refused = try Link(client: client, server: server)
        refused.connect()
        #expect(refused.server.context.state == .failed)
        #expect(refused.client.context.state == .failed)
    }

    @Test("One server goes by the client's first bytes", arguments: [1, 5, Int.max])
    func mixed(_ chunk: Int) throws {
        let server = Self.server([.ssl2, .ssl3, .tls10, .tls11, .tls12])
        for version in [ProtocolVersion.ssl2, .ssl3, .tls10, .tls12] {
            let link = try Link(client: Self.client([version]), server: server, chunk: chunk)
            link.connect()
            #expect(link.client.context.attributes.version == version)
            #expect(link.server.context.attributes.version == version)
            try link.client.send([9])
            link.run()
            #expect(link.server.plaintext == [9])
        }
    }

    @Test("Peers of another version fail with a reason, and nothing hangs")
    func strangers() throws {
        let old = try Link(client: Self.client([.tls12]), server: Self.server([.ssl2]))
        old.connect()
        #expect(old.server.failure?.text.contains("only SSL 2.0") == true)
        let context = try Self.client().acquire().makeContext()
        _ = context.start()
        var alert: [UInt8] = [21, 3, 1, 0, 2, 2, 40]
        _ = context.step(&alert)
        #expect(context.attributes.failure?.kind == .protocolError)
        #expect(context.attributes.failure?.opening == .tlsRecord)
    }

    @Test("What SSL 2.0 hasn't is refused, and an end that is bare is no truncation")
    func lacking() throws {
        let link = try Link(client: Self.client(), server: Self.server([.ssl2]))
        link.connect()
        let context = link.client.context
        #expect(throws: ContextFailure.self) { try context.renegotiate(.full) }
        #expect(throws: ContextFailure.self) { try context.updateKeys(requestPeer: false) }
        #expect(throws: ContextFailure.self) { try context.send(alert: .close_notify, level: .warning) }
        #expect(throws: ContextFailure.self) { try context.exportKeyingMaterial(label: "x", context: nil, count: 8) }
        #expect(context.state == .established)
        #expect(context.shutDown().isEmpty)
        #expect(context.state == .closed)
        #expect(throws: ContextFailure.self) { try context.protect([1]) }
        #expect(!context.attributes.close.closeNotifySent)
        #expect(context.transportEnded() == .unmarked)
        #expect(link.server.context.transportEnded() == .unmarked)
    }

    @Test("Credentials that can't work say why")
    func credentials() throws {
        func problem(_ change: (inout Credential) -> Void) -> CredentialError? {
            var credential = Self.client()
            change(&credential)
            return #expect(throws: CredentialError.self) { _ = try credential.acquire() }
        }
        #expect(problem { $0.protocols = [.ssl2, .ssl3] }?.kind == .protocolGap)
        #expect(problem { $0.kinds = [.SSL_CK_IDEA_128_CBC_WITH_MD5] }?.kind == .suiteUnavailable)
        #expect(problem { $0.minimumStrength = 256 }?.kind == .noSuite)
        #expect(problem { $0.engine = .libssl }?.kind == .needsClassicEngine)
        var server = Fixtures.serverCredential([.ssl2])
        #expect(throws: CredentialError.self) { _ = try server.acquire() }
        server.identities = [Fixtures.rsa]
        #expect(try server.acquire().summary.suites.map(\.name).contains("SSL_CK_DES_192_EDE3_CBC_WITH_MD5"))
        #expect(try server.acquire().summary.suites.count == 3)
    }
}
