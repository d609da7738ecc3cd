import Certificates
import TLSParameters

/// Whom a client's certificate stands for, as a file says it: what Windows looks up in its directory.
///
/// A line each: `thumbprint HEX -> NAME`, `upn NAME@REALM -> NAME`, `subject-issuer SUBJECT | ISSUER -> NAME` and
/// `issuer ISSUER -> NAME`, with distinguished names as reports write them; `#` begins a comment.
struct AccountMap: Sendable {
    /// How a certificate is known, the surest way first: that is the order in which they are tried.
    private struct Rule: Sendable {
        var method: AccountMapping.Method
        var key: String
        var account: String
    }

    private let rules: [Rule]

    /// Reads a file.
    ///
    /// - Throws: `RequestProblem` that names the line.
    init(contentsOf path: String) throws(RequestProblem) {
        let bytes = try InputFile.read(path)
        var rules: [Rule] = []
        for (index, line) in bytes.split(separator: 0x0A, omittingEmptySubsequences: false).enumerated() {
            let text = Self.trimmed(String(decoding: line, as: UTF8.self))
            guard !text.isEmpty, !text.hasPrefix("#") else { continue }
            guard let rule = Self.rule(text) else {
                throw RequestProblem(
                    reason: "--map: line \(index + 1) of \(path) makes no sense: '\(text)'",
                    hint: "write 'thumbprint HEX -> NAME', 'upn USER@REALM -> NAME', "
                        + "'subject-issuer SUBJECT | ISSUER -> NAME' or 'issuer ISSUER -> NAME'"
                )
            }
            rules.append(rule)
        }
        guard !rules.isEmpty else {
            throw RequestProblem(
                reason: "--map: \(path) has no line",
                hint: "write 'issuer ISSUER -> NAME', for instance"
            )
        }
        self.rules = rules
    }

    private static func rule(_ text: String) -> Rule? {
        // The last arrow: a distinguished name may have one in it.
        let ends = text.ranges(of: "->")
        guard let arrow = ends.last, let space = text.firstIndex(where: { $0 == " " || $0 == "\t" }),
            space < arrow.lowerBound
        else { return nil }
        let value = trimmed(String(text[space..<arrow.lowerBound]))
        let account = trimmed(String(text[arrow.upperBound...]))
        guard !value.isEmpty, !account.isEmpty else { return nil }
        switch text[..<space] {
        case "thumbprint":
            let digits = value.lowercased().filter { $0 != ":" && $0 != " " }
            guard digits.utf8.count == 40 || digits.utf8.count == 64, digits.allSatisfy(\.isHexDigit) else {
                return nil
            }
            return Rule(method: .thumbprint, key: digits, account: account)
        case "upn":
            guard value.contains("@") else { return nil }
            return Rule(method: .upn, key: value.lowercased(), account: account)
        case "subject-issuer":
            let names = value.split(separator: "|", omittingEmptySubsequences: false).map(String.init)
            guard names.count == 2, names.allSatisfy({ $0.contains("=") }) else { return nil }
            return Rule(method: .oneToOne, key: pair(names[0], names[1]), account: account)
        case "issuer":
            guard value.contains("=") else { return nil }
            return Rule(method: .manyToOne, key: folded(value), account: account)
        default: return nil
        }
    }

    /// Whom the certificate stands for.
    func account(of certificate: Certificate) -> AccountMapping {
        for method in AccountMapping.Method.allCases {
            let keys = keys(of: certificate, method)
            var accounts: [String] = []
            for rule in rules where rule.method == method && keys.contains(rule.key) && !accounts.contains(rule.account)
            {
                accounts.append(rule.account)
            }
            if !accounts.isEmpty { return AccountMapping(accounts: accounts, method: method) }
        }
        return AccountMapping(accounts: [], method: nil)
    }

    private func keys(of certificate: Certificate, _ method: AccountMapping.Method) -> [String] {
        let issuer = certificate.issuer.text.encoded(for: .json)
        switch method {
        case .thumbprint: return [certificate.sha256.lowercased(), certificate.sha1.lowercased()]
        case .upn: return certificate.userPrincipalNames.map { $0.encoded(for: .json).lowercased() }
        case .oneToOne: return [Self.pair(certificate.subject.text.encoded(for: .json), issuer)]
        case .manyToOne: return [Self.folded(issuer)]
        }
    }

    private static func pair(_ subject: String, _ issuer: String) -> String {
        folded(subject) + "|" + folded(issuer)
    }

    /// A distinguished name for comparing: case and the space around separators don't count (RFC 4518 has more to say, which
    /// the names of real authorities don't need).
    private static func folded(_ name: String) -> String {
        name.lowercased().split(separator: ",", omittingEmptySubsequences: false)
            .map { part in
                part.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map { trimmed(String($0)) }
                    .joined(separator: "=")
            }
            .joined(separator: ",")
    }

    private static func trimmed(_ text: String) -> String {
        let spaces: Set<Character> = [" ", "\t", "\r"]
        let front = text.drop { spaces.contains($0) }
        return String(front.reversed().drop { spaces.contains($0) }.reversed())
    }
}
