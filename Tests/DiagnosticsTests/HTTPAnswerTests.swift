import Testing

@testable import Diagnostics

/// Where an HTTP answer ends, whatever pieces it comes in and whatever a server makes of the rules.
@Suite struct HTTPAnswerTests {
    private static func read(_ text: String, piece: Int = .max) -> HTTPAnswer {
        var answer = HTTPAnswer()
        let bytes = Array(text.utf8)
        for start in stride(from: 0, to: bytes.count, by: min(piece, max(1, bytes.count))) {
            answer.take(Array(bytes[start..<min(start + min(piece, bytes.count), bytes.count)]))
        }
        return answer
    }

    static let whole: [(text: String, status: Int, body: Int, framing: HTTPAnswer.Framing)] = [
        ("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello", 200, 5, .contentLength),
        ("HTTP/1.0 404 Not Found\nContent-length:5\n\nhello", 404, 5, .contentLength),
        ("HTTP/1.1 200\r\ncontent-length: 0\r\n\r\n", 200, 0, .contentLength),
        ("HTTP/1.1 204 No Content\r\n\r\n", 204, 0, .empty),
        ("HTTP/1.1 304 Not Modified\r\nContent-Length: 9\r\n\r\n", 304, 0, .empty),
        ("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n", 200, 5, .chunked),
        (
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip, Chunked\r\n\r\n5;a=b\r\nhello\r\nA\r\n0123456789\r\n0\r\nX: y\r\n\r\n",
            200, 15, .chunked
        ),
        ("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok", 200, 2, .contentLength),
        ("HTTP/1.1 200 OK\r\nContent-Length: 2\r\nContent-Length: 2\r\n\r\nok and more", 200, 2, .contentLength),
    ]

    @Test(arguments: whole.indices, [1, 3, 7, Int.max])
    func knowsTheEnd(_ index: Int, piece: Int) {
        let (text, status, body, framing) = Self.whole[index]
        let answer = Self.read(text, piece: piece)
        #expect(answer.progress == .whole)
        #expect(answer.status == status)
        #expect(answer.bodyBytes == body)
        #expect(answer.framing == framing)
    }

    @Test(arguments: whole.indices)
    func isNotWholeBefore(_ index: Int) {
        let text = Self.whole[index].text.replacing(" and more", with: "")
        let bytes = Array(text.utf8)
        for count in 0..<bytes.count {
            var answer = HTTPAnswer()
            answer.take(Array(bytes[..<count]))
            #expect(answer.progress != .whole, "\(count)")
            if case .broken(let reason) = answer.progress { Issue.record("\(count): \(reason)") }
        }
    }

    @Test func endsWithTheConnectionOnlyIfThatIsAnnounced() {
        var clean = Self.read("HTTP/1.1 200 OK\r\n\r\nsome")
        #expect(clean.progress == .body)
        clean.end(isClean: true)
        #expect(clean.progress == .whole)
        #expect(clean.bodyBytes == 4)
        var cut = Self.read("HTTP/1.1 200 OK\r\n\r\nsome")
        cut.end(isClean: false)
        #expect(cut.progress == .body)
        var short = Self.read("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nsome")
        short.end(isClean: true)
        #expect(short.progress == .body)
    }

    @Test(arguments: [
        "220 mail.example ESMTP\r\n", "SSH-2.0-x\r\n", "HTTP/2 200\r\n\r\n", "HTTP/1.1 abc\r\n\r\n",
        "HTTP/1.1 999 x\r\n\r\n",
        "HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n",
        "HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n",
        "HTTP/1.1 200 OK\r\nContent-Length: 99999999999999999999\r\n\r\n",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nxyz\r\n",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nffffffffffffffff\r\n",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nokay",
    ])
    func refusesWhatIsNone(_ text: String) {
        for piece in [1, Int.max] {
            guard case .broken = Self.read(text, piece: piece).progress else {
                Issue.record("\(text) in pieces of \(piece)")
                continue
            }
        }
    }

    /// RFC 6797 §6.1.1: a number of seconds, quoted or not; nothing else is one, and more than fits is for ever.
    @Test(
        arguments: [
            ("max-age=31536000; includeSubDomains", 31_536_000), ("includeSubDomains;MAX-AGE = \"7\"", 7),
            ("max-age=99999999999999999999", 2_147_483_648), ("max-age=0", 0), ("max-age=+7", nil), ("max-age=-1", nil),
            ("max-age=", nil), ("max-age=7d", nil), ("includeSubDomains", nil),
        ] as [(String, Int?)]
    )
    func strictTransportSecurity(_ field: String, _ seconds: Int?) {
        var answer = HTTPAnswer(keepsFields: true)
        let head = "HTTP/1.1 200 OK\r\nStrict-Transport-Security: \(field)\r\nContent-Length: 0\r\n\r\n"
        answer.take(Array(head.utf8))
        let facts = HTTPFacts(answer)
        #expect(facts.maxAge == seconds)
        var report = try? PolicyServer.good().report()
        report?.result?.http = facts
        let judged = report.flatMap(ReportFacts.init)
        #expect(judged?.hstsAge == seconds ?? 0)
    }

    @Test func readsNoEndlessHead() {
        var answer = HTTPAnswer()
        answer.take(Array("HTTP/1.1 200 OK\r\n".utf8))
        let line = Array("X: \(String(repeating: "a", count: 1_000))\r\n".utf8)
        for _ in 0..<100 { answer.take(line) }
        guard case .broken = answer.progress else { return #expect(Bool(false)) }
        var chunked = HTTPAnswer()
        chunked.take(Array("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n".utf8))
        for _ in 0..<1_000 { chunked.take(Array("1;aaaaaaaaaaaaaaaa".utf8)) }
        guard case .broken = chunked.progress else { return #expect(Bool(false)) }
    }

    @Test(arguments: [1, 3, Int.max])
    func keepsABodyUpToItsLimit(piece: Int) {
        let text = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n6\r\n world\r\n0\r\n\r\n"
        for (limit, isKept) in [(11, true), (10, false)] {
            var answer = HTTPAnswer(keepingBodyTo: limit)
            let bytes = Array(text.utf8)
            for start in stride(from: 0, to: bytes.count, by: min(piece, bytes.count)) {
                answer.take(Array(bytes[start..<min(start + min(piece, bytes.count), bytes.count)]))
            }
            #expect((answer.progress == .whole) == isKept)
            #expect(answer.body.count <= limit)
            if isKept { #expect(answer.body == Array("hello world".utf8)) }
        }
        #expect(Self.read(text).body.isEmpty)
    }
}
