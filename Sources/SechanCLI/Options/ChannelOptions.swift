import ArgumentParser
import Diagnostics

/// Everything that the verbs which open a session have in common.
struct ChannelOptions: ParsableArguments {
    @OptionGroup(title: "Endpoint") var endpoint: EndpointOptions
    @OptionGroup(title: "Credentials") var credentials: CredentialOptions
    @OptionGroup(title: "Protocols") var protocols: ProtocolOptions
    @OptionGroup(title: "Validation") var validation: ValidationOptions
    @OptionGroup(title: "Limits") var limits: LimitOptions
    @OptionGroup(title: "Session") var keyLog: KeyLogOptions

    /// The request for a session with `target`.
    func request(_ target: Target) -> ChannelRequest {
        var request = ChannelRequest(
            target: target,
            endpoint: endpoint.settings,
            identities: credentials.identities,
            protocols: protocols.settings,
            validation: validation.settings,
            limits: limits.settings
        )
        request.session.keyLog = keyLog.path
        return request
    }
}

extension ChannelOptions {
    /// The options given here that mean something only for a peer, not for a file.
    var optionsWithoutPeer: [String] {
        let given: [(Bool, String)] = [
            (!credentials.certificates.isEmpty, "--cert"),
            (protocols.protocols != nil, "--protocol"), (protocols.ciphers != nil, "--ciphers"),
            (protocols.ciphersuites != nil, "--ciphersuites"), (protocols.groups != nil, "--groups"),
            (protocols.sigalgs != nil, "--sigalgs"), (protocols.alpn != nil, "--alpn"), (protocols.legacy, "--legacy"),
            (keyLog.file != nil, "--keylog"),
        ]
        return endpoint.given + limits.given + given.filter(\.0).map(\.1)
    }

    /// The options given here that mean something only for a client, not for a server.
    var optionsForClients: [String] {
        let given: [(Bool, String)] = [
            (protocols.alpn != nil, "--alpn"), (!validation.files.isEmpty, "--ca"),
            (!validation.directories.isEmpty, "--ca-dir"), (validation.noSystemTrust, "--no-system-trust"),
            (validation.verify != .auto, "--verify"), (validation.verifyName != nil, "--verify-name"),
            (validation.noNameCheck, "--no-name-check"), (validation.atTime != nil, "--at-time"),
            (limits.connectTimeout != nil, "--connect-timeout"), (keyLog.file != nil, "--keylog"),
        ]
        return endpoint.given + given.filter(\.0).map(\.1)
    }
}
