import TLSParameters
import TLSWire
import Testing

@testable import Probing

@Suite struct DetailsGroupTests {
    static let modernSuites: [CipherSuite] = [0x1301, 0x1302, 0x1303].map { CipherSuite(rawValue: $0) }
    static let classicSuites: [CipherSuite] = [0xC02B, 0xC02C, 0xCCA9, 0xC02F, 0xC030, 0xCCA8, 0x9E]
        .map { CipherSuite(rawValue: $0) }
    static let modern = NamedGroup.all.filter { $0.facts?.keyShareLengths != nil }
    static let curves = HelloRecipe.allGroups.filter {
        $0.facts?.kind != .finiteField && !(0x1F...0x21).contains($0.rawValue) && $0.rawValue != 0x29
    }
    static let fields: [NamedGroup] = [.ffdhe2048, .ffdhe3072, .ffdhe4096, .ffdhe6144, .ffdhe8192]

    static func found(_ outcome: GroupsOutcome) -> [NamedGroup] {
        outcome.groups.filter { $0.verdict == .supported }.map(\.group)
    }

    @Test(arguments: 0..<150) func tls13IsExact(_ seed: Int) {
        var random = Seeded(seed)
        var server = DetailsServer()
        server.suites[.tls13] = Self.modernSuites
        server.modernGroups = Array(Self.modern.shuffled(using: &random).prefix(Int.random(in: 1...12, using: &random)))
        server.groupsAreServers = Bool.random(using: &random)
        server.needsKeyShare = seed % 5 == 0
        if server.needsKeyShare { server.modernGroups.removeAll { KeyShareEntry.throwaway(for: $0) == nil } }
        if server.modernGroups.isEmpty { server.modernGroups = [.x25519] }
        let run = DetailsRun(GroupInquiry(suites: Self.modernSuites), seed: seed) { server.answer($0) }
        let outcome = run.inquiry.outcome
        #expect(run.isFinished)
        #expect(Set(Self.found(outcome)) == Set(server.modernGroups))
        #expect(outcome.groups.count == Self.modern.count)
        #expect(outcome.isComplete || server.needsKeyShare)
        #expect(outcome.groups.allSatisfy { $0.evidence != nil })
        if server.modernGroups.count > 1 {
            #expect(outcome.order == (server.groupsAreServers ? .server : .client))
            if server.groupsAreServers { #expect(Self.found(outcome) == server.modernGroups) }
        }
        let bound = server.modernGroups.count * 2 + 6 + (server.needsKeyShare ? 3 : 0)
        #expect(run.requests.count <= bound, "\(server.modernGroups)")
    }

    /// The group that came with the first suite is not asked for again, and says nothing of whose order it was.
    @Test(arguments: 0..<100) func tls13IsExactWithAFavourite(_ seed: Int) throws {
        var random = Seeded(seed)
        var server = DetailsServer()
        server.suites[.tls13] = Self.modernSuites
        let usual: [NamedGroup] = [.x25519, .secp256r1, .secp384r1, .secp521r1, .x448] + Self.fields
        server.modernGroups = Array(usual.shuffled(using: &random).prefix(Int.random(in: 1...10, using: &random)))
        server.modernGroups.insert(.X25519MLKEM768, at: Int.random(in: 0...1, using: &random))
        server.groupsAreServers = Bool.random(using: &random)
        let order = server.groupsAreServers ? server.modernGroups : usual
        let favourite = try #require(order.first { usual.contains($0) && server.modernGroups.contains($0) })
        let known = (item: favourite, evidence: ProbeRequest.ID(rawValue: 77))
        let run = DetailsRun(GroupInquiry(suites: Self.modernSuites, favourite: known), seed: seed) {
            server.answer($0)
        }
        let outcome = run.inquiry.outcome
        #expect(run.isFinished)
        #expect(outcome.isComplete)
        #expect(Set(Self.found(outcome)) == Set(server.modernGroups))
        #expect(outcome.groups.first { $0.group == favourite }?.evidence == known.evidence)
        #expect(outcome.order == (server.groupsAreServers ? .server : .client))
        if server.groupsAreServers { #expect(Self.found(outcome) == server.modernGroups) }
    }

    @Test func anOrderThatNobodyAnsweredForIsOpen() {
        var survey = StrikeSurvey([StrikeLine([1, 2])])
        for item in [1, 2] {
            #expect(survey.offers().count == 1)
            survey.take(.line(0), .chose(item), evidence: ProbeRequest.ID(rawValue: item))
        }
        #expect(survey.offers().map(\.part) == [.order])
        survey.take(.order, .unknown("it was silent"), evidence: ProbeRequest.ID(rawValue: 3))
        #expect(survey.isFinished)
        #expect(!survey.isComplete)
        #expect(survey.found == [1, 2])
        #expect(survey.notes(String.init) == ["whose order decides is unknown: it was silent"])
    }

    @Test func supportedIsNotPreferred() {
        var server = DetailsServer()
        server.suites[.tls13] = Self.modernSuites
        server.modernGroups = [.x25519, .secp256r1, .X25519MLKEM768]
        server.groupsAreServers = true
        let run = DetailsRun(GroupInquiry(suites: Self.modernSuites)) { server.answer($0) }
        let groups = run.inquiry.outcome.groups
        #expect(groups.first { $0.group == .X25519MLKEM768 }?.verdict == .supported)
        #expect(groups.first { $0.group == .X25519MLKEM768 }?.isPreferred == false)
        #expect(groups.first { $0.group == .x25519 }?.isPreferred == true)
        #expect(groups.first { $0.group == .x448 }?.isPreferred == nil)
    }

    @Test(arguments: 0..<150) func classicIsExact(_ seed: Int) {
        var random = Seeded(seed)
        var server = DetailsServer()
        let version: ProtocolVersion = seed % 4 == 0 ? .tls10 : .tls12
        let suites = version == .tls12 ? Self.classicSuites : [0xC009, 0xC013, 0x33].map { CipherSuite(rawValue: $0) }
        server.suites[version] = suites
        server.schemes = HelloRecipe.allSchemes
        server.classicGroups = Array(Self.curves.shuffled(using: &random).prefix(Int.random(in: 1...8, using: &random)))
        server.finiteFields = Array(Self.fields.shuffled(using: &random).prefix(Int.random(in: 1...5, using: &random)))
        server.groupsAreServers = Bool.random(using: &random)
        let run = DetailsRun(ClassicGroupInquiry(version: version, suites: suites), seed: seed) { server.answer($0) }
        #expect(run.isFinished)
        let outcomes = run.inquiry.outcomes
        #expect(Set(outcomes.map(\.family)) == ["ECDHE ECDSA", "ECDHE RSA", "DHE RSA"])
        for outcome in outcomes {
            let own = outcome.family == "DHE RSA" ? server.finiteFields : server.classicGroups
            #expect(Set(Self.found(outcome)) == Set(own), "\(outcome.family ?? "")")
            #expect(outcome.isComplete)
            if own.count > 1 { #expect(outcome.order == (server.groupsAreServers ? .server : .client)) }
            if own.count > 1, server.groupsAreServers { #expect(Self.found(outcome) == own) }
        }
        #expect(run.requests.count <= 2 * (2 * server.classicGroups.count + 4) + server.finiteFields.count + 2)
    }

    /// OpenSSL takes a curve from a client only if the certificate's own is in the list as well.
    @Test(arguments: [true, false]) func theCertificatesCurveMustBeOffered(_ serverOrder: Bool) {
        var server = DetailsServer()
        let suites = [CipherSuite(rawValue: 0xC02B)]
        server.suites[.tls12] = suites
        server.classicGroups = [.x25519, .secp256r1, .x448, .secp384r1]
        server.certificateCurve = .secp256r1
        server.groupsAreServers = serverOrder
        let run = DetailsRun(ClassicGroupInquiry(version: .tls12, suites: suites)) { server.answer($0) }
        let outcome = run.inquiry.outcomes[0]
        #expect(run.isFinished)
        #expect(outcome.order == (serverOrder ? .server : .client))
        if serverOrder {
            #expect(Self.found(outcome) == [.x25519, .secp256r1])
            // It has X448, and no client ever gets it.
            #expect(outcome.groups.first { $0.group == .x448 }?.verdict == .rejected)
        } else {
            #expect(Set(Self.found(outcome)) == Set(server.classicGroups))
        }
        #expect(outcome.isComplete)
    }

    @Test func aCurveThatWasNotOffered() {
        var server = DetailsServer()
        server.suites[.tls12] = Self.classicSuites
        server.stubbornCurve = .secp256r1
        let run = DetailsRun(ClassicGroupInquiry(version: .tls12, suites: [CipherSuite(rawValue: 0xC02F)])) {
            server.answer($0)
        }
        let outcome = run.inquiry.outcomes[0]
        #expect(run.isFinished)
        #expect(run.requests.count < 6)
        #expect(Self.found(outcome) == [.secp256r1])
        #expect(!outcome.isComplete)
        #expect(outcome.notes.contains { $0.contains("secp256r1, which was not offered") })
    }

    @Test func aPrimeOfItsOwn() {
        var server = DetailsServer()
        server.suites[.tls12] = Self.classicSuites
        server.ownPrime = DHParameters(p: [0x80] + [UInt8](repeating: 1, count: 127), g: [2], ys: [3])
        let suites = [CipherSuite(rawValue: 0x9E)]
        var run = DetailsRun(ClassicGroupInquiry(version: .tls12, suites: suites)) { server.answer($0) }
        #expect(Self.found(run.inquiry.outcomes[0]).isEmpty)
        #expect(run.inquiry.outcomes[0].groups.allSatisfy { $0.verdict == .rejected })
        #expect(run.inquiry.outcomes[0].notes.contains { $0.contains("prime of 1024 bits") })
        server.ownPrime = DetailsServer.parameters(.ffdhe3072)
        run = DetailsRun(ClassicGroupInquiry(version: .tls12, suites: suites)) { server.answer($0) }
        #expect(Self.found(run.inquiry.outcomes[0]) == [.ffdhe3072])
        #expect(run.inquiry.outcomes[0].notes.contains { $0.contains("prime of 3072 bits") })
    }

    @Test(arguments: [Observation.closed, .reset, .timedOut, .notTLS(prefix: Array("HTTP/1.1 400".utf8))])
    func refusingEverything(_ refusal: Observation) {
        let one = DetailsRun(GroupInquiry(suites: Self.modernSuites)) { _ in refusal }
        #expect(one.isFinished)
        #expect(one.inquiry.outcome.groups.allSatisfy { $0.verdict.id == "inconclusive" })
        #expect(!one.inquiry.outcome.isComplete)
        let other = DetailsRun(ClassicGroupInquiry(version: .tls12, suites: Self.classicSuites)) { _ in refusal }
        #expect(other.isFinished)
        for outcome in other.inquiry.outcomes where outcome.family != "DHE RSA" {
            #expect(outcome.groups.allSatisfy { $0.verdict.id == "inconclusive" })
            #expect(!outcome.isComplete)
        }
    }

    @Test(arguments: 0..<40) func anyChoiceAtAllEnds(_ seed: Int) {
        var random = Seeded(seed)
        func chaos(_ request: ProbeRequest) -> Observation {
            var server = DetailsServer()
            server.suites = [.tls12: Self.classicSuites.shuffled(using: &random), .tls13: Self.modernSuites]
            server.modernGroups = Self.modern.shuffled(using: &random)
            server.classicGroups = Self.curves.shuffled(using: &random)
            server.finiteFields = Self.fields.shuffled(using: &random)
            server.schemes = HelloRecipe.allSchemes
            server.groupsAreServers = Bool.random(using: &random)
            server.stubbornCurve = Int.random(in: 0..<9, using: &random) == 0 ? .secp160r1 : nil
            if Int.random(in: 0..<20, using: &random) == 0 { return .timedOut }
            if Int.random(in: 0..<20, using: &random) == 0 { return .closed }
            return server.answer(request)
        }
        let one = DetailsRun(GroupInquiry(suites: Self.modernSuites), seed: seed, answer: chaos)
        #expect(one.isFinished)
        #expect(one.requests.count < 200)
        let other = DetailsRun(
            ClassicGroupInquiry(version: .tls12, suites: Self.classicSuites),
            seed: seed,
            answer: chaos
        )
        #expect(other.isFinished)
        #expect(other.requests.count < 400)
    }
}
