import Probing
import SecureChannel
import TLSParameters
import Testing
import Transport

@testable import Diagnostics

/// When `inspect` has a session by the classic engine though libssl's failed.
@Suite struct ClassicFallbackTests {
    /// The protocols of the second way after a first one that broke off; nil where there is none.
    private func versions(
        _ survey: CiphersResult,
        _ change: (inout ChannelRequest) -> Void = { _ in }
    ) async throws -> [ProtocolVersion]? {
        let world = try World()
        let script: LoopbackPeer.Script = { stream, _ in await stream.closeOutput() }
        return try await LoopbackPeer.run(script) { peer in
            var request = try world.request(peer)
            change(&request)
            let opening = try Opening(request, recordsBytes: false)
            let attempt = await opening.attempt(deadline: .after(.seconds(20)))
            #expect(!attempt.isEstablished)
            await attempt.session?.stream.close()
            let way = opening.withClassicEngine(after: attempt, survey)
            #expect(way == nil || way?.credential.credential.engine == .classic)
            return way?.credential.credential.protocols
        }
    }

    @Test func whatLibSSLHasLostIsTried() async throws {
        #expect(try await versions(Surveys.survey("tls1.2", .TLS_RSA_WITH_RC4_128_SHA)) == [.tls12])
        #expect(try await versions(Surveys.survey("ssl3", .TLS_RSA_WITH_AES_128_CBC_SHA)) == [.ssl3])
        let kinds = SSL2CipherKind.registry.prefix(1).map { SuiteDescription($0.kind) }
        #expect(try await versions(Surveys.survey("ssl2", kinds)) == [.ssl2])
    }

    /// What fails though libssl has it fails for another reason, and an older session must not hide that.
    @Test func whatLibSSLHasIsNot() async throws {
        #expect(try await versions(Surveys.survey("tls1.2", .TLS_RSA_WITH_AES_128_CBC_SHA)) == nil)
        var both = Surveys.survey("ssl3", .TLS_RSA_WITH_RC4_128_SHA)
        let modern = try #require(both.versions.firstIndex { $0.version == "tls1.3" })
        both.versions[modern].verdict = "inconclusive"
        #expect(try await versions(both) == nil)
        both.versions[modern].verdict = "supported"
        both.versions[modern].suites = [SuiteSupport(suite: SuiteDescription(.TLS_AES_128_GCM_SHA256))]
        #expect(try await versions(both) == nil)
    }

    @Test func whoSaysWhatToSpeakIsObeyed() async throws {
        let survey = Surveys.survey("tls1.2", .TLS_RSA_WITH_RC4_128_SHA)
        #expect(try await versions(survey) { $0.protocols.protocols = "tls1.2" } == nil)
        #expect(try await versions(survey) { $0.protocols.engine = .libssl } == nil)
    }

    /// What the second engine was refused for is what is the matter, once it came further than the first.
    @Test func whoComesFurtherSaysWhatIsTheMatter() async throws {
        let world = try World()
        var server = world.server([.ssl3])
        server.legacy = true
        server.clientAuthentication = .require
        let report = try await LoopbackPeer.run(try Scripts.tls(server)) { peer in
            try await ConnectOperation.run(try world.request(peer) { $0.protocols.legacy = true })
        }
        #expect(report.status.kind == "alert:handshake_failure")
        #expect(report.status.reason?.hasSuffix("after asking for a certificate") == true)
        #expect(report.status.hint?.contains("--cert FILE --key FILE") == true)
        #expect(report.result?.attributes?.peer.chain.isEmpty == false)
        #expect(report.result?.credential.engine.contains("libssl failed") == true)
        #expect(report.spent.connections == 2)
    }
}
