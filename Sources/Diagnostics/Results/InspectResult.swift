public import Certificates
public import SecureChannel

/// What `inspect` found out about a server, or about a file of certificates.
public struct InspectResult: Codable, Sendable {
    /// What was inspected.
    public enum Kind: String, Codable, Sendable {
        /// A live server.
        case server
        /// A file of certificates.
        case file
    }

    /// What was inspected.
    public var kind: Kind
    /// How the connection was made; null for a file.
    @Nullable public var dial: DialSummary?
    /// Everything known of the connection; null for a file.
    @Nullable public var attributes: ConnectionAttributes?
    /// The certificates in the order in which they were sent, or stand in the file.
    public var certificates: [CertificateReport]
    /// How they stand to each other.
    public var order: ChainOrder
    /// The judgement; null if none was asked for.
    @Nullable public var validation: ChainValidation?
    /// The versions, suites, groups and features that our own hellos found; null for a file, or if nothing speaks TLS.
    @Nullable public var survey: CiphersResult?
    /// The chains that the server shows to clients that differ from the session's, each once.
    public var chains: [ServedChain] = []
    /// What became of each check.
    public var checks: [CheckOutcome] = []
    /// How each of the name's addresses stands; empty unless all of them were asked for.
    public var addresses: [AddressReport] = []
    /// What an answer over HTTP says; null if none was asked for.
    @Nullable public var http: HTTPFacts?
    /// What the DNS says of it; null unless it was asked.
    @Nullable public var dns: DNSFacts?
    /// What known clients would negotiate.
    public var clients: [SimulatedClient] = []
    /// What the policy says; null without one.
    @Nullable public var judgement: Judgement?
    /// How it differs from an older report; null without one.
    @Nullable public var comparison: BaselineComparison?
    /// What else can be said of the chain: its timestamps, the rules that it breaks; null without certificates.
    @Nullable public var assessment: ChainAssessment?
    /// What the file holds, thing by thing; null for a server.
    @Nullable public var file: FileContents?
    /// Whether the file's key is that of the certificate it was compared with; null if it was with none.
    @Nullable public var comparedKey: KeyComparison?

    init(
        kind: Kind,
        dial: DialSummary?,
        attributes: ConnectionAttributes?,
        chain: [Certificate],
        validation: ChainValidation?,
        now: Int64
    ) {
        self.kind = kind
        self.dial = dial
        self.attributes = attributes
        certificates = chain.map { CertificateReport($0, now: now) }
        order = ChainOrder(sent: chain)
        self.validation = validation
        assessment = ChainAssessment(
            chain: chain,
            verified: validation?.builtChain ?? [],
            tls: (attributes?.peer.certificateTimestampList ?? []).map(\.bytes),
            staple: attributes?.peer.stapledOCSP?.bytes
        )
    }

    /// What the assessment shows to be wrong.
    var assessmentFindings: [Finding] {
        assessment.map { AssessmentFindings.all($0, chain: certificates.map(\.certificate)) } ?? []
    }
}

/// A certificate, and what only the day of the report can tell of it.
public struct CertificateReport: Codable, Sendable, Hashable {
    /// The certificate.
    public var certificate: Certificate
    /// Whole days until it expires; negative once it has; null if its date can't be read.
    @Nullable public var daysLeft: Int?
    /// How much of its life is left, in percent; 0 once it has expired; null if its dates can't be read.
    @Nullable public var percentLeft: Int?

    /// What can be told of a certificate at `now`, in seconds since 1970.
    public init(_ certificate: Certificate, now: Int64) {
        self.certificate = certificate
        daysLeft = certificate.notAfter.days(after: now)
        percentLeft = Self.percentLeft(certificate, now: now)
    }

    /// The whole days since it expired, 0 on the first; nil as long as it hasn't, or if its date can't be read.
    public var daysExpired: Int? {
        // ``daysLeft`` is rounded down: -1 from the first second after the end.
        daysLeft.flatMap { $0 < 0 ? -($0 + 1) : nil }
    }

    /// The whole days of its life; nil if its dates can't be read.
    public var lifetimeDays: Int? {
        certificate.notBefore.unixSeconds.flatMap { certificate.notAfter.days(after: $0) }
    }

    private static func percentLeft(_ certificate: Certificate, now: Int64) -> Int? {
        guard let first = certificate.notBefore.unixSeconds, let last = certificate.notAfter.unixSeconds else {
            return nil
        }
        return percentLeft(from: first, until: last, at: now)
    }

    /// How much of a life is left, in percent; nil for none.
    static func percentLeft(from first: Int64, until last: Int64, at now: Int64) -> Int? {
        guard first < last else { return nil }
        let share = (Double(last) - Double(now)) / (Double(last) - Double(first))
        return Int((min(1, max(0, share)) * 100).rounded(.down))
    }

    private enum Keys: String, CodingKey {
        case daysLeft
        case percentLeft
    }

    /// Reads the certificate's keys and its own from one object.
    public init(from decoder: any Decoder) throws {
        certificate = try Certificate(from: decoder)
        let container = try decoder.container(keyedBy: Keys.self)
        daysLeft = try container.decodeIfPresent(Int.self, forKey: .daysLeft)
        percentLeft = try container.decodeIfPresent(Int.self, forKey: .percentLeft)
    }

    /// Writes the certificate's keys and its own into one object.
    public func encode(to encoder: any Encoder) throws {
        try certificate.encode(to: encoder)
        var container = encoder.container(keyedBy: Keys.self)
        try container.encode(daysLeft, forKey: .daysLeft)
        try container.encode(percentLeft, forKey: .percentLeft)
    }
}
