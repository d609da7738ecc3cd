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

    /// Somebody who shares the pipe or terminal made it non-blocking: nothing to read yet is not the end.
    @Test func waitsOnANonBlockingDescriptor() async throws {
        let (source, sink) = try openPipe()
        try #require(fcntl(source, F_SETFL, O_NONBLOCK) == 0)
        let reader = InputReader(descriptor: source)
        #expect(await reader.read(deadline: .after(.milliseconds(50))) == .timedOut)
        #expect(write(sink, "a", 1) == 1)
        #expect(await reader.read(deadline: patience) == .bytes([0x61]))
        close(sink)
        #expect(await reader.read(deadline: patience) == .end)
        close(source)
    }

    @Test func readsAFileToItsEnd() async throws {
        let file = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
        defer { try? FileManager.default.removeItem(at: file) }
        try Data(pattern(200_000)).write(to: file)
        let descriptor = open(file.path, O_RDONLY)
        let reader = InputReader(descriptor: descriptor)
        var all: [UInt8] = []
        while case .bytes(let bytes) = await reader.read(deadline: patience) { all += bytes }
        #expect(isPattern(all, 200_000))
        #expect(await reader.read(deadline: patience) == .end)
        close(descriptor)
    }

    @Test func endsAtOnceOnTheNullDevice() async {
        let descriptor = open("/dev/null", O_RDONLY)
        #expect(await InputReader(descriptor: descriptor).read(deadline: patience) == .end)
        close(descriptor)
    }

    @Test func readsLinesOfATerminal() async throws {
        // /dev/ptmx and its ioctls: the functions of POSIX aren't visible from here.
        let controller = open("/dev/ptmx", O_RDWR | O_NOCTTY)
        var lock: Int32 = 0
        var number: UInt32 = 0
        let (unlock, numberOf) = (UInt(0x4004_5431), UInt(0x8004_5430))
        try #require(ioctl(controller, unlock, &lock) == 0 && ioctl(controller, numberOf, &number) == 0)
        let terminal = open("/dev/pts/\(number)", O_RDWR | O_NOCTTY)
        let reader = InputReader(descriptor: terminal)
        #expect(await reader.read(deadline: .after(.milliseconds(50))) == .timedOut)
        // A line, then ^D.
        #expect(write(controller, "ab\n\u{4}", 4) == 4)
        #expect(await reader.read(deadline: patience) == .bytes(Array("ab\n".utf8)))
        #expect(await reader.read(deadline: patience) == .end)
        close(terminal)
        close(controller)
    }

    @Test func aBadDescriptorFails() async {
        guard case .failed(let error) = await InputReader(descriptor: 100_000).read(deadline: patience) else {
            Issue.record("read from nowhere")
            return
        }
        #expect(error.errno == EBADF)
    }
}
