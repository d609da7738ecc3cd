import Synchronization

/// A peer that plays a script, for tests of whatever reads and writes a ``ByteStream``.
///
/// The script moves on while somebody reads: each read plays steps until one has something to say. After the last step the
/// stream is at its end.
public final class ScriptedStream: ByteStream {
    /// One step of a script.
    public enum Step: Hashable, Sendable {
        /// Waits until exactly these bytes are written next. Other bytes end the script: reads fail, ``mismatch`` says why.
        case expect([UInt8])
        /// Waits until this many further bytes, whatever they are, are written.
        case expectCount(Int)
        /// Waits until the output is closed.
        case expectEnd
        /// Sends bytes, as one read (in pieces above 64 KiB).
        case send([UInt8])
        /// Waits.
        case delay(Duration)
        /// FIN. Steps after it are not played.
        case end
        /// RST: reads report it, writes fail.
        case reset
        /// Says nothing for ever.
        case silence
    }

    /// A made-up address.
    public let remote: SocketEndpoint
    /// A made-up address.
    public let local: SocketEndpoint
    private let state: Mutex<State>

    fileprivate struct State {
        var steps: ArraySlice<Step>
        /// When the delay under way is over.
        var resumesAt: Deadline?
        var written: [UInt8] = []
        /// The bytes of `written` before this index were expected.
        var checked = 0
        var isOutputClosed = false
        var final: ReadOutcome?
        var mismatch: String?
        var waiter: Pending<Wake>?
    }

    fileprivate enum Wake {
        case changed
        case late
        case cancelled
    }

    /// A peer that plays `steps`.
    public init(
        _ steps: [Step],
        remote: SocketEndpoint = .ip(host: "192.0.2.1", port: 443),
        local: SocketEndpoint = .ip(host: "192.0.2.2", port: 50_000)
    ) {
        self.remote = remote
        self.local = local
        state = Mutex(State(steps: steps[...]))
    }

    /// Everything written so far.
    public var written: [UInt8] { state.withLock { $0.written } }
    /// Why the script broke off, if something else than expected was written.
    public var mismatch: String? { state.withLock { $0.mismatch } }
    /// Whether every step was played.
    public var isFinished: Bool { state.withLock { $0.steps.isEmpty } }

    /// Plays on. See ``ByteStream/read(deadline:)``.
    public func read(deadline: Deadline) async -> ReadOutcome {
        while true {
            let wake = Pending<Wake>()
            let turn = state.withLock { state -> Turn in
                let turn = state.play(remote)
                if case .wait = turn { state.waiter = wake }
                return turn
            }
            guard case .wait(let until) = turn else {
                if case .done(let outcome) = turn { return outcome }
                continue
            }
            switch await wake.value(by: deadline.sooner(of: until), late: .late, ifCancelled: .cancelled) {
            case .changed: continue
            case .late: if deadline < until { return .timedOut }
            case .cancelled:
                return .failed(TransportError(.cancelled, endpoint: remote, detail: "the read was cancelled"))
            }
        }
    }

    /// Takes the bytes at once. See ``ByteStream/write(_:deadline:)``.
    public func write(_ bytes: [UInt8], deadline: Deadline) async throws(TransportError) {
        let error = state.withLock { state -> TransportError? in
            if state.final == .reset {
                return TransportError(.reset, endpoint: remote, detail: "connection reset by peer")
            }
            if state.isOutputClosed { return TransportError(.closed, endpoint: remote, detail: "our side is closed") }
            state.written += bytes
            return nil
        }
        if let error { throw error }
        wakeReader()
    }

    /// See ``ByteStream/closeOutput()``.
    public func closeOutput() async {
        state.withLock { $0.isOutputClosed = true }
        wakeReader()
    }

    /// See ``ByteStream/close()``.
    public func close() async {
        state.withLock { state in
            state.isOutputClosed = true
            state.final = .failed(TransportError(.closed, endpoint: remote, detail: "our side is closed"))
        }
        wakeReader()
    }

    /// See ``ByteStream/abort()``.
    public func abort() async { await close() }

    private func wakeReader() {
        state.withLock { state in
            defer { state.waiter = nil }
            return state.waiter
        }?.fulfil(.changed)
    }
}

// MARK: - The script

extension ScriptedStream {
    fileprivate enum Turn {
        case next
        case done(ReadOutcome)
        case wait(until: Deadline)
    }
}

extension ScriptedStream.State {
    /// Plays one step, or says what it waits for.
    fileprivate mutating func play(_ remote: SocketEndpoint) -> ScriptedStream.Turn {
        if let final { return .done(final) }
        guard let step = steps.first else { return finish(.end) }
        switch step {
        case .expect(let bytes):
            return expect(bytes, remote)
        case .expectCount(let count):
            guard written.count - checked >= count else { return .wait(until: .never) }
            checked += max(count, 0)
            return advance()
        case .expectEnd:
            return isOutputClosed ? advance() : .wait(until: .never)
        case .send(let bytes):
            steps.removeFirst()
            guard bytes.count > InboundBuffer.limit else { return bytes.isEmpty ? .next : .done(.bytes(bytes)) }
            steps = [.send(Array(bytes.dropFirst(InboundBuffer.limit)))] + steps
            return .done(.bytes(Array(bytes.prefix(InboundBuffer.limit))))
        case .delay(let duration):
            let until = resumesAt ?? .after(duration)
            resumesAt = until
            guard until.hasPassed else { return .wait(until: until) }
            resumesAt = nil
            return advance()
        case .end:
            steps.removeFirst()
            return finish(.end)
        case .reset:
            steps.removeFirst()
            return finish(.reset)
        case .silence:
            return .wait(until: .never)
        }
    }

    private mutating func expect(_ bytes: [UInt8], _ remote: SocketEndpoint) -> ScriptedStream.Turn {
        let fresh = written[checked...]
        if let position = zip(bytes, fresh).enumerated().first(where: { $0.element.0 != $0.element.1 })?.offset {
            let text = "byte \(checked + position) of the output isn't the expected one"
            mismatch = text
            return finish(.failed(TransportError(.other, endpoint: remote, detail: text)))
        }
        guard fresh.count >= bytes.count else { return .wait(until: .never) }
        checked += bytes.count
        return advance()
    }

    private mutating func advance() -> ScriptedStream.Turn {
        steps.removeFirst()
        return .next
    }

    private mutating func finish(_ outcome: ReadOutcome) -> ScriptedStream.Turn {
        final = outcome
        return .done(outcome)
    }
}
