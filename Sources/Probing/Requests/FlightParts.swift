public import TLSWire

/// What a server's first flight holds besides the ServerHello, as far as it was wanted and read.
public struct FlightParts: Hashable, Sendable {
    /// The certificates in DER, as sent: the leaf first, if the server keeps to the order.
    public var certificates: [[UInt8]] = []
    /// The ServerKeyExchange; nil also for one that can't be read.
    public var keyExchange: ServerKeyExchange?
    /// A CertificateStatus came (RFC 6066 §8). Only ``FlightReader/Goal/helloDone`` proves that none does.
    public var hasCertificateStatus = false
    /// A CertificateRequest came (RFC 5246 §7.4.4). Only ``FlightReader/Goal/helloDone`` proves that none does.
    public var hasCertificateRequest = false
    /// A warning that came before the ServerHello, usually `unrecognized_name` (RFC 6066 §3).
    public var warning: Alert?
    /// An alert that came after the ServerHello: too late to take the choice back.
    public var alert: Alert?
    /// All that was wanted has been read. If not, the flight broke off or went wrong after the ServerHello, and what is
    /// missing here proves nothing.
    public var isWhole: Bool

    /// The parts of a flight.
    public init(
        certificates: [[UInt8]] = [],
        keyExchange: ServerKeyExchange? = nil,
        warning: Alert? = nil,
        isWhole: Bool = true
    ) {
        self.certificates = certificates
        self.keyExchange = keyExchange
        self.warning = warning
        self.isWhole = isWhole
    }
}

/// How a flight ended before it had said anything, or all of it.
public enum FlightEnding: String, Hashable, Sendable, CaseIterable {
    /// FIN.
    case closed
    /// RST.
    case reset
    /// The probe's deadline, however many bytes had trickled in.
    case timedOut = "timed-out"
}
