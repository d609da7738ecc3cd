import Testing

@testable import Diagnostics

/// An answer of HTTP/2 is begun, and its file opened, once some of it can go out.
@Suite("Turns of HTTP/2 answers")
struct HTTP2TurnTests {
    private static let fields = [
        (name: ":method", value: "GET"), (name: ":path", value: "/"), (name: ":scheme", value: "https"),
    ]

    private static func ask(_ connection: inout HTTP2Connection, _ stream: UInt32) throws {
        let request = HTTP2Frame(.headers, flags: 0x5, stream: stream, HPACKDecoder.Field.encode(fields))
        #expect(try connection.receive(request.bytes).count == 1)
    }

    private static func connection(_ settings: [UInt8] = []) throws -> HTTP2Connection {
        var connection = HTTP2Connection()
        _ = try connection.receive(HTTP2Frame.preface + HTTP2Frame(.settings, settings).bytes)
        return connection
    }

    @Test func answersWaitForTheirTurn() throws {
        var connection = try Self.connection()
        let answer = HTTPResponse(status: 200, contentType: "text/plain", content: [UInt8](repeating: 1, count: 9_000))
        for index in 0..<UInt32(10) {
            let stream = 2 * index + 1
            try Self.ask(&connection, stream)
            #expect(connection.mayAnswer(stream) == (index < 4))
            if connection.mayAnswer(stream) { connection.answer(stream, answer, withContent: true) }
        }
        #expect(!connection.output().isEmpty)
        #expect(connection.mayAnswer(9), "those before are out")
    }

    /// SETTINGS_INITIAL_WINDOW_SIZE of 0: nothing can go out on a stream before the client opens it.
    @Test func answersWaitForWindows() throws {
        var connection = try Self.connection([0, 4, 0, 0, 0, 0])
        for stream in [1, 3] as [UInt32] { try Self.ask(&connection, stream) }
        #expect(!connection.mayAnswer(1) && !connection.mayAnswer(3))
        _ = try connection.receive(HTTP2Frame(.windowUpdate, stream: 3, [0, 0, 1, 0]).bytes)
        #expect(!connection.mayAnswer(1) && connection.mayAnswer(3))
    }

    /// A window of one byte for each stream: every answer begins, and none goes on.
    @Test func answersThatAreStuckAreFew() throws {
        var connection = try Self.connection([0, 4, 0, 0, 0, 1])
        let answer = HTTPResponse(status: 200, contentType: "text/plain", content: [UInt8](repeating: 1, count: 9_000))
        var begun = 0
        for index in 0..<UInt32(60) {
            let stream = 2 * index + 1
            try Self.ask(&connection, stream)
            guard connection.mayAnswer(stream) else { continue }
            connection.answer(stream, answer, withContent: true)
            _ = connection.output()
            begun += 1
        }
        #expect(begun == 16)
    }
}
