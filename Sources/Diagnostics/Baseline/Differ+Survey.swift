import TLSParameters

/// What our own hellos found out, held against what they found before.
extension Differ {
    mutating func compareSurvey(_ old: InspectResult, _ new: InspectResult) {
        guard let before = old.survey, let after = new.survey else {
            if old.survey != nil { leaveOut("versions, suites, groups and features: this run made no survey") }
            if new.survey != nil { leaveOut("versions, suites, groups and features: the older report has no survey") }
            return
        }
        compareVersions(before, after)
        compareSuites(before, after)
        compareGroups(before, after)
        compareFeatures(before, after)
        compareProtocols(before, after)
    }

    /// A list that may lack some on one side doesn't tell what is gone, or new.
    private mutating func compareProtocols(_ before: CiphersResult, _ after: CiphersResult) {
        guard before.aspects.contains("extensions"), after.aspects.contains("extensions"),
            before.applicationProtocolDoubt == nil, after.applicationProtocolDoubt == nil
        else { return }
        let told = { (survey: CiphersResult) in
            survey.applicationProtocols.isEmpty
                ? nil : survey.applicationProtocols.map { $0.encoded(for: .terminal) }.joined(separator: ", ")
        }
        add("alpn", told(before), told(after), worse: false)
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
        let old = Self.verdicts(before)
        let new = Self.verdicts(after)
        for name in Set(old.keys).union(new.keys).sorted() {
            // What one of the two wasn't asked for has no answer there, unless the whole version was refused.
            guard let one = old[name] ?? Self.refusal(of: name, in: before, heldAgainst: after),
                let other = new[name] ?? Self.refusal(of: name, in: after, heldAgainst: before)
            else { continue }
            let facts = NamedGroup(named: name)?.facts
            let lost = one == "supported" && other == "rejected"
            let gained = one == "rejected" && other == "supported"
            let isWeak = facts.map { $0.strengthBits > 0 && $0.strengthBits < 112 } ?? false
            add("group:\(name)", one, other, worse: lost && facts?.isPostQuantum == true || gained && isWeak)
        }
    }

    private static func verdicts(_ survey: CiphersResult) -> [String: String] {
        Dictionary(survey.groups.map { ($0.name, $0.verdict) }) { one, other in
            one == "supported" || other == "supported" ? "supported" : one == "rejected" ? other : one
        }
    }

    /// `rejected` where every version that the other survey asked for the group in is refused; nil where that isn't known.
    private static func refusal(
        of name: String,
        in survey: CiphersResult,
        heldAgainst other: CiphersResult
    ) -> String? {
        let versions = Set(other.groups.filter { $0.name == name }.map(\.version))
        let isRefused = versions.allSatisfy { version in
            survey.versions.contains { $0.version == version && $0.verdict == "rejected" }
        }
        return isRefused ? "rejected" : nil
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
}
