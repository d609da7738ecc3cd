import Certificates
import Foundation
import SecureChannel
import TLSParameters
import Testing

@testable import Diagnostics
@testable import Reporting

/// Reports are read back from files that anybody may have written.
@Suite struct JSONInputTests {
    private let hostile: Samples.Ends

    init() throws {
        hostile = try Samples.session(identity: try Samples.identity(named: Samples.hostile), text: Samples.hostile)
    }

    private func read(_ text: String) throws -> [Report<InspectResult>] {
        try JSONInput.reports(Array(text.utf8), from: "old.json")
    }

    @Test func readsWhatInspectWrote() throws {
        let report = Samples.inspect(hostile)
        for pretty in [true, false] {
            let found = try read(try JSONReport.render(report, pretty: pretty))
            #expect(found.count == 1)
            #expect(
                found.first?.result?.certificates.first?.certificate == report.result?.certificates.first?.certificate
            )
            #expect(found.first?.target?.port == report.target?.port)
        }
    }

    @Test func readsSeveral() throws {
        let line = try JSONReport.render(Samples.inspect(hostile), pretty: false)
        #expect(try read(line + line).count == 2)
        #expect(try read("\n" + line + "\n" + line + "\n").count == 2)
        #expect(try read("[\(line),\(line),\(line)]").count == 3)
        #expect(try read("{\"schema\": \"sechan/1\", \"targets\": [\(line)]}").count == 1)
    }

    @Test func readsOtherVerbs() throws {
        let survey = try read(try JSONReport.render(Samples.ciphers(), pretty: true))
        #expect(survey.first?.result?.survey?.versions.isEmpty == false)
        let session = try read(try JSONReport.render(Samples.connect(hostile), pretty: true))
        #expect(session.first?.result?.attributes?.suite != nil && session.first?.result?.survey == nil)
        #expect(session.first?.result?.certificates.isEmpty == false)
        let problem = #expect(throws: RequestProblem.self) {
            try read(try JSONReport.render(Samples.shutdown(hostile), pretty: true))
        }
        #expect(problem?.reason == "old.json: it is a report of 'shutdown', which tells too little of a server")
        #expect(throws: RequestProblem.self) {
            try read(try JSONReport.render(LocalCiphersOperation(filter: .everything).run(), pretty: true))
        }
    }

    @Test(arguments: [
        ("{", "it is not valid JSON"), ("[]", "holds no report"), ("{}", "it has no 'schema'"), ("[1]", "[0]"),
        ("{\"schema\": \"sechan/2\"}", "its schema is not sechan/1"),
        ("{\"schema\": 1}", "schema is not of the expected kind"),
        ("{\"schema\": \"sechan/1\"}", "'verb' is missing"),
        ("{\"schema\": \"sechan/1\", \"verb\": \"dance\"}", "verb makes no sense"), ("null", ""), ("", ""),
    ])
    func saysWhatIsWrong(_ text: String, _ reason: String) {
        let problem = #expect(throws: RequestProblem.self) { try read(text) }
        #expect(reason.isEmpty || problem?.reason.contains(reason) == true, "\(problem?.reason ?? "")")
        #expect(problem?.hint != nil)
    }

    /// Whatever strings a report holds, none of them can act on a terminal, wherever it is put.
    @Test func spellsOutWhatATerminalWouldActOn() throws {
        var json = try JSONReport.render(Samples.ciphers(), pretty: true)
        let name = try #require(json.firstRange(of: "\"TLS_"))
        json.replaceSubrange(name, with: "\"\\u001b[31m\\u202e\u{85}\\n\\ud83d\\ude00TLS_")
        let report = try #require(try read(json).first)
        let back = try JSONReport.render(report, pretty: true)
        #expect(forbidden(in: back).isEmpty)
        let names =
            report.result?.survey?.versions.flatMap { $0.suites.flatMap { [$0.suite.name, $0.suite.iana ?? ""] } } ?? []
        let changed = try #require(names.first { $0.contains("u{1B}") })
        #expect(changed.hasPrefix("\\u{1B}[31m\\u{202E}\\u{85}\\u{A}"), "\(changed)")
    }

    @Test func survivesHostileFiles() throws {
        let good = Array(try JSONReport.render(Samples.inspect(hostile), pretty: false).utf8)
        for step in stride(from: 0, to: good.count, by: max(1, good.count / 300)) {
            _ = try? JSONInput.reports(Array(good[..<step]), from: "x")
            var changed = good
            changed[step] = UInt8(truncatingIfNeeded: step &* 37)
            _ = try? JSONInput.reports(changed, from: "x")
        }
        for text in [
            String(repeating: "[", count: 200_000), String(repeating: "{\"a\":", count: 100_000), "\"\\u", "\"\\ud800",
            "{\"schema\": \"sechan/1\", \"verb\": \"inspect\", \"tool\": 1e999}", "\"\\", "[\"\u{ff}",
            "{\"\\u001b\": 1}",
        ] {
            #expect(throws: RequestProblem.self) { try read(text) }
        }
        #expect(throws: RequestProblem.self) { try JSONInput.reports([0xFF, 0xFE, 0x22, 0x80], from: "x") }
    }

    // MARK: Mozilla's guidelines

    private static let guidelines = """
        {"version": 6.0, "href": "https://example.org", "configurations": {
          "modern": {"certificate_curves": ["prime256v1"], "certificate_types": ["ecdsa"],
            "certificate_signatures": ["ecdsa-with-SHA256"], "ciphers": {"iana": [], "openssl": []},
            "ciphersuites": ["TLS_AES_128_GCM_SHA256"], "dh_param_size": null, "ecdh_param_size": 256,
            "hsts_min_age": 63072000, "maximum_certificate_lifespan": 90, "ocsp_staple": true,
            "oldest_clients": ["Firefox 63"], "recommended_certificate_lifespan": 90, "rsa_key_size": null,
            "server_preferred_order": false, "tls_curves": ["X25519"], "tls_versions": ["TLSv1.3"]},
          "old": {"ciphers": {"openssl": ["DES-CBC3-SHA"]}, "dh_param_size": 1024, "tls_versions": ["TLSv1", "TLSv1.3"]}}}
        """

    @Test func readsMozillasGuidelines() throws {
        let guidelines = try JSONInput.guidelines(Array(Self.guidelines.utf8), from: "6.0.json")
        #expect(guidelines.levels == ["modern", "old"])
        let modern = try guidelines.policy(level: "modern", source: "6.0.json")
        #expect(modern.identity.version == "6.0" && modern.identity.id == "mozilla-modern")
        #expect(modern.rules.map(\.id).contains("rsa-bits") == false)
        #expect(modern.rules.first { $0.id == "hsts-age" }?.requirement == .minimum(.number(63_072_000)))
        #expect(modern.rules.first { $0.id == "groups" }?.requirement == .allowed(["x25519"]))
        let old = try guidelines.policy(level: "old", source: "6.0.json")
        let suites = try #require(old.rules.first { $0.id == "suites" })
        #expect(suites.requirement == .allowed(["0x000A"]) && suites.versions == ["tls1.0"])
        #expect(suites.clause == "old.ciphers")
    }

    @Test func refusesALevelThatIsNotThere() throws {
        let guidelines = try JSONInput.guidelines(Array(Self.guidelines.utf8), from: "6.0.json")
        let problem = #expect(throws: RequestProblem.self) {
            try guidelines.policy(level: "middle", source: "6.0.json")
        }
        #expect(problem?.reason == "6.0.json has no level 'middle'")
        #expect(problem?.hint?.contains("6.0.json#modern") == true)
        #expect(throws: RequestProblem.self) { try guidelines.policy(level: nil, source: "6.0.json") }
        let odd = Self.guidelines.replacing("X25519", with: "X25518")
        let wrong = #expect(throws: RequestProblem.self) {
            try JSONInput.guidelines(Array(odd.utf8), from: "6.0.json").policy(level: "modern", source: "6.0.json")
        }
        #expect(wrong?.reason == "6.0.json, modern.tls_curves: there is no group 'X25518'")
        #expect(throws: RequestProblem.self) { try JSONInput.guidelines(Array("{}".utf8), from: "x.json") }
    }
}
