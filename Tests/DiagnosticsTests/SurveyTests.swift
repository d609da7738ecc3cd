import Certificates
import SecureChannel
import TLSParameters
import Testing
import Transport

@testable import Diagnostics

@Suite struct SurveyTests {
    private let world: World

    init() throws {
        world = try World()
    }

    private func survey(
        _ script: @escaping LoopbackPeer.Script,
        filter: SuiteFilter = .everything,
        survey: SurveyRequest = SurveyRequest(),
        probeTimeout: Duration = .seconds(10)
    ) async throws -> Report<CiphersResult> {
        try await LoopbackPeer.run(script) { peer in
            let request = try world.request(peer)
            let operation = try CiphersOperation(
                target: request.target,
                endpoint: request.endpoint,
                limits: Limits(timeout: .seconds(60), connectTimeout: .seconds(10)),
                probe: ProbeSettings(probeTimeout: probeTimeout, concurrency: 4, maxConnections: 500),
                filter: filter,
                survey: survey
            )
            return await operation.run()
        }
    }

    private func support(_ report: Report<CiphersResult>, _ version: String) -> VersionSupport? {
        report.result?.versions.first { $0.version == version }
    }

    @Test func listsExactlyWhatAServerSpeaks() async throws {
        var server = world.server()
        server.cipherList = "ECDHE-ECDSA-AES128-GCM-SHA256:ECDHE-ECDSA-AES256-GCM-SHA384"
        server.cipherSuites13 = ["TLS_AES_256_GCM_SHA384", "TLS_AES_128_GCM_SHA256"].compactMap {
            CipherSuite(named: $0)
        }
        server.prefersOwnOrder = true
        let report = try await survey(try Scripts.tls(server))
        #expect(report.status == .ok)
        #expect(report.result?.versions.map(\.version) == ["ssl2", "ssl3", "tls1.0", "tls1.1", "tls1.2", "tls1.3"])
        for old in ["ssl2", "ssl3", "tls1.0", "tls1.1"] {
            #expect(support(report, old)?.verdict == "rejected", "\(old)")
            #expect(support(report, old)?.answer?.hasPrefix("alert ") == true, "\(old)")
        }
        let twelve = try #require(support(report, "tls1.2"))
        #expect(twelve.verdict == "supported")
        #expect(twelve.complete)
        #expect(twelve.order == "server")
        #expect(twelve.suites.map(\.suite.codePoint) == ["0xC02B", "0xC02C"])
        let thirteen = try #require(support(report, "tls1.3"))
        #expect(thirteen.suites.map(\.suite.codePoint) == ["0x1302", "0x1301"])
        #expect(thirteen.suites.allSatisfy { $0.exchange.group != nil })
        #expect(report.findings.isEmpty)
        #expect(report.spent.connections > 2)
    }

    @Test func showsTheCertificateBehindASuite() async throws {
        let report = try await survey(try Scripts.tls(world.server([.tls12])))
        #expect(report.result?.certificates.map(\.sha256) == [world.identity.certificate.sha256])
        let suites = try #require(support(report, "tls1.2")).suites
        #expect(!suites.isEmpty && suites.allSatisfy { $0.exchange.certificate == 0 })
    }

    @Test func comparesWithWhatIsAllowed() async throws {
        var server = world.server([.tls12])
        server.cipherList = "ECDHE-ECDSA-AES128-GCM-SHA256:ECDHE-ECDSA-AES256-GCM-SHA384"
        func status(_ list: String) async throws -> Report<CiphersResult> {
            var request = SurveyRequest()
            request.expectation = try SuiteExpectation(parsing: list, source: "list")
            return try await survey(try Scripts.tls(server), survey: request)
        }
        let beyond = try await status("0xC02B, 0xC009")
        #expect(beyond.status.exit == .violation && beyond.status.kind == "expectation")
        #expect(beyond.result?.expectation?.beyond.map(\.codePoint) == ["0xC02C"])
        #expect(beyond.result?.expectation?.missing.map(\.codePoint) == ["0xC009"])
        let met = try await status("tls1.2: 0xC02B 0xC02C")
        #expect(met.status == .ok)
        #expect(met.result?.expectation?.beyond == [])
    }

    @Test func showsWhatClaimsRestOnWhenAsked() async throws {
        var request = SurveyRequest()
        request.keepsEvidence = true
        let server = world.server([.tls12])
        let report = try await survey(try Scripts.tls(server), survey: request)
        let records = Set((report.result?.evidence ?? []).map(\.id))
        #expect(records.count > 2)
        let claims = (report.result?.versions ?? []).flatMap { [$0.evidence] + $0.suites.map(\.exchange.evidence) }
        #expect(claims.compactMap { $0 }.count > 2)
        #expect(records.isSuperset(of: claims.compactMap { $0 }))
        #expect(report.result?.evidence?.allSatisfy { $0.sent.hasPrefix("16") || $0.sent.hasPrefix("80") } == true)
        let quiet = try await survey(try Scripts.tls(server))
        #expect(quiet.result?.evidence == nil)
        #expect(quiet.result?.versions.allSatisfy { $0.evidence == nil } == true)
    }

    @Test func namesTheAlertOfAServerThatRefusesAll() async throws {
        let report = try await survey(Scripts.answer([0x15, 0x03, 0x01, 0x00, 0x02, 0x02, 0x28]))
        #expect(report.status.exit == .noSession && report.status.kind == "no-version")
        #expect(report.status.reason?.contains("alert handshake_failure") == true)
    }

    @Test func asksOnlyForWhatIsWanted() async throws {
        let filter = try SuiteFilter(
            expression: "CHACHA20",
            protocols: "tls1.2",
            minStrength: nil,
            maxStrength: nil
        )
        let report = try await survey(try Scripts.tls(world.server()), filter: filter)
        #expect(report.result?.versions.map(\.version) == ["tls1.2"])
        #expect(support(report, "tls1.2")?.suites.map(\.suite.codePoint) == ["0xCCA9"])
    }

    private func filter(_ expression: String?, low: Int? = nil, high: Int? = nil) throws -> SuiteFilter {
        try SuiteFilter(expression: expression, protocols: nil, minStrength: low, maxStrength: high)
    }

    @Test func leavesOutVersionsThatHaveNoneOfTheSuites() async throws {
        let report = try await survey(try Scripts.tls(world.server()), filter: filter("CHACHA20"))
        #expect(report.status == .ok)
        #expect(report.result?.versions.map(\.version) == ["tls1.2", "tls1.3"])
        #expect(report.result?.versions.map(\.verdict) == ["supported", "supported"])
        #expect(
            report.result?.notes
                == ["not asked for: ssl2, ssl3, tls1.0, tls1.1, to which none of the suites asked for belongs"]
        )
    }

    @Test func refusedSuitesAreNoWordOnTheVersion() async throws {
        for (filter, count) in [
            (try filter("RC4+ECDHE+RSA"), 1), (try filter("3DES"), nil), (try filter(nil, high: 56), nil),
        ] {
            let report = try await survey(try Scripts.tls(world.server()), filter: filter)
            #expect(report.status == .ok)
            // Of TLS 1.3's suites only those without encryption are as weak as any of these.
            #expect(support(report, "tls1.3")?.verdict == (filter.expression == nil ? "none-accepted" : nil))
            // libssl says protocol_version to these two.
            #expect(support(report, "tls1.0")?.verdict == "rejected")
            #expect(support(report, "tls1.1")?.verdict == "rejected")
            let twelve = try #require(support(report, "tls1.2"))
            #expect(twelve.verdict == "none-accepted")
            #expect(twelve.complete)
            #expect(twelve.reason?.contains(count == 1 ? "only suite" : "none of the ") == true)
            #expect(report.findings.isEmpty)
        }
    }

    @Test func strengthRestrictsSuitesAsWell() async throws {
        let report = try await survey(try Scripts.tls(world.server()), filter: filter(nil, low: 256))
        #expect(report.status == .ok)
        let found = report.result?.versions.flatMap(\.suites) ?? []
        #expect(!found.isEmpty && found.allSatisfy { $0.suite.bits == 256 })
    }

    @Test func dialsNobodyWhenNothingMatches() async throws {
        let old = try SuiteFilter(expression: "CHACHA20", protocols: "tls1.0", minStrength: nil, maxStrength: nil)
        for filter in [try filter("NOSUCHTHING"), try filter(nil, low: 1_000), old] {
            let connections = Noted<Int>()
            let report = try await survey({ _, number in connections.note(number) }, filter: filter)
            #expect(report.status.exit == .violation)
            #expect(report.status.kind == "no-match")
            #expect(report.result == nil)
            #expect(report.spent.connections == 0)
            #expect(connections.value == nil)
        }
    }

    @Test func versionsAloneAskForEverySuite() async throws {
        var server = world.server([.tls12])
        // Suites that were gone from the books by TLS 1.2 are asked for there all the same.
        server.cipherList = "ECDHE-ECDSA-AES128-SHA"
        let only = try SuiteFilter(expression: nil, protocols: "tls1.2-tls1.3", minStrength: nil, maxStrength: nil)
        let report = try await survey(try Scripts.tls(server), filter: only)
        #expect(report.result?.versions.map(\.verdict) == ["supported", "rejected"])
        #expect(report.result?.notes == [])
    }

    @Test func findsOldVersions() async throws {
        var server = world.server([.tls10, .tls11, .tls12])
        server.legacy = true
        let report = try await survey(try Scripts.tls(server))
        #expect(support(report, "tls1.0")?.verdict == "supported")
        #expect(support(report, "tls1.3")?.verdict == "rejected")
        #expect(report.findings.contains { $0.id == "protocol.obsolete" })
        #expect(report.findings.first?.severity == .high)
    }

    @Test func saysThatAPortDoesNotSpeakTLS() async throws {
        let report = try await survey(Scripts.answer(Array("HTTP/1.1 400 Bad Request\r\n\r\n".utf8)))
        #expect(report.status.exit == .noSession)
        #expect(report.status.kind == "not-tls")
        #expect(report.result == nil)
    }

    @Test func saysHowConnectionsEnd() async throws {
        let closed = try await survey(Scripts.answer([]))
        #expect(closed.status.kind == "closed")
        let reset = try await survey { stream, _ in
            _ = await stream.read(deadline: Scripts.patience)
            await stream.abort()
        }
        #expect(reset.status.kind == "reset")
        let silent = try await survey(Scripts.silence, probeTimeout: .milliseconds(200))
        #expect(silent.status.exit == .incomplete)
        #expect(silent.status.kind == "incomplete:timeout")
    }

    @Test func saysThatNobodyListens() async throws {
        let request = try world.request(port: try await LoopbackPeer.deadPort())
        let operation = try CiphersOperation(
            target: request.target,
            endpoint: request.endpoint,
            limits: request.limits,
            probe: ProbeSettings(probeTimeout: .seconds(1), concurrency: 2, maxConnections: 10),
            filter: .everything
        )
        let report = await operation.run()
        #expect(report.status.kind == "refused")
        #expect(report.result == nil)
    }
}

@Suite struct InspectTests {
    private let world: World

    init() throws {
        world = try World()
    }

    @Test func showsABadCertificateAllTheSame() async throws {
        let report = try await LoopbackPeer.run(try Scripts.tls(world.server())) { peer in
            let request = try world.request(peer) { $0.validation.files = [] }
            return await (try InspectOperation(channel: request, settings: .session, recordsBytes: false)).run()
        }
        #expect(report.status.exit == .certificate)
        #expect(report.status.kind == "verify:self-signed")
        #expect(report.result?.kind == .server)
        #expect(report.result?.certificates.map(\.certificate) == [world.identity.certificate])
        #expect(report.result?.attributes?.suite != nil)
    }

    @Test func countsDaysFromTheTimeItJudgesAt() async throws {
        let report = try await LoopbackPeer.run(try Scripts.tls(world.server())) { peer in
            let request = try world.request(peer) { $0.validation.time = Timestamp.now + 25 * 86_400 }
            return await (try InspectOperation(channel: request, settings: .session, recordsBytes: false)).run()
        }
        #expect(report.status == .ok)
        #expect(report.result?.certificates.first?.daysLeft.map { (4...5).contains($0) } == true)
        #expect(report.findings.map(\.id) == ["certificate.expires-soon"])
    }

    @Test func readsFilesWithoutTraffic() async throws {
        var validation = ValidationSettings()
        validation.system = false
        let untrusted = try await InspectFileOperation(path: world.trust, validation: validation).run()
        #expect(untrusted.status.kind == "verify:self-signed")
        validation.files = [world.trust]
        let trusted = try await InspectFileOperation(path: world.trust, validation: validation).run()
        #expect(trusted.status == .ok)
        #expect(trusted.spent.connections == 0)
        validation.name = .name("other.test")
        #expect(
            try await InspectFileOperation(path: world.trust, validation: validation).run().status.exit == .certificate
        )
        validation.mode = .none
        let unjudged = try await InspectFileOperation(path: world.trust, validation: validation).run()
        #expect(unjudged.status == .ok)
        #expect(unjudged.result?.validation == nil)
    }

    @Test func saysWhatIsWrongWithAFile() throws {
        for content in ["", "nothing", "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n"] {
            let path = try world.files.write(content)
            let problem = #expect(throws: RequestProblem.self) {
                _ = try InspectFileOperation(path: path, validation: ValidationSettings())
            }
            #expect(problem?.reason.hasPrefix(path) == true)
            #expect(problem.map { isOneClearLine($0.reason) } == true)
        }
    }
}
