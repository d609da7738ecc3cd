import LibSSL
import TLSParameters
import TLSWire
import Testing

@testable import ClassicTLS

/// Every suite in every version that it can appear in: in full, resumed, renegotiated, with a client's certificate, and closed.
@Suite struct ClassicMatrixTests {
    static let versions: [ProtocolVersion] = [.ssl3, .tls10, .tls11, .tls12]
    static let pairs: [(ProtocolVersion, ClassicSuite)] = versions.flatMap { version in
        ClassicSuite.all.filter { $0.exists(in: version) }.map { (version, $0) }
    }

    /// More than a record holds.
    private static let muchData = counting(20_000)

    @Test func everySuiteIsThere() {
        let suites = Set(Self.pairs.map(\.1.suite))
        for name in [
            "TLS_RSA_WITH_NULL_MD5", "TLS_RSA_EXPORT_WITH_RC4_40_MD5", "TLS_RSA_WITH_RC4_128_MD5",
            "TLS_RSA_EXPORT_WITH_RC2_CBC_40_MD5", "TLS_RSA_EXPORT_WITH_DES40_CBC_SHA", "TLS_RSA_WITH_DES_CBC_SHA",
            "TLS_DHE_DSS_EXPORT_WITH_DES40_CBC_SHA", "TLS_DH_anon_EXPORT_WITH_RC4_40_MD5",
            "TLS_RSA_EXPORT1024_WITH_DES_CBC_SHA", "TLS_RSA_WITH_SEED_CBC_SHA", "TLS_ECDH_anon_WITH_RC4_128_SHA",
            "TLS_ECDH_RSA_WITH_3DES_EDE_CBC_SHA", "TLS_RSA_PSK_WITH_AES_128_CBC_SHA", "TLS_PSK_WITH_NULL_SHA",
            "TLS_ECDHE_PSK_WITH_RC4_128_SHA", "TLS_RSA_WITH_CAMELLIA_128_CBC_SHA256",
            "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384",
        ] {
            let suite = CipherSuite(named: name)
            #expect(suite.map { suites.contains($0) } == true, "\(name)")
        }
        for (name, part) in [
            ("TLS_RSA_WITH_IDEA_CBC_SHA", "IDEA-CBC"), ("TLS_KRB5_WITH_DES_CBC_SHA", "KRB5"),
            ("SSL_FORTEZZA_KEA_WITH_FORTEZZA_CBC_SHA", "FORTEZZA"),
        ] {
            #expect(CipherSuite(named: name).flatMap { ClassicSuite.missingPart(of: $0) } == part, "\(name)")
        }
    }

    @Test(arguments: versions) func everySuiteCompletes(_ version: ProtocolVersion) throws {
        for (_, suite) in Self.pairs where suite.exists(in: version) {
            guard Self.pairs.contains(where: { $0.0 == version && $0.1 == suite }) else { continue }
            try complete(version, suite)
        }
    }

    private func complete(_ version: ProtocolVersion, _ suite: ClassicSuite) throws {
        let name: Comment = "\(version.name) \(suite.facts.name)"
        let asks = suite.showsCertificate
        let (client, server) = ClassicConfiguration.pair(version, [suite.suite]) { client, server in
            if asks {
                server.clientAuthentication = .request
                client.identities = [ClassicFixtures.rsa]
            }
        }
        let link = try ClassicLink(client, server)
        let outcomes = link.handshake()
        guard outcomes.client == .done, outcomes.server == .done else {
            Issue.record("\(name): \(outcomes)")
            return
        }
        #expect(link.client.standing?.session?.version == version, name)
        #expect(link.client.standing?.session?.cipherSuite == suite.suite, name)
        #expect(link.server.standing?.exchange.peerChain.isEmpty == !asks, name)
        try exchangeData(link, name, [[1], [2, 3], Self.muchData])

        // Renegotiated by the client, then by the server; what is in flight arrives.
        try link.client.startRenegotiation(abbreviated: false)
        _ = link.server.write([9])
        let first = link.settle()
        #expect(first.client == [9], name)
        #expect(link.clientEvents.filter { $0 == .handshakeDone }.count == 2, name)
        try link.server.startRenegotiation(abbreviated: false)
        #expect(link.settle().outcomes == (.wantsRead, .wantsRead), name)
        #expect(link.serverEvents.filter { $0 == .handshakeDone }.count == 3, name)
        try exchangeData(link, name, [[4, 5]])

        // Closed, by the client first and then by the server.
        #expect(link.client.shutdown() == .wantsRead, name)
        #expect(link.settle().outcomes.1 == .closed, name)
        #expect(link.server.shutdown() == .done, name)
        #expect(link.settle().outcomes.0 == .closed, name)

        // Resumed, and closed by the server first.
        let again = try ClassicLink(client, server, session: link.client.standing?.session)
        let resumed = again.handshake()
        guard resumed.client == .done, resumed.server == .done else {
            Issue.record("\(name), resumed: \(resumed)")
            return
        }
        #expect(again.client.standing?.exchange.isResumed == true, name)
        #expect(again.server.standing?.exchange.isResumed == true, name)
        try exchangeData(again, name, [[6, 7]])
        #expect(again.server.shutdown() == .wantsRead, name)
        #expect(again.settle().outcomes.0 == .closed, name)
    }

    /// RFC 5246 appendix E.2, which leaves no room for extensions.
    @Test(arguments: versions) func helloInTheFormatOfSSL2(_ version: ProtocolVersion) throws {
        let (client, server) = ClassicConfiguration.pair(version, [.TLS_RSA_WITH_AES_128_CBC_SHA]) { client, _ in
            client.usesSSL2Hello = true
        }
        let link = try ClassicLink(client, server)
        let outcomes = link.handshake()
        #expect(outcomes.client == .done && outcomes.server == .done)
        #expect(link.serverEvents.contains { if case .message(sent: false, type: 0, _) = $0 { true } else { false } })
        try exchangeData(link, "\(version.name)", [[1, 2]])
    }

    private func exchangeData(_ link: ClassicLink, _ name: Comment, _ all: [[UInt8]]) throws {
        for data in all {
            #expect(link.client.write(data) == .done, name)
            #expect(link.server.write(data) == .done, name)
            let got = link.settle()
            #expect(got.client == data && got.server == data, name)
        }
    }
}

private func == (
    _ one: (ClassicOutcome, ClassicOutcome),
    _ other: (ClassicOutcome, ClassicOutcome)
) -> Bool {
    one.0 == other.0 && one.1 == other.1
}
