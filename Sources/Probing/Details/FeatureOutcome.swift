public import TLSParameters

/// One yes-or-no fact about a server, besides its versions, suites, groups and schemes.
public struct FeatureOutcome: Hashable, Sendable {
    /// What was asked.
    public var feature: ServerFeature
    /// The version that it was asked in; nil where that makes no difference.
    public var version: ProtocolVersion?
    /// The answer.
    public var verdict: Verdict
    /// What the server answered, in words of ours; nil where the verdict says it all.
    public var detail: String?
    /// The request whose answer decided.
    public var evidence: ProbeRequest.ID?

    /// A fact.
    public init(
        _ feature: ServerFeature,
        version: ProtocolVersion? = nil,
        verdict: Verdict,
        detail: String? = nil,
        evidence: ProbeRequest.ID? = nil
    ) {
        self.feature = feature
        self.version = version
        self.verdict = verdict
        self.detail = detail
        self.evidence = evidence
    }
}

/// What can be asked of a server by one hello. Raw values are stable identifiers for reports.
public enum ServerFeature: String, Hashable, Sendable, CaseIterable {
    /// How a reason begins that something can't be told of TLS 1.3, where it is encrypted or gone.
    public static let olderOnly = "only TLS 1.2 and older show it"
    /// Why it can't be told whether a server takes the SSL 2.0 format, which has no room for extensions.
    public static let needsExtensions = "the server refuses hellos without extensions in any format"

    // Extensions: supported when the server answers with the extension.
    /// RFC 7627.
    case extendedMasterSecret = "extended-master-secret"
    /// RFC 7366.
    case encryptThenMAC = "encrypt-then-mac"
    /// RFC 5746, asked for by the extension.
    case renegotiationInfo = "renegotiation-info"
    /// RFC 5746 §3.3, asked for by the signalling suite.
    case renegotiationSCSV = "renegotiation-scsv"
    /// RFC 5077.
    case sessionTicket = "session-ticket"
    /// A session id to resume by (RFC 5246 §7.4.1.3).
    case sessionID = "session-id"
    /// RFC 6066 §4.
    case maxFragmentLength = "max-fragment-length"
    /// RFC 8449.
    case recordSizeLimit = "record-size-limit"
    /// RFC 6520.
    case heartbeat
    /// DEFLATE (RFC 3749).
    case compression
    /// RFC 6066 §8: a CertificateStatus follows the certificate.
    case ocspStapling = "ocsp-stapling"
    /// RFC 6962 §3.3.1.
    case certificateTimestamps = "certificate-timestamps"
    /// RFC 7301: the server chooses at least one application protocol.
    case alpn

    // Tolerance: supported when the server answers as it does to a plain hello.
    /// Unknown suites, groups, extensions and versions that mean nothing (RFC 8701).
    case toleratesGREASE = "tolerates-grease"
    /// An extension that nobody knows.
    case toleratesUnknownExtension = "tolerates-unknown-extension"
    /// A handshake message of 255, of 256 to 511, of 512, of more than 1,500 bytes.
    case toleratesHello255 = "tolerates-hello-255"
    /// 256 to 511 bytes hang some F5 devices (RFC 7685 §1).
    case toleratesHello256 = "tolerates-hello-256"
    /// 512 bytes.
    case toleratesHello512 = "tolerates-hello-512"
    /// More than a packet, as post-quantum key shares make it.
    case toleratesHello1500 = "tolerates-hello-1500"
    /// The same in two segments with a pause between them.
    case toleratesSplitHello = "tolerates-split-hello"
    /// More than 128 suites.
    case toleratesLongSuiteList = "tolerates-long-suite-list"
    /// A legacy version above TLS 1.2 (RFC 8446 §4.1.3, "version intolerance").
    case toleratesNewerVersion = "tolerates-newer-version"
    /// An unknown value in supported_versions.
    case toleratesUnknownVersion = "tolerates-unknown-version"

    // Downgrade.
    /// RFC 7507: a fallback below the server's best version is refused with inappropriate_fallback.
    case fallbackSCSV = "fallback-scsv"
    /// RFC 8446 §4.1.3: the last bytes of the random of an older version.
    case downgradeSentinel = "downgrade-sentinel"
    /// A hello in the SSL 2.0 format for a newer version is answered (RFC 5246 §E.2).
    case ssl2FormatHello = "ssl2-format-hello"
    /// Private Communication Technology 1.0.
    case pct1 = "pct1.0"
}
