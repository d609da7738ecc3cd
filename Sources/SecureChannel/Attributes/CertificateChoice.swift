public import TLSParameters

/// How a client without a certificate of its own answered a server that asked for one.
public struct CertificateChoice: Codable, Hashable, Sendable {
    /// Why it answered so.
    public struct Reason: RawRepresentable, Codable, Hashable, Sendable {
        /// The stable text, such as `issuer-listed`.
        public let rawValue: String

        /// Any reason; ours are the constants.
        public init(rawValue: String) {
            self.rawValue = rawValue
        }

        /// An authority that the server accepts issued the certificate, or one that leads to it.
        public static let issuerListed = Reason(rawValue: "issuer-listed")
        /// The server named no authorities, so any certificate will do.
        public static let anyIssuer = Reason(rawValue: "any-issuer")
        /// There was none that the server could accept, and none was shown.
        public static let noneFits = Reason(rawValue: "none-fits")
        /// libssl can't use the one that fits, and none was shown.
        public static let unusable = Reason(rawValue: "unusable")
    }

    /// The certificate that was shown; nil for none.
    public var identity: IdentitySummary?
    /// Where it came from.
    public var file: PeerText?
    /// Why it was shown, or why none was.
    public var reason: Reason
    /// The authority of the server's list that it is from.
    public var issuer: PeerText?
    /// How many certificates there were to choose from.
    public var considered: Int

    /// A choice.
    public init(reason: Reason, considered: Int) {
        self.reason = reason
        self.considered = considered
    }
}
