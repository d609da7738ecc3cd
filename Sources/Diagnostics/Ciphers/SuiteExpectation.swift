import TLSParameters

/// The suites that a server may accept, as a user lists them.
///
/// Suites stand one a line, or between commas, colons or spaces, by any of their names or their code point. A version before
/// them, as in `tls1.2: ECDHE-RSA-AES128-GCM-SHA256`, allows what follows on its line in that version only. `#` begins a
/// comment.
public struct SuiteExpectation: Sendable, Hashable {
    /// A suite or a cipher kind of SSL 2.0.
    private enum Member: Hashable {
        case suite(CipherSuite)
        case kind(SSL2CipherKind)

        init?(named text: String) {
            // 0xC0,0x2F is one code point elsewhere, and commas stand between suites here: two digits are no suite.
            if text.lowercased().hasPrefix("0x"), text.utf8.count < 6 { return nil }
            if let kind = SSL2CipherKind(named: text) {
                self = .kind(kind)
            } else if let suite = CipherSuite(named: text) {
                self = .suite(suite)
            } else {
                return nil
            }
        }

        var description: SuiteDescription {
            switch self {
            case .suite(let suite): SuiteDescription(suite)
            case .kind(let kind): SuiteDescription(kind)
            }
        }

        func mayAppear(in version: ProtocolVersion) -> Bool {
            switch self {
            case .suite(let suite): version != .ssl2 && suite.facts?.mayAppear(in: version) ?? true
            case .kind: version == .ssl2
            }
        }
    }

    private struct Entry: Hashable {
        var member: Member
        /// The version that it is allowed in; nil for any.
        var version: ProtocolVersion?
    }

    /// The file that the list comes from.
    let source: String
    private let entries: [Entry]

    /// Reads a list from a file; `-` is standard input.
    ///
    /// - Throws: `RequestProblem` if the file can't be read, or has something that is no suite, or nothing at all.
    public init(path: String) throws(RequestProblem) {
        let bytes = try InputFile.read(path)
        try self.init(parsing: String(decoding: bytes, as: UTF8.self), source: path == "-" ? "standard input" : path)
    }

    /// Reads a list; `source` names it in messages.
    ///
    /// - Throws: `RequestProblem` that names the line with something that is no suite; an empty list is an error too.
    init(parsing text: String, source: String) throws(RequestProblem) {
        self.source = source
        var entries: [Entry] = []
        var seen: Set<Entry> = []
        for (index, line) in text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).enumerated() {
            let code = line.prefix { $0 != "#" }
            var version: ProtocolVersion?
            var isAwaiting = false
            for word in code.split(whereSeparator: { $0 == "," || $0 == ":" || $0.isWhitespace }).map(String.init) {
                if let named = Self.version(word) {
                    guard !isAwaiting else { break }
                    version = named
                    isAwaiting = true
                    continue
                }
                guard let member = Member(named: word) else {
                    throw RequestProblem(
                        reason: "\(source), line \(index + 1): '\(word)' is no suite that is known",
                        hint: "write IANA's or OpenSSL's name or a code point such as 0xC02F"
                    )
                }
                isAwaiting = false
                let entry = Entry(member: member, version: version)
                if let version, !member.mayAppear(in: version) {
                    throw RequestProblem(
                        reason: "\(source), line \(index + 1): '\(word)' can't appear in \(version.id)",
                        hint: "leave the version out, or write the one that has the suite"
                    )
                }
                if seen.insert(entry).inserted { entries.append(entry) }
            }
            guard !isAwaiting else {
                throw RequestProblem(
                    reason: "\(source), line \(index + 1): no suite follows the version",
                    hint: "write suites behind it on the same line, as in tls1.3: TLS_AES_128_GCM_SHA256"
                )
            }
        }
        guard !entries.isEmpty else {
            throw RequestProblem(
                reason: "\(source) allows no suite at all",
                hint: "list suites, one a line, by name or code point"
            )
        }
        self.entries = entries
    }

    /// A word that names a version rather than a suite; numbers are code points of suites.
    private static func version(_ word: String) -> ProtocolVersion? {
        let lower = word.lowercased()
        guard lower.hasPrefix("ssl") || lower.hasPrefix("tls"), let version = ProtocolVersion(id: word) else {
            return nil
        }
        return version
    }

    /// How a server's versions compare with the list. `wasAskedFor` says whether a suite was asked for at all.
    func compare(
        _ versions: [VersionSupport],
        wasAskedFor: (CipherSuiteFacts) -> Bool = { _ in true },
        kindWasAskedFor: (SSL2CipherFacts) -> Bool = { _ in true }
    ) -> ExpectationResult {
        var allowed: [String?: Set<String>] = [:]
        for entry in entries { allowed[entry.version?.id, default: []].insert(entry.member.description.codePoint) }
        var beyond: [ExpectationResult.Entry] = []
        for version in versions {
            let here = (allowed[nil] ?? []).union(allowed[version.version] ?? [])
            beyond += version.suites.map(\.suite).filter { !here.contains($0.codePoint) }.map {
                ExpectationResult.Entry(version: version.version, codePoint: $0.codePoint, name: $0.name)
            }
        }
        var missing: [ExpectationResult.Entry] = []
        for entry in entries {
            switch entry.member {
            case .suite(let suite): if let facts = suite.facts, !wasAskedFor(facts) { continue }
            case .kind(let kind): if let facts = kind.facts, !kindWasAskedFor(facts) { continue }
            }
            // What an unanswered probe leaves open is not missing: nobody knows.
            let asked = versions.filter { version in
                guard let number = ProtocolVersion(id: version.version) else { return false }
                return (entry.version ?? number) == number && entry.member.mayAppear(in: number)
            }
            let code = entry.member.description.codePoint
            guard !asked.isEmpty, asked.allSatisfy(\.complete), asked.allSatisfy({ $0.verdict != "inconclusive" }),
                !asked.contains(where: { $0.suites.contains { $0.suite.codePoint == code } })
            else { continue }
            missing.append(
                ExpectationResult.Entry(
                    version: entry.version?.id,
                    codePoint: code,
                    name: entry.member.description.name
                )
            )
        }
        return ExpectationResult(source: source, beyond: beyond, missing: missing)
    }
}
