import Synchronization

/// A stream whose bytes travel in the packets of another protocol.
final class FramedStream: ByteStream {
    private let inner: any ByteStream
    private let state: Mutex<State>

    private struct State {
        var framing: any TLSFraming
        /// What arrived before anybody read.
        var waiting: [UInt8]
        /// Bytes that arrived since the last that held TLS.
        var empty = 0
        /// What broke the framing; every read reports it from then on.
        var failure: TransportError?
    }

    /// How much may arrive without any TLS in it: twice the longest packet, which may come in pieces, and far more than a
    /// handshake's acknowledgements.
    private static let emptyLimit = 131_072

    /// The peer's address.
    var remote: SocketEndpoint { inner.remote }
    /// Our own address.
    var local: SocketEndpoint { inner.local }

    /// A stream through `inner`; `waiting` is what was read from it already.
    init(wrapping inner: any ByteStream, in framing: any TLSFraming, waiting: [UInt8]) {
        self.inner = inner
        state = Mutex(State(framing: framing, waiting: waiting))
    }

    /// See ``ByteStream/read(deadline:)``. Packets without TLS in them hold nobody past the deadline, nor for ever.
    func read(deadline: Deadline) async -> ReadOutcome {
        while true {
            let waiting = state.withLock { state in
                defer { state.waiting = [] }
                return state.waiting
            }
            if waiting.isEmpty {
                if let failure = state.withLock({ $0.failure }) { return .failed(failure) }
                let outcome = await inner.read(deadline: deadline)
                guard case .bytes(let bytes) = outcome else { return outcome }
                state.withLock { $0.waiting = bytes }
                continue
            }
            do throws(FramingError) {
                let unwrapped = try state.withLock { state throws(FramingError) in
                    try state.framing.unwrap(waiting)
                }
                // A peer that waits for this is no reason to keep its bytes back; one that is gone will show at the next read.
                if !unwrapped.answer.isEmpty { try? await inner.write(unwrapped.answer, deadline: deadline) }
                let empty = state.withLock { state in
                    state.empty = unwrapped.bytes.isEmpty ? state.empty + waiting.count : 0
                    return state.empty
                }
                guard unwrapped.bytes.isEmpty else { return .bytes(unwrapped.bytes) }
                guard empty <= Self.emptyLimit else {
                    throw FramingError(detail: "the server sends packets without TLS in them, and no end of them")
                }
                // The stream below hands out what has arrived even then.
                if deadline.hasPassed { return .timedOut }
            } catch {
                let failure = TransportError(.negotiationFailed, endpoint: remote, detail: error.detail)
                state.withLock { $0.failure = failure }
                return .failed(failure)
            }
        }
    }

    /// See ``ByteStream/write(_:deadline:)``.
    func write(_ bytes: [UInt8], deadline: Deadline) async throws(TransportError) {
        let packets = state.withLock { $0.framing.wrap(bytes) }
        try await inner.write(packets, deadline: deadline)
    }

    /// See ``ByteStream/closeOutput()``.
    func closeOutput() async { await inner.closeOutput() }
    /// See ``ByteStream/close()``.
    func close() async { await inner.close() }
    /// See ``ByteStream/abort()``.
    func abort() async { await inner.abort() }
}
