import Foundation
import Testing
import Transport

@Suite(.timeLimit(.minutes(1)))
struct SignalTests {
    /// SIGURG and SIGWINCH: ignored by default, so a slip doesn't end the test run.
    @Test func signalsArrive() async throws {
        var signals = Signals.stream([SIGURG, SIGWINCH, 0, 1000]).makeAsyncIterator()
        kill(getpid(), SIGURG)
        #expect(await signals.next() == SIGURG)
        kill(getpid(), SIGWINCH)
        #expect(await signals.next() == SIGWINCH)
    }

    @Test func aBrokenPipeIsAnError() throws {
        Signals.ignoreSIGPIPE()
        var ends: [Int32] = [0, 0]
        try #require(pipe(&ends) == 0)
        close(ends[0])
        #expect(write(ends[1], "x", 1) == -1)
        #expect(errno == EPIPE)
        close(ends[1])
    }

    @Test func theSecondOfAKindEndsTheProcess() async {
        await #expect(processExitsWith: .exitCode(128 + SIGTERM)) {
            var signals = Signals.stream([SIGINT, SIGTERM]).makeAsyncIterator()
            kill(getpid(), SIGTERM)
            guard await signals.next() == SIGTERM else { exit(1) }
            kill(getpid(), SIGINT)
            guard await signals.next() == SIGINT else { exit(2) }
            kill(getpid(), SIGTERM)
            try await Task.sleep(for: .seconds(10))
        }
    }

    @Test func anIgnoredSignalStaysIgnored() async {
        await #expect(processExitsWith: .exitCode(7)) {
            _ = signal(SIGTERM, SIG_IGN)
            _ = Signals.stream([SIGTERM])
            kill(getpid(), SIGTERM)
            kill(getpid(), SIGTERM)
            exit(7)
        }
    }
}
