/// Reads policies that people write, in TOML. Every mistake is named with its line, what was expected, and the names that a
/// wrong one was probably meant to be.
struct PolicyFile {
    /// The largest policy that is read, in bytes.
    static let limit = 1 << 20
    private static let keys = ["id", "name", "version", "date", "source", "extends", "rule", "waiver"]

    /// The file's name, for messages.
    let name: String

    /// Reads a policy.
    ///
    /// - Throws: `RequestProblem`.
    func policy(_ bytes: [UInt8]) throws(RequestProblem) -> Policy {
        do throws(TOMLError) {
            return try read(try TOMLReader.read(bytes))
        } catch {
            throw problem(error)
        }
    }

    /// Reads a file that has nothing but waivers.
    ///
    /// - Throws: `RequestProblem`.
    func waivers(_ bytes: [UInt8], of rules: [PolicyRule] = []) throws(RequestProblem) -> [PolicyWaiver] {
        do throws(TOMLError) {
            let root = try TOMLReader.read(bytes)
            try known(root, ["waiver"], what: "a file of waivers")
            let waivers = try waivers(root, of: rules)
            guard !waivers.isEmpty else {
                throw TOMLError(line: 1, reason: "there is no waiver", hint: "a waiver begins with [[waiver]]")
            }
            return waivers
        } catch {
            throw problem(error)
        }
    }

    private func problem(_ error: TOMLError) -> RequestProblem {
        RequestProblem(
            reason: "\(name), line \(error.line): \(error.reason)",
            hint: error.hint ?? "sechan-policy(5) says what a policy file holds"
        )
    }

    private func read(_ root: TOMLTable) throws(TOMLError) -> Policy {
        try known(root, Self.keys, what: "a policy")
        var base: Policy?
        if let value = root["extends"] {
            let wanted = try string(value, "extends")
            guard let found = BuiltInPolicy(id: wanted) else {
                throw TOMLError(
                    line: value.line,
                    reason: "there is no policy '\(wanted)' to extend",
                    hint: NearestNames.hint(
                        wanted,
                        among: BuiltInPolicy.allCases.map(\.id),
                        otherwise: "'sechan inspect --policy list' shows those that are built in"
                    )
                )
            }
            base = found.policy
        }
        let own = try tables(root, "rule").map { table throws(TOMLError) in try rule(table) }
        var rules = base?.rules ?? []
        var seen: [String: Int] = [:]
        for rule in own {
            if let line = seen.updateValue(rule.line ?? 1, forKey: rule.id) {
                throw TOMLError(line: rule.line ?? 1, reason: "a rule '\(rule.id)' stands on line \(line) already")
            }
            if let index = rules.firstIndex(where: { $0.id == rule.id }) {
                rules[index] = rule
            } else {
                rules.append(rule)
            }
        }
        guard !rules.isEmpty else {
            throw TOMLError(
                line: 1,
                reason: "the policy has no rule",
                hint: "a rule begins with [[rule]]; extends = \"mozilla-intermediate\" takes over those of another"
            )
        }
        let stem = name.split(separator: "/").last.map { String($0.split(separator: ".").first ?? $0) } ?? name
        let date = try root["date"].map { value throws(TOMLError) in try day(value, "date") }
        return Policy(
            identity: PolicyIdentity(
                id: try optionalString(root, "id") ?? stem,
                name: try optionalString(root, "name") ?? stem,
                version: try optionalString(root, "version") ?? "",
                date: date,
                source: try optionalString(root, "source") ?? name
            ),
            rules: rules,
            waivers: try waivers(root, of: rules)
        )
    }

    /// The waivers of a table. One that covers nothing there is would be taken for one that isn't needed any more.
    private func waivers(_ root: TOMLTable, of rules: [PolicyRule]) throws(TOMLError) -> [PolicyWaiver] {
        try tables(root, "waiver").map { table throws(TOMLError) in
            let waiver = try waiver(table)
            guard waiver.meansSomething(rules) else {
                throw TOMLError(
                    line: table["id"]?.line ?? table.line,
                    reason: "there is no rule and no finding '\(waiver.id)'",
                    hint: waiver.nearest(rules)
                )
            }
            return waiver
        }
    }

    private func waiver(_ table: TOMLTable) throws(TOMLError) -> PolicyWaiver {
        try known(table, ["id", "target", "reason", "until"], what: "a waiver")
        func needed(_ key: String, _ why: String) throws(TOMLError) -> TOMLValue {
            guard let value = table[key] else {
                throw TOMLError(line: table.line, reason: "the waiver has no '\(key)'", hint: why)
            }
            return value
        }
        let reason = try string(try needed("reason", "say why the violation is accepted: reason = \"…\""), "reason")
        guard reason.contains(where: { !$0.isWhitespace }) else {
            throw TOMLError(line: table["reason"]?.line ?? table.line, reason: "the reason is empty")
        }
        return PolicyWaiver(
            id: try string(try needed("id", "name the rule or the finding: id = \"suites\""), "id"),
            target: try optionalString(table, "target") ?? "*",
            reason: reason,
            until: try day(try needed("until", "say when it ends: until = 2027-01-31"), "until")
        )
    }
}

extension PolicyFile {
    /// Refuses keys that mean nothing.
    func known(_ table: TOMLTable, _ keys: [String], what: String) throws(TOMLError) {
        guard let entry = table.entries.first(where: { !keys.contains($0.key) }) else { return }
        throw TOMLError(
            line: entry.line,
            reason: "\(what) has no '\(entry.key)'",
            hint: NearestNames.hint(entry.key, among: keys, otherwise: "it has \(keys.joined(separator: ", "))")
        )
    }

    func tables(_ root: TOMLTable, _ key: String) throws(TOMLError) -> [TOMLTable] {
        guard let value = root[key] else { return [] }
        guard case .array(let elements) = value.content else {
            throw TOMLError(line: value.line, reason: "'\(key)' is \(value.kind)", hint: "begin each with [[\(key)]]")
        }
        return try elements.map { element throws(TOMLError) in
            guard case .table(var table) = element.content else {
                throw TOMLError(
                    line: element.line,
                    reason: "'\(key)' holds \(element.kind)",
                    hint: "begin each with [[\(key)]]"
                )
            }
            table.line = element.line
            return table
        }
    }

    func string(_ value: TOMLValue, _ key: String) throws(TOMLError) -> String {
        guard case .string(let text) = value.content else {
            throw TOMLError(
                line: value.line,
                reason: "'\(key)' is \(value.kind), not a string",
                hint: "write \(key) = \"…\""
            )
        }
        return text
    }

    func optionalString(_ table: TOMLTable, _ key: String) throws(TOMLError) -> String? {
        guard let value = table[key] else { return nil }
        return try string(value, key)
    }

    /// A day, with or without quotes.
    func day(_ value: TOMLValue, _ key: String) throws(TOMLError) -> String {
        switch value.content {
        case .date(let text): return text
        case .string(let text) where CivilDay(text) != nil: return text
        default:
            throw TOMLError(line: value.line, reason: "'\(key)' is no day", hint: "write \(key) = 2027-01-31")
        }
    }
}
