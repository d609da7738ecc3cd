import Certificates
import SecureChannel
import TLSParameters

/// Collects what differs between two reports of one target, and what of it is for the worse.
struct Differ {
    private(set) var differences: [BaselineComparison.Difference] = []

    private mutating func add(
        _ subject: String,
        before: PeerText?,
        after: PeerText?,
        worse: Bool
    ) {
        // What was read back has its odd characters spelled out: only the visible form can be compared.
        guard before.map({ $0.encoded(for: .terminal) }) != after.map({ $0.encoded(for: .terminal) }) else { return }
        let kind: BaselineComparison.Difference.Kind = before == nil ? .added : after == nil ? .removed : .changed
        differences.append(
            BaselineComparison.Difference(subject: subject, kind: kind, regression: worse, before: before, after: after)
        )
    }

    private mutating func add(_ subject: String, _ before: String?, _ after: String?, worse: Bool) {
        add(subject, before: before.map { PeerText($0) }, after: after.map { PeerText($0) }, worse: worse)
    }

    // MARK: Findings

    mutating func compareFindings(_ old: Report<InspectResult>, _ new: Report<InspectResult>) {
        func worst(_ report: Report<InspectResult>) -> [String: Finding.Severity] {
            Dictionary(report.findings.map { ($0.id, $0.severity) }, uniquingKeysWith: { max($0, $1) })
        }
        let before = worst(old)
        let after = worst(new)
        for id in Set(before.keys).union(after.keys).sorted() {
            switch (before[id], after[id]) {
            case (nil, let severity?):
                add("finding:\(id)", nil, severity.rawValue, worse: severity > .info)
            case (let severity?, nil):
                // Gone is not the same as no longer determined.
                let check = new.result?.checks.first { $0.id == id }
                let isOpen = check.map { $0.verdict == .undetermined || $0.verdict == .notRun } ?? false
                add("finding:\(id)", severity.rawValue, isOpen ? check?.verdict.rawValue : nil, worse: false)
            case (let one?, let other?): add("finding:\(id)", one.rawValue, other.rawValue, worse: other > one)
            case (nil, nil): break
            }
        }
    }

    // MARK: The survey

    mutating func compareSurvey(_ old: InspectResult, _ new: InspectResult) {
        guard let before = old.survey, let after = new.survey else { return }
        compareVersions(before, after)
        compareSuites(before, after)
        compareGroups(before, after)
        compareFeatures(before, after)
        let protocols = { (survey: CiphersResult) in
            survey.applicationProtocols.isEmpty
                ? nil : survey.applicationProtocols.map { $0.encoded(for: .terminal) }.joined(separator: ", ")
        }
        if before.aspects.contains("extensions"), after.aspects.contains("extensions") {
            add("alpn", protocols(before), protocols(after), worse: false)
        }
    }

    private mutating func compareVersions(_ before: CiphersResult, _ after: CiphersResult) {
        for version in after.versions {
            guard let old = before.versions.first(where: { $0.version == version.version }) else { continue }
            let isModern = version.version == "tls1.2" || version.version == "tls1.3"
            let gained = old.verdict == "rejected" && version.verdict == "supported"
            let lost = old.verdict == "supported" && version.verdict == "rejected"
            add("version:\(version.version)", old.verdict, version.verdict, worse: isModern ? lost : gained)
        }
    }

    private mutating func compareSuites(_ before: CiphersResult, _ after: CiphersResult) {
        func settled(_ support: VersionSupport, _ survey: CiphersResult) -> Bool {
            survey.everySuite && support.complete && (support.verdict == "supported" || support.verdict == "rejected")
        }
        for version in after.versions {
            guard let old = before.versions.first(where: { $0.version == version.version }) else { continue }
            for suite in version.suites
            where !old.suites.contains(where: { $0.suite.codePoint == suite.suite.codePoint }) {
                guard settled(old, before) else { continue }
                let facts = suite.suite
                let isWeak =
                    facts.forwardSecrecy == false && version.version != "tls1.3" || (facts.bits ?? 0) < 128
                    || facts.export == true || facts.authentication == "anon" || facts.authentication == "NULL"
                add("suite:\(version.version):\(facts.name)", nil, "accepted", worse: isWeak)
            }
            guard settled(version, after) else { continue }
            for suite in old.suites
            where !version.suites.contains(where: { $0.suite.codePoint == suite.suite.codePoint }) {
                add("suite:\(version.version):\(suite.suite.name)", "accepted", nil, worse: false)
            }
            if let one = old.order, let other = version.order {
                add("order:\(version.version)", one, other, worse: false)
            }
        }
    }

    private mutating func compareGroups(_ before: CiphersResult, _ after: CiphersResult) {
        guard before.aspects.contains("groups"), after.aspects.contains("groups") else { return }
        func verdicts(_ survey: CiphersResult) -> [String: String] {
            Dictionary(survey.groups.map { ($0.name, $0.verdict) }) { one, other in
                one == "supported" || other == "supported" ? "supported" : one == "rejected" ? other : one
            }
        }
        let old = verdicts(before)
        let new = verdicts(after)
        for name in Set(old.keys).union(new.keys).sorted() {
            let facts = NamedGroup(named: name)?.facts
            let one = old[name] ?? "rejected"
            let other = new[name] ?? "rejected"
            let lost = one == "supported" && other == "rejected"
            let gained = one == "rejected" && other == "supported"
            let isWeak = facts.map { $0.strengthBits > 0 && $0.strengthBits < 112 } ?? false
            add("group:\(name)", one, other, worse: lost && facts?.isPostQuantum == true || gained && isWeak)
        }
    }

    private static let good: Set<String> = [
        "extended-master-secret", "encrypt-then-mac", "renegotiation-info", "renegotiation-scsv", "ocsp-stapling",
        "fallback-scsv", "downgrade-sentinel",
    ]
    private static let bad: Set<String> = ["heartbeat", "compression", "ssl2-format-hello", "pct1.0"]

    private mutating func compareFeatures(_ before: CiphersResult, _ after: CiphersResult) {
        for feature in after.features {
            guard let old = before.features.first(where: { $0.id == feature.id && $0.version == feature.version })
            else {
                continue
            }
            let lost = old.verdict == "supported" && feature.verdict == "rejected"
            let gained = old.verdict == "rejected" && feature.verdict == "supported"
            let needed = Self.good.contains(feature.id) || feature.kind == .tolerance
            let subject = "feature:\(feature.id)" + (feature.version.map { ":\($0)" } ?? "")
            add(subject, old.verdict, feature.verdict, worse: lost && needed || gained && Self.bad.contains(feature.id))
        }
    }

    // MARK: The session and what was said in it

    mutating func compareSession(_ old: InspectResult, _ new: InspectResult) {
        guard let before = old.attributes, let after = new.attributes, before.suite != nil, after.suite != nil else {
            return
        }
        let lower = (before.version?.rawValue ?? 0) > (after.version?.rawValue ?? 0)
        add("session:version", before.protocol?.version, after.protocol?.version, worse: lower)
        add("session:suite", before.suite?.name, after.suite?.name, worse: false)
        add("session:group", before.keyExchange?.group?.name, after.keyExchange?.group?.name, worse: false)
        add(
            "session:alpn",
            before: before.names.alpn,
            after: after.names.alpn,
            worse: before.names.alpn != nil && after.names.alpn == nil
        )
        let staple = { (attributes: ConnectionAttributes) in attributes.peer.stapledOCSPBytes != nil ? "stapled" : nil }
        add("session:ocsp-staple", staple(before), staple(after), worse: staple(after) == nil)
        if let one = old.http, let other = new.http, one.problem == nil, other.problem == nil {
            add(
                "http:strict-transport-security",
                before: one.strictTransportSecurity,
                after: other.strictTransportSecurity,
                worse: other.strictTransportSecurity == nil
            )
        }
    }

    // MARK: Certificates

    mutating func compareCertificates(_ old: InspectResult, _ new: InspectResult) {
        compareTrust(old.validation, new.validation)
        guard let before = old.certificates.first?.certificate, let after = new.certificates.first?.certificate else {
            if old.certificates.isEmpty != new.certificates.isEmpty {
                let one = old.certificates.first?.certificate.subject.text
                add(
                    "certificate",
                    before: one,
                    after: new.certificates.first?.certificate.subject.text,
                    worse: new.certificates.isEmpty
                )
            }
            return
        }
        guard before != after else { return }
        // A renewal is a change. What would make it a step back is told by itself.
        add("certificate", "sha256 \(before.sha256)", "sha256 \(after.sha256)", worse: false)
        add("certificate:subject", before: before.subject.text, after: after.subject.text, worse: false)
        add("certificate:issuer", before: before.issuer.text, after: after.issuer.text, worse: false)
        let key = { (certificate: Certificate) in
            let facts = certificate.publicKey
            return "\(facts.algorithm) \(facts.curve ?? facts.bits.map { "\($0)" } ?? "")"
        }
        let sameKind = before.publicKey.algorithm == after.publicKey.algorithm
        let smaller = (after.publicKey.bits ?? 0) < (before.publicKey.bits ?? 0)
        add("certificate:key", key(before), key(after), worse: sameKind && smaller)
        add("certificate:signature", before.signatureAlgorithm.name, after.signatureAlgorithm.name, worse: false)
        let names = { (certificate: Certificate) in
            Set(certificate.subjectAlternativeNames.map { $0.value.encoded(for: .terminal) })
        }
        for name in names(before).subtracting(names(after)).sorted() {
            add("certificate:name", before: PeerText(name), after: nil, worse: true)
        }
        for name in names(after).subtracting(names(before)).sorted() {
            add("certificate:name", before: nil, after: PeerText(name), worse: false)
        }
        add("chain:length", "\(old.certificates.count)", "\(new.certificates.count)", worse: false)
    }

    private mutating func compareTrust(_ old: ChainValidation?, _ new: ChainValidation?) {
        guard let old, let new else { return }
        let told = { (validation: ChainValidation) in
            validation.isTrusted ? "trusted" : "not trusted: \(validation.problems.first?.id ?? "failed")"
        }
        add("validation", told(old), told(new), worse: old.isTrusted && !new.isTrusted)
    }

    // MARK: Judgements

    mutating func compareJudgements(_ old: Judgement?, _ new: Judgement?) {
        guard let old, let new, old.policy.id == new.policy.id else { return }
        add("policy:\(new.policy.id)", old.policy.version, new.policy.version, worse: false)
        for rule in new.rules {
            guard let before = old.rules.first(where: { $0.id == rule.id }) else { continue }
            let wasBad = before.verdict == .violated || before.verdict == .waived
            let isWorse =
                rule.verdict == .violated && !wasBad && rule.severity > .info && before.verdict != .undetermined
            add("rule:\(rule.id)", before.verdict.rawValue, rule.verdict.rawValue, worse: isWorse)
        }
        let order = PolicyNames.grades
        if let one = old.grade?.letter, let other = new.grade?.letter {
            let worse = (order.firstIndex(of: other) ?? order.count) > (order.firstIndex(of: one) ?? 0)
            add("grade", one, other, worse: worse)
        }
    }
}
