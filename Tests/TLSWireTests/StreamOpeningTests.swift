import Testing

@testable import TLSWire

@Suite("First bytes")
struct StreamOpeningTests {
    static let texts: [(String, StreamOpening)] = [
        ("HTTP/1.1 400 Bad Request\r\n", .http),
        ("GET / HTTP/1.1\r\n", .httpRequest),
        ("220 mail.example ESMTP Postfix\r\n", .smtp),
        ("220 ProFTPD FTP server ready\r\n", .ftp),
        ("554 no SMTP service here\r\n", .smtp),
        ("+OK POP3 ready\r\n", .pop3),
        ("* OK IMAP4rev1\r\n", .imap),
        ("SSH-2.0-OpenSSH_9.2\r\n", .ssh),
        ("hello\r\n", .text),
        ("<html>", .text),
        ("HTT", .undecided),
        ("22", .undecided),
        ("", .undecided),
    ]

    @Test("text protocols are named", arguments: texts)
    func text(_ text: String, _ expected: StreamOpening) {
        #expect(StreamOpening(Array(text.utf8)) == expected)
    }

    static let bytes: [(String, StreamOpening)] = [
        ("16 0301 0200 01", .tlsRecord),
        ("15 0300 0002 0228", .tlsRecord),
        ("16 03", .tlsRecord),
        ("16", .undecided),
        ("16 ff", .binary),
        ("80 2e 01 0002", .ssl2Record),
        ("80 2e 01 0303", .ssl2Record),
        ("80 03 00 0001", .ssl2Record),
        ("80 28 04 00 01 0002", .ssl2Record),
        ("00 03 00 00 0001", .ssl2Record),
        ("80", .undecided),
        ("80 2e 09", .binary),
        ("ff fb 01", .undecided),
        ("ff fb 01 ff", .binary),
        ("03 00 00 13 0e d0", .binary),
    ]

    @Test("records are told from other bytes", arguments: bytes)
    func binary(_ text: String, _ expected: StreamOpening) {
        #expect(StreamOpening(hex(text)) == expected)
    }

    @Test("every vector of a record is recognised")
    func captured() {
        for stream in [CapturedStreams.tls12Server, CapturedStreams.refusal, CapturedStreams.retryClient] {
            #expect(StreamOpening(stream) == .tlsRecord)
        }
        // Only encrypted records are padded, and a stream never opens with one.
        for vector in HandBuiltVectors.ssl2 where !vector.name.contains("padding") {
            #expect(StreamOpening(vector.bytes) == .ssl2Record, "\(vector.name)")
        }
    }

    @Test("no byte sequence of up to three bytes traps")
    func total() {
        for first in UInt8.min...UInt8.max {
            for second in stride(from: 0, through: 255, by: 3) {
                for third in [0, 1, 3, 4, 0x20, 0x80] as [UInt8] {
                    let opening = StreamOpening([first, UInt8(second), third])
                    #expect(!opening.name.isEmpty)
                }
            }
        }
    }
}
