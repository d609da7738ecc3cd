public import TLSParameters

/// Something about a peer that its owner should know, told the same way by every check.
public struct Finding: Codable, Hashable, Sendable {
    /// How much it matters.
    public enum Severity: String, Codable, Sendable, CaseIterable, Comparable {
        /// Worth knowing; nothing to do.
        case info
        /// Weak, but not exploitable by itself.
        case low
        /// Should be mended.
        case medium
        /// Must be mended.
        case high

        private var rank: Int {
            switch self {
            case .info: 0
            case .low: 1
            case .medium: 2
            case .high: 3
            }
        }

        /// `info` < `low` < `medium` < `high`.
        public static func < (left: Severity, right: Severity) -> Bool {
            left.rank < right.rank
        }
    }

    /// A stable identifier such as `certificate.expired`; `docs/findings.md` documents each.
    public var id: String
    /// How much it matters.
    public var severity: Severity
    /// One sentence that says what is the case.
    public var statement: String
    /// What it was seen in: the fields or bytes that prove it. May hold text of the peer.
    public var evidence: [PeerText]
    /// What to do about it; nil if nothing needs doing.
    @Nullable public var remedy: String?
    /// The documents that say so, such as `RFC 8996`.
    public var references: [String]

    /// A finding from its parts.
    public init(
        id: String,
        severity: Severity,
        statement: String,
        evidence: [PeerText] = [],
        remedy: String? = nil,
        references: [String] = []
    ) {
        self.id = id
        self.severity = severity
        self.statement = statement
        self.evidence = evidence
        self.remedy = remedy
        self.references = references
    }
}
