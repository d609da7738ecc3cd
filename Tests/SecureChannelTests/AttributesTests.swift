import Foundation
import SecureChannel
import TLSParameters
import Testing

@Suite("Attributes: what is reported agrees with what happens")
struct AttributesTests {
    private func link(_ version: ProtocolVersion, suite: String? = nil, rsa: Bool = false) throws -> Link {
        var client = Fixtures.clientCredential([version])
        var server = Fixtures.serverCredential([version], identity: rsa ? Fixtures.rsa : Fixtures.ecdsa)
        if let suite {
            let wanted = try #require(CipherSuite(named: suite))
            client.suites = [wanted]
            server.suites = [wanted]
        }
        let link = try Link(client: client, server: server)
        link.connect()
        try #require(link.isEstablished)
        return link
    }

    @Test(arguments: [ProtocolVersion.tls10, .tls12, .tls13])
    func anOutlineAgreesWithTheWhole(_ version: ProtocolVersion) throws {
        let context = try link(version).server.context
        let (outline, whole) = (context.attributes(.outline), context.attributes)
        #expect(outline.version == version && context.version == version)
        #expect(outline.suite == whole.suite && outline.suite != nil)
        #expect(outline.keyExchange == whole.keyExchange)
        #expect(outline.session == whole.session)
        #expect(outline.names == whole.names)
        #expect(outline.fingerprints.ja4 == whole.fingerprints.ja4 && outline.fingerprints.ja4 != nil)
        #expect(outline.transport.bytesReceived == whole.transport.bytesReceived)
        #expect(outline.bindings == nil && outline.sizes == nil && outline.offered == nil)
        #expect(outline.extensions == ExtensionAttributes())
    }

    /// What lifecycle table 1.9 measured.
    @Test(arguments: [
        (ProtocolVersion.tls12, "ECDHE-RSA-AES128-GCM-SHA256", 24), (.tls12, "ECDHE-RSA-CHACHA20-POLY1305", 16),
        (.tls12, "ECDHE-RSA-AES128-SHA", 16 + 20 + 16), (.tls12, "ECDHE-RSA-AES256-SHA384", 16 + 48 + 16),
        (.tls12, "NULL-SHA256", 32), (.tls12, "AES128-CCM8", 16), (.tls12, "AES128-CCM", 24),
        (.tls11, "AES128-SHA", 16 + 20 + 16), (.tls10, "AES128-SHA", 20 + 16), (.tls13, "TLS_AES_128_GCM_SHA256", 17),
        (.tls13, "TLS_CHACHA20_POLY1305_SHA256", 17), (.tls13, "TLS_AES_128_CCM_8_SHA256", 9),
    ])
    func theTrailerIsWhatRecordsGrowBy(_ version: ProtocolVersion, _ suite: String, _ trailer: Int) throws {
        let link = try link(version, suite: suite, rsa: true)
        let sizes = try #require(link.client.context.attributes.sizes)
        #expect(sizes.header == 5)
        #expect(sizes.maximumMessage == 16_384)
        #expect(sizes.maximumTrailer == trailer)
        var largest = 0
        for count in 100..<117 {
            _ = try link.client.context.protect([UInt8](repeating: 1, count: count))
            let records = try #require(link.client.context.legs.last?.records)
            let last = try #require(records.last)
            largest = max(largest, last.length - count)
            // TLS 1.0 with CBC: an empty record goes first, against predictable IVs.
            #expect(records.count == (version == .tls10 ? 2 : 1))
        }
        #expect(largest == trailer)
    }

    @Test func x25519HasItsNominalSize() throws {
        for version in [ProtocolVersion.tls12, .tls13] {
            let exchange = try link(version).client.context.attributes.keyExchange
            #expect(exchange?.group?.name == "x25519")
            #expect(exchange?.bits == 255)
            #expect(exchange?.method == "ECDHE")
        }
    }

    @Test func staticRSAHasTheBitsOfTheCertificateAndNoSignature() throws {
        let attributes = try link(.tls12, suite: "AES128-GCM-SHA256", rsa: true).client.context.attributes
        #expect(attributes.keyExchange?.method == "RSA")
        #expect(attributes.keyExchange?.bits == 2_048)
        #expect(attributes.keyExchange?.group == nil)
        #expect(attributes.peerSignature == nil)
        #expect(attributes.suite?.forwardSecrecy == false)
    }

    @Test func finiteFieldHasTheBitsOfThePrime() throws {
        let exchange = try link(.tls12, suite: "DHE-RSA-AES128-GCM-SHA256", rsa: true).client.context.attributes
            .keyExchange
        #expect(exchange?.method == "DHE")
        #expect((exchange?.bits ?? 0) >= 2_048)
    }

    @Test func switchesComeFromTheServersHello() throws {
        let gcm = try link(.tls12, suite: "ECDHE-RSA-AES128-GCM-SHA256", rsa: true).client.context.attributes.security
        #expect(gcm.extendedMasterSecret == true)
        #expect(gcm.secureRenegotiation == true)
        #expect(gcm.encryptThenMAC == nil, "no question for an AEAD")
        #expect(gcm.compression?.name == "null" || gcm.compression?.name == "NULL")
        let cbc = try link(.tls12, suite: "ECDHE-RSA-AES128-SHA", rsa: true).client.context.attributes.security
        #expect(cbc.encryptThenMAC == true)
        let new = try link(.tls13).client.context.attributes
        #expect(new.security.extendedMasterSecret == nil, "libssl says no, but the question has no meaning")
        #expect(new.security.secureRenegotiation == nil)
        #expect(!new.names.sniAcknowledged, "a server with one certificate made no use of the name")
    }

    @Test func signaturesAreNamed() throws {
        #expect(try link(.tls13).client.context.attributes.peerSignature?.scheme?.name == "ecdsa_secp256r1_sha256")
        let rsa = try link(.tls13, rsa: true).client.context.attributes.peerSignature
        #expect(rsa?.scheme?.name == "rsa_pss_rsae_sha256")
        let old = try link(.tls10, suite: "ECDHE-RSA-AES128-SHA", rsa: true).client.context.attributes.peerSignature
        #expect(old?.scheme == nil)
        #expect(old?.type != nil)
    }

    @Test func theDowngradeSentinelIsSeen() throws {
        let link = try Link(
            client: Fixtures.clientCredential([.tls12]),
            server: Fixtures.serverCredential([.tls12, .tls13])
        )
        link.connect()
        #expect(link.client.context.attributes.protocol?.downgradeSentinel == "tls12")
    }

    /// A key that was given to a server beside its certificate is used, whatever order the client has.
    @Test(arguments: [ProtocolVersion.tls12, .tls13])
    func aServersKeyComesBeforeItsCertificate(_ version: ProtocolVersion) throws {
        var client = Fixtures.clientCredential([version])
        client.cipherList = "ECDHE-ECDSA-AES256-GCM-SHA384:ECDHE-PSK-CHACHA20-POLY1305"
        client.cipherSuites13 = [.init(rawValue: 0x1302), .init(rawValue: 0x1301)]
        client.preSharedKey = PreSharedKey(identity: "device 7", key: [UInt8](repeating: 5, count: 32))
        var server = Fixtures.serverCredential([version])
        server.preSharedKey = client.preSharedKey
        let link = try Link(client: client, server: server)
        link.connect()
        for end in [link.client, link.server] {
            #expect(end.context.attributes.names.pskIdentity == PeerText("device 7"))
            #expect(end.context.attributes.names.pskNotTaken == nil)
            #expect(end.context.attributes.isAuthenticatedByKey)
        }
        client.preSharedKey = nil
        let without = try Link(client: client, server: server)
        without.connect()
        #expect(without.isEstablished)
        #expect(without.server.context.attributes.names.pskNotTaken == nil)
        // An order that was asked for stays: the server's certificate comes first in it.
        server.cipherList = "ECDHE-ECDSA-AES256-GCM-SHA384:PSK"
        server.cipherSuites13 = [.init(rawValue: 0x1302)]
        client.preSharedKey = server.preSharedKey
        let other = try Link(client: client, server: server)
        other.connect()
        #expect(other.isEstablished)
        for end in [other.client, other.server] { #expect(end.context.attributes.names.pskNotTaken == true) }
    }

    @Test func anonymousAndPreSharedKeySuitesWork() throws {
        let anonymous = try link(.tls12, suite: "AECDH-AES128-SHA")
        #expect(anonymous.client.context.attributes.peer.chain.isEmpty)
        #expect(anonymous.client.context.attributes.peer.validation == nil)
        for end in [anonymous.client, anonymous.server] {
            #expect(end.context.attributes.bindings?.tlsServerEndPoint == nil, "no certificate was sent")
        }

        for version in [ProtocolVersion.tls12, .tls13] {
            var client = Fixtures.clientCredential([version])
            var server = Fixtures.serverCredential([version])
            let key = PreSharedKey(identity: "device 7", key: [UInt8](repeating: 5, count: 32))
            client.preSharedKey = key
            server.preSharedKey = key
            if version == .tls12 {
                client.cipherList = "PSK"
                server.cipherList = "PSK"
                server.identities = []
            }
            let link = try Link(client: client, server: server)
            link.connect()
            #expect(try link.echo())
            let attributes = link.client.context.attributes
            #expect(attributes.peer.chain.isEmpty)
            #expect(attributes.keyExchange?.method.contains("PSK") == true)
            for end in [link.client, link.server] {
                let session = end.context.attributes.session
                #expect(!session.offered && !session.resumed, "an external key is no session")
                #expect(end.context.attributes.bindings?.tlsServerEndPoint == nil, "no certificate was sent")
            }
            if version == .tls12 { #expect(attributes.names.pskIdentity == PeerText("device 7")) }
        }
    }

    /// A server with two certificates binds to the one it sent.
    @Test(arguments: [ProtocolVersion.tls12, .tls13], [true, false])
    func theEndPointIsTheCertificateThatWasSent(_ version: ProtocolVersion, _ rsa: Bool) throws {
        var client = Fixtures.clientCredential([version])
        client.signatureSchemes = (rsa ? [.rsa_pss_rsae_sha256] : []) + [.ecdsa_secp256r1_sha256]
        var server = Fixtures.serverCredential([version])
        server.identities = [Fixtures.rsa, Fixtures.ecdsa]
        let link = try Link(client: client, server: server)
        link.connect()
        let one = link.client.context.attributes.bindings
        #expect(one?.tlsServerEndPoint != nil)
        #expect(one?.tlsServerEndPoint == link.server.context.attributes.bindings?.tlsServerEndPoint)
    }

    /// Data and close_notify of a TLS 1.3 server may come from before it has seen the client's certificate.
    @Test(arguments: [0, 1]) func onlyATicketAcceptsAClientsCertificate(_ tickets: Int) throws {
        var client = Fixtures.clientCredential([.tls13])
        client.identities = [Fixtures.client]
        var server = Fixtures.serverCredential([.tls13])
        server.clientAuthentication = .require
        server.ticketCount = tickets
        let link = try Link(client: client, server: server)
        link.connect()
        #expect(try link.echo())
        #expect(link.client.context.attributes.clientAuthentication.accepted == (tickets > 0 ? true : nil))
        #expect(link.server.context.attributes.clientAuthentication.accepted == true)
    }

    @Test func aHelloWithoutSupportedVersionsOffersOnlyWhatItSays() throws {
        let server = try link(.tls12).server.context.attributes
        #expect(server.offered?.versions.map(\.name) == ["tls1.2"])
        let new = try link(.tls13).server.context.attributes
        #expect(new.offered?.versions.map(\.name) == ["tls1.3"])
    }

    @Test func exportersAgree() throws {
        for version in [ProtocolVersion.tls12, .tls13] {
            let link = try link(version)
            let one = try link.client.context.exportKeyingMaterial(label: "EXPORTER-test", context: [1], count: 40)
            let two = try link.server.context.exportKeyingMaterial(label: "EXPORTER-test", context: [1], count: 40)
            #expect(one == two)
            #expect(one.count == 40)
        }
    }

    @Test func secretsAreRevealedOnlyWhenAsked() throws {
        var options = ContextOptions()
        let quiet = try Link(client: Fixtures.clientCredential(), server: Fixtures.serverCredential(), options: options)
        quiet.connect()
        #expect(quiet.client.context.keyLog.isEmpty)
        options.revealsSecrets = true
        let open = try Link(client: Fixtures.clientCredential(), server: Fixtures.serverCredential(), options: options)
        open.connect()
        #expect(open.client.context.keyLog.contains { $0.hasPrefix("CLIENT_TRAFFIC_SECRET_0 ") })
    }

    @Test func attributesSurviveJSON() throws {
        for version in [ProtocolVersion.tls10, .tls12, .tls13] {
            let attributes = try link(version).client.context.attributes
            let data = try JSONEncoder().encode(attributes)
            let back = try JSONDecoder().decode(ConnectionAttributes.self, from: data)
            #expect(try JSONEncoder.sorted.encode(back) == JSONEncoder.sorted.encode(attributes))
            #expect(back.version == version)
            #expect(back.peer.chain == attributes.peer.chain)
        }
    }

    @Test func legsAndSummariesSurviveJSON() throws {
        let link = try link(.tls13)
        let legs = try JSONDecoder().decode([Leg].self, from: JSONEncoder().encode(link.client.context.legs))
        #expect(legs.map(\.records) == link.client.context.legs.map(\.records))
        let summary = try Fixtures.serverCredential().acquire().summary
        let back = try JSONDecoder().decode(CredentialSummary.self, from: JSONEncoder().encode(summary))
        #expect(back == summary)
        #expect(summary.identities.first?.subject == PeerText("CN=server.test"))
    }

    /// The certificate's key has more; what the premaster secret was encrypted with counts.
    @Test func exportSuitesHaveTheBitsOfTheirShortKey() throws {
        var client = Fixtures.clientCredential([.tls10])
        var server = Fixtures.serverCredential([.tls10], identity: Fixtures.rsa)
        client.olderSuites = [.TLS_RSA_EXPORT_WITH_RC4_40_MD5]
        server.olderSuites = client.olderSuites
        client.legacy = true
        server.legacy = true
        let link = Link(
            client: End(try client.acquire().makeContext()),
            server: End(try server.acquire().makeContext())
        )
        link.connect()
        #expect(link.client.context.attributes.keyExchange?.bits == 512)
        #expect(link.server.context.attributes.keyExchange?.bits == 512)
    }
}

extension JSONEncoder {
    fileprivate static var sorted: JSONEncoder {
        let encoder = JSONEncoder()
        encoder.outputFormatting = .sortedKeys
        return encoder
    }
}
