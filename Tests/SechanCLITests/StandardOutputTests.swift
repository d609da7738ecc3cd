import Diagnostics
import Foundation
import Glibc
import Testing

@testable import SechanCLI

@Suite(.timeLimit(.minutes(1))) struct StandardOutputTests {
    init() {
        Interruption.ignoreBrokenPipes()
    }

    private func openPipe() throws -> (source: Int32, sink: Int32) {
        var ends: [Int32] = [0, 0]
        try #require(pipe(&ends) == 0)
        return (ends[0], ends[1])
    }

    private func readAll(_ source: Int32) -> [UInt8] {
        Array(FileHandle(fileDescriptor: source).readDataToEndOfFile())
    }

    @Test func writesInOrder() async throws {
        let (source, sink) = try openPipe()
        let output = StandardOutput(descriptor: sink)
        try await output.write("one ")
        try await output.write("two")
        close(sink)
        #expect(readAll(source) == Array("one two".utf8))
        close(source)
    }

    /// A pipe holds 64 KiB; nobody reads the rest until the write was given up.
    @Test func givesUpWhenCancelled() async throws {
        let (source, sink) = try openPipe()
        let output = StandardOutput(descriptor: sink)
        let begun = Task { try await output.write([UInt8](repeating: 0x61, count: 200_000)) }
        let behind = Task { try await output.write("never") }
        try await Task.sleep(for: .milliseconds(100))
        behind.cancel()
        begun.cancel()
        await #expect(throws: CancellationError.self) { try await begun.value }
        await #expect(throws: CancellationError.self) { try await behind.value }
        // What was begun goes on coming out whole.
        let last = Task {
            try await output.write("last")
            close(sink)
        }
        let all = await withCheckedContinuation { continuation in
            Thread { continuation.resume(returning: readAll(source)) }.start()
        }
        try await last.value
        #expect(all.count == 200_004)
        #expect(all.suffix(4) == Array("last".utf8))
        close(source)
    }

    @Test func doesNotWaitForAReaderThatHasStoppedAfterASignal() async throws {
        let (source, sink) = try openPipe()
        let output = StandardOutput(descriptor: sink)
        let problem = try await ReportWriter.writeLast(after: SIGINT) {
            try await output.write([UInt8](repeating: 0x61, count: 200_000))
        }
        #expect(problem == nil)
        close(source)
    }

    @Test func saysWhyItFails() async throws {
        let output = StandardOutput(descriptor: 100_000)
        await #expect(throws: Streams.WriteError.self) { try await output.write("x") }
    }
}
