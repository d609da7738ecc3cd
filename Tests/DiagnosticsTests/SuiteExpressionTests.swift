import TLSParameters
import Testing

@testable import Diagnostics

@Suite struct SuiteExpressionTests {
    private func matching(_ text: String) throws -> [CipherSuiteFacts] {
        let expression = try SuiteExpression(parsing: text)
        return CipherSuite.registry.filter(expression.matches)
    }

    @Test func joinsWordsWithPlus() throws {
        let suites = try matching("ECDHE+AESGCM")
        #expect(!suites.isEmpty)
        #expect(
            suites.allSatisfy { $0.keyExchange == .ecdhe && $0.cipher.contains("AES") && $0.cipher.contains("GCM") }
        )
        let wanted = CipherSuite.registry.filter {
            $0.keyExchange == .ecdhe && $0.cipher.hasPrefix("AES") && $0.cipher.hasSuffix("GCM")
        }
        #expect(Set(suites.map(\.suite)) == Set(wanted.map(\.suite)))
    }

    @Test func addsTermsUp() throws {
        let both = Set(try matching("ECDHE+AESGCM:CHACHA20").map(\.suite))
        let one = Set(try matching("ECDHE+AESGCM").map(\.suite))
        let other = Set(try matching("CHACHA20").map(\.suite))
        #expect(both == one.union(other))
        #expect(try matching("ECDHE+AESGCM,CHACHA20").count == both.count)
        #expect(try matching("ECDHE+AESGCM CHACHA20").count == both.count)
    }

    @Test(arguments: ["!SHA1", "-SHA1", "!SHA"])
    func takesSuitesAway(_ text: String) throws {
        let suites = try matching(text)
        #expect(suites.allSatisfy { $0.mac != "SHA1" })
        #expect(suites.count == CipherSuite.registry.count { $0.mac != "SHA1" })
    }

    @Test func exclusionWins() throws {
        #expect(try matching("ECDHE:!ECDHE").isEmpty)
        #expect(try matching("!ECDHE:ECDHE").isEmpty)
    }

    @Test func knowsProperties() throws {
        let registry = CipherSuite.registry
        #expect(try matching("NULL").map(\.suite) == registry.filter(\.isNULL).map(\.suite))
        #expect(try matching("eNULL").count == registry.count(where: \.isNULL))
        #expect(try matching("EXPORT").map(\.suite) == registry.filter(\.isExport).map(\.suite))
        #expect(try matching("ANON").map(\.suite) == registry.filter(\.isAnonymous).map(\.suite))
        #expect(try matching("FS").map(\.suite) == registry.filter(\.forwardSecrecy).map(\.suite))
        #expect(try matching("AEAD").map(\.suite) == registry.filter(\.isAEAD).map(\.suite))
        #expect(try matching("RECOMMENDED").map(\.suite) == registry.filter { $0.recommended == .yes }.map(\.suite))
        #expect(try matching("ALL").count == registry.count)
        #expect(try matching("PSK").allSatisfy { $0.authentication == .psk || $0.keyExchange == .psk })
    }

    @Test(arguments: [
        "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256", "ECDHE-RSA-AES128-GCM-SHA256", "0xC02F", "C02F", "0xc02f",
        "tls_ecdhe_rsa_with_aes_128_gcm_sha256",
    ])
    func takesWholeNames(_ name: String) throws {
        #expect(try matching(name).map(\.suite).contains(CipherSuite(rawValue: 0xC02F)))
        #expect(try matching(name).count <= 2)
    }

    @Test func findsNothingForUnknownWords() throws {
        #expect(try matching("NOSUCHTHING").isEmpty)
        #expect(try matching("\u{1b}[31m").isEmpty)
    }

    @Test(arguments: ["", ":", " , ", "ECDHE+", "+ECDHE", "ECDHE++RSA", "!", "ECDHE:!"])
    func refusesWhatIsIncomplete(_ text: String) {
        let problem = #expect(throws: RequestProblem.self) { try SuiteExpression(parsing: text) }
        #expect(problem.map { isOneClearLine($0.reason) } == true)
    }
}

@Suite struct SuiteFilterTests {
    @Test func filtersByStrength() throws {
        let strong = try SuiteFilter(expression: nil, protocols: nil, minStrength: 256, maxStrength: nil)
        let weak = try SuiteFilter(expression: nil, protocols: nil, minStrength: nil, maxStrength: 56)
        for facts in CipherSuite.registry {
            #expect(strong.matches(facts) == (facts.strengthBits >= 256))
            #expect(weak.matches(facts) == (facts.strengthBits <= 56))
            #expect(SuiteFilter.everything.matches(facts))
        }
    }

    @Test func filtersByVersion() throws {
        let modern = try SuiteFilter(expression: nil, protocols: "tls1.3", minStrength: nil, maxStrength: nil)
        let suites = CipherSuite.registry.filter(modern.matches)
        #expect(!suites.isEmpty)
        #expect(suites.allSatisfy { $0.lastVersion == .tls13 })
        let old = try SuiteFilter(expression: nil, protocols: "ssl3-tls1.1", minStrength: nil, maxStrength: nil)
        #expect(CipherSuite.registry.filter(old.matches).allSatisfy { $0.firstVersion <= .tls11 })
    }

    @Test func combinesConditions() throws {
        let filter = try SuiteFilter(expression: "ECDHE", protocols: "tls1.2", minStrength: 128, maxStrength: 128)
        let suites = CipherSuite.registry.filter(filter.matches)
        #expect(!suites.isEmpty)
        #expect(suites.allSatisfy { $0.keyExchange == .ecdhe && $0.strengthBits == 128 })
    }

    @Test func isEverythingWithoutConditions() throws {
        #expect(
            try SuiteFilter(expression: nil, protocols: nil, minStrength: nil, maxStrength: nil) == .everything
        )
    }

    @Test(arguments: [(129, 128), (-1, nil), (1, 0), (nil, -1)] as [(Int?, Int?)])
    func refusesEmptyRanges(_ low: Int?, _ high: Int?) {
        #expect(throws: RequestProblem.self) {
            try SuiteFilter(expression: nil, protocols: nil, minStrength: low, maxStrength: high)
        }
    }
}

@Suite struct VersionListTests {
    @Test(
        arguments: [
            ("tls1.2", [.tls12]), ("tls1.3,tls1.2", [.tls12, .tls13]), ("tls1.2,tls1.2", [.tls12]),
            ("tls1.0-tls1.2", [.tls10, .tls11, .tls12]), ("TLSv1.2", [.tls12]), ("tls12", [.tls12]), ("1.2", [.tls12]),
            ("ssl2-tls1.3", ProtocolVersion.all), ("tls1.0-tls1.1,tls1.3", [.tls10, .tls11, .tls13]),
            ("tls1.2-tls1.2", [.tls12]),
        ] as [(String, [ProtocolVersion])]
    )
    func readsListsAndRanges(_ text: String, versions: [ProtocolVersion]) throws {
        #expect(try VersionList.parse(text) == versions)
    }

    @Test(arguments: [
        "", ",", "tls1.2,", "tls1.4", "tls1.3-tls1.2", "tls1.0-", "-tls1.2", "tls1.0-tls1.1-tls1.2", "tls١.٢", "all",
    ])
    func refusesTheRest(_ text: String) {
        let problem = #expect(throws: RequestProblem.self) { try VersionList.parse(text) }
        #expect(problem?.hint != nil)
    }
}
