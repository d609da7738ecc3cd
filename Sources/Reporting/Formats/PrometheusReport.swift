import Certificates
import Diagnostics
import TLSParameters

/// Prometheus' text format, for the textfile collector of its node_exporter.
enum PrometheusReport {
    static func render(_ reports: [Report<InspectResult>]) -> String {
        var families = Families()
        var seen: Set<PeerText> = []
        // The same target twice would be the same series twice, for which a scraper throws away the whole file; so would two
        // that only differ behind what is shown of them.
        for report in reports where seen.insert(name(report)).inserted { add(report, to: &families) }
        return families.text
    }

    /// What the target is called in a label.
    private static func name(_ report: Report<InspectResult>) -> PeerText { report.targetName.excerpt(300) }

    private static func add(_ report: Report<InspectResult>, to families: inout Families) {
        let target = ("target", name(report))
        let result = report.result
        let isUp =
            switch report.status.exit {
            case .unreachable, .noSession, .usage, .internalFault: false
            case .ok, .violation, .certificate, .incomplete, .interrupted: result != nil
            }
        families.add("sechan_up", [target], isUp ? "1" : "0")
        families.add(
            "sechan_exit_status",
            [target, ("kind", PeerText(report.status.kind))],
            "\(report.status.exit.code)"
        )
        for severity in Finding.Severity.allCases {
            let count = report.findings.count { $0.severity == severity }
            families.add("sechan_findings", [target, ("severity", PeerText(severity.rawValue))], "\(count)")
        }
        families.add("sechan_run_duration_seconds", [target], Seconds.decimal(report.spent.seconds))
        families.add("sechan_run_connections", [target], "\(report.spent.connections)")
        guard let result else { return }
        for (depth, certificate) in result.certificates.enumerated() {
            let labels = [
                target, ("depth", PeerText("\(depth)")), ("subject", certificate.certificate.subject.text.excerpt(120)),
                ("sha256", PeerText(certificate.certificate.sha256)),
            ]
            if let time = certificate.certificate.notAfter.unixSeconds {
                families.add("sechan_certificate_not_after_timestamp_seconds", labels, "\(time)")
            }
            if let time = certificate.certificate.notBefore.unixSeconds {
                families.add("sechan_certificate_not_before_timestamp_seconds", labels, "\(time)")
            }
        }
        if let validation = result.validation {
            families.add("sechan_certificate_trusted", [target], validation.isTrusted ? "1" : "0")
        }
        for version in result.survey?.versions ?? [] {
            // What isn't known has no sample: 0 would be a claim.
            let value = version.verdict == "supported" ? "1" : version.verdict == "rejected" ? "0" : nil
            if let value {
                families.add(
                    "sechan_protocol_supported",
                    [target, ("version", PeerText(version.version))],
                    value
                )
            }
        }
        for verdict in CheckOutcome.Verdict.allCases where !result.checks.isEmpty {
            let count = result.checks.count { $0.verdict == verdict }
            families.add("sechan_checks", [target, ("verdict", PeerText(verdict.rawValue))], "\(count)")
        }
        if let judgement = result.judgement {
            let labels = [
                target, ("policy", PeerText(judgement.policy.id)), ("version", PeerText(judgement.policy.version)),
            ]
            for verdict in RuleOutcome.Verdict.allCases {
                // A recommendation that is not followed violates nothing.
                let rules = judgement.rules.filter { $0.verdict == verdict }
                let count = verdict == .violated ? judgement.violations.count : rules.count
                families.add("sechan_policy_rules", labels + [("verdict", PeerText(verdict.rawValue))], "\(count)")
                guard verdict == .violated else { continue }
                families.add(
                    "sechan_policy_rules",
                    labels + [("verdict", PeerText("recommended"))],
                    "\(rules.count - count)"
                )
            }
        }
    }

    /// Samples by the metric that they belong to: all of a metric's stand together, behind its HELP and TYPE.
    private struct Families {
        /// The metrics in the order in which they are written. All are gauges: a file is a state, not a history.
        private static let help: [(name: String, text: String)] = [
            ("sechan_up", "Whether the target was inspected: a TLS session stood."),
            ("sechan_exit_status", "The exit status of the target's run, as sechan(1) documents it."),
            ("sechan_findings", "Findings by severity."),
            ("sechan_checks", "Checks by what they came to."),
            ("sechan_policy_rules", "Rules of the policy by what they came to."),
            ("sechan_protocol_supported", "Whether the server speaks the version; no sample where that is not known."),
            ("sechan_certificate_trusted", "Whether the certificate chain was accepted."),
            (
                "sechan_certificate_not_after_timestamp_seconds",
                "The last second of a certificate's validity, since 1970."
            ),
            (
                "sechan_certificate_not_before_timestamp_seconds",
                "The first second of a certificate's validity, since 1970."
            ),
            ("sechan_run_duration_seconds", "How long the target's run took."),
            ("sechan_run_connections", "How many connections the target's run opened."),
        ]
        private var samples: [String: [String]] = [:]

        mutating func add(_ name: String, _ labels: [(String, PeerText)], _ value: String) {
            let list = labels.map { "\($0.0)=\"\($0.1.encoded(for: .prometheus))\"" }.joined(separator: ",")
            samples[name, default: []].append("\(name){\(list)} \(value)\n")
        }

        var text: String {
            Self.help.map { name, help in
                guard let samples = samples[name] else { return "" }
                return "# HELP \(name) \(help)\n# TYPE \(name) gauge\n" + samples.joined()
            }.joined()
        }
    }
}
