import Certificates
import SecureChannel
import TLSParameters

/// A session that is asked for: with whom, as whom, and under which conditions.
public struct ChannelRequest: Sendable {
    /// What for: hints keep the verb.
    var verb = Verb.connect
    /// With whom.
    public var target: Target
    /// Where to dial, and which name to send.
    public var endpoint: EndpointSettings
    /// As whom.
    public var credentials: CredentialSettings
    /// What we are willing to speak.
    public var protocols: ProtocolSettings
    /// What is otherwise than usual in the hello.
    public var hello = HelloSettings()
    /// How the peer's certificate is judged.
    public var validation: ValidationSettings
    /// How long it may take.
    public var limits: Limits
    /// What is taken from earlier sessions, kept of this one, or shown of its secrets.
    public var session = SessionSettings()

    /// A request from its parts.
    public init(
        target: Target,
        endpoint: EndpointSettings,
        credentials: CredentialSettings = CredentialSettings(),
        protocols: ProtocolSettings,
        validation: ValidationSettings,
        limits: Limits
    ) {
        self.target = target.with(endpoint)
        self.endpoint = endpoint
        self.credentials = credentials
        self.protocols = protocols
        self.validation = validation
        self.limits = limits
    }

    /// How to get to the target.
    var reach: Reach {
        Reach(target: target, endpoint: endpoint, limits: limits)
    }

    /// The client's credential; files are read, nothing is sent.
    ///
    /// - Throws: `RequestProblem` that names the option to change.
    func credential() throws(RequestProblem) -> Credential {
        var credential = Credential(role: .client)
        try reach.check()
        try credentials.apply(to: &credential)
        try protocols.apply(to: &credential)
        try hello.apply(to: &credential)
        credential.serverName = reach.serverName
        credential.trust = validation.anchors
        credential.verification =
            switch validation.mode {
            case .auto: .automatic
            case .manual: .manual
            case .none: .none
            }
        credential.verifyName = verifyName
        credential.verificationTime = validation.time
        credential.revocation = try validation.revocationPolicy()
        return credential
    }

    /// The name that the peer's certificate must carry; nil checks none.
    var verifyName: VerifyName? {
        switch validation.name {
        case .unchecked: nil
        case .name(let name): VerifyName(name)
        // A session through a UNIX-domain socket has no name but the one that was sent.
        case .fromTarget: (endpoint.sentName ?? target.host).map { VerifyName(Self.withoutTrailingDot($0)) }
        }
    }

    private static func withoutTrailingDot(_ name: String) -> String {
        name.hasSuffix(".") ? String(name.dropLast()) : name
    }
}

extension EndpointSettings {
    /// The name given with `--sni`; nil without.
    var sentName: String? {
        if case .name(let name) = serverName { return name }
        return nil
    }
}

extension ValidationSettings {
    /// What is asked about revocation; files are read.
    ///
    /// - Throws: `RequestProblem` for a file that can't be used.
    func revocationPolicy() throws(RequestProblem) -> RevocationPolicy {
        var policy = RevocationPolicy()
        policy.mode =
            switch revocation {
            case .none: .none
            case .end: .end
            case .chain: .chain
            case .excludeRoot: .excludeRoot
            }
        policy.ignoresMissingSource = ignoresMissingRevocation
        policy.ignoresOffline = ignoresOfflineRevocation
        policy.fetches = fetches
        for file in revocationLists {
            let bytes = try InputFile.read(file)
            do {
                policy.lists += try RevocationList.readAll(bytes)
            } catch {
                throw RequestProblem(
                    reason: "--crl: \(file): \(error)",
                    hint: "the file should hold lists of revoked certificates, PEM or DER"
                )
            }
        }
        return policy
    }

    /// Whom to trust.
    var anchors: TrustAnchors {
        TrustAnchors(system: system, files: files, directories: directories)
    }
}
