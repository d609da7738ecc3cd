import TLSParameters
import Transport

extension ChannelRequest {
    /// A command line that can be pasted into a shell: it reaches the same place, trusts and offers the same, and has these
    /// options besides, in the place of what they contradict. Secrets are left out. The verb is the request's own, unless only
    /// `other` can do what is wanted.
    func command(_ added: [String] = [], by other: Verb? = nil, target: String? = nil) -> String {
        let verb = other ?? self.verb
        // Of --ca and --crl there may be several.
        let names = Set(added.filter { $0.hasPrefix("-") }).subtracting(["--ca", "--crl"])
        var replaced = names
        for group in Self.exclusive where !names.isDisjoint(with: group) { replaced.formUnion(group) }
        var options = place
        if verb != .ciphers { options += trust + offer }
        if verb == .connect { options += changes }
        let kept = options.filter { !replaced.contains($0[0]) }.flatMap { $0 }
        let words = ["sechan", verb.rawValue] + kept + added + [target ?? self.target.input]
        return words.map(Self.quoted).joined(separator: " ")
    }

    /// Options of which only one has an effect.
    private static let exclusive: [Set<String>] = [
        ["--sni", "--no-sni"], ["--verify-name", "--no-name-check"], ["-4", "-6"],
        ["--cert", "--key", "--chain", "--pass"],
    ]

    /// How to get to the peer.
    private var place: [[String]] {
        var options: [[String]] = []
        if let other = endpoint.connectTo { options.append(["--connect-to", other]) }
        switch endpoint.serverName {
        case .fromTarget: break
        case .name(let name): options.append(["--sni", name])
        case .none: options.append(["--no-sni"])
        }
        if endpoint.family != .any { options.append([endpoint.family.option]) }
        if let source = endpoint.bind { options.append(["--bind", source]) }
        if let protocolName = endpoint.starttls { options.append(["--starttls", protocolName]) }
        if let proxy = reach.proxy, proxy.credentials == nil { options.append(["--proxy", "\(proxy)"]) }
        return options
    }

    /// Whom to trust, and how much.
    private var trust: [[String]] {
        var options = validation.files.map { ["--ca", $0] } + validation.directories.map { ["--ca-dir", $0] }
        if !validation.system { options.append(["--no-system-trust"]) }
        switch validation.mode {
        case .auto: break
        case .manual, .none: options.append(["--verify", validation.mode.rawValue])
        }
        switch validation.name {
        case .fromTarget: break
        case .name(let name): options.append(["--verify-name", name])
        case .unchecked: options.append(["--no-name-check"])
        }
        if validation.revocation != .none { options.append(["--revocation", validation.revocation.rawValue]) }
        options += validation.revocationLists.map { ["--crl", $0] }
        if validation.fetches { options.append(["--fetch"]) }
        if validation.ignoresMissingRevocation { options.append(["--ignore-no-revocation"]) }
        if validation.ignoresOfflineRevocation { options.append(["--ignore-revocation-offline"]) }
        return options
    }

    /// What is offered, and who asks.
    private var offer: [[String]] {
        let given = [
            ("--protocol", protocols.protocols), ("--ciphers", protocols.ciphers),
            ("--ciphersuites", protocols.ciphersuites), ("--groups", protocols.groups),
            ("--sigalgs", protocols.signatureSchemes), ("--alpn", protocols.applicationProtocols),
        ]
        var options = given.compactMap { name, value in value.map { [name, $0] } }
        if protocols.legacy { options.append(["--legacy"]) }
        if protocols.engine != .auto { options.append(["--engine", protocols.engine.rawValue]) }
        if let bits = protocols.minimumStrength { options.append(["--min-strength", "\(bits)"]) }
        if let bits = protocols.maximumStrength { options.append(["--max-strength", "\(bits)"]) }
        if let setting = protocols.nullSuites { options.append(["--null-cipher", setting.rawValue]) }
        options += protocols.disabled.map { ["--disable", $0] }
        return options + credentials.options
    }

    /// What is otherwise than usual in the hello.
    private var changes: [[String]] {
        var options = hello.added.map { ["--send-ext", $0] } + hello.omitted.map { ["--no-ext", $0] }
        if let length = hello.maximumFragment { options.append(["--max-fragment", "\(length)"]) }
        if hello.usesSSL2Format { options.append(["--ssl2-hello"]) }
        if hello.refusesRenegotiation { options.append(["--no-renegotiation"]) }
        return options
    }

    /// A word as a POSIX shell reads it back.
    private static func quoted(_ word: String) -> String {
        let isPlain =
            !word.isEmpty
            && word.utf8.allSatisfy { byte in
                (0x61...0x7a).contains(byte | 0x20) || (0x30...0x39).contains(byte) || "-._/:,=+@%^".utf8.contains(byte)
            }
        return isPlain ? word : "'" + word.replacing("'", with: "'\\''") + "'"
    }
}
