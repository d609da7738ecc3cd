import SecureChannel
import Transport

/// Where to connect to, and which server name to send.
public struct EndpointSettings: Sendable {
    /// Which name goes into the server_name extension (RFC 6066 §3).
    public enum ServerName: Sendable, Hashable {
        /// The target's host, unless it is an IP literal.
        case fromTarget
        /// This name.
        case name(String)
        /// None.
        case none
    }

    /// Which addresses of a name may be used.
    public enum Family: Sendable, Hashable {
        /// All of them.
        case any
        /// IPv4 only.
        case ipv4
        /// IPv6 only.
        case ipv6
    }

    /// `ADDR[:PORT]` to dial instead of the target; nil for the target itself.
    public var connectTo: String?
    /// The server name to send.
    public var serverName = ServerName.fromTarget
    /// The addresses that may be used.
    public var family = Family.any
    /// The address of this machine to connect from; nil lets the system choose.
    public var bind: String?
    /// The protocol that goes over to TLS (``starttlsNames``), or `auto`; nil for what the target's scheme says.
    public var starttls: String?
    /// The proxy to go through; nil for none.
    public var proxy: ProxySetting?

    /// What ``starttls`` may be, beside `auto`.
    public static var starttlsNames: [String] { STARTTLSProtocol.allCases.map(\.rawValue) }

    /// The defaults: dial the target, send its name.
    public init() {}
}

/// What we are willing to speak, as a user writes it; nil takes the default.
public struct ProtocolSettings: Sendable {
    /// Versions: a list (`tls1.2,tls1.3`) or a range (`tls1.0-tls1.2`).
    public var protocols: String?
    /// Suites for TLS 1.2 and older: an OpenSSL cipher string, or names or code points.
    public var ciphers: String?
    /// Suites for TLS 1.3: names or code points.
    public var ciphersuites: String?
    /// Groups, most wanted first.
    public var groups: String?
    /// Signature schemes, most wanted first.
    public var signatureSchemes: String?
    /// Application protocols (ALPN), most wanted first.
    public var applicationProtocols: String?
    /// Whether to allow what a modern default refuses.
    public var legacy = false
    /// Which engine carries the session.
    public var engine = EngineSetting.auto
    /// The least strength of a suite, in bits.
    public var minimumStrength: Int?
    /// The greatest strength of a suite, in bits.
    public var maximumStrength: Int?
    /// Whether suites that encrypt nothing are added, or the only ones; nil leaves that to ``ciphers``.
    public var nullSuites: NullSuiteSetting?
    /// Algorithms to leave out: `KIND:ALGORITHM[:MIN-MAX]` each.
    public var disabled: [String] = []

    /// The defaults.
    public init() {}
}

/// Which engine carries a session.
public enum EngineSetting: String, Sendable, CaseIterable {
    /// libssl where it can do what is asked, the classic engine where only that can.
    case auto
    /// libssl and nothing else.
    case libssl
    /// Our own engine, SSL 2.0 to TLS 1.2.
    case classic

    /// The choice of the layer below.
    var choice: EngineChoice {
        switch self {
        case .auto: .automatic
        case .libssl: .libssl
        case .classic: .classic
        }
    }
}

/// Whether suites that encrypt nothing are offered.
public enum NullSuiteSetting: String, Sendable, CaseIterable {
    /// After all others.
    case allow
    /// No others.
    case only
}

/// What becomes of a certificate that is not in order.
public enum VerificationSetting: String, Sendable, CaseIterable {
    /// The handshake is refused with the alert that fits.
    case auto
    /// The handshake is finished, then the certificate is judged.
    case manual
    /// The certificate is not judged.
    case none
}

/// Which of the peer's certificates must be shown not to be revoked.
public enum RevocationSetting: String, Sendable, CaseIterable {
    /// None.
    case none
    /// The leaf.
    case end
    /// All.
    case chain
    /// All but the root.
    case excludeRoot = "exclude-root"
}

/// How the peer's certificate is judged.
public struct ValidationSettings: Sendable {
    /// Which name the certificate must be for.
    public enum Name: Sendable, Hashable {
        /// The target's host.
        case fromTarget
        /// This name or address.
        case name(String)
        /// Any.
        case unchecked
    }

    /// Files of trusted certificates, beside the system's.
    public var files: [String] = []
    /// Hashed directories of trusted certificates, beside the system's.
    public var directories: [String] = []
    /// Whether the system's certificates are trusted.
    public var system = true
    /// What becomes of a bad certificate.
    public var mode = VerificationSetting.auto
    /// The name that it must be for.
    public var name = Name.fromTarget
    /// The time to judge at, in seconds since 1970; nil for now.
    public var time: Int64?
    /// Which certificates must be shown not to be revoked.
    public var revocation = RevocationSetting.none
    /// Files of lists of revoked certificates.
    public var revocationLists: [String] = []
    /// Whether a certificate passes that names no place to ask.
    public var ignoresMissingRevocation = false
    /// Whether a certificate passes for which there is no current answer, though it names a place to ask.
    public var ignoresOfflineRevocation = false
    /// Whether responders and lists that certificates name are asked, which is traffic to others than the target.
    public var fetches = false

    /// The defaults: the system's trust, the target's name, now.
    public init() {}
}

/// How long one target may take.
public struct Limits: Sendable {
    /// Absolute limit for everything.
    public var timeout: Duration
    /// Limit for each TCP connection attempt.
    public var connectTimeout: Duration

    /// Limits from their parts.
    public init(timeout: Duration, connectTimeout: Duration) {
        self.timeout = timeout
        self.connectTimeout = connectTimeout
    }
}

/// How hard a peer may be probed.
public struct ProbeSettings: Sendable {
    /// Limit for the answer to one hello.
    public var probeTimeout: Duration
    /// Connections open at once.
    public var concurrency: Int
    /// Connections in all.
    public var maxConnections: Int
    /// Least time between the starts of two connections.
    public var delay: Duration
    /// Connections a second at most; nil for no limit.
    public var rate: Double?

    /// Settings from their parts.
    public init(
        probeTimeout: Duration = .seconds(5),
        concurrency: Int = 8,
        maxConnections: Int = 2000,
        delay: Duration = .zero,
        rate: Double? = nil
    ) {
        self.probeTimeout = probeTimeout
        self.concurrency = concurrency
        self.maxConnections = maxConnections
        self.delay = delay
        self.rate = rate
    }
}
