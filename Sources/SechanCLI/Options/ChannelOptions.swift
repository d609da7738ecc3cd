import ArgumentParser
import Diagnostics

/// Everything that the verbs which open a session have in common.
struct ChannelOptions: ParsableArguments {
    @OptionGroup(title: "Endpoint") var endpoint: EndpointOptions
    @OptionGroup(title: "Credentials") var credentials: CredentialOptions
    @OptionGroup(title: "Credentials") var automatic: AutomaticCertificateOption
    @OptionGroup(title: "Protocols") var protocols: ProtocolOptions
    @OptionGroup(title: "Validation") var validation: ValidationOptions
    @OptionGroup(title: "Limits") var limits: LimitOptions
    @OptionGroup(title: "Session") var keyLog: KeyLogOptions

    func validate() throws {
        guard automatic.directory != nil else { return try credentials.requireCertificate() }
        if let option = credentials.certificateOption {
            throw ValidationError("--auto-cert has no effect with \(option), which is always shown")
        }
    }

    /// The request for a session with `target`.
    func request(_ target: Target) throws(RequestProblem) -> ChannelRequest {
        if automatic.directory == nil { try credentials.requireUseOfPassphrase() }
        var request = ChannelRequest(
            target: target,
            endpoint: endpoint.settings,
            credentials: credentialSettings,
            protocols: protocols.settings,
            validation: validation.settings,
            limits: limits.settings
        )
        request.session.keyLog = keyLog.path
        return request
    }
}

extension ChannelOptions {
    private var credentialSettings: CredentialSettings {
        var settings = credentials.settings
        settings.automatic = automatic.directory.map {
            IdentityDirectorySetting(path: $0, passphrase: credentials.passphrase)
        }
        return settings
    }

    /// The options given here that mean something only for a peer, not for a file.
    var optionsWithoutPeer: [String] {
        let given: [(Bool, String)] = [
            (protocols.protocols != nil, "--protocol"), (protocols.ciphers != nil, "--ciphers"),
            (protocols.ciphersuites != nil, "--ciphersuites"), (protocols.groups != nil, "--groups"),
            (protocols.sigalgs != nil, "--sigalgs"), (protocols.minStrength != nil, "--min-strength"),
            (protocols.maxStrength != nil, "--max-strength"), (protocols.nullCipher != nil, "--null-cipher"),
            (!protocols.disable.isEmpty, "--disable"),
            (protocols.alpn != nil, "--alpn"), (protocols.legacy, "--legacy"),
            (keyLog.file != nil, "--keylog"),
        ]
        return credentials.given + (automatic.directory == nil ? [] : ["--auto-cert"]) + endpoint.given + limits.given
            + given.filter(\.0).map(\.1)
    }

    /// The options given here that mean something only for a client, not for a server.
    var optionsForClients: [String] {
        let given: [(Bool, String)] = [
            (protocols.alpn != nil, "--alpn"), (!validation.files.isEmpty, "--ca"),
            (!validation.directories.isEmpty, "--ca-dir"), (validation.noSystemTrust, "--no-system-trust"),
            (validation.verify != .auto, "--verify"), (validation.verifyName != nil, "--verify-name"),
            (validation.noNameCheck, "--no-name-check"), (validation.atTime != nil, "--at-time"),
            (validation.revocation != nil, "--revocation"),
            (limits.connectTimeout != nil, "--connect-timeout"), (keyLog.file != nil, "--keylog"),
        ]
        return endpoint.given + given.filter(\.0).map(\.1)
    }
}
