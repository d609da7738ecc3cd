public import TLSParameters

/// A filter over cipher suites, in the spirit of OpenSSL's cipher strings: `ECDHE+AESGCM:CHACHA20:!SHA1`.
///
/// Terms are separated by `:`, `,` or a space, and a suite passes if it has one of them; words joined by `+` must all
/// apply; a term behind `!` takes suites away. A word is a key exchange (`ECDHE`), an authentication (`aRSA`, `PSK`), a
/// cipher (`AES128`, `AESGCM`, `RC4`), a MAC (`SHA256`, `AEAD`), a property (`FS`, `NULL`, `ANON`, `EXPORT`,
/// `RECOMMENDED`), a whole name or code point, or any part of a name.
public struct SuiteExpression: Sendable, Hashable {
    private struct Term: Sendable, Hashable {
        var words: [String]
        var excludes: Bool
    }

    private var terms: [Term]

    /// Parses an expression.
    ///
    /// - Throws: `RequestProblem` if a term is empty, as in `ECDHE+:RSA`.
    public init(parsing text: String) throws(RequestProblem) {
        terms = []
        for piece in text.split(whereSeparator: { ":, ".contains($0) }) {
            let excludes = piece.hasPrefix("!") || piece.hasPrefix("-")
            let words = piece.dropFirst(excludes ? 1 : 0).split(separator: "+", omittingEmptySubsequences: false)
            guard words.allSatisfy({ !$0.isEmpty }) else {
                throw RequestProblem(
                    reason: "'\(piece)' in the expression '\(text)' is incomplete",
                    hint: "join words with '+', as in ECDHE+AESGCM"
                )
            }
            terms.append(Term(words: words.map { $0.uppercased() }, excludes: excludes))
        }
        guard !terms.isEmpty else {
            throw RequestProblem(reason: "the expression is empty", hint: "try ECDHE+AESGCM")
        }
    }

    /// Whether a suite passes.
    public func matches(_ facts: CipherSuiteFacts) -> Bool {
        let tags = Self.tags(of: facts)
        let names = [facts.ianaName, facts.openSSLName, facts.schannelName, facts.name].compactMap { $0?.uppercased() }
        func applies(_ term: Term) -> Bool {
            term.words.allSatisfy { word in
                word == "ALL" || tags.contains(word)
                    || !Self.properties.contains(word) && names.contains { $0.contains(word) }
            }
        }
        let includes = terms.filter { !$0.excludes }
        return (includes.isEmpty || includes.contains(where: applies)) && !terms.contains { $0.excludes && applies($0) }
    }

    /// Words that are properties only, so that `NULL` isn't found inside the name of a suite that encrypts.
    private static let properties: Set<String> = [
        "RSA", "DHE", "DH", "ECDHE", "ECDH", "PSK", "FS", "NULL", "ENULL", "ANON", "ANULL", "EXPORT", "EXP", "AEAD",
        "RECOMMENDED", "SHA1", "SHA", "MD5", "DSS", "ECDSA",
    ]

    private static func tags(of facts: CipherSuiteFacts) -> Set<String> {
        let exchange = facts.keyExchange.description.uppercased()
        let authentication = facts.authentication.description.uppercased()
        let cipher = facts.cipher.uppercased()
        var tags: Set<String> = [
            exchange, "K" + exchange, authentication, "A" + authentication, cipher, facts.mac.uppercased(),
            facts.suite.codePointText.uppercased(), String(facts.suite.codePointText.dropFirst(2)).uppercased(),
            "\(facts.strengthBits)", cipher.filter { $0 != "-" },
        ]
        if facts.mac.uppercased() == "SHA1" { tags.insert("SHA") }
        if facts.forwardSecrecy { tags.insert("FS") }
        if facts.isAEAD { tags.insert("AEAD") }
        if facts.isAnonymous { tags.formUnion(["ANON", "ANULL"]) }
        if facts.isNULL { tags.formUnion(["NULL", "ENULL"]) }
        if facts.isExport { tags.formUnion(["EXPORT", "EXP"]) }
        if facts.recommended == .yes { tags.insert("RECOMMENDED") }
        // OpenSSL's own words: AESGCM, AES128, CHACHA20, …
        let parts = cipher.split(separator: "-").map(String.init)
        if let first = parts.first {
            tags.insert(first)
            tags.formUnion(parts.dropFirst().map { first + $0 })
        }
        return tags
    }
}
