import Synchronization

/// Hands bytes on in small pieces, in both directions: whatever works in one piece has to work byte by byte.
public final class FragmentingStream: ByteStream {
    private let inner: any ByteStream
    private let size: Int
    /// What came in one piece and isn't handed on yet.
    private let rest = Mutex<ArraySlice<UInt8>>([])

    /// The peer's address.
    public var remote: SocketEndpoint { inner.remote }
    /// Our own address.
    public var local: SocketEndpoint { inner.local }

    /// A stream that reads and writes through `inner` at most `size` bytes at a time (at least 1).
    public init(wrapping inner: any ByteStream, size: Int = 1) {
        self.inner = inner
        self.size = max(size, 1)
    }

    /// At most `size` bytes. See ``ByteStream/read(deadline:)``.
    public func read(deadline: Deadline) async -> ReadOutcome {
        if let piece = nextPiece() { return .bytes(piece) }
        let outcome = await inner.read(deadline: deadline)
        guard case .bytes(let bytes) = outcome else { return outcome }
        rest.withLock { $0 = bytes[...] }
        return nextPiece().map { .bytes($0) } ?? outcome
    }

    /// One write of `inner` for each piece. See ``ByteStream/write(_:deadline:)``.
    public func write(_ bytes: [UInt8], deadline: Deadline) async throws(TransportError) {
        var rest = bytes[...]
        while !rest.isEmpty {
            try await inner.write(Array(rest.prefix(size)), deadline: deadline)
            rest = rest.dropFirst(size)
        }
    }

    /// See ``ByteStream/closeOutput()``.
    public func closeOutput() async { await inner.closeOutput() }

    /// See ``ByteStream/close()``.
    public func close() async {
        rest.withLock { $0 = [] }
        await inner.close()
    }

    /// See ``ByteStream/abort()``.
    public func abort() async {
        rest.withLock { $0 = [] }
        await inner.abort()
    }

    private func nextPiece() -> [UInt8]? {
        rest.withLock { rest in
            guard !rest.isEmpty else { return nil }
            defer { rest = rest.dropFirst(size) }
            return Array(rest.prefix(size))
        }
    }
}
