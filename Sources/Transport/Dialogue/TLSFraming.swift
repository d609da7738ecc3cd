/// Packets that a protocol puts around TLS.
protocol TLSFraming: Sendable {
    /// Whether the peer may send packets right behind its go-ahead, so that they aren't surplus.
    static var mayBeginAtOnce: Bool { get }
    /// The packets for the wire.
    mutating func wrap(_ bytes: [UInt8]) -> [UInt8]
    /// Takes what arrived: the TLS in it, and what has to be sent at once in return.
    ///
    /// - Throws: a phrase that says what isn't as it should be.
    mutating func unwrap(_ bytes: [UInt8]) throws(FramingError) -> (bytes: [UInt8], answer: [UInt8])
}

/// A packet that breaks the rules of its protocol.
struct FramingError: Error, Hashable, Sendable {
    /// One lower-case phrase of ours.
    var detail: String
}
