import TLSParameters

extension RuleJudge {
    /// A rule about the keys, curves or signatures of the leaves. A leaf that can't be read leaves open what the others don't
    /// settle.
    func certificates(_ rule: PolicyRule) -> Ruling {
        let leaves = facts.leaves
        guard !leaves.isEmpty else { return .undetermined(ReportFacts.noCertificate) }
        let isAboutCurves = rule.check == .certificateCurves
        let relevant = isAboutCurves ? leaves.filter { $0.curve != nil || $0.key == nil } : leaves
        guard !relevant.isEmpty else { return .notApplicable("no certificate has a key of an elliptic curve") }
        func told(_ leaf: ReportFacts.Leaf) -> PeerText {
            PeerText("\(leaf.title.encoded(for: .terminal)): \(Self.value(rule.check, leaf) ?? "unknown")")
        }
        func open(_ names: [String]) -> Ruling? {
            for leaf in relevant {
                guard case .unknown(let why) = Self.fits(leaf, names, rule.check) else { continue }
                return .undetermined("\(leaf.title.encoded(for: .terminal)): \(why)")
            }
            return nil
        }
        switch rule.requirement {
        case .allowed(let names):
            let bad = relevant.filter { Self.fits($0, names, rule.check) == .no }
            return bad.isEmpty ? open(names) ?? .met() : .violated(bad.map(told))
        case .forbidden(let names):
            let bad = relevant.filter { Self.fits($0, names, rule.check) == .yes }
            return bad.isEmpty ? open(names) ?? .met() : .violated(bad.map(told))
        case .required(let names):
            let missing = names.filter { name in !relevant.contains { Self.fits($0, [name], rule.check) == .yes } }
            if missing.isEmpty { return .met() }
            return missing.lazy.compactMap { open([$0]) }.first
                ?? .violated(missing.map { PeerText("no certificate has \($0)") })
        case .anyOf(let names):
            if relevant.contains(where: { Self.fits($0, names, rule.check) == .yes }) { return .met() }
            return open(names) ?? .violated(relevant.map(told))
        default: return .undetermined("the rule makes no sense")
        }
    }

    private static func value(_ check: PolicyRule.Check, _ leaf: ReportFacts.Leaf) -> String? {
        switch check {
        case .certificateKeys: leaf.key
        case .certificateCurves: leaf.curve
        default: leaf.signature
        }
    }

    /// Whether a leaf is what one of the names means.
    private static func fits(
        _ leaf: ReportFacts.Leaf,
        _ names: [String],
        _ check: PolicyRule.Check
    ) -> ReportFacts.Answer {
        let answers = names.map { name -> ReportFacts.Answer in
            if check == .certificateSignatures { return ReportFacts.isSigned(leaf, by: name) }
            guard let value = value(check, leaf) else { return .unknown("it can't be read") }
            return value.lowercased() == name.lowercased() ? .yes : .no
        }
        if answers.contains(.yes) { return .yes }
        return answers.first { if case .unknown = $0 { true } else { false } } ?? .no
    }
}
