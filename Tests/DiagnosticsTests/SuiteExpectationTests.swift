import TLSParameters
import Testing

@testable import Diagnostics

@Suite struct SuiteExpectationTests {
    private func version(_ id: String, _ suites: [CipherSuite], complete: Bool = true) -> VersionSupport {
        VersionSupport(
            version: id,
            verdict: "supported",
            reason: nil,
            order: nil,
            suites: suites.map { SuiteSupport(suite: SuiteDescription($0)) },
            complete: complete
        )
    }

    private func read(_ text: String) throws -> SuiteExpectation {
        try SuiteExpectation(parsing: text, source: "list")
    }

    private let modern: [CipherSuite] = [
        .TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256, .TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384,
    ]

    @Test func takesAnyNameAndAnySeparator() throws {
        for text in [
            "ECDHE-RSA-AES128-GCM-SHA256:ECDHE-RSA-AES256-GCM-SHA384",
            "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256\nTLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384\n",
            "# what we allow\r\n 0xC02F, 0xC030 # both\r\n",
            "tls1.2: 0xc02f ECDHE-RSA-AES256-GCM-SHA384",
        ] {
            let result = try read(text).compare([version("tls1.2", modern)])
            #expect(result.beyond == [] && result.missing == [], "\(text)")
            #expect(result.source == "list")
        }
    }

    @Test func listsWhatIsBeyondAndWhatIsMissing() throws {
        let result = try read("0xC02F:0xC02B").compare([version("tls1.2", modern)])
        #expect(result.beyond.map(\.codePoint) == ["0xC030"])
        #expect(result.beyond.first?.version == "tls1.2")
        #expect(result.missing.map(\.name) == ["TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256"])
        let status = try #require(RunStatus(violated: result))
        #expect(status.exit == .violation && status.kind == "expectation")
        #expect(status.reason?.contains("TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384 in tls1.2") == true)
        #expect(RunStatus(violated: try read("0xC02F 0xC030").compare([version("tls1.2", modern)])) == nil)
    }

    @Test func aVersionHoldsForItsLine() throws {
        let list = try read("tls1.2: AES128-SHA\ntls1.3: TLS_AES_128_GCM_SHA256 tls1.2: 0xC02F")
        let old: [CipherSuite] = [.TLS_RSA_WITH_AES_128_CBC_SHA]
        #expect(list.compare([version("tls1.2", old)]).beyond == [])
        #expect(list.compare([version("tls1.0", old)]).beyond.map(\.version) == ["tls1.0"])
        #expect(list.compare([version("tls1.2", [.TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256])]).beyond == [])
    }

    @Test func knowsTheKindsOfSSL2() throws {
        let kind = SSL2CipherKind.SSL_CK_RC4_128_WITH_MD5
        var spoken = version("ssl2", [])
        spoken.suites = [SuiteSupport(suite: SuiteDescription(kind))]
        #expect(try read("SSL_CK_RC4_128_WITH_MD5").compare([spoken]).beyond == [])
        #expect(try read("ssl2: 0x010080").compare([spoken]).beyond == [])
        #expect(try read("RC4-MD5").compare([spoken]).beyond.map(\.codePoint) == ["0x010080"])
    }

    @Test func whatNobodyKnowsIsNotMissing() throws {
        let list = try read("0xC02F 0xC02B TLS_AES_128_GCM_SHA256")
        #expect(list.compare([version("tls1.2", [modern[0]], complete: false)]).missing == [])
        // TLS 1.3 was not asked for, and filters left the other one out.
        let suite = CipherSuite.TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256
        #expect(list.compare([version("tls1.2", [modern[0]])]) { $0.suite != suite }.missing == [])
    }

    @Test(
        "refuses lists that can't be meant",
        arguments: [
            "", "# nothing", "NO-SUCH-SUITE", "0xC0,0x2F", "tls1.2:", "tls1.2: tls1.3: 0x1301", "tls1.3: AES128-SHA",
            "ssl2: AES128-SHA", "AES128-SHA\n\nWRONG",
        ]
    )
    func refuses(_ text: String) throws {
        let problem = #expect(throws: RequestProblem.self) { _ = try read(text) }
        #expect(problem?.reason.hasPrefix("list") == true, "\(problem?.reason ?? "")")
        if text.hasSuffix("WRONG") { #expect(problem?.reason.contains("line 3") == true) }
    }
}
