public import SecureChannel

/// What `renegotiate` found out: what a peer allows once a session stands.
public struct RenegotiateResult: Codable, Sendable {
    /// The sentence that answers the question.
    public var summary: String
    /// The version of the first session, such as `tls1.2`.
    public var version: String
    /// Whether the peer supports secure renegotiation (RFC 5746), as the session of TLS 1.2 or older shows it; null without one.
    @Nullable public var secureRenegotiation: Bool?
    /// How the server answers the two ways to ask for secure renegotiation; null where they were not asked.
    @Nullable public var indication: RenegotiationIndication?
    /// How the peer treats renegotiation: what the attempts add up to. Null where none was made.
    @Nullable public var policy: RenegotiationPolicy?
    /// What that means.
    public var verdict: RenegotiationVerdict
    /// What was tried, in order.
    public var attempts: [RenegotiationAttempt]
    /// The attributes that the attempts changed.
    public var changes: [AttributeChange]
    /// What there is to know besides.
    public var notes: [String]
    /// Everything known of the first connection, at its end.
    public var attributes: ConnectionAttributes

    /// A result from its parts.
    public init(
        summary: String,
        version: String,
        secureRenegotiation: Bool?,
        indication: RenegotiationIndication? = nil,
        policy: RenegotiationPolicy? = nil,
        verdict: RenegotiationVerdict = .open,
        attempts: [RenegotiationAttempt],
        changes: [AttributeChange],
        notes: [String] = [],
        attributes: ConnectionAttributes
    ) {
        self.summary = summary
        self.version = version
        self.secureRenegotiation = secureRenegotiation
        self.indication = indication
        self.policy = policy
        self.verdict = verdict
        self.attempts = attempts
        self.changes = changes
        self.notes = notes
        self.attributes = attributes
    }
}

/// One attempt at changing a session that stands.
public struct RenegotiationAttempt: Codable, Sendable, Hashable {
    /// What was tried.
    public enum Action: String, Codable, Sendable {
        /// A new handshake in the session, asked for by the client (RFC 5246 §7.4.1.2).
        case renegotiation
        /// The same by a client that never signalled RFC 5746, on a connection of its own.
        case insecureRenegotiation = "insecure-renegotiation"
        /// A renegotiation that is asked for by the server (RFC 5246 §7.4.1.1).
        case helloRequest = "hello-request"
        /// A renegotiation in which the server asks for the client's certificate.
        case clientCertificate = "client-certificate"
        /// New keys for our direction only (RFC 8446 §4.6.3).
        case keyUpdate = "key-update"
        /// New keys for our direction, and a request for the peer's.
        case keyUpdateRequested = "key-update-requested"
        /// The client's certificate, asked for after the handshake (RFC 8446 §4.6.2).
        case postHandshakeAuthentication = "post-handshake-authentication"
        /// A new connection that resumes the session of one that was lost.
        case resumption
        /// Data sent with the hello of such a connection (RFC 8446 §2.3).
        case earlyData = "early-data"
    }

    /// What the peer did.
    public enum Answer: String, Codable, Sendable {
        /// It did what was asked for.
        case honoured
        /// It refused with an alert, and the connection went on or ended.
        case refusedByAlert = "refused-by-alert"
        /// It closed the connection.
        case closed
        /// It reset the connection.
        case reset
        /// It made a full handshake where a resumption was asked for.
        case fullHandshake = "full-handshake"
        /// It threw early data away, and went on with the handshake.
        case rejected
        /// It did not answer in time.
        case silence
        /// It could not be tried; `detail` says why.
        case notTried = "not-tried"
        /// It went on as if it had not been asked.
        case ignored
        /// It was sent, and nothing shows whether the peer took it: no answer is due.
        case unconfirmed
        /// It answered with something that we could not go on with; `detail` says what.
        case broken
    }

    /// What was tried.
    public var action: Action
    /// The version of the session, such as `tls1.2`; null where there was none.
    @Nullable public var version: String?
    /// The connection that it was tried on: they are counted from 1, and a peer's refusal costs one.
    public var connection: Int
    /// The address that the connection went to; null where it says nothing.
    @Nullable public var address: String?
    /// What was sent, in a few words.
    public var sent: String
    /// What the peer did.
    public var answer: Answer
    /// The alert's name or another detail; null without.
    @Nullable public var detail: String?
    /// Seconds until the answer; null if there was none.
    @Nullable public var seconds: Double?
    /// The round trips of a new connection's handshake; null for what happens on a standing one.
    @Nullable public var roundTrips: Int?
    /// The bytes of that handshake, both ways; null for what happens on a standing connection.
    @Nullable public var bytes: Int?

    /// An attempt.
    public init(
        action: Action,
        version: String? = nil,
        connection: Int = 1,
        address: String? = nil,
        sent: String,
        answer: Answer,
        detail: String? = nil,
        seconds: Double? = nil,
        roundTrips: Int? = nil,
        bytes: Int? = nil
    ) {
        self.action = action
        self.version = version
        self.connection = connection
        self.address = address
        self.sent = sent
        self.answer = answer
        self.detail = detail
        self.seconds = seconds
        self.roundTrips = roundTrips
        self.bytes = bytes
    }
}

/// An attribute before and after.
public struct AttributeChange: Codable, Sendable, Hashable {
    /// Which attribute, such as `suite`.
    public var attribute: String
    /// Its value before; null if it had none.
    @Nullable public var before: String?
    /// Its value after; null if it has none.
    @Nullable public var after: String?
}

/// How a server answers a client that asks for secure renegotiation (RFC 5746 §3.4): verdicts of hellos of our own.
public struct RenegotiationIndication: Codable, Sendable, Hashable {
    /// Asked with an empty `renegotiation_info`: `supported`, `rejected` or `inconclusive`.
    public var `extension`: String
    /// Asked with TLS_EMPTY_RENEGOTIATION_INFO_SCSV, the same.
    public var signallingSuite: String

    /// The two verdicts.
    public init(extension: String, signallingSuite: String) {
        self.extension = `extension`
        self.signallingSuite = signallingSuite
    }
}

/// What the attempts at renegotiation add up to: facts, and no judgement.
public struct RenegotiationPolicy: Codable, Sendable, Hashable {
    /// What the peer does.
    public enum Kind: String, Codable, Sendable {
        /// Every renegotiation that was asked for came about.
        case allows
        /// Some came about, then it ended them.
        case stops
        /// None came about, and it said or showed so.
        case refuses
        /// Nothing can be said: no answer in time, or an end that would have come anyway.
        case unclear
    }

    /// What the peer does.
    public var kind: Kind
    /// How many renegotiations one connection was asked for.
    public var asked: Int
    /// How many of them came about.
    public var honoured: Int
    /// How it ended them; null if it didn't.
    @Nullable public var ending: RenegotiationAttempt.Answer?
    /// The alert's name or another detail of that; null without.
    @Nullable public var detail: String?
}

/// What a peer's policy means for its owner, in a word and a sentence.
public struct RenegotiationVerdict: Codable, Sendable, Hashable {
    /// The word.
    public enum Kind: String, Codable, Sendable {
        /// Nobody can renegotiate.
        case refused
        /// It renegotiates safely, and puts an end to it.
        case limited
        /// It renegotiates safely, as often as it was asked.
        case unlimited
        /// It renegotiates without RFC 5746.
        case insecure
        /// The version has no renegotiation.
        case notApplicable = "not-applicable"
        /// It is not known.
        case open
    }

    /// The word.
    public var kind: Kind
    /// The sentence, lower case, without a full stop.
    public var text: String

    /// Nothing is known.
    public static let open = RenegotiationVerdict(kind: .open, text: "whether it renegotiates was not found out")
}
