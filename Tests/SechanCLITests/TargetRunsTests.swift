import Synchronization
import Testing

@testable import SechanCLI

@Suite("runs over many targets")
struct TargetRunsTests {
    @Test("Results come in the order of the list, whatever order they are ready in, and no more run at once than may")
    func order() async throws {
        let running = Mutex((now: 0, most: 0))
        var delivered: [Int] = []
        try await TargetRuns.run(20, atOnce: 3) { index in
            running.withLock { state in
                state.now += 1
                state.most = max(state.most, state.now)
            }
            // The first of each three is the slowest.
            for _ in 0..<(3 - index % 3) { await Task.yield() }
            running.withLock { $0.now -= 1 }
            return index * index
        } deliver: { index, value in
            #expect(value == index * index)
            delivered.append(index)
        }
        #expect(delivered == Array(0..<20))
        #expect(running.withLock { $0.most } <= 3)
    }

    @Test("A result that can't be delivered ends the run with its error")
    func failure() async throws {
        struct Full: Error {}
        await #expect(throws: Full.self) {
            try await TargetRuns.run(5, atOnce: 2) {
                $0
            } deliver: { index, _ in
                if index == 1 { throw Full() }
            }
        }
    }

    @Test(
        "The name of the list is no option of its targets",
        arguments: [
            (["--targets", "list", "--timeout", "5s"], ["--timeout", "5s"]), (["-v", "--targets=list"], ["-v"]),
            (["--timeout", "5s"], ["--timeout", "5s"]),
        ]
    )
    func words(arguments: [String], expected: [String]) {
        #expect(TargetsOptions.words(arguments) == expected)
    }
}
