import TLSParameters

/// Mozilla's guidelines as they publish them: the JSON of versions 5.x and 6.0. A configuration becomes a policy whose clauses
/// are the keys.
public struct MozillaGuidelines: Decodable, Sendable {
    /// The version, such as 6.0.
    let version: Double
    /// Where they come from.
    let href: String?
    /// By level: `modern`, `intermediate`, `old`.
    let configurations: [String: Configuration]

    /// One level. Keys that this program has no use for are passed over.
    struct Configuration: Decodable, Sendable {
        var certificate_curves: [String]?
        var certificate_signatures: [String]?
        var certificate_types: [String]?
        var ciphers: Ciphers?
        var ciphersuites: [String]?
        var dh_param_size: Int?
        var ecdh_param_size: Int?
        var hsts_min_age: Int?
        var maximum_certificate_lifespan: Int?
        var ocsp_staple: Bool?
        var recommended_certificate_lifespan: Int?
        var rsa_key_size: Int?
        var server_preferred_order: Bool?
        var tls_curves: [String]?
        var tls_versions: [String]
    }

    /// The suites of TLS 1.2 and older.
    struct Ciphers: Decodable, Sendable {
        var iana: [String]?
        var openssl: [String]?
    }

    /// The levels, strictest first.
    public var levels: [String] {
        let order = ["modern", "intermediate", "old"]
        return order.filter { configurations[$0] != nil } + configurations.keys.filter { !order.contains($0) }.sorted()
    }

    /// The policy of a level; `source` names the file.
    ///
    /// - Throws: `RequestProblem` for a level that isn't there, or a name that nobody knows.
    public func policy(level: String?, source: String) throws(RequestProblem) -> Policy {
        guard let level, let configuration = configurations[level] else {
            throw RequestProblem(
                reason: level.map { "\(source) has no level '\($0)'" } ?? "\(source) has several levels",
                hint: "name one of them: --policy \(levels.map { "'\(source)#\($0)'" }.joined(separator: ", "))"
            )
        }
        // Tenths are all that their versions have; 5.10 would read as 5.1, which is why it is never written so.
        let tenths = Int((max(0, min(version, 1000)) * 10).rounded())
        let number = "\(tenths / 10).\(tenths % 10)"
        return Policy(
            identity: PolicyIdentity(
                id: "mozilla-\(level)",
                name: "Mozilla server side TLS, \(level)",
                version: number,
                date: nil,
                source: source
            ),
            rules: try configuration.rules(level: level, source: source)
        )
    }
}

extension MozillaGuidelines.Configuration {
    fileprivate func rules(level: String, source: String) throws(RequestProblem) -> [PolicyRule] {
        var rules: [PolicyRule] = []
        func names(_ list: [String], _ check: PolicyRule.Check, _ key: String) throws(RequestProblem) -> [String] {
            try list.map { name throws(RequestProblem) in
                do throws(RequestProblem) {
                    return try PolicyNames.canonical(name, check)
                } catch {
                    throw RequestProblem(reason: "\(source), \(level).\(key): \(error.reason)", hint: error.hint)
                }
            }
        }
        func add(
            _ id: String,
            _ check: PolicyRule.Check,
            _ key: String,
            _ severity: Finding.Severity,
            _ requirement: PolicyRule.Requirement,
            in versions: [String] = []
        ) {
            rules.append(
                PolicyRule(
                    id: id,
                    clause: "\(level).\(key)",
                    severity: severity,
                    check: check,
                    requirement: requirement,
                    versions: versions
                )
            )
        }
        func list(_ list: [String]?, _ check: PolicyRule.Check, _ key: String) throws(RequestProblem) {
            guard let list, !list.isEmpty else { return }
            add(check.rawValue, check, key, .medium, .allowed(try names(list, check, key)))
        }
        func minimum(_ bits: Int?, _ check: PolicyRule.Check, _ key: String, _ severity: Finding.Severity) {
            if let bits { add(check.rawValue, check, key, severity, .minimum(.number(bits))) }
        }
        let versions = try names(tls_versions, .versions, "tls_versions")
        add("versions", .versions, "tls_versions", .high, .allowed(versions))
        add("versions-offered", .versions, "tls_versions", .info, .required(versions))
        if let suites = ciphers?.iana ?? ciphers?.openssl, !suites.isEmpty {
            let older = versions.filter { $0 != "tls1.3" }
            add("suites", .suites, "ciphers", .high, .allowed(try names(suites, .suites, "ciphers")), in: older)
        }
        if let suites = ciphersuites, !suites.isEmpty {
            let allowed = try names(suites, .suites, "ciphersuites")
            add("tls13-suites", .suites, "ciphersuites", .medium, .allowed(allowed), in: ["tls1.3"])
        }
        try list(tls_curves, .groups, "tls_curves")
        minimum(dh_param_size, .dhBits, "dh_param_size", .high)
        minimum(ecdh_param_size, .ecdhBits, "ecdh_param_size", .medium)
        try list(certificate_types, .certificateKeys, "certificate_types")
        try list(certificate_curves, .certificateCurves, "certificate_curves")
        try list(certificate_signatures, .certificateSignatures, "certificate_signatures")
        minimum(rsa_key_size, .rsaBits, "rsa_key_size", .high)
        if let days = maximum_certificate_lifespan {
            add(
                "certificate-lifetime",
                .certificateLifetime,
                "maximum_certificate_lifespan",
                .medium,
                .maximum(.number(days))
            )
        }
        if let days = recommended_certificate_lifespan, days != maximum_certificate_lifespan {
            let key = "recommended_certificate_lifespan"
            add(
                "\(PolicyRule.Check.certificateLifetime.rawValue)-recommended",
                .certificateLifetime,
                key,
                .info,
                .maximum(.number(days))
            )
        }
        if let staple = ocsp_staple { add("ocsp-staple", .ocspStaple, "ocsp_staple", .low, .value(staple)) }
        minimum(hsts_min_age, .hstsAge, "hsts_min_age", .low)
        if let order = server_preferred_order {
            add("server-preference", .serverPreference, "server_preferred_order", .info, .value(order))
        }
        return rules
    }
}
