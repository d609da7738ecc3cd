import Synchronization

/// Passes everything on to another stream and keeps a record of it.
public final class RecordingStream: ByteStream {
    private let inner: any ByteStream
    private let start = ContinuousClock.now
    private let entries = Mutex<[Recording.Entry]>([])

    /// The peer's address.
    public var remote: SocketEndpoint { inner.remote }
    /// Our own address.
    public var local: SocketEndpoint { inner.local }

    /// A stream that works through `inner`; the record's clock starts now.
    public init(wrapping inner: any ByteStream) {
        self.inner = inner
    }

    /// What has happened so far.
    public var recording: Recording { Recording(entries: entries.withLock { $0 }) }

    /// See ``ByteStream/read(deadline:)``.
    public func read(deadline: Deadline) async -> ReadOutcome {
        let outcome = await inner.read(deadline: deadline)
        switch outcome {
        case .bytes(let bytes): note(.received, .bytes(bytes))
        case .end: noteOnce(.received, .end)
        case .reset: noteOnce(.received, .reset)
        case .timedOut: note(.received, .timedOut)
        case .failed(let error): note(.received, .failed(error))
        }
        return outcome
    }

    /// See ``ByteStream/write(_:deadline:)``.
    public func write(_ bytes: [UInt8], deadline: Deadline) async throws(TransportError) {
        do throws(TransportError) {
            let began = ContinuousClock.now
            try await inner.write(bytes, deadline: deadline)
            // The time it began: the answer may be read, and noted, before this task runs again.
            note(.sent, .bytes(bytes), at: began)
        } catch {
            note(.sent, error.kind == .timedOut ? .timedOut : .failed(error))
            throw error
        }
    }

    /// See ``ByteStream/closeOutput()``.
    public func closeOutput() async {
        noteOnce(.sent, .end)
        await inner.closeOutput()
    }

    /// See ``ByteStream/close()``.
    public func close() async {
        noteOnce(.sent, .end)
        await inner.close()
    }

    /// See ``ByteStream/abort()``.
    public func abort() async {
        noteOnce(.sent, .reset)
        await inner.abort()
    }

    private func note(
        _ direction: Recording.Direction,
        _ event: Recording.Event,
        at instant: ContinuousClock.Instant = .now
    ) {
        let entry = Recording.Entry(time: instant - start, direction: direction, event: event)
        entries.withLock { entries in
            let index = entries.lastIndex { $0.time <= entry.time }.map { $0 + 1 } ?? 0
            entries.insert(entry, at: index)
        }
    }

    /// Ends are sticky and closing twice does nothing: they are noted the first time only.
    private func noteOnce(_ direction: Recording.Direction, _ event: Recording.Event) {
        let isKnown = entries.withLock { entries in
            entries.contains { $0.direction == direction && $0.event == event }
        }
        if !isKnown { note(direction, event) }
    }
}
