import Testing
import Transport

@Suite(.timeLimit(.minutes(1)))
struct ProxyTests {
    private let credentials = Proxy.Credentials(name: "me", password: "s3cret:x")

    private func connect(
        _ kind: Proxy.Kind,
        _ stream: any ByteStream,
        to host: String = "example.com",
        credentials: Proxy.Credentials? = nil,
        deadline: Deadline = patience
    ) async throws(TransportError) -> any ByteStream {
        let proxy = Proxy(kind: kind, host: "proxy.example", port: 3128, credentials: credentials)
        return try await proxy.connect(over: stream, to: host, port: 443, deadline: deadline).stream
    }

    private func text(_ bytes: [UInt8]) -> String { String(decoding: bytes, as: UTF8.self) }

    @Test func asksForATunnel() async throws {
        let inner = ScriptedStream([
            .expect(line("CONNECT example.com:443 HTTP/1.1") + line("Host: example.com:443") + line("")),
            .send(line("HTTP/1.1 103 Early Hints") + line("Link: x") + line("")),
            // The target was quicker than our next read.
            .send(line("HTTP/1.1 200 Connection established") + line("Via: x") + line("") + line("220 hi")),
            .expect([1]), .send([2]), .end,
        ])
        let stream = try await connect(.http, FragmentingStream(wrapping: inner, size: 400))
        #expect(await stream.read(deadline: patience) == .bytes(line("220 hi")))
        try await stream.write([1], deadline: patience)
        #expect(await stream.read(deadline: patience) == .bytes([2]))
        #expect(await stream.read(deadline: patience) == .end)
        #expect(inner.mismatch == nil)
    }

    @Test func showsItsCredentialsToHTTP() async throws {
        let inner = ScriptedStream([.expectCount(1), .send(line("HTTP/1.0 200") + line("")), .silence])
        _ = try await connect(.http, inner, to: "2001:db8::1", credentials: credentials)
        let request = text(inner.written)
        // printf 'me:s3cret:x' | base64
        #expect(request.contains("\r\nProxy-Authorization: Basic bWU6czNjcmV0Ong=\r\n"))
        #expect(request.hasPrefix("CONNECT [2001:db8::1]:443 HTTP/1.1\r\nHost: [2001:db8::1]:443\r\n"))
    }

    @Test(
        arguments: [
            (
                line("HTTP/1.1 407 Proxy Authentication Required") + line("Proxy-Authenticate: Basic") + line(""),
                .proxyRefused
            ),
            (line("HTTP/1.1 502 Bad Gateway") + line("") + line("<html>"), .proxyRefused),
            (line("HTTP/1.1 403 Forbidden") + line(""), .proxyRefused),
            (line("220 smtp"), .proxyFailed), (line("HTTP/1.1 2x0 OK"), .proxyFailed), ([], .proxyFailed),
            (line("HTTP/1.1 200 OK"), .proxyFailed),
            ([UInt8](repeating: 0x61, count: 100_000), .proxyFailed),
        ] as [([UInt8], TransportError.Kind)]
    )
    func namesRefusalsInHTTP(_ answer: [UInt8], kind: TransportError.Kind) async throws {
        for size in [1, 100_000] where answer.count < 1_000 || size > 1 {
            let inner = ScriptedStream([.expectCount(1), .send(answer), .end])
            let error = await #expect(throws: TransportError.self) {
                try await connect(.http, FragmentingStream(wrapping: inner, size: size), credentials: credentials)
            }
            #expect(error?.kind == kind)
            #expect(error.map { !text($0.said).contains("s3cret") } == true)
            if kind == .proxyRefused {
                #expect(
                    error.map { line(text($0.said)) } == Array(answer.prefix(error?.said.count ?? 0)) + [0x0d, 0x0a]
                )
            }
        }
    }

    @Test(
        arguments: [
            ("example.com", [3, 11] + Array("example.com".utf8)), ("192.0.2.7", [1, 192, 0, 2, 7]),
            ("2001:db8::1", [4, 0x20, 1, 0x0d, 0xb8] + [UInt8](repeating: 0, count: 11) + [1]),
        ] as [(String, [UInt8])]
    )
    func leavesNamesToSOCKS(_ host: String, address: [UInt8]) async throws {
        let bound: [[UInt8]] = [[1, 0, 0, 0, 0], [3, 1, 0x78], [4] + [UInt8](repeating: 0, count: 16)]
        for reply in bound {
            let inner = ScriptedStream([
                .expect([5, 1, 0]), .send([5, 0]), .expect([5, 1, 0] + address + [1, 187]),
                .send([5, 0, 0] + reply + [0, 0] + [9]), .end,
            ])
            let stream = try await connect(.socks5, inner, to: host)
            #expect(await stream.read(deadline: patience) == .bytes([9]))
            #expect(inner.mismatch == nil)
        }
    }

    @Test func takesSOCKSByteByByte() async throws {
        let inner = ScriptedStream([
            .expect([5, 2, 0, 2]), .send([5, 2]), .expect([1, 2] + Array("me".utf8) + [8] + Array("s3cret:x".utf8)),
            .send([1, 0]), .expectCount(18), .send([5, 0, 0, 1, 0, 0, 0, 0, 0, 0, 7]), .end,
        ])
        let stream = try await connect(.socks5, FragmentingStream(wrapping: inner), credentials: credentials)
        #expect(await stream.read(deadline: patience) == .bytes([7]))
        #expect(inner.mismatch == nil)
    }

    @Test(
        arguments: [
            ([[5, 255]], .proxyRefused), ([[5, 1]], .proxyRefused), ([[4, 0]], .proxyFailed), ([[5]], .proxyFailed),
            ([[5, 2], [1, 1]], .proxyRefused), ([[5, 2], [5, 0]], .proxyFailed),
            ([[5, 0], [5, 5, 0, 1, 0, 0, 0, 0, 0, 0]], .proxyRefused), ([[5, 0], [5, 2, 0, 0, 0]], .proxyRefused),
            ([[5, 0], [5, 5]], .proxyRefused), ([[5, 0], [5, 2, 0]], .proxyRefused),
            ([[5, 0], [5, 0]], .proxyFailed),
            ([[5, 0], [5, 0, 0, 9, 0, 0]], .proxyFailed), ([[5, 0], [5, 0, 0, 3, 255]], .proxyFailed),
            ([Array("HTTP/1.1 400 Bad Request\r\n\r\n".utf8)], .proxyFailed),
        ] as [([[UInt8]], TransportError.Kind)]
    )
    func namesRefusalsInSOCKS(_ answers: [[UInt8]], kind: TransportError.Kind) async throws {
        let inner = ScriptedStream(answers.flatMap { [.expectCount(1), .send($0)] } + [.end])
        let error = await #expect(throws: TransportError.self) {
            try await connect(.socks5, inner, credentials: credentials)
        }
        #expect(error?.kind == kind, "\(error?.detail ?? "")")
    }

    @Test func sendsNoNameThatSOCKSWouldCut() async throws {
        let long = String(repeating: "x", count: 256)
        for (host, name, password) in [(long, "me", "x"), ("a", long, "x"), ("a", "me", long)] {
            let inner = ScriptedStream([.silence])
            let error = await #expect(throws: TransportError.self) {
                try await connect(.socks5, inner, to: host, credentials: .init(name: name, password: password))
            }
            #expect(error?.kind == .proxyFailed)
            #expect(inner.written.isEmpty)
        }
        let longest = String(repeating: "x", count: 255)
        let inner = ScriptedStream([
            .expect([5, 1, 0]), .send([5, 0]), .expect([5, 1, 0, 3, 255] + Array(longest.utf8) + [1, 187]),
            .send([5, 0, 0, 1, 0, 0, 0, 0, 0, 0]), .end,
        ])
        _ = try await connect(.socks5, inner, to: longest)
        #expect(inner.mismatch == nil)
    }

    @Test func neverBlamesTheTarget() async throws {
        let error = await #expect(throws: TransportError.self) {
            try await connect(.http, ScriptedStream([.silence]), deadline: .after(.milliseconds(30)))
        }
        #expect(error?.kind == .proxyFailed)
        #expect(Proxy.failure(TransportError(.refused, detail: "connection refused")).kind == .proxyFailed)
        #expect(Proxy.failure(TransportError(.localResources, detail: "x")).kind == .localResources)
    }

    @Test func keepsItsPasswordToItself() {
        let proxy = Proxy(kind: .socks5, host: "::1", port: 1080, credentials: credentials)
        #expect("\(proxy)" == "socks5://[::1]:1080")
        var dumped = ""
        dump(proxy, to: &dumped)
        #expect(!dumped.contains("s3cret"))
        #expect(!String(reflecting: proxy).contains("s3cret"))
        // What holds credentials is as silent as they are.
        dumped = ""
        dump([credentials], to: &dumped)
        let shown = [dumped, "\(credentials)", String(reflecting: [credentials as Proxy.Credentials?])]
        for text in shown { #expect(!text.contains("s3cret") && !text.contains("me\"")) }
    }
}
