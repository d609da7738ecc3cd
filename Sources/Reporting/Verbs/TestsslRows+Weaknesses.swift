import Diagnostics

// Weaknesses by the names that they have in the press.

extension TestsslRows {
    /// The weaknesses that follow from what a server accepts, by the names they have in the press.
    static func weaknesses(_ result: CiphersResult) -> [TestsslCSV.Row] {
        var rows: [Row] = []
        rows += feature(
            result,
            ["renegotiation-info", "renegotiation-scsv"],
            "secure_renego",
            bad: "HIGH",
            cwe: "CWE-310"
        )
        rows += feature(
            result,
            ["compression"],
            "CRIME_TLS",
            bad: "MEDIUM",
            isWanted: false,
            cve: "CVE-2012-4929",
            cwe: "CWE-310"
        )
        rows += feature(result, ["fallback-scsv"], "fallback_SCSV", bad: "MEDIUM")
        func add(
            _ id: String,
            _ severity: String,
            in versions: [String] = Array(ids.keys),
            cve: String,
            cwe: String = "CWE-310",
            _ applies: (SuiteSupport) -> Bool
        ) {
            if result.versions.contains(where: { versions.contains($0.version) && $0.suites.contains(where: applies) })
            {
                rows.append(Row(id, severity, "potentially vulnerable, by what is offered", cve: cve, cwe: cwe))
                return
            }
            switch absence(result, in: versions) {
            case .certain: rows.append(Row(id, "OK", "not vulnerable", cve: cve, cwe: cwe))
            case .open: rows.append(Row(id, "WARN", "not known", cve: cve, cwe: cwe))
            case .notAsked: break
            }
        }
        add("POODLE_SSL", "HIGH", in: ["ssl3"], cve: "CVE-2014-3566") { $0.suite.isCBC }
        add("SWEET32", "LOW", cve: "CVE-2016-2183 CVE-2016-6329", cwe: "CWE-327") { $0.suite.hasShortBlocks }
        add("FREAK", "HIGH", cve: "CVE-2015-0204") { $0.suite.export == true && $0.suite.keyExchange == "RSA" }
        add("DROWN", "CRITICAL", in: ["ssl2"], cve: "CVE-2016-0800 CVE-2016-0703") { _ in true }
        add("LOGJAM", "HIGH", cve: "CVE-2015-4000") {
            $0.suite.export == true && $0.suite.keyExchange?.hasPrefix("DH") == true
        }
        add("LOGJAM-common_primes", "HIGH", cve: "CVE-2015-4000") {
            $0.exchange.primeName != nil && ($0.exchange.groupBits ?? 0) <= 1024
        }
        add("BEAST", "LOW", in: ["ssl3", "tls1.0"], cve: "CVE-2011-3389", cwe: "CWE-20") { $0.suite.isCBC }
        let padded = ["ssl3", "tls1.0", "tls1.1", "tls1.2"]
        add("LUCKY13", "LOW", in: padded, cve: "CVE-2013-0169") { $0.suite.isCBC }
        add("RC4", "HIGH", cve: "CVE-2013-2566 CVE-2015-2808") { $0.suite.weaknesses.contains(.rc4) }
        return rows
    }

    /// One row for features of which one is enough; none if they were not asked for.
    private static func feature(
        _ result: CiphersResult,
        _ features: Set<String>,
        _ id: String,
        bad: String,
        isWanted: Bool = true,
        cve: String = "",
        cwe: String = ""
    ) -> [Row] {
        let asked = result.features.filter { features.contains($0.id) }
        guard !asked.isEmpty else { return [] }
        let isThere = asked.contains { $0.verdict == "supported" }
        guard isThere || asked.allSatisfy({ $0.verdict == "rejected" }) else {
            return [Row(id, "WARN", asked.first?.reason ?? "not known", cve: cve, cwe: cwe)]
        }
        return [Row(id, isThere == isWanted ? "OK" : bad, isThere ? "supported" : "not supported", cve: cve, cwe: cwe)]
    }
}
