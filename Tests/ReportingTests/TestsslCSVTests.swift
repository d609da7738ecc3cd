import TLSParameters
import Testing

@testable import Diagnostics
@testable import Reporting

/// The CSV is read back by a reader of its own, and told the way DefectDojo reads it.
@Suite struct TestsslCSVTests {
    /// Fields by RFC 4180: quoted ones only, as written here.
    private func rows(_ text: String) throws -> [[String]] {
        try text.split(separator: "\n").map { line in
            var fields: [String] = []
            var rest = line
            while !rest.isEmpty {
                try #require(rest.removeFirst() == "\"")
                var field = ""
                while let character = rest.popFirst() {
                    if character != "\"" {
                        field.append(character)
                    } else if rest.first == "\"" {
                        field.append(rest.removeFirst())
                    } else {
                        break
                    }
                }
                fields.append(field)
                if !rest.isEmpty { try #require(rest.removeFirst() == ",") }
            }
            return fields
        }
    }

    private func row(_ id: String, of report: Report<CiphersResult>) throws -> [String]? {
        try rows(TestsslCSV.render(report)).first { $0.first == id }
    }

    @Test func hasTheSevenColumns() throws {
        let rows = try rows(TestsslCSV.render(Samples.survey()))
        #expect(rows.first == ["id", "fqdn/ip", "port", "severity", "finding", "cve", "cwe"])
        #expect(rows.allSatisfy { $0.count == 7 })
        let severities: Set = ["OK", "INFO", "LOW", "MEDIUM", "HIGH", "CRITICAL", "WARN", "FATAL"]
        for row in rows.dropFirst() {
            #expect(row[1] == "server.test/192.0.2.1" && row[2] == "443", "\(row)")
            #expect(severities.contains(row[3]), "\(row)")
            #expect(row[6].isEmpty || row[6].wholeMatch(of: /CWE-[0-9]+/) != nil, "\(row)")
            #expect(
                row[5].split(separator: " ").allSatisfy { $0.wholeMatch(of: /CVE-[0-9]{4}-[0-9]+/) != nil },
                "\(row)"
            )
        }
        #expect(Set(rows.map { $0[0] }).count == rows.count, "an id for each fact")
    }

    /// The sample with a verdict for the versions that it lacks.
    private func whole() -> Report<CiphersResult> {
        var report = Samples.survey()
        for version in ["ssl3", "tls1.0", "tls1.1"] {
            report.result?.versions.append(
                VersionSupport(
                    version: version,
                    verdict: "rejected",
                    reason: nil,
                    order: nil,
                    suites: [],
                    complete: true
                )
            )
        }
        return report
    }

    @Test func hasTestsslsIds() throws {
        let report = whole()
        #expect(try row("SSLv2", of: report)?[3...4] == ["CRITICAL", "offered"])
        #expect(try row("TLS1_2", of: report)?[3...4] == ["OK", "offered"])
        #expect(try row("TLS1_3", of: report)?[3...4] == ["LOW", "not offered"])
        #expect(try row("SSLv3", of: report)?[3...4] == ["OK", "not offered"])
        #expect(try row("TLS1", of: report)?[3...4] == ["INFO", "not offered"])
        #expect(try row("cipherlist_LOW", of: report)?[3] == "HIGH")
        #expect(try row("cipherlist_NULL", of: report)?[3...4] == ["OK", "not offered"])
        #expect(try row("cipherlist_3DES_IDEA", of: report)?[3] == "MEDIUM")
        let suite = try row("cipher-tls1_2_xc02b", of: report)
        #expect(suite?[3] == "OK")
        #expect(suite?[4].hasPrefix("TLSv1.2   xc02b   ECDHE-ECDSA-AES128-GCM-SHA256   ECDHE 255   ") == true)
        #expect(try row("cipher-tls1_2_x16", of: report)?[3] == "MEDIUM")
        #expect(try row("cipher-ssl2_x010080", of: report)?[3] == "HIGH")
        #expect(try row("cipher_order-tls1_2", of: report)?[4] == "server")
        #expect(try row("prioritize_chacha_TLSv1_2", of: report)?[4] == "true")
        #expect(try row("FS_KEMs", of: report)?[4] == "X25519MLKEM768")
        #expect(try row("ALPN_HTTP2", of: report)?[4] == "h2")
        #expect(try row("CRIME_TLS", of: report)?[3] == "MEDIUM")
        #expect(try row("DROWN", of: report)?[3] == "CRITICAL")
        #expect(try row("SWEET32", of: report)?[3] == "LOW")
        #expect(try row("LOGJAM-common_primes", of: report)?[3] == "HIGH")
        #expect(try row("fallback_SCSV", of: report)?[3] == "WARN")
        #expect(try row("intolerance.hello-size", of: report)?[3] == "MEDIUM")
    }

    @Test func neverCallsGoodWhatIsNotKnown() throws {
        var report = whole()
        #expect(try row("FREAK", of: report)?[3...4] == ["OK", "not vulnerable"])
        #expect(try row("POODLE_SSL", of: report)?[3...4] == ["OK", "not vulnerable"])
        report.result?.versions[1].complete = false
        #expect(try row("cipherlist_NULL", of: report)?[3] == "WARN")
        #expect(try row("RC4", of: report)?[3] == "HIGH")
        #expect(try row("LUCKY13", of: report)?[3] == "LOW")
        #expect(try row("FREAK", of: report)?[3] == "WARN")
        #expect(try row("POODLE_SSL", of: report)?[3] == "OK", "SSL 3.0 is known all the same")
        report.result?.versions[3].verdict = "inconclusive"
        report.result?.versions[3].reason = "silence"
        #expect(try row("SSLv3", of: report)?[3...4] == ["WARN", "silence"])
        #expect(try row("POODLE_SSL", of: report)?[3] == "WARN")
        report.result?.everySuite = false
        #expect(try row("cipherlist_NULL", of: report) == nil)
        #expect(try row("FREAK", of: report) == nil)
    }

    @Test func callsNoSecretForwardThatAnyoneShares() throws {
        var report = whole()
        #expect(try row("FS", of: report)?[3...4] == ["OK", "offered"])
        let anonymous = SuiteSupport(suite: SuiteDescription(CipherSuite.TLS_ECDH_anon_WITH_AES_128_CBC_SHA))
        for index in report.result?.versions.indices ?? 0..<0 where report.result?.versions[index].suites != [] {
            report.result?.versions[index].suites = [anonymous]
        }
        #expect(try row("FS", of: report)?[3...4] == ["MEDIUM", "not offered"])
        #expect(try row("FS_ciphers", of: report) == nil)
    }

    @Test func hasNoRowForWhatWasNotAskedFor() throws {
        let report = Samples.survey()
        for id in ["SSLv3", "TLS1", "cipherlist_NULL", "POODLE_SSL", "FREAK", "BEAST"] {
            #expect(try row(id, of: report) == nil, "\(id)")
        }
        #expect(try row("SWEET32", of: report)?[3] == "LOW", "what is there is told in any case")
    }

    @Test func tellsThatNothingWasLearnt() throws {
        let status = RunStatus(exit: .unreachable, kind: "refused", reason: "nobody listens")
        let report: Report<CiphersResult> = Samples.report(.ciphers, nil, status: status)
        let all = try rows(TestsslCSV.render(report))
        #expect(all.count == 2)
        #expect(all.last?.prefix(5) == ["scanProblem", "server.test/192.0.2.1", "443", "FATAL", "nobody listens"])
    }

    @Test func holdsWhatAPeerWrites() throws {
        for text in [Samples.hostile, "=HYPERLINK(\"http://evil\")", "a\nb,\"c\"", "+1"] {
            let rendered = TestsslCSV.render(Samples.survey(text: text))
            #expect(forbidden(in: rendered).isEmpty)
            let all = try rows(rendered)
            #expect(all.allSatisfy { $0.count == 7 })
            #expect(!all.joined().contains { $0.hasPrefix("=") || $0.hasPrefix("+") })
        }
    }
}
