import Foundation
import Testing
import Transport

@Suite(.timeLimit(.minutes(1)))
struct RuntimeTests {
    @Test func theExecutorRunsStreams() async throws {
        try await withTaskExecutorPreference(Runtime.executor) {
            let (stream, peer) = try await connection()
            async let answer = readToEnd(stream)
            let echo = Task {
                try await blocking {
                    try peer.send(try peer.receiveToEnd())
                    peer.shutdownOutput()
                }
            }
            try await stream.write(pattern(100_000), deadline: patience)
            await stream.closeOutput()
            #expect(await isPattern(answer.bytes, 100_000))
            try await echo.value
            #expect(await stream.read(deadline: patience) == .end)
            await stream.close()
        }
    }

    @Test func theMainThreadBecomesTheEventLoop() async {
        await #expect(processExitsWith: .exitCode(42)) {
            Runtime.run {
                let before = pthread_self()
                do {
                    let listener = try await Listener.bind(host: "127.0.0.1", port: 0)
                    async let dialled = Dialer.dial(
                        [listener.endpoint],
                        connectTimeout: .seconds(5),
                        deadline: patience
                    )
                    var connections = listener.connections.makeAsyncIterator()
                    guard let stream = await connections.next() else { return 1 }
                    try await dialled.stream.write([1, 2], deadline: patience)
                    guard await stream.read(deadline: patience) == .bytes([1, 2]) else { return 2 }
                    guard await stream.read(deadline: .after(.milliseconds(20))) == .timedOut else { return 3 }
                } catch {
                    return 4
                }
                return pthread_self() == before ? 42 : 5
            }
        }
    }
}
