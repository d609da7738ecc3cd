import LibSSL
import TLSParameters
import Testing

@testable import SecureChannel

/// Algorithms that a server leaves out with one application protocol only.
@Suite struct ProtocolRulesTests {
    private static func link(
        _ version: ProtocolVersion,
        offered: [String],
        _ rules: [ApplicationProtocolRules]
    ) throws -> Link {
        var client = Fixtures.clientCredential([version])
        client.alpn = offered
        var server = Fixtures.serverCredential([version])
        server.alpn = ["h2", "http/1.1"]
        server.server.protocolRules = rules
        let link = try Link(
            client: End(client.acquire().makeContext()),
            server: End(server.acquire().makeContext())
        )
        link.connect()
        return link
    }

    @Test(arguments: [ProtocolVersion.tls12, .tls13])
    func narrowsTheOneProtocol(_ version: ProtocolVersion) throws {
        let rules = [
            ApplicationProtocolRules(
                "h2",
                disabled: [AlgorithmRule(.cipher, "AES-256"), AlgorithmRule(.group, "X25519")]
            )
        ]
        for (offered, isNarrowed) in [
            (["h2", "http/1.1"], true), (["http/1.1", "h2"], true), (["http/1.1"], false), ([], false),
        ] {
            let link = try Self.link(version, offered: offered, rules)
            #expect(link.isEstablished, "\(offered)")
            let attributes = link.client.context.attributes
            let suite = attributes.suite?.name ?? ""
            #expect(suite.contains("AES_256") != isNarrowed, "\(offered): \(suite)")
            #expect((attributes.keyExchange?.group?.name == "x25519") != isNarrowed, "\(offered)")
            #expect(
                attributes.names.alpn?.encoded(for: .json) == (offered.isEmpty ? nil : isNarrowed ? "h2" : "http/1.1")
            )
        }
    }

    @Test func leavesOutAVersion() throws {
        let rules = [
            ApplicationProtocolRules(
                "h2",
                disabled: ["AES", "CHACHA20"].map { AlgorithmRule(.cipher, $0) }
            )
        ]
        var server = Fixtures.serverCredential([.tls12, .tls13])
        server.alpn = ["h2"]
        server.server.protocolRules = rules
        server.cipherList =
            "ARIA128-GCM-SHA256:ECDHE-ARIA128-GCM-SHA256:ECDHE-ECDSA-ARIA128-GCM-SHA256:AES128-GCM-SHA256"
        var client = Fixtures.clientCredential([.tls12, .tls13])
        client.alpn = ["h2"]
        client.cipherList = "ALL"
        let link = try Link(
            client: End(client.acquire().makeContext()),
            server: End(server.acquire().makeContext())
        )
        link.connect()
        #expect(link.isEstablished)
        #expect(link.client.context.attributes.version == .tls12)
        #expect(link.client.context.attributes.suite?.name.contains("ARIA") == true)
    }

    @Test func aProtocolThatNothingIsLeftForIsAnError() {
        var server = Fixtures.serverCredential()
        server.alpn = ["h2", "http/1.1"]
        server.server.protocolRules = [
            ApplicationProtocolRules(
                "h2",
                disabled: ["AES", "CHACHA20", "ARIA", "CAMELLIA"].map { AlgorithmRule(.cipher, $0) }
            )
        ]
        let error = #expect(throws: CredentialError.self) { try server.acquire() }
        #expect(error?.kind == .noSuite)
        #expect(error?.text.hasSuffix(", for h2") == true)
    }

    @Test(arguments: [
        ("cipher:AES", true), ("group:X25519", true), ("key-exchange:DHE", true), ("digest:SHA1", true),
        ("key-exchange:DHE:2048", false), ("signature:RSA:2048", false), ("cert-signature:SHA1", false),
    ])
    func saysWhatCanBeForOneProtocol(_ text: String, _ isAllowed: Bool) throws {
        let parts = text.split(separator: ":").map(String.init)
        let kind = try #require(AlgorithmRule.Kind(rawValue: parts[0]))
        let rule = AlgorithmRule(kind, parts[1], bits: parts.count > 2 ? 0...2_048 : nil)
        #expect(ApplicationProtocolRules.allows(rule) == isAllowed)
    }
}
