/// Runs over many targets: some at once, and what they come to in the order of the list.
enum TargetRuns {
    /// Runs `job` for 0 to `count` - 1, no more than `width` at once, and hands each result to `deliver` in order, as soon as all
    /// before it are there.
    ///
    /// A cancelled task starts no more jobs; those that are under way end as they see fit.
    static func run<Value: Sendable>(
        _ count: Int,
        atOnce width: Int,
        _ job: @escaping @Sendable (Int) async -> Value,
        deliver: (Int, Value) async throws -> Void
    ) async throws {
        try await withThrowingTaskGroup(of: (Int, Value).self) { group in
            var started = 0
            var delivered = 0
            var waiting: [Int: Value] = [:]
            func startNext() {
                guard started < count, !Task.isCancelled else { return }
                let index = started
                started += 1
                group.addTask { (index, await job(index)) }
            }
            for _ in 0..<width { startNext() }
            while let (index, value) = try await group.next() {
                waiting[index] = value
                while let value = waiting.removeValue(forKey: delivered) {
                    try await deliver(delivered, value)
                    delivered += 1
                }
                startNext()
            }
        }
    }
}
