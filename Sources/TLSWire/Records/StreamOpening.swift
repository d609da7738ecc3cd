/// What the first bytes of a peer look like.
///
/// A few bytes are enough and none of them is trusted: this only decides which words an error message uses and which
/// parser comes next. Raw values are stable identifiers for reports.
public enum StreamOpening: String, Hashable, Sendable, Codable, CaseIterable {
    /// Too few bytes to say; more may tell.
    case undecided
    /// A record of SSL 3.0 or later.
    case tlsRecord = "tls-record"
    /// A record of SSL 2.0 (or an SSL 2.0 format hello of a later version).
    case ssl2Record = "ssl2-record"
    /// An HTTP response.
    case http
    /// An HTTP request.
    case httpRequest = "http-request"
    /// An SMTP greeting.
    case smtp
    /// An FTP greeting.
    case ftp
    /// A POP3 greeting.
    case pop3
    /// An IMAP greeting.
    case imap
    /// An SSH identification string.
    case ssh
    /// Printable text of no known protocol.
    case text
    /// Bytes of no known protocol.
    case binary

    /// Classifies the first bytes of one direction of a connection.
    public init(_ bytes: [UInt8]) {
        let prefix = Array(bytes.prefix(64))
        self = Self.record(prefix) ?? Self.banner(prefix)
    }

    /// The stream is SSL or TLS.
    public var isTLS: Bool { self == .tlsRecord || self == .ssl2Record }

    /// A short English name for messages, for example `an HTTP response`.
    public var name: String {
        switch self {
        case .undecided: "too few bytes"
        case .tlsRecord: "a TLS record"
        case .ssl2Record: "an SSL 2.0 record"
        case .http: "an HTTP response"
        case .httpRequest: "an HTTP request"
        case .smtp: "an SMTP greeting"
        case .ftp: "an FTP greeting"
        case .pop3: "a POP3 greeting"
        case .imap: "an IMAP greeting"
        case .ssh: "an SSH banner"
        case .text: "text"
        case .binary: "unknown bytes"
        }
    }

    private static func record(_ bytes: [UInt8]) -> StreamOpening? {
        guard let first = bytes.first else { return .undecided }
        if (20...24).contains(first) {
            if bytes.count < 2 { return .undecided }
            // TLS 1.3 is 0x0304 and records never say more; a little room is left for drafts and GREASE.
            return bytes[1] == 3 && (bytes.count < 3 || bytes[2] <= 0x0F) ? .tlsRecord : nil
        }
        return ssl2(bytes)
    }

    /// The first SSL 2.0 message is a hello or an error, so its code is 0, 1 or 4.
    private static func ssl2(_ bytes: [UInt8]) -> StreamOpening? {
        let short = bytes[0] & 0x80 != 0
        // A 3-byte header of a first message has no padding and its length fits: text starts above 0x20.
        guard short || bytes[0] < 0x20 else { return nil }
        let header = short ? 2 : 3
        guard bytes.count >= header + 1 else { return bytes.count < header || short ? .undecided : nil }
        if !short, bytes[2] != 0 { return nil }
        let length = Int(bytes[0] & (short ? 0x7F : 0x3F)) << 8 | Int(bytes[1])
        switch bytes[header] {
        case 0: return length == 3 ? .ssl2Record : nil
        case 1:
            guard length >= 9 else { return nil }
            guard bytes.count >= header + 2 else { return .undecided }
            return bytes[header + 1] == 3 || bytes[header + 1] == 0 ? .ssl2Record : nil
        case 4: return length >= 11 ? .ssl2Record : nil
        default: return nil
        }
    }

    private static func banner(_ bytes: [UInt8]) -> StreamOpening {
        let known: [(prefix: String, opening: StreamOpening)] = [
            ("HTTP/", .http), ("SSH-", .ssh), ("+OK", .pop3), ("* OK", .imap), ("* PREAUTH", .imap), ("* BYE", .imap),
            ("GET ", .httpRequest), ("HEAD ", .httpRequest), ("POST ", .httpRequest), ("PUT ", .httpRequest),
            ("OPTIONS ", .httpRequest), ("CONNECT ", .httpRequest), ("PRI * HTTP/2", .httpRequest),
        ]
        for (prefix, opening) in known where bytes.starts(with: prefix.utf8) { return opening }
        // 220 and 421/554 open both SMTP and FTP; only the words after them differ.
        if bytes.count >= 4, ["220", "421", "554"].contains(where: { bytes.starts(with: $0.utf8) }),
            bytes[3] == UInt8(ascii: " ") || bytes[3] == UInt8(ascii: "-")
        {
            return contains(bytes, "FTP") && !contains(bytes, "SMTP") ? .ftp : .smtp
        }
        if bytes.count < 4, known.contains(where: { $0.prefix.utf8.starts(with: bytes) }) { return .undecided }
        if bytes.count < 4, ["220 ", "220-", "421 ", "554 "].contains(where: { $0.utf8.starts(with: bytes) }) {
            return .undecided
        }
        let isText = bytes.allSatisfy { (0x20...0x7E).contains($0) || $0 == 0x0D || $0 == 0x0A || $0 == 0x09 }
        return isText ? .text : .binary
    }

    private static func contains(_ bytes: [UInt8], _ word: String) -> Bool {
        let needle = Array(word.utf8)
        guard bytes.count >= needle.count else { return false }
        return (0...bytes.count - needle.count).contains { bytes[$0..<$0 + needle.count].elementsEqual(needle) }
    }
}
