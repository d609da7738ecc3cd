import Probing
import TLSParameters

/// What a server's extensions, its tolerance of odd hellos and its answers to downgrades show its owner to be wrong.
enum FeatureFindings {
    /// One thing that may be wrong: the fact, and the verdict that makes it a finding.
    private struct Rule {
        var id: String
        var severity: Finding.Severity
        var features: [String]
        /// The verdict that is a fault.
        var fault: String
        /// Whether every one of the features has to have it; otherwise one is enough.
        var needsAll = false
        var statement: String
        var remedy: String?
        var references: [String]
    }

    /// All findings about the facts that a survey asked for, of a server that speaks TLS 1.3 or doesn't.
    static func all(_ features: [FeatureSupport], speaksTLS13: Bool) -> [Finding] {
        (extensions + downgrades + tolerance).compactMap { rule in
            var finding = finding(rule, features)
            // To older servers sentinels are recommended only (RFC 8446 §4.1.3).
            if rule.id == "downgrade.no-sentinel", !speaksTLS13 { finding?.severity = .info }
            return finding
        }
    }

    /// What became of each of these checks; those that found something included.
    static func outcomes(_ result: CiphersResult) -> [CheckOutcome] {
        var outcomes = (extensions + downgrades + tolerance).map { rule in
            outcome(rule.id, rule.features, fault: rule.fault, needsAll: rule.needsAll, result)
        }
        // Both facts are asked for with the extensions, and make this only together.
        let unbound = ["extended-master-secret", "session-ticket", "session-id"]
        var resumption = outcome("session.unbound-resumption", unbound, fault: "", result)
        let isBound = result.features.contains { $0.id == "extended-master-secret" && $0.verdict == "supported" }
        if resumption.verdict == .undetermined, isBound {
            resumption = CheckOutcome(id: resumption.id, verdict: .absent)
        }
        outcomes.append(resumption)
        // The format has no room for what such a server wants, so the question doesn't arise.
        if let place = outcomes.firstIndex(where: { $0.id == "downgrade.ssl2-hello" && $0.verdict == .undetermined }),
            result.features.contains(where: { $0.reason == ServerFeature.needsExtensions })
        {
            outcomes[place].verdict = .notApplicable
        }
        return outcomes
    }

    private static func outcome(
        _ id: String,
        _ features: [String],
        fault: String,
        needsAll: Bool = false,
        _ result: CiphersResult
    ) -> CheckOutcome {
        let asked = result.features.filter { features.contains($0.id) }
        guard let first = asked.first else {
            let isTolerance = ["downgrade", "intolerance", "protocol"].contains { id.hasPrefix($0) }
            let aspect = isTolerance ? "tolerance" : "extensions"
            return result.aspects.contains(aspect)
                ? CheckOutcome(
                    id: id,
                    verdict: .notApplicable,
                    reason: "the server speaks no version that it could be about"
                )
                : CheckOutcome(id: id, verdict: .notRun, reason: "\(aspect) were not asked for")
        }
        let faulty = asked.filter { $0.verdict == fault }
        if !faulty.isEmpty, !needsAll || faulty.count == asked.count { return CheckOutcome(id: id, verdict: .found) }
        // One that is well settles what needs all of them.
        let isWell = needsAll && asked.contains { $0.verdict != fault && $0.verdict != "inconclusive" }
        if !isWell, let open = asked.first(where: { $0.verdict == "inconclusive" }) {
            let reason = open.reason ?? "\(open.name): there was no clear answer"
            // What is wrong with versions that the server refuses is not wrong with the server.
            let older = result.versions.filter { $0.version != "tls1.3" }
            if reason.hasPrefix(ServerFeature.olderOnly), !older.isEmpty,
                older.allSatisfy({ $0.verdict == "rejected" })
            {
                return CheckOutcome(id: id, verdict: .notApplicable, reason: "the server speaks TLS 1.3 only")
            }
            return CheckOutcome(id: id, verdict: .undetermined, reason: reason)
        }
        return CheckOutcome(id: id, verdict: .absent, reason: first.verdict == "supported" ? nil : first.reason)
    }

    private static func finding(_ rule: Rule, _ features: [FeatureSupport]) -> Finding? {
        let asked = features.filter { rule.features.contains($0.id) }
        let faulty = asked.filter { $0.verdict == rule.fault }
        guard !faulty.isEmpty, !rule.needsAll || faulty.count == asked.count else { return nil }
        return Finding(
            id: rule.id,
            severity: rule.severity,
            statement: rule.statement,
            evidence: faulty.map { feature in
                let place = feature.version.map { " (\($0))" } ?? ""
                return PeerText(feature.name + place + (feature.detail.map { ": \($0)" } ?? ""))
            },
            remedy: rule.remedy,
            references: rule.references
        )
    }

    private static let update = "update the server's TLS library"

    private static let extensions = [
        Rule(
            id: "renegotiation.insecure",
            severity: .medium,
            features: ["renegotiation-info", "renegotiation-scsv"],
            fault: "rejected",
            needsAll: true,
            statement: "the server does not support secure renegotiation",
            remedy: update,
            references: ["RFC 5746", "CVE-2009-3555"]
        ),
        Rule(
            id: "session.no-extended-master-secret",
            severity: .low,
            features: ["extended-master-secret"],
            fault: "rejected",
            statement: "the keys of TLS 1.2 and older sessions are not bound to their handshake",
            remedy: "\(update), or use TLS 1.3",
            references: ["RFC 7627"]
        ),
        Rule(
            id: "session.compression",
            severity: .medium,
            features: ["compression"],
            fault: "supported",
            statement: "the server compresses before it encrypts, which gives secrets away by length",
            remedy: "disable compression in TLS",
            references: ["RFC 9325 §3.3", "CVE-2012-4929"]
        ),
        Rule(
            id: "session.heartbeat",
            severity: .low,
            features: ["heartbeat"],
            fault: "supported",
            statement:
                "the server offers heartbeats, which no client needs over TCP and which have leaked memory before",
            remedy: "disable the extension",
            references: ["RFC 6520", "CVE-2014-0160"]
        ),
    ]

    private static let downgrades = [
        Rule(
            id: "protocol.pct",
            severity: .high,
            features: ["pct1.0"],
            fault: "supported",
            statement: "the server speaks PCT 1.0, which has been obsolete since 1996",
            remedy: "disable PCT",
            references: ["CVE-2003-0719"]
        ),
        Rule(
            id: "downgrade.no-fallback-scsv",
            severity: .medium,
            features: ["fallback-scsv"],
            fault: "rejected",
            statement: "the server takes a fallback to an older version that it ought to refuse",
            remedy: "\(update), or disable the older versions",
            references: ["RFC 7507"]
        ),
        Rule(
            id: "downgrade.no-sentinel",
            severity: .medium,
            features: ["downgrade-sentinel"],
            fault: "rejected",
            statement: "the server does not mark a downgrade in its random, or marks it wrongly",
            remedy: update,
            references: ["RFC 8446 §4.1.3"]
        ),
        Rule(
            id: "downgrade.ssl2-hello",
            severity: .info,
            features: ["ssl2-format-hello"],
            fault: "supported",
            statement: "the server answers hellos in the SSL 2.0 format, which no client of today sends",
            references: ["RFC 5246 §E.2", "RFC 6176"]
        ),
    ]

    private static let tolerance = [
        Rule(
            id: "intolerance.version",
            severity: .medium,
            features: ["tolerates-newer-version", "tolerates-unknown-version"],
            fault: "rejected",
            statement:
                "the server fails where a client offers a version that it doesn't know, instead of choosing an older one",
            remedy: update,
            references: ["RFC 8446 §4.1.2", "RFC 8446 §4.2.1"]
        ),
        Rule(
            id: "intolerance.extension",
            severity: .medium,
            features: ["tolerates-unknown-extension", "tolerates-grease"],
            fault: "rejected",
            statement: "the server fails on values that it doesn't know, instead of ignoring them",
            remedy: update,
            references: ["RFC 8446 §4.2", "RFC 8701"]
        ),
        Rule(
            id: "intolerance.hello-size",
            severity: .medium,
            features: [
                "tolerates-hello-255", "tolerates-hello-256", "tolerates-hello-512", "tolerates-hello-1500",
                "tolerates-split-hello",
            ],
            fault: "rejected",
            statement:
                "the server, or something before it, fails on hellos of some sizes, such as post-quantum shares need",
            remedy: "update what stands before the server, or its TLS library",
            references: ["RFC 7685 §1", "RFC 8446 §5.1"]
        ),
        Rule(
            id: "intolerance.suite-list",
            severity: .low,
            features: ["tolerates-long-suite-list"],
            fault: "rejected",
            statement: "the server fails on a hello with more than 128 suites",
            remedy: update,
            references: ["RFC 5246 §7.4.1.2"]
        ),
    ]
}
