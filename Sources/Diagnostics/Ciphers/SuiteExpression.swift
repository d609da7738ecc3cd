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
    public func matches(_ facts: CipherSuiteFacts) -> Bool { matches(Traits(facts)) }

    /// Whether a cipher kind of SSL 2.0 passes.
    public func matches(_ facts: SSL2CipherFacts) -> Bool { matches(Traits(facts)) }

    private func matches(_ traits: Traits) -> Bool {
        let tags = traits.tags
        let names = traits.names.map { $0.uppercased() }
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
}

/// What words of an expression are compared with.
private struct Traits {
    /// Every name there is.
    let names: [String]
    /// Words that apply, in upper case.
    private(set) var tags: Set<String>

    init(_ facts: CipherSuiteFacts) {
        names = [facts.ianaName, facts.openSSLName, facts.schannelName, facts.name].compactMap { $0 }
        tags = Self.common(
            exchange: facts.keyExchange.description,
            authentication: facts.authentication.description,
            cipher: facts.cipher,
            mac: facts.mac,
            codePoint: facts.suite.codePointText,
            strength: facts.strengthBits
        )
        if facts.forwardSecrecy { tags.insert("FS") }
        if facts.isAEAD { tags.insert("AEAD") }
        if facts.isAnonymous { tags.formUnion(["ANON", "ANULL"]) }
        if facts.isNULL { tags.formUnion(["NULL", "ENULL"]) }
        if facts.isExport { tags.formUnion(["EXPORT", "EXP"]) }
        if facts.recommended == .yes { tags.insert("RECOMMENDED") }
    }

    init(_ facts: SSL2CipherFacts) {
        names = [facts.name, facts.openSSLName, facts.schannelName].compactMap { $0 }
        tags = Self.common(
            exchange: facts.keyExchange.description,
            authentication: facts.authentication.description,
            cipher: facts.cipher,
            mac: facts.mac,
            codePoint: facts.kind.codePointText,
            strength: facts.strengthBits
        )
        if facts.forwardSecrecy { tags.insert("FS") }
        if facts.isNULL { tags.formUnion(["NULL", "ENULL"]) }
        if facts.isExport { tags.formUnion(["EXPORT", "EXP"]) }
    }

    private static func common(
        exchange: String,
        authentication: String,
        cipher: String,
        mac: String,
        codePoint: String,
        strength: Int
    ) -> Set<String> {
        let (exchange, authentication) = (exchange.uppercased(), authentication.uppercased())
        let (cipher, mac, codePoint) = (cipher.uppercased(), mac.uppercased(), codePoint.uppercased())
        var tags: Set<String> = [
            exchange, "K" + exchange, authentication, "A" + authentication, cipher, mac, codePoint,
            String(codePoint.dropFirst(2)), "\(strength)", cipher.filter { $0 != "-" },
        ]
        if mac == "SHA1" { tags.insert("SHA") }
        // OpenSSL's own words: AESGCM, AES128, CHACHA20, …
        let parts = cipher.split(separator: "-").map(String.init)
        if let first = parts.first {
            tags.insert(first)
            tags.formUnion(parts.dropFirst().map { first + $0 })
        }
        return tags
    }
}
