import Certificates
import SecureChannel
import TLSParameters

extension RuleJudge {
    /// A number with what it belongs to.
    private struct Measured {
        var what: String
        var value: Int
        var unit: String
    }

    /// Numbers against a bound: each that is known must keep it.
    func number(_ rule: PolicyRule) -> Ruling {
        switch rule.check {
        case .grade: return grade(rule.requirement)
        case .certificateRemaining: return remaining(rule.requirement)
        case .hstsAge: return hsts(rule.requirement)
        default: break
        }
        let (measured, doubt, nothing) = measure(rule)
        let bad = measured.filter { !keeps($0.value, rule.requirement) }
        if !bad.isEmpty { return .violated(bad.map(told)) }
        if let doubt { return .undetermined(doubt) }
        return measured.isEmpty ? .notApplicable(nothing) : .met(measured.map(told))
    }

    private func told(_ measured: Measured) -> PeerText {
        PeerText("\(measured.what): \(measured.value) \(measured.unit)")
    }

    private func keeps(_ value: Int, _ requirement: PolicyRule.Requirement) -> Bool {
        switch requirement {
        case .minimum(.number(let bound)): value >= bound
        case .maximum(.number(let bound)): value <= bound
        default: false
        }
    }

    /// The numbers, why there may be others, and what it means if there are none.
    private func measure(_ rule: PolicyRule) -> ([Measured], doubt: String?, nothing: String) {
        switch rule.check {
        case .rsaBits: return keySizes("an RSA key") { $0.key?.hasPrefix("RSA") == true }
        case .ecBits: return keySizes("a key of an elliptic curve") { $0.curve != nil }
        case .certificateLifetime:
            let leaves = facts.leaves
            let lives = leaves.compactMap { leaf in
                leaf.lifetimeDays.map { Measured(what: leaf.title.encoded(for: .terminal), value: $0, unit: "days") }
            }
            let unread = leaves.first { $0.lifetimeDays == nil }
            return (lives, leaves.isEmpty ? ReportFacts.noCertificate : unread.map(Self.undated), "")
        case .dhBits, .ecdhBits: return groupSizes(elliptic: rule.check == .ecdhBits)
        case .suiteBits:
            let found = facts.suites(in: rule.versions)
            let sizes = found.elements.compactMap { suite in
                suite.suite.bits.map { Measured(what: suite.suite.name, value: $0, unit: "bits") }
            }
            let unknown = found.elements.first { $0.suite.bits == nil }
            return (
                sizes, found.doubt ?? unknown.map { "\($0.suite.name) is not known" }, "the server accepts no suite"
            )
        case .ticketLifetime:
            let tickets = facts.attributes?.session.tickets ?? []
            let lives = tickets.map { Measured(what: "ticket", value: Int($0.lifetime), unit: "seconds") }
            let established = facts.sessionVersion != nil
            return (lives, established ? nil : "there was no session", "the session brought no ticket")
        default: return ([], "no such number", "")
        }
    }

    private func keySizes(
        _ what: String,
        _ counts: (ReportFacts.Leaf) -> Bool
    ) -> ([Measured], doubt: String?, nothing: String) {
        let leaves = facts.leaves
        guard !leaves.isEmpty else { return ([], ReportFacts.noCertificate, "") }
        let relevant = leaves.filter(counts)
        let sizes = relevant.compactMap { leaf in
            leaf.keyBits.map { Measured(what: leaf.title.encoded(for: .terminal), value: $0, unit: "bits") }
        }
        let unread = leaves.first { $0.key == nil || counts($0) && $0.keyBits == nil }
        let doubt = unread.map { "the size of the key of \($0.title.encoded(for: .terminal)) is not known" }
        return (sizes, doubt, "no certificate has \(what)")
    }

    /// Why nothing can be said of a leaf's dates.
    private static func undated(_ leaf: ReportFacts.Leaf) -> String {
        "the dates of \(leaf.title.encoded(for: .terminal)) are not known"
    }

    /// The sizes of the groups that keys are agreed on with. Curve25519 counts for 256 bits, which is what it is on a par with.
    private func groupSizes(elliptic: Bool) -> ([Measured], doubt: String?, nothing: String) {
        let found = facts.suites(in: [])
        var sizes: [String: Int] = [:]
        func add(_ name: String, _ bits: Int) {
            sizes[name] = min(sizes[name] ?? Int.max, bits == 255 ? 256 : bits)
        }
        for suite in found.elements {
            guard let bits = suite.exchange.groupBits, bits > 0 else { continue }
            let group = suite.exchange.group.flatMap { NamedGroup(named: $0) }?.facts
            guard group?.isPostQuantum != true else { continue }
            let isElliptic = group?.kind.isEllipticCurve ?? (suite.suite.keyExchange?.hasPrefix("ECDH") == true)
            if isElliptic == elliptic { add(suite.exchange.group ?? "a group without a name", bits) }
        }
        let (support, doubt) = facts.groups(in: [])
        for (name, answer) in support where answer == .yes {
            guard let group = NamedGroup(named: name)?.facts, !group.isPostQuantum, group.bits > 0,
                group.kind.isEllipticCurve == elliptic
            else { continue }
            add(name, group.bits)
        }
        let wanted = elliptic ? "ECDHE" : "DHE"
        let unmeasured = found.elements.first {
            $0.suite.keyExchange?.hasPrefix(wanted) == true && $0.exchange.groupBits == nil
        }
        // Without a survey of groups the suites tell of classic Diffie-Hellman, whose groups the server chooses alone.
        let groupDoubt = elliptic ? doubt : nil
        return (
            sizes.sorted { $0.key < $1.key }.map { Measured(what: $0.key, value: $0.value, unit: "bits") },
            found.doubt ?? unmeasured.map { "the group of \($0.suite.name) is not known" } ?? groupDoubt,
            "the server accepts no suite with \(wanted)"
        )
    }

    private func remaining(_ requirement: PolicyRule.Requirement) -> Ruling {
        let leaves = facts.leaves
        guard !leaves.isEmpty else { return .undetermined(ReportFacts.noCertificate) }
        var lines: [PeerText] = []
        var bad: [PeerText] = []
        var doubt: String?
        for leaf in leaves {
            guard let days = leaf.daysLeft, let percent = leaf.percentLeft else {
                // Another one may still violate the rule.
                doubt = doubt ?? Self.undated(leaf)
                continue
            }
            let line = PeerText("\(leaf.title.encoded(for: .terminal)): \(days) days, \(percent) % of its life")
            lines.append(line)
            let good =
                switch requirement {
                case .minimum(.number(let bound)): days >= bound
                case .minimum(.percent(let bound)): percent >= bound
                case .maximum(.number(let bound)): days <= bound
                case .maximum(.percent(let bound)): percent <= bound
                default: false
                }
            if !good { bad.append(line) }
        }
        if !bad.isEmpty { return .violated(bad) }
        return doubt.map { .undetermined($0) } ?? .met(lines)
    }

    private func hsts(_ requirement: PolicyRule.Requirement) -> Ruling {
        if facts.report.target?.starttls != nil { return .notApplicable("the target doesn't speak HTTP") }
        guard let age = facts.hstsAge else {
            let problem = facts.result.http?.problem?.encoded(for: .terminal)
            return .undetermined(problem ?? "the report has no answer over HTTP")
        }
        let told = [PeerText(age == 0 ? "no Strict-Transport-Security" : "max-age=\(age)")]
        return keeps(age, requirement) ? .met(told) : .violated(told)
    }

    private func grade(_ requirement: PolicyRule.Requirement) -> Ruling {
        guard case .minimum(.grade(let wanted)) = requirement else {
            return .undetermined("a grade has a minimum only")
        }
        let outcome = grade()
        guard let grade = outcome.grade else { return .undetermined(outcome.doubt ?? "there is no grade") }
        let order = PolicyNames.grades
        let isEnough = (order.firstIndex(of: grade.letter) ?? order.count) <= (order.firstIndex(of: wanted) ?? 0)
        if isEnough { return outcome.doubt.map { .undetermined($0) } ?? .met([PeerText("grade \(grade.letter)")]) }
        return .violated([PeerText("grade \(grade.letter)")] + grade.caps.map { PeerText($0) })
    }
}
