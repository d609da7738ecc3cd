public import Certificates
import ClassicTLS
import LibSSL
import TLSParameters

extension CredentialSummary {
    init(_ credential: Credential, plan: AlgorithmPlan) {
        self.init(
            credential,
            versions: plan.versions,
            suites: plan.suites.map { NamedCode($0) },
            groups: plan.groups,
            signatureSchemes: plan.signatureSchemes,
            engine: "libssl: \(Library.versionText)"
        )
        securityLevel = plan.securityLevel
        securityLevelReasons = plan.reasons
    }

    init(_ credential: Credential, classic: ClassicConfiguration, reason: String) {
        self.init(
            credential,
            versions: classic.versions.sorted(),
            suites: classic.suites.map { NamedCode($0) } + classic.kinds.map { NamedCode($0) },
            groups: credential.groups ?? [],
            signatureSchemes: credential.signatureSchemes ?? [],
            engine: "classic: sechan's own, for \(reason); on \(Library.versionText)"
        )
    }

    private init(
        _ credential: Credential,
        versions: [ProtocolVersion],
        suites: [NamedCode],
        groups: [NamedGroup],
        signatureSchemes: [SignatureScheme],
        engine: String
    ) {
        self.init(
            role: credential.role,
            identities: credential.identities.map { IdentitySummary($0, withRoot: credential.sendsRoot) },
            protocols: versions.map(\.id),
            protocolMask: Self.mask(versions, role: credential.role),
            suites: suites,
            securityLevel: 0,
            securityLevelReasons: [],
            groups: groups.map { NamedCode($0) },
            signatureSchemes: signatureSchemes.map { NamedCode($0) },
            minimumStrength: credential.minimumStrength,
            maximumStrength: credential.maximumStrength,
            disabled: credential.disabled.map(\.text),
            serverName: credential.serverName,
            verifyName: credential.verifyName?.text,
            verification: credential.verification,
            alpn: versions.allSatisfy { $0 < .tls10 } ? [] : credential.alpn,
            clientAuthentication: credential.clientAuthentication,
            preSharedKeyIdentity: credential.preSharedKey?.identity,
            flags: Self.flags(of: credential, versions: versions),
            notes: credential.notes,
            engine: engine
        )
    }

    private static func mask(_ versions: [ProtocolVersion], role: Role) -> String {
        let bits = versions.reduce(UInt32(0)) { $0 | $1.schannelBit(for: role) }
        let digits = String(bits, radix: 16)
        return "0x" + String(repeating: "0", count: max(0, 8 - digits.count)) + digits
    }

    private static func flags(of credential: Credential, versions: [ProtocolVersion]) -> [String] {
        let isServer = credential.role == .server
        var flags: [String] = []
        if !isServer, credential.identities.isEmpty { flags.append("no-default-credentials") }
        if credential.sendsRoot, credential.identities.contains(where: \.includesRoot) { flags.append("send-root") }
        if credential.nullSuites != .named { flags.append("null-suites-\(credential.nullSuites.rawValue)") }
        if credential.legacy { flags.append("legacy-server-connect") }
        if credential.refusesRenegotiation { flags.append("no-renegotiation") }
        for type in HelloChanges.omissible where credential.hello.omitted.contains(type) {
            flags.append("without-\(type.name)")
        }
        if credential.hello.usesSSL2Format { flags.append("ssl2-format-hello") }
        if !credential.usesSessionTickets { flags.append("no-tickets") }
        if credential.prefersOwnOrder { flags.append("server-order") }
        if isServer, credential.allowsClientRenegotiation { flags.append("client-renegotiation") }
        if isServer, !credential.remembersSessions { flags.append("no-session-cache") }
        if isServer, credential.server.refusesUnknownNames { flags.append("names-strict") }
        if isServer {
            flags += credential.server.protocolRules.map { "narrowed-for-\($0.applicationProtocol)" }
        }
        if isServer, credential.server.stapledOCSP != nil { flags.append("ocsp-staple") }
        if isServer, !credential.server.ticketKeys.isEmpty { flags.append("ticket-key") }
        if isServer, credential.maximumEarlyData > 0 { flags.append("early-data") }
        if credential.allowsPostHandshakeAuthentication { flags.append("post-handshake-authentication") }
        if versions != Set(credential.protocols).sorted() { flags.append("versions-narrowed-to-suites") }
        return flags
    }
}

extension IdentitySummary {
    /// What is shown of an identity, and how much of its chain is sent.
    public init(_ identity: Identity, withRoot: Bool = false) {
        let leaf = identity.certificate
        self.init(
            subject: leaf.subject.text,
            sha256: leaf.sha256,
            sha1: leaf.sha1,
            notAfter: leaf.notAfter.text,
            keyAlgorithm: leaf.publicKey.algorithm,
            keyBits: leaf.publicKey.bits,
            chainLength: identity.chain(withRoot: withRoot).count
        )
    }
}

extension ProtocolVersion {
    /// Schannel's `SP_PROT_…` bit (schannel.h): the client's is twice the server's.
    func schannelBit(for role: Role) -> UInt32 {
        let server: UInt32 =
            switch self {
            case .ssl2: 0x4
            case .ssl3: 0x10
            case .tls10: 0x40
            case .tls11: 0x100
            case .tls12: 0x400
            case .tls13: 0x1000
            default: 0
            }
        return role == .client ? server * 2 : server
    }
}
