public import TLSParameters

/// Puts handshake messages together that are split over records, or takes several out of one.
///
/// A message that claims more than `maximumMessageSize` is refused when its header is seen. The buffer grows with what
/// arrives, never with what is claimed. Errors stay, as in ``RecordParser``.
public struct HandshakeAssembler: Sendable {
    /// The largest body to accept, in bytes. Real chains of post-quantum certificates pass 100 KiB.
    public var maximumMessageSize: Int
    /// Bytes of the handshake stream that whole messages have used up.
    public private(set) var consumed = 0

    private var buffer: [UInt8] = []
    private var head = 0
    private var failure: WireError?

    /// One mebibyte.
    public static let defaultMaximumMessageSize = 1 << 20

    /// An assembler at the start of a handshake.
    public init(maximumMessageSize: Int = Self.defaultMaximumMessageSize) {
        self.maximumMessageSize = maximumMessageSize
    }

    /// Takes the fragment of a handshake record.
    public mutating func append(_ fragment: [UInt8]) {
        if head > 4_096, head > buffer.count - head {
            buffer.removeFirst(head)
            head = 0
        }
        buffer.append(contentsOf: fragment)
    }

    /// The next whole message, or nil when more bytes are needed.
    public mutating func next() throws(WireError) -> HandshakeMessage? {
        if let failure { throw failure }
        guard let (type, length) = header else { return nil }
        guard length <= maximumMessageSize else {
            let error = WireError(
                offset: consumed + 1,
                kind: .tooLarge(claimed: length, limit: maximumMessageSize),
                field: "Handshake.length"
            )
            failure = error
            throw error
        }
        let start = head + HandshakeMessage.headerLength
        guard buffer.count - start >= length else { return nil }
        let body = Array(buffer[start..<start + length])
        head = start + length
        consumed += HandshakeMessage.headerLength + length
        return HandshakeMessage(type: type, body: body)
    }

    /// How many bytes the message that has begun still needs at least; nil between two messages.
    public var missing: Int? {
        guard failure == nil, buffered > 0 else { return nil }
        guard let (_, length) = header else { return HandshakeMessage.headerLength - buffered }
        return max(0, HandshakeMessage.headerLength + length - buffered)
    }

    /// Bytes appended and not yet part of a returned message.
    public var buffered: Int { buffer.count - head }

    /// The type of the message that has begun.
    public var pendingType: HandshakeType? { buffered > 0 ? HandshakeType(rawValue: buffer[head]) : nil }

    private var header: (type: HandshakeType, length: Int)? {
        guard buffered >= HandshakeMessage.headerLength else { return nil }
        let length = Int(buffer[head + 1]) << 16 | Int(buffer[head + 2]) << 8 | Int(buffer[head + 3])
        return (HandshakeType(rawValue: buffer[head]), length)
    }
}
