import Diagnostics
import TLSParameters

/// The facts of a survey by testssl.sh's ids.
enum TestsslRows {
    private typealias Row = TestsslCSV.Row

    // MARK: Versions

    /// `SSLv2` to `TLS1_3`.
    static func versions(_ result: CiphersResult) -> [TestsslCSV.Row] {
        result.versions.compactMap { version in
            guard let id = ids[version.version] else { return nil }
            switch version.verdict {
            case "supported": return Row(id, offered[version.version] ?? "INFO", "offered")
            case "rejected": return Row(id, notOffered(version.version, result), "not offered")
            default: return Row(id, "WARN", version.reason ?? "not known")
            }
        }
    }

    private static let ids = [
        "ssl2": "SSLv2", "ssl3": "SSLv3", "tls1.0": "TLS1", "tls1.1": "TLS1_1", "tls1.2": "TLS1_2", "tls1.3": "TLS1_3",
    ]
    private static let names = [
        "ssl2": "SSLv2", "ssl3": "SSLv3", "tls1.0": "TLSv1", "tls1.1": "TLSv1.1", "tls1.2": "TLSv1.2",
        "tls1.3": "TLSv1.3",
    ]
    private static let offered = [
        "ssl2": "CRITICAL", "ssl3": "HIGH", "tls1.0": "LOW", "tls1.1": "LOW", "tls1.2": "OK", "tls1.3": "OK",
    ]

    private static func notOffered(_ version: String, _ result: CiphersResult) -> String {
        switch version {
        case "ssl2", "ssl3": "OK"
        case "tls1.2":
            result.versions.contains { $0.version == "tls1.3" && $0.verdict == "supported" } ? "INFO" : "MEDIUM"
        case "tls1.3": "LOW"
        default: "INFO"
        }
    }

    // MARK: Lists of suites

    /// Suites in testssl.sh's classes, the worst that applies.
    private enum Class: String, CaseIterable {
        case null = "NULL"
        case anonymous = "aNULL"
        case export = "EXPORT"
        case low = "LOW"
        case tripleDES = "3DES_IDEA"
        case obsoleted = "OBSOLETED"
        case strongNoFS = "STRONG_NOFS"
        case strongFS = "STRONG_FS"

        init?(_ suite: SuiteDescription) {
            guard let bits = suite.bits else { return nil }
            let weaknesses = suite.weaknesses
            if weaknesses.contains(.null) {
                self = .null
            } else if weaknesses.contains(.anonymous) {
                self = .anonymous
            } else if weaknesses.contains(.export) {
                self = .export
            } else if weaknesses.contains(.tripleDES) || suite.cipher?.hasPrefix("IDEA") == true {
                self = .tripleDES
            } else if !weaknesses.isDisjoint(with: [.rc4, .des, .short]) || bits < 128 || suite.hasShortBlocks {
                self = .low
            } else if suite.mac == "AEAD" {
                self = suite.forwardSecrecy == true ? .strongFS : .strongNoFS
            } else {
                self = .obsoleted
            }
        }

        var severity: String {
            switch self {
            case .null, .anonymous, .export: "CRITICAL"
            case .low: "HIGH"
            case .tripleDES: "MEDIUM"
            case .obsoleted: "LOW"
            case .strongNoFS, .strongFS: "OK"
            }
        }

        var absence: String {
            switch self {
            case .null, .anonymous, .export, .low, .tripleDES, .obsoleted: "OK"
            case .strongNoFS: "INFO"
            case .strongFS: "MEDIUM"
            }
        }

        var cwe: String {
            switch self {
            case .null, .anonymous, .export, .low: "CWE-327"
            case .tripleDES, .obsoleted: "CWE-310"
            case .strongNoFS, .strongFS: ""
            }
        }
    }

    /// `cipherlist_NULL` to `cipherlist_STRONG_FS`.
    static func lists(_ result: CiphersResult) -> [TestsslCSV.Row] {
        let classes = Set(result.versions.flatMap(\.suites).compactMap { Class($0.suite) })
        return Class.allCases.compactMap { kind in
            if classes.contains(kind) {
                return Row("cipherlist_\(kind.rawValue)", kind.severity, "offered", cwe: kind.cwe)
            }
            switch absence(result) {
            case .certain: return Row("cipherlist_\(kind.rawValue)", kind.absence, "not offered", cwe: kind.cwe)
            case .open: return Row("cipherlist_\(kind.rawValue)", "WARN", "not known", cwe: kind.cwe)
            case .notAsked: return nil
            }
        }
    }

    /// What it means that something isn't among the suites of some versions.
    private enum Absence {
        /// It isn't there.
        case certain
        /// Probes were not answered.
        case open
        /// Not all of it was asked for.
        case notAsked
    }

    private static func absence(_ result: CiphersResult, in versions: [String] = Array(ids.keys)) -> Absence {
        let asked = result.versions.filter { versions.contains($0.version) }
        guard result.everySuite, asked.count == versions.count else { return .notAsked }
        let isKnown = asked.allSatisfy { $0.complete && ($0.verdict == "supported" || $0.verdict == "rejected") }
        return isKnown ? .certain : .open
    }

    // MARK: Suites

    /// For each version whose order decides, a row a suite, the order, and whether ChaCha20 goes first.
    static func suites(_ result: CiphersResult) -> [TestsslCSV.Row] {
        result.versions.filter { !$0.suites.isEmpty }.flatMap { version -> [Row] in
            guard let name = names[version.version], let id = ids[version.version]?.lowercased() else { return [] }
            var rows: [Row] = []
            let key = id.replacing("sslv", with: "ssl")
            if let order = version.order {
                let isServers = order != "client"
                rows.append(Row("cipher_order-\(key)", isServers ? "OK" : "INFO", isServers ? "server" : "client"))
            }
            for support in version.suites {
                let suite = support.suite
                rows.append(
                    Row(
                        "cipher-\(key)_\(hex(suite))",
                        Class(suite)?.severity ?? "INFO",
                        [
                            name, hex(suite), suite.openssl ?? "-", exchange(support), suite.cipher ?? "?",
                            suite.bits.map(String.init) ?? "?", suite.name,
                        ].joined(separator: "   ")
                    )
                )
            }
            if let order = version.order, order != "client" {
                let list = version.suites.map { $0.suite.openssl ?? $0.suite.name }.joined(separator: " ")
                let key = name.replacing(".", with: "_")
                rows.append(Row("cipherorder_\(key)", "INFO", list))
                rows.append(Row("prioritize_chacha_\(key)", "INFO", order == "server-unless-chacha" ? "true" : "false"))
            }
            return rows
        }
    }

    /// `xc02f`, `x9d`, `x010080`.
    private static func hex(_ suite: SuiteDescription) -> String {
        let digits = suite.codePoint.dropFirst(2).lowercased()
        return "x" + (digits.count == 4 && digits.hasPrefix("00") ? String(digits.dropFirst(2)) : digits)
    }

    private static func exchange(_ support: SuiteSupport) -> String {
        let name = support.suite.keyExchange.flatMap { $0 == "any" ? nil : $0 } ?? support.exchange.group ?? "-"
        return support.exchange.groupBits.map { "\(name) \($0)" } ?? name
    }

    // MARK: Details

    /// Forward secrecy, groups, signature schemes, application protocols, extensions and marks.
    static func details(_ result: CiphersResult) -> [TestsslCSV.Row] {
        var rows: [Row] = []
        let suites = result.versions.flatMap(\.suites).map(\.suite)
        let secret = unique(suites.filter { $0.forwardSecrecy == true && $0.bits != 0 }.map { $0.openssl ?? $0.name })
        if !secret.isEmpty {
            rows.append(Row("FS", "OK", "offered"))
            rows.append(Row("FS_ciphers", "INFO", secret.joined(separator: " ")))
        } else {
            switch absence(result) {
            case .certain: rows.append(Row("FS", "MEDIUM", "not offered"))
            case .open: rows.append(Row("FS", "WARN", "not known"))
            case .notAsked: break
            }
        }
        let groups = result.groups.filter { $0.verdict == "supported" }
        func add(_ id: String, _ severity: String, _ names: [String]) {
            if !names.isEmpty { rows.append(Row(id, severity, unique(names).joined(separator: " "))) }
        }
        add("FS_KEMs", "OK", groups.filter { $0.postQuantum == true }.map(\.name))
        let classical = groups.filter { $0.postQuantum != true }.map(\.name)
        add("FS_ECDHE_curves", "OK", classical.filter { !$0.hasPrefix("ffdhe") })
        add("DH_groups", "OK", classical.filter { $0.hasPrefix("ffdhe") })
        for (version, id) in [("tls1.2", "FS_TLS12_sig_algs"), ("tls1.3", "FS_TLS13_sig_algs")] {
            let schemes = result.signatureSchemes.filter { $0.version == version && $0.verdict == "supported" }
            add(id, "INFO", schemes.map(\.name))
        }
        if result.applicationProtocols.contains(PeerText("h2")) { rows.append(Row("ALPN_HTTP2", "OK", "h2")) }
        let others = result.applicationProtocols.filter { $0 != PeerText("h2") }.map { $0.encoded(for: .terminal) }
        add("ALPN", "INFO", others)
        if let jarm = result.fingerprints?.jarm { rows.append(Row("JARM", "INFO", jarm)) }
        for (version, hash) in (result.fingerprints?.ja3s ?? [:]).sorted(by: { $0.key < $1.key }) {
            rows.append(Row("JA3S_\(names[version] ?? version)", "INFO", hash))
        }
        return rows
    }

    private static func unique(_ names: [String]) -> [String] {
        var seen: Set<String> = []
        return names.filter { seen.insert($0).inserted }
    }

    // MARK: Weaknesses by name

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
