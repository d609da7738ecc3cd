/// A frame of HTTP/2 (RFC 9113 §4.1).
struct HTTP2Frame: Hashable, Sendable {
    /// What a frame is for; others are ignored (RFC 9113 §4.1).
    enum Kind: UInt8, Sendable {
        case data = 0
        case headers = 1
        case priority = 2
        case resetStream = 3
        case settings = 4
        case pushPromise = 5
        case ping = 6
        case goAway = 7
        case windowUpdate = 8
        case continuation = 9
    }

    /// The bits that frames have a use for; what each means depends on the kind.
    enum Flag {
        static let endStream: UInt8 = 0x1
        static let acknowledge: UInt8 = 0x1
        static let endHeaders: UInt8 = 0x4
        static let padded: UInt8 = 0x8
        static let priority: UInt8 = 0x20
    }

    /// Why a stream or a connection ends (RFC 9113 §7).
    enum ErrorCode: UInt32, Error, Sendable {
        case none = 0
        case `protocol` = 1
        case `internal` = 2
        case flowControl = 3
        case frameSize = 6
        case refusedStream = 7
        case compression = 9
        case enhanceYourCalm = 11
    }

    /// The size of a frame's header.
    static let headerLength = 9
    /// The largest payload that we take and send: what every peer takes (RFC 9113 §4.2).
    static let payloadLimit = 16_384
    /// What a client says first (RFC 9113 §3.4).
    static let preface = Array("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".utf8)

    var kind: UInt8
    var flags: UInt8 = 0
    /// The stream's number; 0 is the connection.
    var stream: UInt32
    var payload: [UInt8] = []

    init(kind: UInt8, flags: UInt8 = 0, stream: UInt32, payload: [UInt8] = []) {
        self.kind = kind
        self.flags = flags
        self.stream = stream
        self.payload = payload
    }

    init(_ kind: Kind, flags: UInt8 = 0, stream: UInt32 = 0, _ payload: [UInt8] = []) {
        self.init(kind: kind.rawValue, flags: flags, stream: stream, payload: payload)
    }

    /// Takes the first frame off a buffer; nil if it is not there as a whole.
    ///
    /// - Throws: `frameSize` for one that is longer than we said we take.
    static func take(from buffer: inout [UInt8]) throws(ErrorCode) -> HTTP2Frame? {
        guard buffer.count >= headerLength else { return nil }
        let length = Int(buffer[0]) << 16 | Int(buffer[1]) << 8 | Int(buffer[2])
        guard length <= payloadLimit else { throw .frameSize }
        guard buffer.count >= headerLength + length else { return nil }
        let frame = HTTP2Frame(
            kind: buffer[3],
            flags: buffer[4],
            stream: number(buffer[5..<9]) & 0x7FFF_FFFF,
            payload: Array(buffer[headerLength..<(headerLength + length)])
        )
        buffer.removeFirst(headerLength + length)
        return frame
    }

    /// The frame as it goes over the wire.
    var bytes: [UInt8] {
        let count = payload.count
        return [UInt8(count >> 16 & 0xFF), UInt8(count >> 8 & 0xFF), UInt8(count & 0xFF), kind, flags]
            + Self.bytes(stream) + payload
    }

    /// Whether a flag is set.
    func has(_ flag: UInt8) -> Bool { flags & flag != 0 }

    /// The payload without padding (RFC 9113 §6.1) and, in HEADERS, without a priority.
    ///
    /// - Throws: `protocol` for padding that is longer than the frame, `frameSize` for a frame that is too short.
    func content() throws(ErrorCode) -> [UInt8] {
        var rest = payload[...]
        var padding = 0
        if has(Flag.padded) {
            guard let count = rest.popFirst() else { throw .frameSize }
            padding = Int(count)
        }
        if kind == Kind.headers.rawValue, has(Flag.priority) {
            guard rest.count >= 5 else { throw .frameSize }
            rest = rest.dropFirst(5)
        }
        guard padding <= rest.count else { throw .protocol }
        return Array(rest.dropLast(padding))
    }

    /// Four bytes as a number.
    static func number(_ bytes: ArraySlice<UInt8>) -> UInt32 {
        bytes.prefix(4).reduce(0) { $0 << 8 | UInt32($1) }
    }

    /// A number as four bytes.
    static func bytes(_ number: UInt32) -> [UInt8] {
        [UInt8(number >> 24), UInt8(number >> 16 & 0xFF), UInt8(number >> 8 & 0xFF), UInt8(number & 0xFF)]
    }
}
