public import TLSParameters

/// How a report differs from an older one of the same target.
public struct BaselineComparison: Codable, Hashable, Sendable {
    /// One difference.
    public struct Difference: Codable, Hashable, Sendable {
        /// What kind of difference it is.
        public enum Kind: String, Codable, Sendable, CaseIterable {
            /// It is new.
            case added
            /// It is gone.
            case removed
            /// It is another than before.
            case changed
        }

        /// What differs, such as `finding:protocol.obsolete` or `certificate:leaf`.
        public var subject: String
        /// What kind of difference it is.
        public var kind: Kind
        /// Whether it is for the worse.
        public var regression: Bool
        /// What it was; nil if it wasn't.
        @Nullable public var before: PeerText?
        /// What it is; nil if it is no more.
        @Nullable public var after: PeerText?

        /// A difference.
        public init(subject: String, kind: Kind, regression: Bool, before: PeerText?, after: PeerText?) {
            self.subject = subject
            self.kind = kind
            self.regression = regression
            self.before = before
            self.after = after
        }
    }

    /// The older report: its file's name.
    public var source: String
    /// When the older report was made, ISO 8601.
    public var startedAt: String
    /// What differs, regressions first.
    public var differences: [Difference]
    /// What is not compared, since it differs from run to run.
    public var hidden: [String] = []

    /// A comparison.
    public init(source: String, startedAt: String, differences: [Difference], hidden: [String] = []) {
        self.source = source
        self.startedAt = startedAt
        self.differences = differences
        self.hidden = hidden
    }
}
