import TLSParameters
import TLSWire
import Testing
import Transport

@testable import Probing

@Suite struct SurveyQuirkTests {
    /// One suite to ask for, and a plain yes.
    @Test(arguments: [ProtocolVersion.ssl3, .tls10, .tls12]) func theOnlySuite(_ version: ProtocolVersion) {
        let suite = CipherSuite(rawValue: 0x002F)
        let server = SimulatedServer(suites: [version: [suite]])
        let configuration = SurveyConfiguration(versions: [version], suites: [suite], aspects: [.extensions], seed: 1)
        let clock = SimulatedClock(configuration) { server.answer($0.bytes) }
        #expect(clock.outcome.isComplete)
        #expect(clock.outcome.versions.map { $0.suites.map(\.suite) } == [[suite]])
        #expect(clock.roundTrips < 20)
    }

    static let modern: [CipherSuite] = [0xC02C, 0xC030, 0xC02B, 0xC02F, 0xCCA9, 0xCCA8].map(CipherSuite.init(rawValue:))
    static let modern13: [CipherSuite] = [0x1302, 0x1303, 0x1301].map(CipherSuite.init(rawValue:))

    static var nginx: SimulatedServer {
        SimulatedServer(suites: [.tls12: modern, .tls13: modern13])
    }

    @Test func modernServerCostsFewConnections() {
        let survey = SimulatedSurvey { Self.nginx.answer($0.bytes) }
        #expect(survey.found(.tls12) == Self.modern)
        #expect(survey.found(.tls13) == Self.modern13)
        #expect(survey[.tls12]?.order == .server)
        #expect(survey[.tls10]?.verdict == .rejected)
        #expect(survey.outcome.isComplete)
        #expect(survey.requests.count <= 32)
    }

    @Test func chaChaPriorityIsTold() {
        var server = Self.nginx
        server.order = .serverUnlessChaCha
        let survey = SimulatedSurvey { server.answer($0.bytes) }
        #expect(survey[.tls12]?.order == .serverUnlessChaCha)
        #expect(survey.found(.tls12) == Self.modern)
        #expect(survey[.tls13]?.order == .serverUnlessChaCha)
    }

    @Test func clientOrderIsTold() {
        var server = Self.nginx
        server.order = .client
        let survey = SimulatedSurvey { server.answer($0.bytes) }
        #expect(survey[.tls12]?.order == .client)
        #expect(survey[.tls13]?.order == .client)
    }

    @Test func orderOverSeveralHellosIsMerged() {
        // One from each end of the candidates, so that no hello has both.
        let own: [CipherSuite] = [0x0001, 0xC02F, 0x0002, 0xC02B, 0x002F, 0x003B].map(CipherSuite.init(rawValue:))
        let server = SimulatedServer(suites: [.tls12: own])
        let survey = SimulatedSurvey { server.answer($0.bytes) }
        #expect(survey.found(.tls12) == own)
        #expect(survey[.tls12]?.order == .server)
    }

    @Test func unofferedChoiceStopsTheLine() {
        var server = Self.nginx
        server.unoffered = CipherSuite(rawValue: 0x5A5B)
        let survey = SimulatedSurvey { server.answer($0.bytes) }
        #expect(survey.isFinished)
        #expect(survey[.tls12]?.suites.isEmpty == true)
        guard case .inconclusive(let reason)? = survey[.tls12]?.verdict else {
            Issue.record("not inconclusive")
            return
        }
        #expect(reason.contains("not offered"))
        #expect(survey.requests.count < 40)
    }

    @Test func repeatedChoiceStopsTheLine() {
        var server = Self.nginx
        server.repeats = true
        server.suites[.tls13] = nil
        let survey = SimulatedSurvey { server.answer($0.bytes) }
        #expect(survey.isFinished)
        #expect(survey[.tls12]?.verdict == .supported)
        #expect(survey[.tls12]?.isComplete == false)
        #expect(survey[.tls12]?.notes.contains { $0.contains("not offered") } == true)
        #expect(survey.requests.count < 60)
    }

    @Test func emptyKeyShareRefusedIsMadeUpFor() {
        var server = Self.nginx
        server.needsKeyShare = true
        let survey = SimulatedSurvey { server.answer($0.bytes) }
        #expect(survey.found(.tls13) == Self.modern13)
        #expect(survey[.tls13]?.suites.first?.group == .x25519)
        #expect(survey[.tls13]?.notes.isEmpty == false)
    }

    @Test func strictFiniteFieldServerKeepsItsSuites() {
        let dhe: [CipherSuite] = [.TLS_DHE_RSA_WITH_AES_128_GCM_SHA256, .TLS_DHE_RSA_WITH_AES_256_GCM_SHA384]
        var server = Self.nginx
        server.suites[.tls12] = Self.modern + dhe
        server.refusesListedFiniteFields = true
        let survey = SimulatedSurvey { server.answer($0.bytes) }
        #expect(Set(survey.found(.tls12)) == Set(Self.modern + dhe))
        #expect(survey[.tls12]?.suites.first { dhe.contains($0.suite) }?.groupBits == 1_024)
    }

    @Test(arguments: [200, 255, 300]) func lengthIntolerance(_ limit: Int) {
        var server = Self.nginx
        server.byteLimit = limit
        server.intolerance = .silence
        let intolerant = server
        let survey = SimulatedSurvey { intolerant.answer($0.bytes) }
        #expect(Set(survey.found(.tls12)) == Set(Self.modern))
        #expect(survey[.tls12]?.notes.contains { $0.contains("short") } == true)
    }

    @Test(arguments: [SimulatedServer.Refusal.silence, .close, .reset, .http]) func nothingSpeaksTLS(
        _ refusal: SimulatedServer.Refusal
    ) {
        let survey = SimulatedSurvey { _ in refusal.observation }
        #expect(survey.isFinished)
        #expect(survey.requests.count <= 30)
        switch refusal {
        case .silence: #expect(survey.outcome.reachability == .silent)
        case .close: #expect(survey.outcome.reachability == .closed)
        case .reset: #expect(survey.outcome.reachability == .reset)
        default: #expect(survey.outcome.reachability == .notTLS(prefix: Array("HTTP/1.1 400 Bad Request\r\n".utf8)))
        }
        for version in survey.outcome.versions {
            guard case .inconclusive = version.verdict else {
                Issue.record("\(version.version): \(version.verdict)")
                continue
            }
        }
    }

    @Test func silentServerCostsTwoTimeoutsAtMost() {
        var planner = SurveyPlanner()
        var rounds = 0
        while true {
            let requests = planner.requests()
            if requests.isEmpty { break }
            rounds += 1
            #expect(requests.allSatisfy { !$0.runsAlone })
            for request in requests { planner.observe(request.id, .timedOut) }
        }
        #expect(planner.isFinished)
        #expect(rounds == 2)
    }

    @Test func refusedPortIsUnreachable() {
        let error = TransportError(.refused, detail: "connection refused")
        let survey = SimulatedSurvey { _ in .unreachable(error) }
        #expect(survey.outcome.reachability == .unreachable(error))
        #expect(survey.requests.count == 7)
    }

    @Test func plainTextForOldHellosIsANo() {
        var server = Self.nginx
        server.versionRefusal = .likeSuites
        let modern = server
        let survey = SimulatedSurvey { request in
            guard let hello = SimulatedServer.hello(request.bytes), hello.legacyVersion < .tls12 else {
                return modern.answer(request.bytes)
            }
            return SimulatedServer.Refusal.http.observation
        }
        #expect(survey[.tls10]?.verdict == .rejected)
        #expect(survey[.tls10]?.notes.contains { $0.contains("HTTP") } == true)
        #expect(survey[.tls12]?.verdict == .supported)
    }

    @Test func closesAreBelievedOnlyWhileTheControlWorks() {
        var server = Self.nginx
        server.refusal = .close
        let closing = server
        let honest = SimulatedSurvey { closing.answer($0.bytes) }
        #expect(Set(honest.found(.tls12)) == Set(Self.modern))
        #expect(honest[.tls12]?.isComplete == true)
        #expect(honest[.tls12]?.notes.contains { $0.contains("instead of sending an alert") } == true)

        // From some request on the server closes everything: what was not answered by then is unknown.
        var count = 0
        let throttled = SimulatedSurvey { request in
            count += 1
            return count > 8 ? .closed : Self.nginx.answer(request.bytes)
        }
        #expect(throttled.isFinished)
        #expect(throttled.outcome.versions.contains { !$0.isComplete })
        for outcome in throttled.outcome.versions where outcome.verdict == .rejected {
            #expect(Self.nginx.suites[outcome.version] == nil)
        }
    }

    @Test func onlyAskedForVersionsAndSuites() {
        let wanted: [CipherSuite] = [Self.modern[1], CipherSuite(rawValue: 0x5555)]
        let configuration = SurveyConfiguration(versions: [.tls12], suites: wanted, seed: 3)
        let survey = SimulatedSurvey(configuration) { request in
            let hello = SimulatedServer.hello(request.bytes)
            #expect(hello?.legacyVersion == .tls12)
            #expect(hello.map { Set($0.cipherSuites).isSubset(of: Set(wanted)) } == true)
            return Self.nginx.answer(request.bytes)
        }
        #expect(survey.outcome.versions.map(\.version) == [.tls12])
        #expect(survey.found(.tls12) == [Self.modern[1]])
    }

    private static let rc4 = CipherSuite.registry.filter { $0.cipher.hasPrefix("RC4") }.map(\.suite)

    @Test(arguments: [SimulatedServer.Refusal.alert, .close, .reset, .http]) func refusedSuitesAreNoWordOnTheVersion(
        _ refusal: SimulatedServer.Refusal
    ) {
        var server = Self.nginx
        server.refusal = refusal
        server.versionRefusal = .likeSuites
        let modern = server
        let survey = SimulatedSurvey(SurveyConfiguration(suites: Self.rc4, seed: 4)) { modern.answer($0.bytes) }
        #expect(survey.isFinished)
        #expect(survey.outcome.versions.map(\.version) == [.ssl3, .tls10, .tls11, .tls12])
        #expect(survey.outcome.notes.count == 1)
        guard refusal != .http else { return #expect(survey.outcome.versions.allSatisfy { $0.verdict != .rejected }) }
        for version in survey.outcome.versions {
            let asked = SimulatedServer.possible[version.version]?.count { Self.rc4.contains($0) } ?? 0
            #expect(version.verdict == .noneAccepted(asked: asked))
            #expect(version.isComplete)
        }
        #expect(survey.outcome.reachability == .tls)
    }

    @Test func onlyWordsOnTheVersionRejectIt() {
        var server = SimulatedServer(suites: [.tls10: Self.rc4])
        server.versionRefusal = .olderVersion
        let old = SimulatedSurvey(SurveyConfiguration(suites: Self.rc4, seed: 4)) { [server] in server.answer($0.bytes)
        }
        #expect(old[.tls10]?.verdict == .supported)
        #expect(old[.tls12]?.verdict == .rejected)
        let modern = SimulatedSurvey(SurveyConfiguration(suites: Self.rc4, seed: 4)) { Self.nginx.answer($0.bytes) }
        #expect(modern[.tls10]?.verdict == .rejected)
        #expect(
            modern[.tls12]?.verdict
                == .noneAccepted(asked: SimulatedServer.possible[.tls12]?.count { Self.rc4.contains($0) } ?? 0)
        )
    }

    @Test func askingForEverySuiteOfAVersionIsAskingForTheVersion() {
        var server = Self.nginx
        server.suites[.tls13] = nil
        server.versionRefusal = .likeSuites
        let all = SimulatedServer.possible[.tls13] ?? []
        let survey = SimulatedSurvey(SurveyConfiguration(suites: all, seed: 4)) { [server] in server.answer($0.bytes) }
        #expect(survey.outcome.versions.map(\.version) == [.tls13])
        #expect(survey[.tls13]?.verdict == .rejected)
    }

    @Test func nothingToAskIsFinished() {
        var planner = SurveyPlanner(SurveyConfiguration(suites: [], seed: 4))
        #expect(planner.isFinished)
        #expect(planner.requests().isEmpty)
        #expect(planner.outcome.versions.isEmpty)
    }

    @Test func hellosHoldNothingNewer() throws {
        let survey = SimulatedSurvey(SurveyConfiguration(serverName: "example.com", seed: 5)) {
            Self.nginx.answer($0.bytes)
        }
        for request in survey.requests where SimulatedServer.ssl2Hello(request.bytes) == nil {
            let hello = try #require(SimulatedServer.hello(request.bytes))
            let types = (hello.extensions ?? []).map(\.type)
            #expect(hello.cipherSuites.count { !$0.isSignaling } <= 64)
            guard hello.legacyVersion > .ssl3 else {
                #expect(hello.extensions == nil)
                #expect(request.bytes.starts(with: [22, 3, 0]))
                continue
            }
            #expect(hello.serverName == PeerText("example.com"))
            if hello.supportedVersions == [.tls13] {
                #expect(hello.groups.allSatisfy { $0.facts?.keyShareLengths != nil || $0.rawValue < 0x0100 })
                #expect(hello.keyShareGroups != nil)
                #expect(!types.contains(.renegotiation_info))
            } else {
                #expect(!types.contains(.supported_versions) && !types.contains(.key_share))
                #expect(types.contains(.signature_algorithms) == (hello.legacyVersion == .tls12))
                if hello.legacyVersion == .tls12, types.contains(.supported_groups) {
                    #expect(
                        hello.groups.contains(.ffdhe2048) || hello.cipherSuites.contains { !SimulatedServer.isDHE($0) }
                    )
                }
            }
        }
    }

    @Test func sameSeedSameBytes() {
        let one = SimulatedSurvey(SurveyConfiguration(seed: 9)) { Self.nginx.answer($0.bytes) }
        let two = SimulatedSurvey(SurveyConfiguration(seed: 9)) { Self.nginx.answer($0.bytes) }
        #expect(one.requests == two.requests)
    }

    @Test func stoppedSurveySaysSo() {
        var count = 0
        let survey = SimulatedSurvey { request in
            count += 1
            return count > 6 ? .notAsked(.deadline) : Self.nginx.answer(request.bytes)
        }
        #expect(survey.isFinished)
        #expect(!survey.outcome.isComplete)
        #expect(survey.requests.count < 40)
    }
}
