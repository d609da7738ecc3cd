import Testing

@testable import Diagnostics

/// Header blocks, held against the examples of RFC 7541 appendix C.
@Suite("serve: HPACK")
struct HPACKTests {
    private func bytes(_ hex: String) throws -> [UInt8] {
        let digits = hex.compactMap(\.hexDigitValue)
        return stride(from: 0, to: digits.count, by: 2).map { UInt8(digits[$0] << 4 | digits[$0 + 1]) }
    }

    private func text(_ fields: [HPACKDecoder.Field]) -> [String] {
        fields.map { "\(String(decoding: $0.name, as: UTF8.self)): \(String(decoding: $0.value, as: UTF8.self))" }
    }

    @Test(
        "the three requests of appendix C.3 and, in Huffman's code, C.4",
        arguments: [
            [
                "828684410f7777772e6578616d706c652e636f6d", "828684be58086e6f2d6361636865",
                "828785bf400a637573746f6d2d6b65790c637573746f6d2d76616c7565",
            ],
            [
                "828684418cf1e3c2e5f23a6ba0ab90f4ff", "828684be5886a8eb10649cbf",
                "828785bf408825a849e95ba97d7f8925a849e95bb8e8b4bf",
            ],
        ]
    )
    func requests(blocks: [String]) throws {
        var decoder = HPACKDecoder()
        let authority = ":authority: www.example.com"
        let expected = [
            [":method: GET", ":scheme: http", ":path: /", authority],
            [":method: GET", ":scheme: http", ":path: /", authority, "cache-control: no-cache"],
            [":method: GET", ":scheme: https", ":path: /index.html", authority, "custom-key: custom-value"],
        ]
        for (block, fields) in zip(blocks, expected) {
            #expect(text(try decoder.decode(bytes(block))) == fields)
        }
    }

    @Test("every byte has a code: what a reference encoder made of all of them")
    func huffman() throws {
        let encoded = try bytes(Self.allBytes)
        #expect(HPACKHuffman.decode(encoded[...]) == Array(0...255))
        #expect(HPACKHuffman.decode([]) == [])
        // Padding of a whole byte, padding with a zero in it, and the end of a string within one.
        for broken: [UInt8] in [[0xFF], [0x1F, 0xFF], [0x18], [0xFF, 0xFF, 0xFF, 0xFC]] {
            #expect(HPACKHuffman.decode(broken[...]) == nil, "\(broken)")
        }
    }

    @Test(
        "what is no block",
        arguments: [
            "80", "be", "ff", "ffffffffffffff", "40", "4003", "400361", "0081ff00", "823fe120", "3fe23f", "00",
        ]
    )
    func malformed(block: String) throws {
        var decoder = HPACKDecoder()
        #expect(throws: HPACKDecoder.Malformed.self) { _ = try decoder.decode(try bytes(block)) }
    }

    @Test("the table forgets its oldest fields, and can be made smaller")
    func eviction() throws {
        var decoder = HPACKDecoder()
        // Forty fields of 132 bytes: thirty-one fit into 4096.
        for index in 0..<40 {
            let name = Array("n\(index % 10)".utf8)
            let value = [UInt8](repeating: 0x78, count: 98)
            let block = [0x40, UInt8(name.count)] + name + [UInt8(value.count)] + value
            _ = try decoder.decode(block)
        }
        #expect(try decoder.decode([0x80 | 62]).first?.name == Array("n9".utf8))
        #expect(try decoder.decode([0x80 | 92]).first?.name == Array("n9".utf8))
        #expect(throws: HPACKDecoder.Malformed.self) { _ = try decoder.decode([0x80 | 93]) }
        _ = try decoder.decode([0x20])
        #expect(throws: HPACKDecoder.Malformed.self) { _ = try decoder.decode([0x80 | 62]) }
    }

    @Test("a small block can't become a large one")
    func bomb() throws {
        var decoder = HPACKDecoder()
        let value = [UInt8](repeating: 0x61, count: 3_000)
        // 3000 = 127 + 2873, seven bits at a time.
        _ = try decoder.decode([0x40, 1, 0x61, 127, 0xB9, 0x16] + value)
        #expect(throws: HPACKDecoder.Malformed.self) {
            _ = try decoder.decode([UInt8](repeating: 0x80 | 62, count: 100))
        }
    }

    @Test("what we write is read again")
    func roundTrip() throws {
        var decoder = HPACKDecoder()
        let long = String(repeating: "v", count: 5_000)
        let fields = [(name: ":status", value: "200"), (name: "empty", value: ""), (name: "x", value: long)]
        #expect(
            text(try decoder.decode(HPACKDecoder.Field.encode(fields))) == [":status: 200", "empty: ", "x: \(long)"]
        )
    }

    /// `hpack` of PyPI's encoding of the bytes from 0 to 255.
    private static let allBytes = """
        ffc7fffd8fffffe2fffffe3fffffe4fffffe5fffffe6fffffe7fffffe8ffffeafffffff3fffffa7fffffabffffffdfffffebfffffecfffff\
        edfffffeefffffefffffff0ffffff1ffffff2fffffffbfffffcffffffd3fffffd7fffffdbfffffdffffffe3fffffe7fffffebfffffed4fe3\
        f9ffaffcabf1febfafefe7fdfd2cbb00089969b71d79fb9f7fff20ffbff3ff50ddbd7f061c58f265cd9f469d5af66dddbf871e5f9cff7ff7\
        fffc3ff9ffe45fff4719242cb34e6e9d68a6a3d7dac426defe3cfaf7fffbfe7ffbffdffffffcfffe6ffff4bfff9ffffa3fffd3ffff53fffd\
        5ffffb3fffeb7fffdaffffb7ffff73fffeeffffdeffffebffffbfffffd9ffffdbfffebffffe0ffffeeffffc3ffff8bffff1ffffe4fffee7f\
        ffb1ffff97fffd9ffffcdffff9fffffbffffdafffeeffff4ffffb7fffee7fffe8ffffd3fffdeffffd5fffeeffffbdffffe1fffdfffff7fff\
        ff5ffffecffff07fff87fffe0ffff17fffedffff87ffff77fffeffffeaffff8bfffe3ffff93ffff87fffcbffff37ffff1fffff83ffffe1ff\
        febfffe3ffff3fffff2ffffa3ffffd9fffff17ffffc7fffff27ffffdefffffbffffff2fffff8fffffb7fff97fff8fffffe6fffffc1fffff8\
        7ffffe7fffffc5ffffe5fffe4ffff2fffffd1fffff4ffffffefffffe3fffffc9fffff97fffb3ffffcffffb7fffcdffff4ffff9ffffd1ffff\
        cffffeaffffafffffddffffeffffff4fffff5fffffabffffa7ffffd7fffff9bffffecfffffb7fffff3fffffe8fffffd3fffffabfffff5fff\
        ffff7ffffecfffffdbfffffbbfffff7ffffff0fffffbbf
        """
}

/// One connection, frame by frame.
@Suite("serve: HTTP/2")
struct HTTP2Tests {
    /// A client that writes frames and reads what came.
    private struct Client {
        var connection = HTTP2Connection()
        var received: [HTTP2Frame] = []

        init(settings: [UInt8] = []) throws {
            _ = try connection.receive(HTTP2Frame.preface + HTTP2Frame(.settings, settings).bytes)
            read()
        }

        /// Sends frames, and returns the requests that they are to the server.
        mutating func send(_ frames: HTTP2Frame...) throws(HTTP2Frame.ErrorCode) -> [HTTP2Connection.Request] {
            defer { read() }
            return try connection.receive(frames.flatMap(\.bytes))
        }

        mutating func read(_ limit: Int = 1 << 20) {
            var bytes = connection.output(limit)
            while let frame = try? HTTP2Frame.take(from: &bytes) { received.append(frame) }
        }

        /// The content that came on a stream, and whether it has ended.
        func content(_ stream: UInt32) -> (count: Int, isOver: Bool) {
            let frames = received.filter { $0.stream == stream }
            let count = frames.filter { $0.kind == 0 }.map(\.payload.count).reduce(0, +)
            return (count, frames.contains { $0.kind <= 1 && $0.has(HTTP2Frame.Flag.endStream) })
        }

        func count(_ kind: HTTP2Frame.Kind) -> Int { received.count { $0.kind == kind.rawValue } }
    }

    private static let fields = [
        (name: ":method", value: "GET"), (name: ":scheme", value: "https"), (name: ":path", value: "/x?y"),
        (name: ":authority", value: "localhost"), (name: "accept", value: "text/html"),
    ]

    private func get(_ stream: UInt32, _ fields: [(name: String, value: String)] = Self.fields) -> HTTP2Frame {
        HTTP2Frame(.headers, flags: 0x5, stream: stream, HPACKDecoder.Field.encode(fields))
    }

    private func response(_ count: Int) -> HTTPResponse {
        HTTPResponse(status: 200, contentType: "text/plain", content: [UInt8](repeating: 7, count: count))
    }

    @Test("the settings of both are exchanged, and a request is read and answered")
    func exchange() throws {
        var client = try Client()
        #expect(client.received.map(\.kind) == [4, 4])
        #expect(client.received.last?.flags == 1)
        let requests = try client.send(get(1))
        #expect(
            requests == [
                HTTP2Connection.Request(
                    stream: 1,
                    method: Array("GET".utf8),
                    target: Array("/x?y".utf8),
                    accept: "text/html"
                )
            ]
        )
        client.connection.answer(1, response(10), withContent: true)
        client.read()
        #expect(client.content(1) == (10, true))
        var decoder = HPACKDecoder()
        let head = try #require(client.received.first { $0.kind == 1 })
        let names = try decoder.decode(head.payload).map { String(decoding: $0.name, as: UTF8.self) }
        #expect(names.starts(with: [":status", "date", "server", "content-type", "content-length"]))
        #expect(names.allSatisfy { $0 == $0.lowercased() })
        #expect(client.connection.isIdle)
    }

    @Test("a byte at a time makes no difference")
    func fragments() throws {
        var connection = HTTP2Connection()
        let bytes = HTTP2Frame.preface + HTTP2Frame(.settings).bytes + get(1).bytes + get(3).bytes
        var requests: [HTTP2Connection.Request] = []
        for byte in bytes { requests += try connection.receive([byte]) }
        #expect(requests.map(\.stream) == [1, 3])
    }

    @Test("content goes as far as the windows of the stream and of the connection")
    func flowControl() throws {
        // SETTINGS_INITIAL_WINDOW_SIZE 1000
        var client = try Client(settings: [0, 4, 0, 0, 3, 0xE8])
        _ = try client.send(get(1), get(3))
        for stream: UInt32 in [1, 3] { client.connection.answer(stream, response(40_000), withContent: true) }
        client.read()
        #expect(client.content(1) == (1_000, false))
        #expect(client.content(3) == (1_000, false))
        _ = try client.send(HTTP2Frame(.windowUpdate, stream: 3, HTTP2Frame.bytes(1 << 20)))
        #expect(client.content(3) == (40_000, true))
        // The connection's own window has 65535 - 41000 left.
        _ = try client.send(HTTP2Frame(.windowUpdate, stream: 1, HTTP2Frame.bytes(1 << 20)))
        #expect(client.content(1) == (25_535, false))
        #expect(!client.connection.isIdle)
        _ = try client.send(HTTP2Frame(.windowUpdate, HTTP2Frame.bytes(1 << 20)))
        #expect(client.content(1) == (40_000, true))
        #expect(client.received.filter { $0.kind == 0 }.allSatisfy { $0.payload.count <= 16_384 })
    }

    @Test("new settings change windows that are open")
    func settingsChangeWindows() throws {
        var client = try Client(settings: [0, 4, 0, 0, 0, 0])
        _ = try client.send(get(1))
        client.connection.answer(1, response(100), withContent: true)
        client.read()
        #expect(client.content(1) == (0, false))
        _ = try client.send(HTTP2Frame(.settings, [0, 4, 0, 0, 0, 60]))
        #expect(client.content(1) == (60, false))
        _ = try client.send(HTTP2Frame(.settings, [0, 4, 0, 0, 1, 0]))
        #expect(client.content(1) == (100, true))
    }

    @Test("HEAD and empty answers end with their head; a stream that is reset gets no more")
    func endings() throws {
        var client = try Client(settings: [0, 4, 0, 0, 0, 10])
        _ = try client.send(get(1), get(3), get(5))
        client.connection.answer(1, response(100), withContent: false)
        client.connection.answer(3, response(0), withContent: true)
        client.connection.answer(5, response(100), withContent: true)
        client.read()
        #expect(client.content(1) == (0, true))
        #expect(client.content(3) == (0, true))
        _ = try client.send(HTTP2Frame(.resetStream, stream: 5, HTTP2Frame.bytes(8)))
        #expect(client.connection.isIdle)
    }

    @Test("padding, priorities, continuations, pings and what is unknown")
    func frames() throws {
        var client = try Client()
        let block = HPACKDecoder.Field.encode(Self.fields)
        let padded = [3] + [0, 0, 0, 0, 16] + block.prefix(5) + [0, 0, 0]
        let requests = try client.send(
            HTTP2Frame(kind: 0xFA, stream: 0, payload: [1, 2, 3]),
            HTTP2Frame(.priority, stream: 1, [0, 0, 0, 0, 1]),
            HTTP2Frame(.headers, flags: 0x1 | 0x8 | 0x20, stream: 1, padded),
            HTTP2Frame(.continuation, stream: 1, Array(block[5..<9])),
            HTTP2Frame(.continuation, flags: 0x4, stream: 1, Array(block[9...])),
            HTTP2Frame(.ping, [1, 2, 3, 4, 5, 6, 7, 8])
        )
        #expect(requests.map(\.stream) == [1])
        let ping = client.received.first { $0.kind == HTTP2Frame.Kind.ping.rawValue }
        #expect(ping?.flags == 1 && ping?.payload == [1, 2, 3, 4, 5, 6, 7, 8])
    }

    @Test("content of the client is thrown away, and its room given back")
    func content() throws {
        var client = try Client()
        let head = HTTP2Frame(.headers, flags: 0x4, stream: 1, HPACKDecoder.Field.encode(Self.fields))
        _ = try client.send(head, HTTP2Frame(.data, stream: 1, [UInt8](repeating: 0, count: 1_000)))
        #expect(client.count(.windowUpdate) == 2)
        let trailer = HTTP2Frame(.headers, flags: 0x5, stream: 1, HPACKDecoder.Field.encode([(name: "t", value: "")]))
        #expect(try client.send(trailer).isEmpty)
    }

    private static let oddFields: [[(name: String, value: String)]] = [
        [(name: ":method", value: "GET")],
        [
            (name: ":method", value: "GET"), (name: ":method", value: "GET"), (name: ":scheme", value: "x"),
            (name: ":path", value: "/"),
        ],
        [
            (name: "a", value: ""), (name: ":method", value: "GET"), (name: ":scheme", value: "x"),
            (name: ":path", value: "/"),
        ],
        [
            (name: ":method", value: "GET"), (name: ":scheme", value: "x"), (name: ":path", value: "/"),
            (name: "Upper", value: ""),
        ],
        [
            (name: ":method", value: "GET"), (name: ":scheme", value: "x"), (name: ":path", value: "/"),
            (name: "connection", value: "x"),
        ],
        [(name: ":method", value: "GET"), (name: ":scheme", value: "x"), (name: ":path", value: "")],
        [
            (name: ":method", value: "GET"), (name: ":scheme", value: "x"), (name: ":path", value: "/"),
            (name: "x", value: "a\r\nb"),
        ],
    ]

    @Test("a request that is none resets its stream, and nothing else", arguments: oddFields)
    func badRequests(fields: [(name: String, value: String)]) throws {
        var client = try Client()
        #expect(try client.send(get(1, fields)).isEmpty)
        #expect(client.count(.resetStream) == 1)
        #expect(try client.send(get(3)).count == 1)
    }

    @Test("too many streams at once are refused, one by one")
    func refusedStreams() throws {
        var client = try Client()
        for index in 0..<UInt32(HTTP2Connection.streamLimit) { #expect(try client.send(get(2 * index + 1)).count == 1) }
        #expect(try client.send(get(1_001)).isEmpty)
        let reset = try #require(client.received.last)
        #expect(reset.kind == HTTP2Frame.Kind.resetStream.rawValue && reset.payload == [0, 0, 0, 7])
    }

    private static let broken: [(HTTP2Frame, HTTP2Frame.ErrorCode)] = [
        (HTTP2Frame(.headers, flags: 0x5, stream: 2), HTTP2Frame.ErrorCode.protocol),
        (HTTP2Frame(.headers, flags: 0x5, stream: 1, [0x80]), .compression),
        (HTTP2Frame(.data, stream: 0, [0]), .protocol), (HTTP2Frame(.data, stream: 7, [0]), .protocol),
        (HTTP2Frame(.continuation, stream: 1), .protocol), (HTTP2Frame(.pushPromise, stream: 1), .protocol),
        (HTTP2Frame(.settings, stream: 1), .protocol), (HTTP2Frame(.settings, [0]), .frameSize),
        (HTTP2Frame(.settings, [0, 4, 0xFF, 0, 0, 0]), .flowControl),
        (HTTP2Frame(.settings, [0, 5, 0, 0, 0, 1]), .protocol),
        (HTTP2Frame(.windowUpdate, [0, 0, 0, 0]), .protocol),
        (HTTP2Frame(.windowUpdate, [0x7F, 0xFF, 0xFF, 0xFF]), .flowControl),
        (HTTP2Frame(.windowUpdate, [0]), .frameSize), (HTTP2Frame(.ping, [0]), .frameSize),
        (HTTP2Frame(.resetStream, stream: 9, [0, 0, 0, 0]), .protocol),
        (HTTP2Frame(.headers, flags: 0x8, stream: 1), .frameSize),
        (HTTP2Frame(.headers, flags: 0x8, stream: 1, [5, 0]), .protocol),
    ]

    @Test("what breaks the rules ends the connection with GOAWAY", arguments: broken)
    func violations(frame: HTTP2Frame, code: HTTP2Frame.ErrorCode) throws {
        var client = try Client()
        do throws(HTTP2Frame.ErrorCode) {
            _ = try client.send(frame)
            Issue.record("taken")
        } catch {
            #expect(error == code)
        }
        let last = try #require(client.received.last)
        #expect(last.kind == HTTP2Frame.Kind.goAway.rawValue)
        #expect(HTTP2Frame.number(last.payload[4..<8]) == code.rawValue)
    }

    @Test(
        "floods end: of pings, of empty data, of continuations, of streams that are opened and reset",
        arguments: 0..<4
    )
    func floods(kind: Int) throws {
        var client = try Client()
        var isOver = false
        if kind == 1 {
            _ = try client.send(HTTP2Frame(.headers, flags: 0x4, stream: 1, HPACKDecoder.Field.encode(Self.fields)))
        }
        if kind == 2 { _ = try client.send(HTTP2Frame(.headers, stream: 1)) }
        for index in 0..<30_000 where !isOver {
            let stream = UInt32(2 * index + 1)
            do throws(HTTP2Frame.ErrorCode) {
                switch kind {
                case 0: _ = try client.send(HTTP2Frame(.ping, [0, 0, 0, 0, 0, 0, 0, 0]))
                case 1: _ = try client.send(HTTP2Frame(.data, stream: 1))
                case 2: _ = try client.send(HTTP2Frame(.continuation, stream: 1))
                default: _ = try client.send(get(stream), HTTP2Frame(.resetStream, stream: stream, [0, 0, 0, 8]))
                }
            } catch {
                #expect(error == .enhanceYourCalm)
                isOver = true
            }
            client.received = []
        }
        #expect(isOver)
    }

    @Test("no preface, a foreign one, and a frame that is too long")
    func beginnings() throws {
        var foreign = HTTP2Connection()
        #expect(throws: HTTP2Frame.ErrorCode.protocol) { _ = try foreign.receive(Array("GET / HTTP/1.1\r\n".utf8)) }
        var early = HTTP2Connection()
        #expect(throws: HTTP2Frame.ErrorCode.protocol) { _ = try early.receive(HTTP2Frame.preface + get(1).bytes) }
        var long = HTTP2Connection()
        #expect(throws: HTTP2Frame.ErrorCode.frameSize) {
            _ = try long.receive(HTTP2Frame.preface + [1, 0, 0, 4, 0, 0, 0, 0, 0])
        }
    }
}
