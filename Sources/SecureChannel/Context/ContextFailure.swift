public import Certificates
public import TLSParameters
public import TLSWire

/// Why a context is unusable (or, thrown by a call, why the call made no sense). The peer's doing unless the kind says
/// otherwise, and therefore a result, with the evidence.
public struct ContextFailure: Error, Sendable {
    /// What happened, to switch on.
    public struct Kind: RawRepresentable, Hashable, Sendable, Codable {
        /// The stable text, such as `alert-received`.
        public let rawValue: String

        /// Any kind; ours are the constants.
        public init(rawValue: String) {
            self.rawValue = rawValue
        }

        /// The peer sent a fatal alert.
        public static let alertReceived = Kind(rawValue: "alert-received")
        /// The peer broke the protocol, or there is nothing both ends can do; our alert, if any, says so.
        public static let protocolError = Kind(rawValue: "protocol-error")
        /// The peer's certificate was not accepted.
        public static let verification = Kind(rawValue: "verification")
        /// The peer's first bytes are no TLS. ``ContextFailure/opening`` says what they look like.
        public static let notTLS = Kind(rawValue: "not-tls")
        /// The peer speaks SSL 2.0, which this engine doesn't.
        public static let ssl2 = Kind(rawValue: "ssl2")
        /// The peer refused to renegotiate (alert no_renegotiation); libssl can't go on after that.
        public static let renegotiationRefused = Kind(rawValue: "renegotiation-refused")
        /// The transport ended before the handshake did.
        public static let truncated = Kind(rawValue: "truncated")
        /// The channel is closed for what was asked (`SEC_E_CONTEXT_EXPIRED`). Our side's doing.
        public static let closed = Kind(rawValue: "closed")
        /// What was asked has no meaning here: renegotiation in TLS 1.3, key update before it, data before the channel
        /// stands. Our side's doing; the context is as usable as before.
        public static let unsupported = Kind(rawValue: "unsupported")
        /// libssl failed by itself.
        public static let library = Kind(rawValue: "library")
    }

    /// What happened.
    public var kind: Kind
    /// One line for a person, lower case, no full stop. Never a peer's own text.
    public var text: String
    /// The alert the peer sent last.
    public var alertReceived: AlertFact?
    /// The alert this end sent last.
    public var alertSent: AlertFact?
    /// The judgement of the peer's chain, when that was the reason.
    public var validation: ChainValidation?
    /// What the peer's first bytes look like, when they were no TLS.
    public var opening: StreamOpening?
    /// The peer's first bytes, at most 256, when they were no TLS.
    public var prefix: HexBytes?

    /// A failure.
    public init(_ kind: Kind, _ text: String) {
        self.kind = kind
        self.text = text
    }

    /// The SSPI status Schannel reports for the same thing (lifecycle: alert and status table).
    public var schannelStatus: SchannelStatus {
        switch kind {
        case .alertReceived:
            alertReceived.map { SchannelStatus(receivedAlert: $0.description) } ?? .illegalMessage
        case .verification:
            validation?.problems.first.map { SchannelStatus(verificationError: $0.code) } ?? .certificateUnknown
        case .notTLS, .ssl2: .invalidToken
        case .truncated: .incompleteMessage
        case .renegotiationRefused: .noRenegotiation
        case .closed: .contextExpired
        case .unsupported: .unsupportedFunction
        case .library: .internalError
        default:
            // The alert this end answered with says best what was wrong with the peer's message.
            alertSent.map { SchannelStatus(receivedAlert: $0.description) } ?? .illegalMessage
        }
    }
}

extension ContextFailure: Codable {
    private enum CodingKeys: String, CodingKey {
        case kind
        case text
        case alertReceived
        case alertSent
        case validation
        case opening
        case prefix
        case schannel
    }

    /// Reads all but the Schannel status, which follows from the rest.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        kind = try container.decode(Kind.self, forKey: .kind)
        text = try container.decode(String.self, forKey: .text)
        alertReceived = try container.decodeIfPresent(AlertFact.self, forKey: .alertReceived)
        alertSent = try container.decodeIfPresent(AlertFact.self, forKey: .alertSent)
        validation = try container.decodeIfPresent(ChainValidation.self, forKey: .validation)
        opening = try container.decodeIfPresent(StreamOpening.self, forKey: .opening)
        prefix = try container.decodeIfPresent(HexBytes.self, forKey: .prefix)
    }

    /// Writes what is known, and the Schannel status with its number.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(kind, forKey: .kind)
        try container.encode(text, forKey: .text)
        try container.encodeIfPresent(alertReceived, forKey: .alertReceived)
        try container.encodeIfPresent(alertSent, forKey: .alertSent)
        try container.encodeIfPresent(validation, forKey: .validation)
        try container.encodeIfPresent(opening, forKey: .opening)
        try container.encodeIfPresent(prefix, forKey: .prefix)
        try container.encode(schannelStatus.text, forKey: .schannel)
    }
}

/// An alert that was sent or received, with everything a report says of it.
public struct AlertFact: Codable, Hashable, Sendable {
    /// 1 for warning, 2 for fatal; TLS 1.3 gives it no meaning.
    public var levelCode: UInt8
    /// The registry's number.
    public var code: UInt8

    /// An alert.
    public init(_ alert: Alert) {
        levelCode = alert.level.rawValue
        code = alert.description.rawValue
    }

    /// The level.
    public var level: AlertLevel { AlertLevel(rawValue: levelCode) }
    /// What it says.
    public var description: AlertDescription { AlertDescription(rawValue: code) }
    /// What Schannel reports when it receives it.
    public var schannelStatus: SchannelStatus { SchannelStatus(receivedAlert: description) }
    /// Level and description with their numbers: `fatal(2) handshake_failure(40)`.
    public var text: String { "\(level.name)(\(levelCode)) \(description.name)(\(code))" }

    private enum CodingKeys: String, CodingKey {
        case level
        case levelCode
        case code
        case name
        case schannel
    }

    /// Reads the two numbers.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        levelCode = try container.decode(UInt8.self, forKey: .levelCode)
        code = try container.decode(UInt8.self, forKey: .code)
    }

    /// Writes numbers and names, and what Schannel reports when it receives the alert.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(level.name, forKey: .level)
        try container.encode(levelCode, forKey: .levelCode)
        try container.encode(code, forKey: .code)
        try container.encode(description.name, forKey: .name)
        try container.encode(schannelStatus.text, forKey: .schannel)
    }
}
