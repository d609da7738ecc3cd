import Foundation
import Testing
import Transport

@Suite(.timeLimit(.minutes(1)))
struct InputReaderTests {
    private func openPipe() throws -> (source: Int32, sink: Int32) {
        var ends: [Int32] = [0, 0]
        try #require(pipe(&ends) == 0)
        return (ends[0], ends[1])
    }

    @Test func readsWhatComesThenTheEnd() async throws {
        let (source, sink) = try openPipe()
        let reader = InputReader(descriptor: source)
        #expect(await reader.read(deadline: .after(.milliseconds(20))) == .timedOut)
        #expect(write(sink, "ab", 2) == 2)
        #expect(await reader.read(deadline: patience) == .bytes([0x61, 0x62]))
        close(sink)
        #expect(await reader.read(deadline: patience) == .end)
        #expect(await reader.read(deadline: patience) == .end)
        close(source)
    }

    @Test func readsNoFurtherAheadThanTheBuffer() async throws {
        let (source, sink) = try openPipe()
        let reader = InputReader(descriptor: source)
        let total = 4 << 20
        let writing = Task {
            try await blocking {
                let bytes = pattern(total)
                var sent = 0
                while sent < total { sent += bytes[sent...].withUnsafeBytes { write(sink, $0.baseAddress, $0.count) } }
                close(sink)
            }
        }
        var all: [UInt8] = []
        while case .bytes(let bytes) = await reader.read(deadline: patience) { all += bytes }
        #expect(isPattern(all, total))
        try await writing.value
        close(source)
    }

    @Test func aBadDescriptorFails() async {
        guard case .failed(let error) = await InputReader(descriptor: 100_000).read(deadline: patience) else {
            Issue.record("read from nowhere")
            return
        }
        #expect(error.errno == EBADF)
    }
}
