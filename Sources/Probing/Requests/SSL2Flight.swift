import TLSParameters
import TLSWire

/// The one record with which a server answers in SSL 2.0 or in PCT 1.0, whose records look the same.
enum SSL2Flight {
    /// What the first bytes look like.
    enum Opening: Sendable {
        case undecided
        case ssl2
        case pct
        case other
    }

    // draft-benaloh-pct-00 §5.5.1, §5.2.2, §5.4
    private static let pctServerHello: UInt8 = 2
    private static let pctError: UInt8 = 5
    /// A SERVER_HELLO without any of its variable parts.
    private static let pctHelloLength = 56
    /// An ERROR with its code and an empty ERROR_INFO.
    private static let pctErrorLength = 5

    /// Tells by the header, the message code and the version, all of which come within six bytes.
    static func opening(_ bytes: [UInt8]) -> Opening {
        guard let first = bytes.first else { return .undecided }
        let isShort = first & 0x80 != 0
        // Text begins above 0x1F, and so would a longer record with a 3-byte header.
        guard isShort || first < 0x14 else { return .other }
        let header = isShort ? 2 : 3
        // Nothing is encrypted yet, so there is no padding to count.
        if !isShort, bytes.count > 2, bytes[2] != 0 { return .other }
        guard bytes.count > header, let total = SSL2Record.totalLength(of: bytes) else { return .undecided }
        let length = total - header
        switch bytes[header] {
        case SSL2MessageType.error.rawValue:
            return (3...10).contains(length) ? .ssl2 : .other
        case SSL2MessageType.server_hello.rawValue:
            return length >= 11 ? .ssl2 : .other
        case pctServerHello where length >= pctHelloLength:
            guard bytes.count > header + 2 else { return .undecided }
            return bytes[header + 2] == 0x80 ? .pct : .other
        case pctError where (pctErrorLength...32).contains(length):
            guard bytes.count > header + 1 else { return .undecided }
            return bytes[header + 1] == 0 ? .pct : .other
        default:
            return .other
        }
    }

    /// The answer once the record is whole; nil before.
    static func read(_ bytes: [UInt8]) throws(WireError) -> Observation? {
        guard missing(bytes) == 0 else { return nil }
        var reader = ByteReader(bytes)
        let record = try SSL2Record(parsing: &reader)
        switch record.payload.first {
        case pctServerHello?: return .pctServerHello
        case pctError?:
            var fields = ByteReader(Array(record.payload.dropFirst()))
            return .pctError(code: try fields.readUInt16("ERROR.ERROR_CODE"))
        case SSL2MessageType.error.rawValue?: return .ssl2Error(try SSL2Error(record))
        default: return .ssl2ServerHello(try SSL2ServerHello(record))
        }
    }

    /// How many bytes of the record have not arrived.
    static func missing(_ bytes: [UInt8]) -> Int {
        max(0, (SSL2Record.totalLength(of: bytes) ?? 3) - bytes.count)
    }
}
