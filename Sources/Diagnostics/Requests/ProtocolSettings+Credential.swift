import SecureChannel
import TLSParameters

extension ProtocolSettings {
    /// Writes what the user asked for into a credential.
    ///
    /// - Throws: `RequestProblem` that names the option and the word that was not understood.
    func apply(to credential: inout Credential) throws(RequestProblem) {
        credential.legacy = legacy
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
                example: "a name such as x25519 or P-256, or a code point such as 0x001D"
            ) { NamedGroup(named: $0) }
        }
        if let signatureSchemes {
            credential.signatureSchemes = try Self.list(
                signatureSchemes,
                option: "--sigalgs",
                noun: "signature scheme",
                example: "a name such as rsa_pss_rsae_sha256, or a code point such as 0x0804"
            ) {
                SignatureScheme(named: $0)
            }
        }
        if let applicationProtocols {
            credential.alpn = applicationProtocols.split(separator: ",").map(String.init)
            guard !credential.alpn.isEmpty else {
                throw RequestProblem(reason: "--alpn: the list is empty", hint: "name protocols, as in h2,http/1.1")
            }
        }
    }

    /// `--ciphers` takes names of any kind or an OpenSSL cipher string: it is names if every word of it is one.
    private func apply(ciphers: String, to credential: inout Credential) throws(RequestProblem) {
        let words = ciphers.split { ":, ".contains($0) }.map(String.init)
        let suites = words.compactMap { CipherSuite(named: $0) }
        guard !words.isEmpty, suites.count == words.count else {
            credential.cipherList = ciphers
            return
        }
        let names = suites.compactMap { $0.facts?.openSSLName }
        guard names.count == suites.count else {
            let strange = suites.filter { $0.facts?.openSSLName == nil }.map(\.name)
            throw RequestProblem(
                reason: "--ciphers: libssl has no \(strange.joined(separator: ", "))",
                hint: "'sechan ciphers' shows what it can speak; 'sechan ciphers TARGET' probes for the rest"
            )
        }
        let modern = suites.filter { $0.facts?.firstVersion == .tls13 }
        guard modern.isEmpty else {
            throw RequestProblem(
                reason: "--ciphers: \(modern.map(\.name).joined(separator: ", ")) belongs to TLS 1.3",
                hint: "name it with --ciphersuites"
            )
        }
        credential.cipherList = names.joined(separator: ":")
    }

    private static func list<Element>(
        _ text: String,
        option: String,
        noun: String,
        example: String,
        _ named: (String) -> Element?
    ) throws(RequestProblem) -> [Element] {
        var elements: [Element] = []
        for word in text.split(whereSeparator: { ":, ".contains($0) }) {
            guard let element = named(String(word)) else {
                throw RequestProblem(
                    reason: "\(option): '\(word)' is not a \(noun)",
                    hint: "write \(example)"
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
