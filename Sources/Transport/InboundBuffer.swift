import NIOCore
import Synchronization

/// What has arrived on a connection and nobody has read yet, then how it ended.
///
/// One side appends and finishes, the other reads under a deadline. The appending side asks ``append(_:)`` whether to go on,
/// and is told through `onRoom` when a reader made room again; that is the whole of the backpressure.
///
/// The reads of a connection share one timer: most follow each other under the same deadline, and a timer for each would wake
/// the event loop twice per read.
final class InboundBuffer: Sendable {
    /// The most bytes one read returns, and the fill at which the appending side should pause.
    static let limit = 65_536

    fileprivate struct State {
        var bytes: [UInt8] = []
        /// The bytes before this index are read.
        var head = 0
        /// How the connection ended; reported once `bytes` is drained.
        var end: ReadOutcome?
        var isPaused = false
        var onRoom: (@Sendable () -> Void)?
        var waiter: Waiter?
        /// The deadline the timer is set to, `nil` when no timer runs.
        var alarm: Deadline?
        /// That timer.
        var timer: Scheduled<Void>?
    }

    fileprivate struct Waiter {
        var deadline: Deadline
        var wake: Pending<Wake>
    }

    fileprivate enum Wake {
        case changed
        case deadline
        case cancelled
    }

    private let state = Mutex(State())

    /// Sets what is called, outside any lock, when a reader has made room after ``append(_:)`` returned false; nil for nothing.
    func whenRoom(_ action: (@Sendable () -> Void)?) {
        state.withLock { $0.onRoom = action }
    }

    /// Appends `bytes`. False: enough for now, pause until there is room. Bytes that come after an end are dropped.
    func append(_ bytes: some Sequence<UInt8>) -> Bool {
        let (waiter, goOn) = state.withLock { state -> (Waiter?, Bool) in
            guard state.end == nil else { return (nil, true) }
            let isCopied: Void? = bytes.withContiguousStorageIfAvailable { state.bytes.append(contentsOf: $0) }
            if isCopied == nil { state.bytes.append(contentsOf: bytes) }
            state.isPaused = state.bytes.count - state.head >= Self.limit
            return (state.takeWaiter(), !state.isPaused)
        }
        waiter?.wake.fulfil(.changed)
        return goOn
    }

    /// Ends the stream; the first end counts.
    func finish(_ end: ReadOutcome) {
        let (waiter, timer) = state.withLock { state -> (Waiter?, Scheduled<Void>?) in
            guard state.end == nil else { return (nil, nil) }
            state.end = end
            return (state.takeWaiter(), state.takeTimer())
        }
        timer?.cancel()
        waiter?.wake.fulfil(.changed)
    }

    /// Throws away what wasn't read; every read reports `end` from now on, whatever ended the stream before.
    func discard(_ end: ReadOutcome) {
        let (waiter, timer, onRoom) = state.withLock { state in
            state.bytes = []
            state.head = 0
            state.end = end
            defer { state.onRoom = nil }
            return (state.takeWaiter(), state.takeTimer(), state.onRoom)
        }
        timer?.cancel()
        waiter?.wake.fulfil(.changed)
        onRoom?()
    }

    /// How the stream ended, as far as that is known already; bytes may still wait in front of it.
    var end: ReadOutcome? { state.withLock { $0.end } }

    /// Whether the appending side should go on.
    var hasRoom: Bool { state.withLock { !$0.isPaused } }

    /// The contract of ``ByteStream/read(deadline:)``.
    func read(deadline: Deadline) async -> ReadOutcome {
        if let outcome = takeNow() { return outcome }
        while true {
            let wake = Pending<Wake>()
            switch begin(Waiter(deadline: deadline, wake: wake)) {
            case .done(let outcome):
                return outcome
            case .wait(let needsAlarm):
                if needsAlarm { EventLoops.shared.perform { self.setAlarm() } }
            }
            let why = await wake.value(ifCancelled: .cancelled)
            // Bytes win over the deadline and over cancellation: what arrived in time isn't lost or late.
            if let outcome = finishWaiting(wake) { return outcome }
            switch why {
            case .changed: continue
            case .deadline: return .timedOut
            case .cancelled: return .failed(TransportError(.cancelled, detail: "the read was cancelled"))
            }
        }
    }
}

// MARK: - Waiting

extension InboundBuffer {
    private enum Beginning {
        case done(ReadOutcome)
        case wait(needsAlarm: Bool)
    }

    /// What can be said at once.
    private func takeNow() -> ReadOutcome? {
        let (outcome, onRoom) = state.withLock { $0.take() } ?? (nil, nil)
        onRoom?()
        return outcome
    }

    /// Reads at once if there is something to say, else puts `waiter` in place.
    private func begin(_ waiter: Waiter) -> Beginning {
        let (beginning, onRoom) = state.withLock { state -> (Beginning, (@Sendable () -> Void)?) in
            if let (outcome, onRoom) = state.take() { return (.done(outcome), onRoom) }
            if state.waiter != nil {
                let error = TransportError(.other, detail: "another read is waiting already")
                return (.done(.failed(error)), nil)
            }
            if waiter.deadline.hasPassed { return (.done(.timedOut), nil) }
            state.waiter = waiter
            let needsAlarm = waiter.deadline != .never && waiter.deadline < (state.alarm ?? .never)
            return (.wait(needsAlarm: needsAlarm), nil)
        }
        onRoom?()
        return beginning
    }

    /// Removes the waiter, if it's still there, and takes what has arrived.
    private func finishWaiting(_ wake: Pending<Wake>) -> ReadOutcome? {
        let (outcome, onRoom) = state.withLock { state -> (ReadOutcome?, (@Sendable () -> Void)?) in
            if state.waiter?.wake === wake { state.waiter = nil }
            guard let (outcome, onRoom) = state.take() else { return (nil, nil) }
            return (outcome, onRoom)
        }
        onRoom?()
        return outcome
    }

    /// Sets the timer for the waiter's deadline unless it's set to an earlier one. On the event loop.
    private func setAlarm() {
        let deadline = state.withLock { state -> Deadline? in
            guard let waiter = state.waiter, waiter.deadline < (state.alarm ?? .never) else { return nil }
            state.alarm = waiter.deadline
            return waiter.deadline
        }
        guard let deadline else { return }
        // However long the deadline is, the timer keeps nothing of a connection that has ended: the end cancels it.
        let timer = EventLoops.shared.scheduleTask(in: deadline.timeLeft) { self.ring(deadline) }
        // The one before, if any, is for a later deadline. The stream may have ended meanwhile: nobody cancels a timer then.
        let obsolete = state.withLock { state -> Scheduled<Void>? in
            guard state.end == nil else { return timer }
            defer { state.timer = timer }
            return state.timer
        }
        obsolete?.cancel()
    }

    /// The timer set for `deadline` fires: wakes the waiter if it's due, else sets the timer anew for it.
    private func ring(_ deadline: Deadline) {
        let due = state.withLock { state -> Waiter? in
            if state.alarm == deadline {
                state.alarm = nil
                state.timer = nil
            }
            guard let waiter = state.waiter, waiter.deadline.hasPassed else { return nil }
            return state.takeWaiter()
        }
        if let due {
            due.wake.fulfil(.deadline)
        } else {
            setAlarm()
        }
    }
}

extension InboundBuffer.State {
    fileprivate mutating func takeWaiter() -> InboundBuffer.Waiter? {
        defer { waiter = nil }
        return waiter
    }

    /// The timer, to be cancelled: a stream that has ended leaves none behind, however far its deadline is.
    fileprivate mutating func takeTimer() -> Scheduled<Void>? {
        defer {
            alarm = nil
            timer = nil
        }
        return timer
    }

    /// The next piece, or the end; `nil` when there is neither. With the call that tells the appending side of new room.
    fileprivate mutating func take() -> (ReadOutcome, (@Sendable () -> Void)?)? {
        guard head < bytes.count else {
            return end.map { ($0, nil) }
        }
        let piece: [UInt8]
        if head == 0 && bytes.count <= InboundBuffer.limit {
            piece = bytes
            bytes = []
        } else {
            let next = min(head + InboundBuffer.limit, bytes.count)
            piece = Array(bytes[head..<next])
            head = next
            if head == bytes.count {
                bytes = []
                head = 0
            }
        }
        guard isPaused, bytes.count - head < InboundBuffer.limit else { return (.bytes(piece), nil) }
        isPaused = false
        return (.bytes(piece), onRoom)
    }
}
