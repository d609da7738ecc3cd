public import TLSParameters

/// What the DNS says of how a server wants to be spoken to, and by whom its certificates may be issued.
public struct DNSFacts: Codable, Hashable, Sendable {
    /// One kind of records.
    public struct Records: Codable, Hashable, Sendable {
        /// Whether what came back can be believed.
        public enum Security: String, Codable, Sendable, CaseIterable {
            /// DNSSEC says that it is genuine.
            case secure
            /// It isn't signed, or there was no trust anchor.
            case insecure
            /// DNSSEC says that it isn't genuine.
            case bogus
        }

        /// The kind: `CAA`, `TLSA`, `HTTPS`, `MTA-STS`.
        public var kind: String
        /// The name that has them, or that was asked for them.
        public var name: String
        /// `found`, `none`, or `not-determined`.
        public var verdict: String
        /// Why, where the verdict does not speak for itself; nil where it does.
        @Nullable public var reason: PeerText?
        /// Whether it can be believed.
        public var security: Security
        /// The records as text, in the order in which they came.
        public var records: [PeerText]

        init(kind: String, name: String, verdict: String, security: Security, records: [PeerText] = []) {
            self.kind = kind
            self.name = name
            self.verdict = verdict
            self.security = security
            self.records = records
        }
    }

    /// Whether there was a trust anchor to validate with.
    public var validates: Bool
    /// What was asked, each with what came back.
    public var records: [Records]
    /// For each TLSA record whether it fits the certificates that the server shows; empty without records.
    public var tlsaMatches: [Bool]
}
