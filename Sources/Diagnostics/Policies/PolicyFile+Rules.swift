import TLSParameters

extension PolicyFile {
    private static let ruleKeys = [
        "id", "check", "clause", "text", "severity", "in", "allowed", "required", "any", "forbidden", "recommended",
        "minimum", "maximum", "value", "untestable",
    ]
    private static let requirements = [
        "allowed", "required", "any", "forbidden", "recommended", "minimum", "maximum", "value", "untestable",
    ]

    /// One `[[rule]]`.
    func rule(_ table: TOMLTable) throws(TOMLError) -> PolicyRule {
        try known(table, Self.ruleKeys, what: "a rule")
        guard let id = try optionalString(table, "id"), !id.isEmpty else {
            throw TOMLError(line: table.line, reason: "the rule has no 'id'", hint: "name it: id = \"versions\"")
        }
        let given = table.entries.filter { Self.requirements.contains($0.key) }
        guard given.count == 1, let demand = given.first else {
            throw TOMLError(
                line: given.last?.line ?? table.line,
                reason: given.isEmpty
                    ? "the rule '\(id)' demands nothing"
                    : "the rule '\(id)' has both \(given.map(\.key).joined(separator: " and "))",
                hint: "a rule has one of \(Self.requirements.joined(separator: ", "))"
            )
        }
        let check = try check(table, id: id, demand)
        let text = try optionalString(table, "text")
        guard check != .untestable || text != nil else {
            throw TOMLError(
                line: table.line,
                reason: "the rule '\(id)' doesn't say what it demands",
                hint: "say it: text = \"…\""
            )
        }
        var severity = Finding.Severity.medium
        if let value = table["severity"] {
            severity = try self.severity(value)
        }
        if demand.key == "recommended" { severity = .info }
        return PolicyRule(
            id: id,
            clause: try optionalString(table, "clause") ?? "",
            text: text,
            severity: severity,
            check: check,
            requirement: try requirement(demand, check),
            versions: try versions(table, check),
            line: table.line
        )
    }

    /// What is looked at: `check`, or the id where that says it all.
    private func check(_ table: TOMLTable, id: String, _ demand: TOMLTable.Entry) throws(TOMLError) -> PolicyRule.Check
    {
        guard let check = try named(table, id: id) else {
            if demand.key == "untestable" { return .untestable }
            throw TOMLError(
                line: table.line,
                reason: "the rule '\(id)' has no 'check'",
                hint: "say what is looked at: check = \"versions\""
            )
        }
        let fits: [String] =
            switch check.shape {
            case .list where check == .suiteKinds || check == .findings: ["forbidden"]
            case .list: ["allowed", "required", "any", "forbidden", "recommended"]
            case .number where check == .grade: ["minimum"]
            case .number: ["minimum", "maximum"]
            case .yesNo: ["value"]
            case .none: []
            }
        guard fits.contains(demand.key) || demand.key == "untestable" else {
            throw TOMLError(
                line: demand.line,
                reason: "'\(demand.key)' makes no sense for the check '\(check.rawValue)'",
                hint: "it takes \(fits.joined(separator: ", "))"
            )
        }
        return check
    }

    private func named(_ table: TOMLTable, id: String) throws(TOMLError) -> PolicyRule.Check? {
        guard let value = table["check"] else { return PolicyRule.Check(rawValue: id) }
        let name = try string(value, "check")
        if let check = PolicyRule.Check(rawValue: name) { return check }
        throw TOMLError(
            line: value.line,
            reason: "there is no check '\(name)'",
            hint: NearestNames.hint(
                name,
                among: PolicyRule.Check.allCases.map(\.rawValue),
                otherwise: "sechan-policy(5) lists them"
            )
        )
    }

    private func severity(_ value: TOMLValue) throws(TOMLError) -> Finding.Severity {
        let name = try string(value, "severity")
        guard let severity = Finding.Severity(rawValue: name) else {
            let names = Finding.Severity.allCases.map(\.rawValue)
            throw TOMLError(
                line: value.line,
                reason: "there is no severity '\(name)'",
                hint: NearestNames.hint(name, among: names, otherwise: "write one of \(names.joined(separator: ", "))")
            )
        }
        return severity
    }

    private func requirement(
        _ demand: TOMLTable.Entry,
        _ check: PolicyRule.Check
    ) throws(TOMLError) -> PolicyRule.Requirement {
        switch demand.key {
        case "minimum": return .minimum(try amount(demand.value, check))
        case "maximum": return .maximum(try amount(demand.value, check))
        case "untestable": return .untestable(try string(demand.value, demand.key))
        case "value":
            guard case .boolean(let value) = demand.value.content else {
                throw TOMLError(
                    line: demand.value.line,
                    reason: "'value' is \(demand.value.kind)",
                    hint: "write value = true or false"
                )
            }
            return .value(value)
        default:
            let names = try names(demand.value, check, demand.key)
            switch demand.key {
            case "allowed": return .allowed(names)
            case "any": return .anyOf(names)
            case "forbidden": return .forbidden(names)
            default: return .required(names)
            }
        }
    }

    private func versions(_ table: TOMLTable, _ check: PolicyRule.Check) throws(TOMLError) -> [String] {
        guard let value = table["in"] else { return [] }
        let fits: [PolicyRule.Check] = [
            .suites, .suiteKinds, .groups, .signatureSchemes, .suiteBits, .forwardSecrecy, .serverPreference,
        ]
        guard fits.contains(check) else {
            throw TOMLError(line: value.line, reason: "'in' makes no sense for the check '\(check.rawValue)'")
        }
        return try names(value, .versions, "in")
    }

    private func names(_ value: TOMLValue, _ check: PolicyRule.Check, _ key: String) throws(TOMLError) -> [String] {
        let elements: [TOMLValue]
        switch value.content {
        case .array(let array): elements = array
        case .string: elements = [value]
        default:
            throw TOMLError(
                line: value.line,
                reason: "'\(key)' is \(value.kind)",
                hint: "write \(key) = [\"…\", \"…\"]"
            )
        }
        return try elements.map { element throws(TOMLError) in
            let name = try string(element, key)
            do throws(RequestProblem) {
                return try PolicyNames.canonical(name, check)
            } catch {
                throw TOMLError(line: element.line, reason: error.reason, hint: error.hint)
            }
        }
    }

    /// A number; `30d` or `12h` where a duration is meant, `33%` of a certificate's life, or a grade.
    private func amount(_ value: TOMLValue, _ check: PolicyRule.Check) throws(TOMLError) -> PolicyRule.Amount {
        let text: String
        switch value.content {
        case .integer(let number): text = "\(number)"
        case .string(let string): text = string
        default: throw TOMLError(line: value.line, reason: "expected a number, found \(value.kind)")
        }
        do throws(RequestProblem) {
            return try PolicyNames.amount(text, check)
        } catch {
            throw TOMLError(line: value.line, reason: error.reason, hint: error.hint)
        }
    }
}
