import ArgumentParser
import Diagnostics

/// Everything that the verbs which open a session have in common.
struct ChannelOptions: ParsableArguments {
    @OptionGroup(title: "Endpoint") var endpoint: EndpointOptions
    @OptionGroup(title: "Credentials") var credentials: CredentialOptions
    @OptionGroup(title: "Protocols") var protocols: ProtocolOptions
    @OptionGroup(title: "Validation") var validation: ValidationOptions
    @OptionGroup(title: "Limits") var limits: LimitOptions

    /// The request for a session with `target`.
    func request(_ target: Target) -> ChannelRequest {
        ChannelRequest(
            target: target,
            endpoint: endpoint.settings,
            identities: credentials.identities,
            protocols: protocols.settings,
            validation: validation.settings,
            limits: limits.settings
        )
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
        ]
        return endpoint.given + limits.given + given.filter(\.0).map(\.1)
    }
}
