import TLSParameters
import Testing

@testable import Diagnostics

/// What clients would negotiate is worked out from a survey, and only as far as the survey tells.
@Suite struct ClientSimulationTests {
    private static let modern = ClientProfile(row: "A|2020-01|c|12 13|13011302C02FC030|001D0017|001D|")!

    private func survey(_ versions: [(String, [CipherSuite], String?)]) -> CiphersResult {
        let all = Surveys.versions.map { id in
            let known = versions.first { $0.0 == id }
            return VersionSupport(
                version: id,
                verdict: known == nil ? "rejected" : "supported",
                reason: nil,
                order: known?.2,
                suites: (known?.1 ?? []).map { suite in
                    var support = SuiteSupport(suite: SuiteDescription(suite))
                    if support.suite.keyExchange != "RSA" {
                        support.exchange.group = "x25519"
                        support.exchange.groupCodePoint = "0x001D"
                    }
                    return support
                },
                complete: true
            )
        }
        return CiphersResult(versions: all, notes: [])
    }

    private func fate(_ survey: CiphersResult, _ client: ClientProfile = modern) -> SimulatedClient {
        ClientSimulation(survey: survey).fate(client)
    }

    @Test func everyRowIsRead() {
        let all = ClientProfile.all
        let rows = String(describing: ClientTable.rows).split(separator: "\n")
        #expect(all.count == rows.count)
        #expect(all.count >= 25)
        #expect(Set(all.map(\.name)).count == all.count)
        for client in all {
            #expect(client.date.wholeMatch(of: /20\d\d-(0[1-9]|1[0-2])/) != nil, "\(client.name)")
            #expect(client.shares.allSatisfy(client.groups.contains), "\(client.name)")
            #expect(client.versions.contains(.tls13) == !client.shares.isEmpty, "\(client.name)")
            #expect(client.suites.allSatisfy { !$0.isGREASE && $0.rawValue != 0xFF }, "\(client.name)")
        }
    }

    @Test func theNewestVersionInCommonCounts() {
        let both = survey([
            ("tls1.2", [.TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256], "server"),
            ("tls1.3", [.TLS_AES_256_GCM_SHA384], "server"),
        ])
        let modern = fate(both)
        #expect(modern.verdict == .connects && modern.version == "tls1.3" && modern.suite == "TLS_AES_256_GCM_SHA384")
        let old = fate(survey([("tls1.0", [.TLS_RSA_WITH_AES_128_CBC_SHA], "server")]))
        #expect(old.verdict == .fails && old.reason == "no version in common")
        let classic = fate(survey([("tls1.2", [.TLS_RSA_WITH_AES_128_CBC_SHA], "server")]))
        #expect(classic.verdict == .fails && classic.reason == "no suite and group in common in TLS 1.2")
    }

    @Test func whoseOrderCountsDecides() {
        let suites: [CipherSuite] = [.TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384, .TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256]
        #expect(fate(survey([("tls1.2", suites, "server")])).suite == "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384")
        #expect(fate(survey([("tls1.2", suites, "client")])).suite == "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256")
        let open = fate(survey([("tls1.2", suites, nil)]))
        #expect(open.verdict == .connects && open.suite == nil && open.reason != nil && open.forwardSecrecy == true)
    }

    @Test func whatTheSurveyDoesNotTellIsNotDetermined() throws {
        var unclear = survey([("tls1.2", [.TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256], "server")])
        let index = try #require(unclear.versions.firstIndex { $0.version == "tls1.3" })
        unclear.versions[index].verdict = "inconclusive"
        #expect(fate(unclear).verdict == .undetermined)
        unclear.versions.remove(at: index)
        #expect(fate(unclear).verdict == .undetermined)
        var partial = survey([("tls1.2", [.TLS_RSA_WITH_AES_128_CBC_SHA], "server")])
        let twelve = try #require(partial.versions.firstIndex { $0.version == "tls1.2" })
        partial.versions[twelve].complete = false
        #expect(fate(partial).verdict == .undetermined)
        partial.everySuite = false
        #expect(fate(partial).reason == "only some suites were asked for")
    }

    @Test func groupsHaveToBeInCommon() throws {
        var survey = survey([("tls1.3", [.TLS_AES_128_GCM_SHA256], "server")])
        let index = try #require(survey.versions.firstIndex { $0.version == "tls1.3" })
        survey.versions[index].suites[0].exchange.groupCodePoint = "0x0018"
        #expect(fate(survey).suite == nil)
        survey.groupLists = [SupportList(version: "tls1.3", family: nil, order: "client", complete: true, notes: [])]
        survey.groups = [
            GroupSupport(version: "tls1.3", family: nil, codePoint: "0x0018", name: "secp384r1", verdict: "supported")
        ]
        #expect(fate(survey).verdict == .fails)
        survey.groups.append(
            GroupSupport(version: "tls1.3", family: nil, codePoint: "0x0017", name: "secp256r1", verdict: "supported")
        )
        let found = fate(survey)
        #expect(found.verdict == .connects && found.group == "secp256r1")
    }

    @Test func someClientsRefuseTheServersField() throws {
        let picky = try #require(ClientProfile(row: "A|2020-01|c|12|009E|||1024-2048"))
        func fate(_ bits: Int) throws -> SimulatedClient {
            var survey = survey([("tls1.2", [.TLS_DHE_RSA_WITH_AES_128_GCM_SHA256], "server")])
            let index = try #require(survey.versions.firstIndex { $0.version == "tls1.2" })
            survey.versions[index].suites[0].exchange.groupBits = bits
            return self.fate(survey, picky)
        }
        #expect(try fate(2048).verdict == .connects)
        #expect(try fate(4096).verdict == .fails)
        #expect(try fate(512).verdict == .fails)
    }

    @Test func oldClientsNeedOldServers() throws {
        let all = ClientSimulation(survey: survey([("tls1.3", [.TLS_AES_128_GCM_SHA256], "server")])).clients
        let byName = Dictionary(uniqueKeysWithValues: all.map { ($0.name, $0) })
        #expect(byName["Internet Explorer 8 on Windows XP"]?.verdict == .fails)
        #expect(byName["Java 7u25"]?.verdict == .fails)
        #expect(byName["Chromium 156"]?.verdict == .connects)
        #expect(all.count == ClientProfile.all.count)
    }
}
