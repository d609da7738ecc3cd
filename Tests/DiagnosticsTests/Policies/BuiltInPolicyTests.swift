import Certificates
import TLSParameters
import Testing

@testable import Diagnostics

/// Every built-in policy has a server that meets it, and for every rule that can be tested one that violates it.
@Suite struct BuiltInPolicyTests {
    /// One rule of one policy, by name, so that a failure says which.
    struct Case: CustomTestStringConvertible, Sendable {
        var policy: BuiltInPolicy
        var rule: PolicyRule

        var testDescription: String { "\(policy.id) \(rule.id)" }
    }

    static let cases: [Case] = BuiltInPolicy.allCases.flatMap { policy in
        policy.policy.rules.compactMap { rule in
            if case .untestable = rule.requirement { return nil }
            return Case(policy: policy, rule: rule)
        }
    }

    @Test(arguments: BuiltInPolicy.allCases)
    func isDatedAndVersioned(_ builtIn: BuiltInPolicy) {
        let policy = builtIn.policy
        #expect(policy.identity.id == builtIn.id)
        #expect(!policy.identity.version.isEmpty && policy.identity.source.contains("https://"))
        #expect(policy.identity.date.flatMap(CivilDay.init) != nil)
        #expect(Set(policy.rules.map(\.id)).count == policy.rules.count)
        for rule in policy.rules { #expect(!rule.clause.isEmpty, "\(rule.id) has no clause") }
    }

    @Test(arguments: BuiltInPolicy.allCases)
    func isMetByAConformingServer(_ builtIn: BuiltInPolicy) throws {
        let judgement = builtIn.policy.judge(try PolicyServer.conforming(to: builtIn).report(), now: PolicyServer.now)
        for rule in judgement.rules where rule.severity > .info && rule.verdict != .untestable {
            // What has no meaning for the server, such as finite fields where it has none, is as good as met.
            let isGood = rule.verdict == .met || rule.verdict == .notApplicable
            // Mozilla's `old` wants an RSA certificate, of which the survey has a summary only.
            let isUnknown = builtIn == .mozillaOld && rule.id == "certificate-lifetime" && rule.verdict == .undetermined
            #expect(isGood || isUnknown, "\(rule.id) \(rule.verdict) \(rule.evidence) \(rule.reason ?? "")")
        }
        #expect(judgement.verdict == (builtIn == .mozillaOld ? .undetermined : .met))
    }

    @Test(arguments: cases)
    func isViolated(_ test: Case) throws {
        let server = try Self.violating(test.rule, PolicyServer.conforming(to: test.policy))
        let judgement = test.policy.policy.judge(server.report(), now: PolicyServer.now)
        let outcome = try #require(judgement.rules.first { $0.id == test.rule.id })
        if test.rule.check == .inventory {
            // An inventory is complete or not determined.
            #expect(outcome.verdict == .undetermined)
            return
        }
        #expect(outcome.verdict == .violated, "\(outcome.verdict) \(outcome.reason ?? "") \(outcome.evidence)")
        #expect(!outcome.evidence.isEmpty)
        #expect(outcome.clause == test.rule.clause)
        if test.rule.severity > .info { #expect(judgement.verdict == .violated) }
    }

    /// Without a survey, a session or a certificate nothing is met, and nothing violated.
    @Test(arguments: BuiltInPolicy.allCases)
    func silenceMeetsNothing(_ builtIn: BuiltInPolicy) {
        var server = PolicyServer()
        server.isSurveyed = false
        server.transportSecurity = nil
        let judgement = builtIn.policy.judge(server.report(), now: PolicyServer.now)
        #expect(judgement.verdict == .undetermined)
        for rule in judgement.rules {
            #expect([.undetermined, .untestable].contains(rule.verdict), "\(rule.id) \(rule.verdict)")
        }
    }

    /// A version of which the answers don't tell leaves the rules about it undetermined.
    @Test func timeoutIsNoNo() throws {
        var server = try PolicyServer.good()
        server.inconclusive = "tls1.0"
        let judgement = BuiltInPolicy.mozillaIntermediate.policy.judge(server.report(), now: PolicyServer.now)
        #expect(judgement.verdict == .undetermined)
        let versions = try #require(judgement.rules.first { $0.id == "versions" })
        #expect(versions.verdict == .undetermined && versions.reason?.contains("no answer in time") == true)
    }

    // MARK: How rules are violated

    static func violating(_ rule: PolicyRule, _ good: PolicyServer) throws -> PolicyServer {
        var server = good
        switch (rule.check, rule.requirement) {
        case (.versions, .required(let names)): server.suites[names[0]] = nil
        case (.versions, _): server.suites["ssl3"] = [.TLS_RSA_WITH_3DES_EDE_CBC_SHA]
        case (.suites, .anyOf): server.suites["tls1.2"] = [.TLS_RSA_WITH_AES_128_CBC_SHA]
        case (.suites, _):
            let version = rule.versions.last ?? "tls1.2"
            let bad: CipherSuite = version == "tls1.3" ? .TLS_AES_128_CCM_8_SHA256 : .TLS_RSA_WITH_RC4_128_MD5
            // NIST lists the one with the short tag, and not ChaCha20.
            let other: CipherSuite = version == "tls1.3" ? .TLS_CHACHA20_POLY1305_SHA256 : bad
            server.suites[version, default: []] += [bad, other]
        case (.suiteKinds, .forbidden(let words)):
            let expression = try SuiteExpression(parsing: words[0])
            let bad = try #require(
                CipherSuite.registry.first { expression.matches($0) && $0.mayAppear(in: .tls12) }
            )
            server.suites["tls1.2", default: []].append(bad.suite)
        case (.groups, .anyOf): server = Self.withOnlyGroup("x448", server)
        case (.groups, .forbidden(let names)): server.groups.append(names[0])
        case (.groups, _): server.groups.append("sect163k1")
        case (.signatureSchemes, .forbidden(let names)): server.schemes.append(names[0])
        case (.signatureSchemes, _): server.schemes.append("rsa_pkcs1_sha1")
        case (.certificateKeys, _):
            server.summaries.append(
                PolicyServer.summary(key: "GOST2012-256", curve: nil, signature: "sha256WithRSAEncryption")
            )
        case (.certificateCurves, _):
            server.summaries.append(PolicyServer.summary(curve: "secp192r1", signature: "ecdsa-with-SHA256"))
        case (.certificateSignatures, _):
            server.summaries.append(PolicyServer.summary(signature: "ecdsa-with-SHA1"))
        case (.rsaBits, _):
            server.summaries.append(
                PolicyServer.summary(key: "RSA", bits: 1024, curve: nil, signature: "sha256WithRSAEncryption")
            )
        case (.ecBits, _):
            server.summaries.append(PolicyServer.summary(bits: 192, curve: "secp192r1", signature: "ecdsa-with-SHA256"))
        case (.dhBits, _):
            server.suites["tls1.2", default: []].append(.TLS_DHE_RSA_WITH_AES_128_GCM_SHA256)
            server.exchange = (nil, 1024)
        case (.ecdhBits, _): server.exchange = ("secp160r1", 160)
        case (.suiteBits, _): server.suites["tls1.2", default: []].append(.TLS_RSA_EXPORT_WITH_RC4_40_MD5)
        case (.certificateLifetime, _): server.leaf = try PolicyServer.good(days: 1200).leaf
        case (.hstsAge, _): server.transportSecurity = ""
        case (.grade, _): server.suites["tls1.0"] = [.TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA]
        case (.findings, .forbidden(let patterns)):
            let id = patterns[0].replacing("*", with: "flaw")
            server.findings = [Finding(id: id, severity: .high, statement: "it has a flaw")]
        case (.inventory, _): server.inconclusive = "tls1.2"
        default: server = try Self.switched(rule, server)
        }
        return server
    }

    private static func withOnlyGroup(_ name: String, _ server: PolicyServer) -> PolicyServer {
        var server = server
        server.groups = [name]
        server.exchange = (name, 448)
        return server
    }

    /// The rules that are yes or no.
    private static func switched(_ rule: PolicyRule, _ good: PolicyServer) throws -> PolicyServer {
        var server = good
        if server.suites["tls1.2"] == nil { server.suites["tls1.2"] = [.TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256] }
        switch rule.check {
        case .secureRenegotiation: server.features["renegotiation-info"] = false
        case .extendedMasterSecret: server.features["extended-master-secret"] = false
        case .encryptThenMAC:
            server.suites["tls1.2"]?.append(.TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA256)
            server.features["encrypt-then-mac"] = false
        case .fallbackSCSV: server.features["fallback-scsv"] = false
        case .compression: server.features["compression"] = true
        case .heartbeat: server.features["heartbeat"] = true
        case .ocspStaple:
            server.features["ocsp-stapling"] = false
            var faults = ChainFaults()
            faults.demandsStaple = true
            let chain = try FaultyChain(names: [PolicyServer.name], faults: faults, now: PolicyServer.now)
            server.leaf = chain.identity.certificate
        case .clientRenegotiation: server.findings = [Self.finding("renegotiation.client-initiated")]
        case .earlyData: server.findings = [Self.finding("ticket.early-data")]
        case .forwardSecrecy: server.suites["tls1.2"]?.append(.TLS_RSA_WITH_AES_128_GCM_SHA256)
        case .serverPreference:
            server.order = rule.requirement == .value(true) ? "client" : "server"
        case .trust:
            let nobody = TrustAnchors.none
            let leaf = try #require(server.leaf)
            server.validation = ChainValidator.validate(
                chain: [leaf],
                trust: try nobody.acquire(),
                name: .dns(PolicyServer.name),
                at: PolicyServer.now
            )
        case .nameMatch:
            let leaf = try #require(server.leaf)
            let store = TrustAnchors.none
            server.validation = ChainValidator.validate(
                chain: [leaf],
                trust: try store.acquire(),
                name: .dns("other.test"),
                at: PolicyServer.now
            )
        default: Issue.record("no test knows how \(rule.check.rawValue) is violated")
        }
        return server
    }

    private static func finding(_ id: String) -> Finding {
        Finding(id: id, severity: .low, statement: "there is one")
    }
}
