import SecureChannel
import TLSParameters

extension ProtocolSettings {
    /// Writes what the user asked for into a credential.
    ///
    /// - Throws: `RequestProblem` that names the option and the word that was not understood.
    func apply(to credential: inout Credential) throws(RequestProblem) {
        credential.legacy = legacy
        credential.engine = engine.choice
        if let protocols {
            credential.protocols = try VersionList.parse(protocols)
        } else if legacy {
            credential.protocols = [.tls10, .tls11, .tls12, .tls13]
        }
        if ciphers != nil, !credential.protocols.contains(where: { $0 < .tls13 }) {
            throw RequestProblem(
                reason: "--ciphers has no effect when only TLS 1.3 is offered",
                hint: "name suites of TLS 1.3 with --ciphersuites"
            )
        }
        if ciphersuites != nil, !credential.protocols.contains(.tls13) {
            throw RequestProblem(
                reason: "--ciphersuites has no effect when TLS 1.3 is not offered",
                hint: "name suites of older versions with --ciphers"
            )
        }
        if let ciphersuites {
            credential.cipherSuites13 = try Self.list(
                ciphersuites,
                option: "--ciphersuites",
                noun: "suite",
                names: CipherSuite.registry.filter { $0.firstVersion == .tls13 }.map(\.name),
                example: "a name or a code point such as 0x1301"
            ) {
                CipherSuite(named: $0)
            }
        }
        if let ciphers { try apply(ciphers: ciphers, to: &credential) }
        if let groups {
            credential.groups = try Self.list(
                groups,
                option: "--groups",
                noun: "group",
                names: NamedGroup.all.map(\.name) + ["P-256", "P-384", "P-521"],
                example: "a name such as x25519 or P-256, or a code point such as 0x001D"
            ) { NamedGroup(named: $0) }
        }
        if let signatureSchemes {
            credential.signatureSchemes = try Self.list(
                signatureSchemes,
                option: "--sigalgs",
                noun: "signature scheme",
                names: SignatureScheme.all.map(\.name),
                example: "a name such as rsa_pss_rsae_sha256, or a code point such as 0x0804"
            ) {
                SignatureScheme(named: $0)
            }
        }
        try applyLimits(to: &credential)
        if let applicationProtocols {
            credential.alpn = applicationProtocols.split(separator: ",").map(String.init)
            guard !credential.alpn.isEmpty else {
                throw RequestProblem(reason: "--alpn: the list is empty", hint: "name protocols, as in h2,http/1.1")
            }
        }
    }

    private func applyLimits(to credential: inout Credential) throws(RequestProblem) {
        for (bits, option) in [(minimumStrength, "--min-strength"), (maximumStrength, "--max-strength")] {
            if let bits, !(0...65_535).contains(bits) {
                throw RequestProblem(
                    reason: "\(option): \(bits) is not a strength",
                    hint: "write a number of bits, such as 128; --null-cipher is for suites without encryption"
                )
            }
        }
        if let minimumStrength, let maximumStrength, minimumStrength > maximumStrength {
            throw RequestProblem(
                reason: "--min-strength \(minimumStrength) is above --max-strength \(maximumStrength)",
                hint: "no suite has both; swap the two"
            )
        }
        credential.minimumStrength = minimumStrength
        credential.maximumStrength = maximumStrength
        switch nullSuites {
        case nil: break
        case .allow: credential.nullSuites = .allowed
        case .only:
            guard ciphers == nil, ciphersuites == nil else {
                throw RequestProblem(
                    reason:
                        "--null-cipher only leaves \(ciphers == nil ? "--ciphersuites" : "--ciphers") without effect",
                    hint: "--null-cipher allow adds NULL suites to a list"
                )
            }
            credential.nullSuites = .only
        }
        credential.disabled = try disabled.map { text throws(RequestProblem) in try AlgorithmRule(parsing: text) }
        if credential.nullSuites != .named {
            credential.notes.append("suites that encrypt nothing are offered: whoever listens can read the data")
        }
    }

    /// `--ciphers` takes names of any kind or an OpenSSL cipher string: it is names if every word of it is one.
    private func apply(ciphers: String, to credential: inout Credential) throws(RequestProblem) {
        var words = ciphers.split { ":, ".contains($0) }.map(String.init)
        let isSSL2Alone = credential.protocols == [.ssl2]
        let kinds = words.compactMap { Self.kind(named: $0, isSSL2Alone: isSSL2Alone) }
        if !kinds.isEmpty || isSSL2Alone {
            words.removeAll { Self.kind(named: $0, isSSL2Alone: isSSL2Alone) != nil }
            try Self.check(kinds, beside: words, protocols: credential.protocols)
            credential.kinds = kinds
            if words.isEmpty { return }
        }
        let suites = words.compactMap { CipherSuite(named: $0) }
        guard !words.isEmpty, suites.count == words.count else {
            try Self.checkNames(in: words)
            credential.cipherList = kinds.isEmpty ? ciphers : words.joined(separator: ":")
            return
        }
        let modern = suites.filter { $0.facts?.firstVersion == .tls13 }
        guard modern.isEmpty else {
            throw RequestProblem(
                reason: "--ciphers: \(modern.map(\.name).joined(separator: ", ")) belongs to TLS 1.3",
                hint: "name it with --ciphersuites"
            )
        }
        credential.olderSuites = suites
    }

    /// OpenSSL's names of kinds are those of suites, too: they are kinds where nothing but SSL 2.0 is offered.
    private static func kind(named word: String, isSSL2Alone: Bool) -> SSL2CipherKind? {
        if let kind = SSL2CipherKind(named: word) { return kind }
        guard isSSL2Alone else { return nil }
        return SSL2CipherKind.registry.first { $0.openSSLName?.lowercased() == word.lowercased() }?.kind
    }

    /// Kinds of SSL 2.0 stand for themselves, and SSL 2.0 takes nothing else.
    private static func check(
        _ kinds: [SSL2CipherKind],
        beside words: [String],
        protocols: [ProtocolVersion]
    ) throws(RequestProblem) {
        if let kind = kinds.first, !protocols.contains(.ssl2) {
            throw RequestProblem(
                reason: "--ciphers: \(kind.name) belongs to SSL 2.0, which is not offered",
                hint: "offer it with --protocol ssl2"
            )
        }
        if protocols == [.ssl2], let word = words.first {
            throw RequestProblem(
                reason: "--ciphers: '\(word)' is no cipher kind of SSL 2.0",
                hint: NearestNames.hint(
                    word,
                    among: SSL2CipherKind.registry.map(\.name),
                    otherwise: "write a name or a code point, such as SSL_CK_RC4_128_WITH_MD5 or 0x010080"
                )
            )
        }
        guard protocols.contains(where: { $0 > .ssl2 }) || !kinds.isEmpty else {
            throw RequestProblem(reason: "--ciphers: the list is empty", hint: "name a cipher kind of SSL 2.0")
        }
    }

    /// libssl passes over what it doesn't know in a cipher string, so a misspelt suite would just be missing. Only names of
    /// suites have hyphens and underscores within.
    private static func checkNames(in words: [String]) throws(RequestProblem) {
        for word in words.flatMap({ $0.split(separator: "+") }) {
            let name = String(word.drop { "!-+".contains($0) })
            guard !name.hasPrefix("@"), name.contains(where: { $0 == "-" || $0 == "_" }),
                CipherSuite(named: name) == nil
            else { continue }
            throw RequestProblem(
                reason: "--ciphers: '\(name)' is not a suite",
                hint: NearestNames.hint(
                    name,
                    among: CipherSuite.registry.filter { $0.firstVersion < .tls13 }.flatMap { facts in
                        [facts.openSSLName.map { _ in facts.name }, facts.openSSLName].compactMap { $0 }
                    },
                    otherwise: "'sechan ciphers' lists all of them"
                )
            )
        }
    }

    static func list<Element>(
        _ text: String,
        option: String,
        noun: String,
        names: @autoclosure () -> [String],
        example: String,
        _ named: (String) -> Element?
    ) throws(RequestProblem) -> [Element] {
        var elements: [Element] = []
        for word in text.split(whereSeparator: { ":, ".contains($0) }) {
            guard let element = named(String(word)) else {
                throw RequestProblem(
                    reason: "\(option): '\(word)' is not a \(noun)",
                    hint: NearestNames.hint(String(word), among: names(), otherwise: "write \(example)")
                )
            }
            elements.append(element)
        }
        guard !elements.isEmpty else {
            throw RequestProblem(reason: "\(option): the list is empty", hint: "name at least one \(noun)")
        }
        return elements
    }
}
