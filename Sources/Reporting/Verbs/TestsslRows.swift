import Diagnostics
import TLSParameters

/// The facts of a survey by testssl.sh's ids.
enum TestsslRows {
    typealias Row = TestsslCSV.Row

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

    static let ids = [
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
    enum Absence {
        /// It isn't there.
        case certain
        /// Probes were not answered.
        case open
        /// Not all of it was asked for.
        case notAsked
    }

    static func absence(_ result: CiphersResult, in versions: [String] = Array(ids.keys)) -> Absence {
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
        // What encrypts nothing, or for anyone, keeps no secret.
        let secret = unique(
            suites.filter { $0.forwardSecrecy == true && $0.weaknesses.isDisjoint(with: [.null, .anonymous]) }
                .map { $0.openssl ?? $0.name }
        )
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
}
