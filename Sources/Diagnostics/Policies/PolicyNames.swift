import TLSParameters

/// The names that policies use, brought into the form that reports have.
enum PolicyNames {
    /// The kinds of keys in certificates.
    static let keys = ["RSA", "RSA-PSS", "EC", "Ed25519", "Ed448", "DSA", "ML-DSA-44", "ML-DSA-65", "ML-DSA-87"]
    /// The grades, best first.
    static let grades = ["A+", "A", "A-", "B", "C", "D", "E", "F", "T", "M"]

    /// The form that reports have of a name.
    ///
    /// - Throws: `RequestProblem` with the nearest names.
    static func canonical(_ name: String, _ check: PolicyRule.Check) throws(RequestProblem) -> String {
        func unknown(_ what: String, _ names: some Sequence<String>) -> RequestProblem {
            RequestProblem(
                reason: "there is no \(what) '\(name)'",
                hint: NearestNames.hint(name, among: names, otherwise: "sechan-policy(5) says which names there are")
            )
        }
        switch check {
        case .versions:
            guard let version = ProtocolVersion(id: name), ProtocolVersion.all.contains(version) else {
                throw unknown("version", ProtocolVersion.all.map(\.id))
            }
            return version.id
        case .suites:
            if let kind = SSL2CipherKind(named: name) { return kind.codePointText }
            guard let suite = CipherSuite(named: name) else {
                throw unknown("suite", CipherSuite.registry.flatMap { [$0.name] + [$0.openSSLName].compactMap(\.self) })
            }
            return suite.codePointText
        case .suiteKinds:
            _ = try SuiteExpression(parsing: name)
            return name
        case .groups, .certificateCurves:
            guard let group = NamedGroup(named: name) else { throw unknown("group", NamedGroup.all.map(\.name)) }
            return group.name
        case .signatureSchemes:
            guard let scheme = SignatureScheme(named: name) else {
                throw unknown("signature scheme", SignatureScheme.all.map(\.name))
            }
            return scheme.name
        case .certificateKeys:
            let alias = ["ECDSA": "EC", "EDDSA": "Ed25519"][name.uppercased()] ?? name
            guard let key = keys.first(where: { $0.lowercased() == alias.lowercased() }) else {
                throw unknown("kind of key", keys)
            }
            return key
        case .findings:
            guard !name.isEmpty, name.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F }) else {
                throw RequestProblem(reason: "'\(name)' is no id of a finding", hint: "docs/findings.md lists them")
            }
            return try FindingIDs.checked(name)
        default:
            guard !name.isEmpty else { throw RequestProblem(reason: "a name is empty") }
            return name
        }
    }

    /// A number with its unit.
    ///
    /// - Throws: `RequestProblem` that says what was expected.
    static func amount(_ text: String, _ check: PolicyRule.Check) throws(RequestProblem) -> PolicyRule.Amount {
        switch check {
        case .grade:
            guard let letter = grades.first(where: { $0 == text.uppercased() }) else {
                throw RequestProblem(
                    reason: "there is no grade '\(text)'",
                    hint: "the grades are \(grades.joined(separator: ", "))"
                )
            }
            return .grade(letter)
        case .certificateRemaining, .certificateLifetime:
            if check == .certificateRemaining, text.hasSuffix("%"), let percent = number(text.dropLast()),
                percent <= 100
            {
                return .percent(percent)
            }
            let digits = text.hasSuffix("d") ? text.dropLast() : text[...]
            if let days = number(digits) { return .number(days) }
            let examples = check == .certificateRemaining ? "30d or 33%" : "90d"
            throw RequestProblem(reason: "'\(text)' is no length of time", hint: "write \(examples)")
        case .ticketLifetime, .hstsAge:
            let units: [Character: Int] = ["s": 1, "m": 60, "h": 3600, "d": 86_400]
            let factor = text.last.flatMap { units[$0] }
            let digits = factor == nil ? text[...] : text.dropLast()
            if let count = number(digits), count <= Int(Int32.max) { return .number(count * (factor ?? 1)) }
            throw RequestProblem(reason: "'\(text)' is no duration", hint: "write 3600, 12h or 365d")
        default:
            guard let bits = number(text[...]) else {
                throw RequestProblem(reason: "'\(text)' is no number", hint: "write a number of bits, such as 2048")
            }
            return .number(bits)
        }
    }

    private static func number(_ digits: Substring) -> Int? {
        guard !digits.isEmpty, digits.utf8.count <= 10, digits.utf8.allSatisfy({ (0x30...0x39).contains($0) }) else {
            return nil
        }
        return Int(digits)
    }

    /// What people call a suite by its code point; the code point itself if it has no name.
    static func suiteName(_ codePoint: String) -> String {
        if let kind = SSL2CipherKind(named: codePoint), codePoint.utf8.count == 8 { return SuiteDescription(kind).name }
        return CipherSuite(named: codePoint).map { SuiteDescription($0).name } ?? codePoint
    }
}
