import Synchronization

/// The first 64 KiB of what a peer sent.
final class KeptBytes: Sendable {
    private static let limit = 65_536
    private let store = Mutex<[UInt8]>([])

    var bytes: [UInt8] { store.withLock { $0 } }

    func add(_ bytes: [UInt8]) {
        store.withLock { store in
            store += bytes.prefix(Self.limit - store.count)
        }
    }
}

/// Passes data on to the user and keeps the beginning of it for the report. What has to go first comes before the user's own.
struct RecordingEnds: RelayEnds {
    private let ends: any RelayEnds
    private let kept: KeptBytes
    private let first: Pending

    init(ends: any RelayEnds, kept: KeptBytes, first: [UInt8]) {
        self.ends = ends
        self.kept = kept
        self.first = Pending(first)
    }

    /// Bytes that are taken once.
    private final class Pending: Sendable {
        private let store: Mutex<[UInt8]>

        init(_ bytes: [UInt8]) {
            store = Mutex(bytes)
        }

        func take() -> [UInt8] {
            store.withLock { store in
                defer { store = [] }
                return store
            }
        }
    }

    var showsData: Bool { ends.showsData }
    var isAnswered: Bool { ends.isAnswered }

    func nextInput() async -> RelayInput? {
        let bytes = first.take()
        return bytes.isEmpty ? await ends.nextInput() : .data(bytes)
    }

    func deliver(_ bytes: [UInt8]) async throws {
        if !ends.showsData { kept.add(bytes) }
        try await ends.deliver(bytes)
    }

    func show(_ answer: SessionAnswer) async {
        await ends.show(answer)
    }
}
