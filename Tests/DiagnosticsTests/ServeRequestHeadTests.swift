import Testing

@testable import Diagnostics

@Suite("serve: request heads")
struct ServeRequestHeadTests {
    private func read(_ text: String) -> HTTPRequestHead.Reading { HTTPRequestHead.read(Array(text.utf8)) }

    private func head(_ text: String) throws -> HTTPRequestHead {
        guard case .head(let head) = read(text) else { throw NoHead(text: text, reading: read(text)) }
        return head
    }

    private struct NoHead: Error {
        var text: String
        var reading: HTTPRequestHead.Reading
    }

    @Test("an ordinary request, with either line end, and after empty lines")
    func ordinary() throws {
        let request = "GET /a?format=json HTTP/1.1\r\nHost: x\r\naCCept: text/html, */*\r\nAccept: a/b\r\n\r\n"
        for text in [request, request.replacing("\r\n", with: "\n"), "\r\n\n" + request] {
            let head = try head(text + "rest")
            #expect(head.method == Array("GET".utf8))
            #expect(head.request.path == Array("/a".utf8))
            #expect(head.request.query == Array("format=json".utf8))
            #expect(head.accept == " text/html, */*, a/b")
            #expect(head.keepsAlive)
            #expect(head.length == text.utf8.count)
        }
    }

    @Test("no proper prefix of a request is one, or is refused")
    func prefixes() {
        let request = Array("GET / HTTP/1.1\r\nHost: x\r\nAccept: */*\r\n\r\n".utf8)
        for count in 0..<request.count {
            #expect(HTTPRequestHead.read(Array(request[..<count])) == .incomplete, "\(count) bytes")
        }
    }

    @Test("a request line without a version is over at once, as HTTP/0.9 had it")
    func simple() throws {
        let head = try head("GET /\n")
        #expect(head.minorVersion == nil)
        #expect(!head.keepsAlive)
    }

    @Test(
        "a connection is kept only where the client wants it and nothing follows",
        arguments: [
            ("HTTP/1.1\r\n", true), ("HTTP/1.1\r\nConnection: Upgrade, CLOSE\r\n", false), ("HTTP/1.0\r\n", false),
            ("HTTP/1.1\r\nContent-Length: 3\r\n", false), ("HTTP/1.1\r\nContent-Length: 0\r\n", true),
            ("HTTP/1.1\r\nTransfer-Encoding: chunked\r\n", false),
        ]
    )
    func keepsAlive(rest: String, expected: Bool) throws {
        #expect(try head("GET / \(rest)\r\n").keepsAlive == expected)
    }

    @Test(
        "what is no request is refused, as soon as that is known",
        arguments: [
            ("good morning\n", 400), ("\u{16}\u{3}\u{1}\n", 400), ("GET\n", 400), ("GET  / HTTP/1.1\r\n", 400),
            ("G\u{0}T / HTTP/1.1\r\n", 400), ("GET nowhere HTTP/1.1\r\n", 400), ("GET / HTTP/x\r\n", 400),
            ("GET / HTTP/2.0\r\n", 505), ("PRI * HTTP/2.0\r\n", 505), ("POST /\n", 400),
            ("GET / HTTP/1.1\r\nno colon\r\n", 400), ("GET / HTTP/1.1\r\n folded: x\r\n", 400),
            ("GET / HTTP/1.1\r\na: b\rc: d\r\n", 400),
        ]
    )
    func refused(text: String, status: Int) {
        #expect(read(text) == .refused(status))
    }

    @Test("a head has bounds, with and without line ends")
    func bounds() {
        let long = String(repeating: "a", count: HTTPRequestHead.limit + 1)
        #expect(read(long) == .refused(414))
        #expect(read("GET /\(long) HTTP/1.1\r\n\r\n") == .refused(414))
        #expect(read("GET / HTTP/1.1\r\nX: \(long)") == .refused(431))
        #expect(read("GET / HTTP/1.1\r\nX: \(long)\r\n\r\n") == .refused(431))
    }

    @Test(
        "the query decides about the format, then the Accept field, in the client's order",
        arguments: [
            ("", "*/*", PageFormat.text), ("", "", .text), ("", "text/html,application/json;q=0.9", .html),
            ("", "application/json, text/plain, */*", .json), ("", "image/*, TEXT/HTML ;q=1", .html),
            ("format=json", "text/html", .json), ("a=b&format=html", "*/*", .html), ("format=xml", "*/*", .text),
        ]
    )
    func format(query: String, accept: String, expected: PageFormat) {
        #expect(PageFormat(query: query, accept: accept) == expected)
    }

    @Test("an answer has the right length, and a date in English")
    func response() {
        let answer = HTTPResponse.plain(200, "grüße")
        let bytes = String(decoding: answer.head(keepsAlive: false, at: 1_795_000_000), as: UTF8.self)
        #expect(bytes.contains("Content-Length: 8\r\n"))
        #expect(bytes.hasSuffix("Connection: close\r\n\r\n"))
        #expect(bytes.contains("Content-Type: text/plain; charset=utf-8\r\n"))
        #expect(bytes.contains("Date: Wed, 18 Nov 2026 11:06:40 GMT\r\n"))
        let head = String(decoding: answer.head(keepsAlive: true), as: UTF8.self)
        #expect(head.contains("Content-Length: 8\r\n"))
        #expect(head.hasSuffix("Connection: keep-alive\r\n\r\n"))
    }
}
