import TLSParameters

/// The messages of one handshake in their order, without record headers and HelloRequests.
struct Transcript {
    /// The most that is kept, in bytes: more than any handshake that comes to an end.
    static let limit = 4 << 20

    private(set) var bytes: [UInt8] = []

    mutating func append(_ message: [UInt8]) throws(ClassicError) {
        guard bytes.count + message.count <= Self.limit else {
            throw ClassicError("the handshake has no end: \(Self.limit) bytes of messages", alert: .internal_error)
        }
        bytes += message
    }
}
