import Testing

@testable import Diagnostics

@Suite("The end of an HTTP response")
struct HTTPBodySummaryTests {
    private static func read(_ text: String, piece: Int = .max, ended isClean: Bool? = nil) -> HTTPBodySummary {
        var reader = HTTPAnswer()
        var rest = Array(text.utf8)[...]
        while !rest.isEmpty {
            reader.take(Array(rest.prefix(piece)))
            rest = rest.dropFirst(piece)
        }
        return HTTPBodySummary(reader, isClean: isClean)
    }

    private static let fields = "HTTP/1.1 200 OK\r\nServer: x\r\n"

    @Test(
        arguments: [
            (fields + "Content-Length: 5\r\n\r\nhello", .contentLength, 5, true),
            (fields + "content-length:5\n\nhello and more", .contentLength, 5, true),
            (fields + "Content-Length: 0\r\n\r\n", .contentLength, 0, true),
            (fields + "Content-Length: 6\r\n\r\nhello", .contentLength, 5, nil),
            (fields + "Transfer-Encoding: chunked\r\n\r\n5;x=y\r\nhello\r\n0\r\nT: 1\r\n\r\n", .chunked, 5, true),
            (fields + "Transfer-Encoding: gzip, chunked\r\n\r\nA\r\n0123456789\r\n0\r\n\r\n", .chunked, 10, true),
            (fields + "Transfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n", .chunked, 5, nil),
            (fields + "Content-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", .chunked, 0, true),
            (fields + "Transfer-Encoding: gzip\r\nContent-Length: 3\r\n\r\nabc", .untilClose, 3, nil),
            (fields + "\r\nhello", .untilClose, 5, nil),
            (fields + "Content-Length: 3\r\nContent-Length: 4\r\n\r\nabc", .unknown, 0, nil),
            ("HTTP/1.1 204 No Content\r\n\r\n", .none, 0, true),
            (
                "HTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\n" + fields + "Content-Length: 1\r\n\r\na", .contentLength,
                1, true
            ),
            ("SSH-2.0-OpenSSH\r\n", .unknown, 0, nil),
            ("HTTP/1.1 200", .unknown, 0, nil),
            (fields + "Transfer-Encoding: chunked\r\n\r\nzz\r\n", .chunked, 0, nil),
            (fields + "Transfer-Encoding: chunked\r\n\r\nffffffffffffffff\r\n", .chunked, 0, nil),
        ] as [(String, HTTPBodySummary.Framing, Int, Bool?)],
        [Int.max, 1, 3]
    )
    func isFound(_ response: (String, HTTPBodySummary.Framing, Int, Bool?), piece: Int) {
        let summary = Self.read(response.0, piece: piece)
        #expect(summary.framing == response.1)
        #expect(summary.receivedBytes == response.2)
        #expect(summary.complete == response.3)
    }

    @Test func onlyACloseNotifyEndsWhatHasNoLength() {
        let text = Self.fields + "\r\nhello"
        #expect(Self.read(text, ended: true).complete == true)
        #expect(Self.read(text, ended: false).complete == nil)
        #expect(Self.read(Self.fields + "Content-Length: 6\r\n\r\nhello", ended: true).complete == false)
        #expect(Self.read("HTTP/1.1 200 OK\r\nServ", ended: false).complete == false)
    }

    /// Whatever comes, no more is kept than a head may have.
    @Test func aHeadWithoutEndIsGivenUp() {
        var reader = HTTPAnswer()
        let piece = [UInt8](repeating: 0x61, count: 10_000)
        for _ in 0..<7 where !reader.hasEnded { reader.take(piece) }
        #expect(reader.hasEnded)
        var chunks = HTTPAnswer()
        chunks.take(Array((Self.fields + "Transfer-Encoding: chunked\r\n\r\n").utf8))
        for _ in 0..<7 where !chunks.hasEnded { chunks.take(piece) }
        #expect(chunks.hasEnded)
    }

    /// Longer than any head, in chunks and without.
    @Test func longBodiesAreRead() {
        let chunk = "8000\r\n" + String(repeating: "x", count: 0x8000) + "\r\n"
        let text =
            Self.fields + "Transfer-Encoding: chunked\r\n\r\n" + String(repeating: chunk, count: 20) + "0\r\n\r\n"
        let summary = Self.read(text, piece: 1_000)
        #expect(summary.complete == true)
        #expect(summary.receivedBytes == 20 * 0x8000)
    }
}
