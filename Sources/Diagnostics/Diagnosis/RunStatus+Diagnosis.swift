import SecureChannel
import TLSParameters

extension RunStatus {
    /// The same status, with what a second look found out: why in the reason, and what to do about it in the hint.
    func explained(by finding: RefusalFinding) -> RunStatus {
        RunStatus(exit: exit, kind: kind, reason: (reason.map { "\($0): " } ?? "") + finding.clause, hint: finding.hint)
    }
}

/// What follows from the answers of a second look.
struct RefusalFinding {
    /// Why, as a clause.
    var clause: String
    /// What to do.
    var hint: String

    /// The reason that explains most; nil if the answers explain nothing.
    static func make(
        _ diagnosis: DiagnosisSummary,
        request: ChannelRequest,
        attributes: ConnectionAttributes
    ) -> RefusalFinding? {
        Reasoning(diagnosis: diagnosis, request: request, attributes: attributes).finding
    }
}

/// Compares what a server takes with what was offered.
private struct Reasoning {
    let diagnosis: DiagnosisSummary
    let request: ChannelRequest
    let attributes: ConnectionAttributes

    var finding: RefusalFinding? {
        name ?? version ?? path ?? key ?? suite ?? group ?? intolerance ?? nothing
    }

    private var survey: String { "to see all that the server speaks: \(request.command(by: .ciphers))" }

    // MARK: What was offered

    private var offeredVersions: [String] { attributes.offered?.versions.map(\.name) ?? [] }
    private var offeredSuites: Set<String> { Set(attributes.offered?.suites.map(\.codePoint) ?? []) }
    private var offeredGroups: Set<String> { Set(attributes.offered?.groups.map(\.codePoint) ?? []) }

    private static func names(_ versions: [String]) -> String {
        versions.map { id in ProtocolVersion.all.first { $0.id == id }?.name ?? id }.joined(separator: " and ")
    }

    /// The versions that both ends have.
    private var common: [(version: ProtocolVersion, answer: DiagnosisSummary.Answer)] {
        diagnosis.versions.filter { offeredVersions.contains($0.version.id) }
    }

    // MARK: Reasons

    /// A server that takes a hello with a name, and none without.
    private var name: RefusalFinding? {
        guard diagnosis.versions.allSatisfy({ $0.version == .ssl2 }),
            diagnosis.answer("tls1.2") ?? diagnosis.answer("tls1.3") != nil
        else { return nil }
        if diagnosis.answer("name")?.isAccepted == true, let name = request.target.impliedServerName {
            return RefusalFinding(
                clause: "it wants a server name, and none was sent",
                hint: "to send one: \(request.command(["--sni", name]))"
            )
        }
        if diagnosis.answer("no-name")?.isAccepted == true {
            return RefusalFinding(
                clause: "it does not know the server name that was sent",
                hint: "to send none: \(request.command(["--no-sni"]))"
            )
        }
        return nil
    }

    /// No version in common.
    private var version: RefusalFinding? {
        let found = diagnosis.versions
        guard common.isEmpty, let best = found.first else { return nil }
        let speaks = found.map(\.version.name).joined(separator: " and ")
        let only = found.count == 1 ? "only " : ""
        // Suites and versions belong together: those that were named are for other versions.
        let bare = request.withoutSuites
        let clause =
            "it speaks \(only)\(speaks), and \(Self.names(offeredVersions)) \(offeredVersions.count == 1 ? "was" : "were") offered"
        guard best.version >= .tls10 else {
            return RefusalFinding(
                clause: clause,
                hint: "to speak that, which protects nothing any more: "
                    + bare.command(["--protocol", best.version.id, "--legacy"])
            )
        }
        let suite = best.answer.suite.flatMap { Self.suite($0) }
        if let suite, Self.availability[suite] == nil, ChannelLibrary.classicSuites.contains(suite) {
            return RefusalFinding(
                clause: "\(clause), with \(suite.name), which libssl lost",
                hint: "to speak that by sechan's own engine: "
                    + bare.command(["--protocol", best.version.id, "--ciphers", suite.name])
            )
        }
        guard let suite, let availability = Self.availability[suite] else {
            let name = best.answer.suite?.name ?? "a suite"
            return RefusalFinding(clause: "\(clause), with \(name), which this libssl does not have", hint: survey)
        }
        var options = ["--protocol", best.version.id]
        if best.version < .tls12 || availability == .atLevelZero { options.append("--legacy") }
        return RefusalFinding(clause: clause, hint: "to speak that: \(bare.command(options))")
    }

    /// A hello that is lost, and a shorter one that isn't.
    private var path: RefusalFinding? {
        guard diagnosis.answer("short")?.isAccepted == true,
            let long = diagnosis.answers.first(where: { $0.question == "long" }),
            ["timed-out", "closed", "reset"].contains(long.answer) || long.answer.hasPrefix("cut-off")
        else { return nil }
        return RefusalFinding(
            clause:
                "a long hello gets no answer and a short one does: the server, or something on the path, does not take it",
            hint: "to send a shorter one: "
                + request.withoutSuites.command([
                    "--protocol", "tls1.2", "--ciphers", "ECDHE+AESGCM", "--groups", "x25519:secp256r1",
                ]
                )
        )
    }

    /// A server that wants a key, and not the one that was offered.
    private var key: RefusalFinding? {
        guard let key = request.credentials.preSharedKey,
            common.contains(where: { $0.answer.suite.flatMap { Self.suite($0) }?.facts?.keyExchange.usesPSK == true })
        else { return nil }
        return RefusalFinding(
            clause: "it wants a pre-shared key, and did not take the one of '\(key.identity)'",
            hint: "the server has no such key, or another one under this name; check --psk and --psk-identity"
        )
    }

    /// No suite in common in any common version.
    private var suite: RefusalFinding? {
        guard let best = common.first, let code = best.answer.suite, let suite = Self.suite(code) else { return nil }
        guard common.allSatisfy({ $0.answer.suite.map { !offeredSuites.contains($0.codePoint) } ?? false }) else {
            return nil
        }
        let clause = "in \(best.version.name) it takes \(code.name), which was not offered"
        if suite.facts?.authentication == .psk {
            return RefusalFinding(
                clause: "it wants a pre-shared key: \(clause)",
                hint: "to show one: \(request.command(["--psk", "HEX", "--psk-identity", "NAME"]))"
            )
        }
        if Self.availability[suite] == nil, ChannelLibrary.classicSuites.contains(suite) {
            return RefusalFinding(
                clause: "\(clause) because libssl lost it",
                hint: "to offer it by sechan's own engine: "
                    + request.withoutSuites.command(["--protocol", best.version.id, "--ciphers", suite.name])
            )
        }
        guard let availability = Self.availability[suite] else {
            return RefusalFinding(clause: "\(clause) because this libssl does not have it", hint: survey)
        }
        let option = best.version == .tls13 ? "--ciphersuites" : "--ciphers"
        var options = ["--protocol", best.version.id, option, code.name]
        if availability == .atLevelZero || best.version < .tls12 { options.append("--legacy") }
        return RefusalFinding(
            clause: clause,
            hint: "to offer it: \(request.withoutSuites.command(options))"
        )
    }

    /// No group in common.
    private var group: RefusalFinding? {
        guard let best = common.first, best.version >= .tls12, let group = best.answer.group, !offeredGroups.isEmpty,
            !offeredGroups.contains(group.codePoint)
        else { return nil }
        let clause = "it wants the group \(group.name), which was not offered"
        guard !group.name.contains("MLKEM") else {
            return RefusalFinding(clause: "\(clause) because this libssl does not have it", hint: survey)
        }
        return RefusalFinding(
            clause: clause,
            hint: "to offer it: \(request.command(["--groups", group.name]))"
        )
    }

    /// A server that breaks at a hello with TLS 1.3 in it, and speaks TLS 1.2. Where lists were narrowed, the server may as well
    /// have missed something in one of them.
    private var intolerance: RefusalFinding? {
        let settings = request.protocols
        // The second look has no key to show: a server that needs one says nothing of versions.
        guard request.credentials.preSharedKey == nil, settings.groups == nil, settings.signatureSchemes == nil,
            settings.disabled.isEmpty,
            offeredVersions.contains("tls1.3"), offeredVersions.contains("tls1.2"),
            let best = common.first, best.version == .tls12
        else { return nil }
        return RefusalFinding(
            clause: "it takes a hello that offers TLS 1.2 alone, and not one that offers TLS 1.3, too",
            hint: "to offer that: \(request.command(["--protocol", "tls1.2"]))"
        )
    }

    /// Everything is refused.
    private var nothing: RefusalFinding? {
        let answers = ProtocolVersion.all.compactMap { diagnosis.answer($0.id) }
        guard answers.count == ProtocolVersion.all.count, answers.allSatisfy({ !$0.isAccepted }) else { return nil }
        // The second look has no key to show: that it is refused says nothing of a client that has.
        guard request.credentials.preSharedKey == nil else { return nil }
        // Who begins to answer and breaks off refuses nothing.
        if answers.contains(where: { $0.answer.hasPrefix("cut-off") }),
            answers.allSatisfy({ $0.answer.hasPrefix("cut-off") || ["closed", "reset"].contains($0.answer) })
        {
            return RefusalFinding(
                clause: "it breaks off whatever it is offered",
                hint: "look at the server and what is in front of it: its answers begin and do not end; \(survey)"
            )
        }
        if answers.allSatisfy({ ["closed", "reset"].contains($0.answer) }) {
            return RefusalFinding(
                clause: "it ends the connection at every hello, whatever is in it",
                hint: request.reach.serverName == nil
                    ? "perhaps it wants a server name: \(request.command(["--sni", "NAME"]))"
                    : "look at the server and what is in front of it: nothing in the hello makes a difference; \(survey)"
            )
        }
        if answers.contains(where: { $0.answer == "ssl2-error" }) {
            return RefusalFinding(
                clause: "it answers with errors of SSL 2.0, and takes none of its cipher kinds",
                hint: survey
            )
        }
        return RefusalFinding(
            clause: "it refuses every version from SSL 2.0 to TLS 1.3",
            hint: "perhaps it wants \(request.reach.serverName == nil ? "a" : "another") server name, "
                + "or a key that both ends know (--psk HEX --psk-identity NAME): "
                + request.command(["--sni", "NAME"])
        )
    }

    // MARK: libssl's table

    private static func suite(_ code: NamedCode) -> CipherSuite? {
        UInt16(code.codePoint.dropFirst(2), radix: 16).map { CipherSuite(rawValue: $0) }
    }

    /// What this libssl can do with each suite.
    private static let availability = (try? ChannelLibrary.suites()) ?? [:]
}

extension ChannelRequest {
    /// The same request, with nothing said of versions, suites and groups.
    fileprivate var withoutSuites: ChannelRequest {
        var request = self
        request.protocols.protocols = nil
        request.protocols.ciphers = nil
        request.protocols.ciphersuites = nil
        request.protocols.groups = nil
        request.protocols.signatureSchemes = nil
        return request
    }
}
