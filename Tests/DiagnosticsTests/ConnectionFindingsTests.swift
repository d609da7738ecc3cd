import Certificates
import SecureChannel
import TLSParameters
import Testing

@testable import Diagnostics

/// What a session's suite shows, also where it is one that libssl has no more.
@Suite struct ConnectionFindingsTests {
    /// A session as it was, but with that suite.
    private func findings(_ suite: CipherSuite) async throws -> [String: Finding.Severity] {
        let world = try World()
        let report = try await LoopbackPeer.run(try Scripts.tls(world.server([.tls12]))) { peer in
            try await ConnectOperation.run(try world.request(peer))
        }
        var attributes = try #require(report.result?.attributes)
        attributes.suite?.codePoint = suite.codePointText
        attributes.offered?.suites.append(NamedCode(suite))
        let findings = ConnectionFindings.all(attributes)
        return Dictionary(findings.map { ($0.id, $0.severity) }, uniquingKeysWith: { first, _ in first })
    }

    @Test func lessThan128BitsAreWeak() async throws {
        #expect(try await findings(.TLS_ECDHE_RSA_WITH_3DES_EDE_CBC_SHA)["suite.weak"] == .medium)
        #expect(try await findings(.TLS_DHE_RSA_WITH_DES_CBC_SHA)["suite.weak"] == .high)
        #expect(try await findings(.TLS_RSA_EXPORT_WITH_RC4_40_MD5)["suite.weak"] == .high)
        #expect(try await findings(.TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256)["suite.weak"] == nil)
        // What does not encrypt at all has a finding of its own.
        let null = try await findings(.TLS_RSA_WITH_NULL_SHA)
        #expect(null["suite.null"] == .high && null["suite.weak"] == nil)
    }

    /// What `ciphers` calls high is no better for being used.
    @Test(arguments: [ProtocolVersion.ssl2, .ssl3])
    func sessionsOfSSLAreAsBadAsItsSupport(_ version: ProtocolVersion) async throws {
        let world = try World()
        var server = world.server([version])
        server.identities = [try Identity.selfSigned(names: [World.name], kind: .rsa)]
        server.legacy = true
        let report = try await LoopbackPeer.run(try Scripts.tls(server)) { peer in
            try await ConnectOperation.run(
                try world.request(peer) {
                    $0.protocols.protocols = version.id
                    $0.protocols.legacy = true
                }
            )
        }
        let found = report.findings.filter { $0.id.hasPrefix("protocol.") }
        #expect(found.map(\.id) == ["protocol.\(version.id)"])
        #expect(found.first?.severity == .high)
    }
}
