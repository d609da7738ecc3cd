/// Something that happened on a connection, worth a line in a log.
public struct ContextEvent: Codable, Hashable, Sendable {
    /// What happened, to switch on.
    public struct Kind: RawRepresentable, Hashable, Sendable, Codable {
        /// The stable text, such as `handshake-completed`.
        public let rawValue: String

        /// Any kind; ours are the constants.
        public init(rawValue: String) {
            self.rawValue = rawValue
        }

        /// The first handshake is over.
        public static let handshakeCompleted = Kind(rawValue: "handshake-completed")
        /// The server wants another hello.
        public static let helloRetryRequest = Kind(rawValue: "hello-retry-request")
        /// A HelloRequest came or went.
        public static let helloRequest = Kind(rawValue: "hello-request")
        /// A ClientHello on a standing channel came or went.
        public static let renegotiationStarted = Kind(rawValue: "renegotiation-started")
        /// A renegotiation is over.
        public static let renegotiationCompleted = Kind(rawValue: "renegotiation-completed")
        /// A CertificateRequest came or went.
        public static let certificateRequest = Kind(rawValue: "certificate-request")
        /// A NewSessionTicket came or went.
        public static let newSessionTicket = Kind(rawValue: "new-session-ticket")
        /// A KeyUpdate came or went.
        public static let keyUpdate = Kind(rawValue: "key-update")
        /// The peer's chain was judged.
        public static let chainJudged = Kind(rawValue: "chain-judged")
        /// An alert other than close_notify came or went.
        public static let alert = Kind(rawValue: "alert")
        /// A close_notify came or went.
        public static let closeNotify = Kind(rawValue: "close-notify")
        /// The transport ended.
        public static let transportEnded = Kind(rawValue: "transport-ended")
        /// The context failed.
        public static let failed = Kind(rawValue: "failed")
    }

    /// What happened.
    public var kind: Kind
    /// Which way it went, for messages.
    public var direction: Direction?
    /// More, in our own or a registry's words; never a peer's.
    public var detail: String?
    /// When, in seconds since the context was made.
    public var seconds: Double
}
