import Glibc
import NIOCore
import NIOPosix
import Synchronization

/// A socket as a ``ByteStream``: an NIO channel at one end of an ``InboundBuffer``.
///
/// The channel reads ahead until the buffer is full, so bytes that arrived before a reset are here before the reset is seen.
final class ChannelStream: ByteStream {
    private let channel: any Channel
    private let inbound: InboundBuffer
    /// The addresses as the channel has them while it is open, and what stands for one that has no text.
    private let addresses: (remote: SocketAddress?, local: SocketAddress?, fallback: SocketEndpoint)
    /// The same in words, once somebody has asked: most clients of a server come and go without.
    private let endpoints = Mutex<(remote: SocketEndpoint, local: SocketEndpoint)?>(nil)
    private let output = Mutex(Output.open)
    /// Writes that the channel has not finished. On the event loop only.
    private let queued = Atomic(0)
    /// The socket's descriptor, once it was asked for; -1 before. On the event loop only.
    private let descriptor = Atomic<NIOBSDSocket.Handle>(-1)

    private enum Output {
        case open
        /// FIN is sent or our side is closed.
        case closed
        /// A write failed or was left unfinished, so what the peer has is unknown; every later write repeats the error.
        case broken(TransportError)
    }

    /// The stream on an active channel, whose pipeline ends in a handler that fills `inbound`.
    init(channel: any Channel, inbound: InboundBuffer, fallback: SocketEndpoint) {
        self.channel = channel
        self.inbound = inbound
        addresses = (channel.remoteAddress, channel.localAddress, fallback)
        // The buffer belongs to the channel's handler, which drops this when the channel is closed. Not weak: that makes every
        // use of the channel, here and in NIO, a good deal slower.
        inbound.whenRoom { channel.read() }
    }

    var remote: SocketEndpoint { described.remote }
    var local: SocketEndpoint { described.local }

    private var described: (remote: SocketEndpoint, local: SocketEndpoint) {
        endpoints.withLock { endpoints in
            if let endpoints { return endpoints }
            let found = (
                SocketEndpoint(addresses.remote) ?? addresses.fallback,
                SocketEndpoint(addresses.local) ?? addresses.fallback
            )
            endpoints = found
            return found
        }
    }

    deinit {
        if channel.isActive { channel.close(promise: nil) }
    }

    func read(deadline: Deadline) async -> ReadOutcome {
        await inbound.read(deadline: deadline)
    }
}

// MARK: - Writing

extension ChannelStream {
    func write(_ bytes: [UInt8], deadline: Deadline) async throws(TransportError) {
        try await write(bytes, deadline: deadline, last: false)
    }

    func close(after bytes: [UInt8], deadline: Deadline) async throws(TransportError) {
        do throws(TransportError) {
            try await write(bytes, deadline: deadline, last: true)
        } catch {
            await close()
            throw error
        }
        await close()
    }

    private func write(_ bytes: [UInt8], deadline: Deadline, last: Bool) async throws(TransportError) {
        try checkOutput()
        guard !bytes.isEmpty else { return }
        guard !deadline.hasPassed else { throw TransportError(.timedOut, endpoint: remote, detail: "no time to write") }
        guard !channel.eventLoop.inEventLoop || queued.load(ordering: .relaxed) > 0 || Task.isCancelled else {
            return try await writeFromLoop(bytes, deadline: deadline, last: last)
        }
        try await handOver(bytes, deadline: deadline)
    }

    /// Writes from the event loop's own thread: mostly without waiting, so that nothing has to be made to wait with.
    ///
    /// - Parameter last: whether a FIN follows at once.
    private func writeFromLoop(
        _ bytes: [UInt8],
        deadline: Deadline,
        last: Bool = false
    ) async throws(TransportError) {
        let rest: ArraySlice<UInt8>
        do throws(IOError) {
            rest = try sendAtOnce(bytes, last: last)
        } catch {
            if let error = lose(to: error) { throw broken(by: error) }
            return
        }
        if !rest.isEmpty { try await handOver(Array(rest), deadline: deadline) }
    }

    /// Has the event loop write, and waits for it.
    private func handOver(_ bytes: [UInt8], deadline: Deadline) async throws(TransportError) {
        let written = Pending<TransportError?>()
        channel.eventLoop.perform { self.start(bytes, written, deadline) }
        let cancelled = TransportError(.cancelled, endpoint: remote, detail: "the write was cancelled")
        guard let error = await written.value(ifCancelled: cancelled) else { return }
        throw broken(by: error)
    }

    /// Notes that nothing can be written any longer.
    private func broken(by error: TransportError) -> TransportError {
        output.withLock { output in
            if case .open = output { output = .broken(error) }
        }
        return error
    }

    /// Gives the bytes to the system, and what it doesn't take at once to the channel. Most writes are done when this returns;
    /// only the others get a timer. On the event loop.
    private func start(_ bytes: [UInt8], _ written: Pending<TransportError?>, _ deadline: Deadline) {
        let rest: ArraySlice<UInt8>
        do {
            rest = try sendAtOnce(bytes)
        } catch {
            written.fulfil(lose(to: error))
            return
        }
        guard !rest.isEmpty else {
            written.fulfil(nil)
            return
        }
        var isDone = false
        var timer: Scheduled<Void>?
        let sent = channel.eventLoop.makePromise(of: Void.self)
        queued.add(1, ordering: .relaxed)
        sent.futureResult.assumeIsolated().whenComplete { result in
            isDone = true
            self.queued.subtract(1, ordering: .relaxed)
            timer?.cancel()
            written.fulfil(self.outcome(of: result))
        }
        channel.writeAndFlush(ByteBuffer(bytes: rest), promise: sent)
        guard !isDone, deadline != .never else { return }
        let late = TransportError(.timedOut, endpoint: remote, detail: "the peer doesn't read")
        timer = channel.eventLoop.scheduleTask(in: deadline.timeLeft) { _ = written.fulfil(late) }
    }

    /// Sends what the system takes without waiting, past the channel's own queue if that is empty, and returns the rest. On the
    /// event loop.
    ///
    /// - Parameter last: whether a FIN follows at once, with which the bytes wait to share a packet.
    private func sendAtOnce(_ bytes: [UInt8], last: Bool = false) throws(IOError) -> ArraySlice<UInt8> {
        let flags = Int32(MSG_DONTWAIT | MSG_NOSIGNAL) | (last ? Int32(MSG_MORE) : 0)
        var rest = bytes[...]
        guard queued.load(ordering: .relaxed) == 0 else { return rest }
        var failure: Int32 = 0
        withDescriptor { descriptor in
            while !rest.isEmpty, failure == 0 {
                let count = rest.withUnsafeBytes {
                    send(descriptor, $0.baseAddress, $0.count, flags)
                }
                if count > 0 {
                    rest = rest.dropFirst(count)
                } else if errno == EAGAIN {
                    return
                } else if errno != EINTR {
                    failure = errno
                }
            }
        }
        guard failure == 0 else { throw IOError(errnoCode: failure, reason: "send") }
        return rest
    }

    /// Ends a connection that a write has found broken, as the channel does when a write of its own fails: what arrived before
    /// is read first. On the event loop.
    private func lose(to failure: IOError) -> TransportError? {
        withDescriptor { descriptor in
            withUnsafeTemporaryAllocation(byteCount: 16_384, alignment: 1) { scratch in
                // More than a receive buffer holds.
                for _ in 0..<4_096 {
                    let count = recv(descriptor, scratch.baseAddress, scratch.count, Int32(MSG_DONTWAIT))
                    guard count > 0 else { return }
                    _ = inbound.append(scratch[..<count])
                }
            }
        }
        defer { channel.close(promise: nil) }
        return outcome(of: .failure(failure))
    }

    /// What a write came to. A reset the write met is what reads report too: the system tells of it only once.
    private func outcome(of result: Result<Void, any Error>) -> TransportError? {
        guard case .failure(let failure) = result else { return nil }
        let error = TransportError(failure, endpoint: remote)
        if error.errno == ECONNRESET {
            inbound.finish(.reset)
        } else if error.errno == EPIPE {
            // The peer's FIN came before its RST (else it were ECONNRESET), so for reads it's an end.
            inbound.finish(.end)
        } else if error.kind == .closed {
            return lost()
        }
        return error
    }

    /// Throws if nothing may be written any longer.
    private func checkOutput() throws(TransportError) {
        switch output.withLock({ $0 }) {
        case .open: return
        case .closed: throw TransportError(.closed, endpoint: remote, detail: "our side is closed")
        case .broken(let error): throw error
        }
    }

    /// Why the channel is closed: it was us, or the peer has torn the connection down.
    private func lost() -> TransportError {
        if case .closed = output.withLock({ $0 }) {
            return TransportError(.closed, endpoint: remote, detail: "our side is closed")
        }
        if case .failed(let error) = inbound.end { return error }
        return TransportError(errno: ECONNRESET, endpoint: remote)
    }
}

// MARK: - Closing

extension ChannelStream {
    func closeOutput() async {
        let wasOpen = output.withLock { output in
            guard case .open = output else { return false }
            output = .closed
            return true
        }
        // After a failed write the channel is gone, after an unfinished one a FIN would tell the peer it got everything.
        guard wasOpen else { return }
        await onLoop { channel in channel.close(mode: .output, promise: nil) }
    }

    func close() async {
        giveUp()
        await onLoop { channel in
            self.finish()
            channel.close(promise: nil)
        }
    }

    func abort() async {
        giveUp()
        await onLoop { channel in
            self.withDescriptor { descriptor in
                var linger = Glibc.linger(l_onoff: 1, l_linger: 0)
                _ = setsockopt(
                    descriptor,
                    SOL_SOCKET,
                    SO_LINGER,
                    &linger,
                    socklen_t(MemoryLayout.size(ofValue: linger))
                )
            }
            channel.close(promise: nil)
        }
    }

    private func giveUp() {
        output.withLock { $0 = .closed }
        inbound.discard(.failed(TransportError(.closed, detail: "our side is closed")))
    }

    /// Runs `body` on the event loop and waits for it, cancelled or not: when it's done the descriptor is.
    private func onLoop(_ body: @escaping @Sendable (any Channel) -> Void) async {
        if channel.eventLoop.inEventLoop { return body(channel) }
        let done = Pending<Void>()
        channel.eventLoop.perform {
            body(self.channel)
            done.fulfil(())
        }
        await done.value()
    }
}

extension ChannelStream {
    /// Runs `body` on the socket's descriptor, if there still is one. On the event loop.
    private func withDescriptor(_ body: (NIOBSDSocket.Handle) -> Void) {
        // A channel closes on the loop, and is inactive from then on: while it is active its descriptor stays the same.
        guard channel.isActive else { return }
        var known = descriptor.load(ordering: .relaxed)
        if known < 0 {
            // Asked for once, since it takes a cast that costs more than many a write.
            let transport = try? channel.pipeline.syncOperations.withUnsafeTransportIfAvailable {
                $0 as NIOBSDSocket.Handle
            }
            guard let found = transport ?? nil else { return }
            known = found
            descriptor.store(known, ordering: .relaxed)
        }
        body(known)
    }

    /// Sends FIN and throws away what has arrived: Linux sends RST instead of FIN when a socket is closed with unread bytes
    /// (RFC 1122 §4.2.2.13), and that RST may destroy bytes of ours which the peer hasn't read yet. Past the channel, which is
    /// closed next. On the event loop.
    private func finish() {
        withDescriptor { descriptor in
            _ = shutdown(descriptor, Int32(SHUT_WR))
            withUnsafeTemporaryAllocation(byteCount: 16_384, alignment: 1) { scratch in
                // Bounded: a peer that keeps sending gets its RST.
                for _ in 0..<64 {
                    guard recv(descriptor, scratch.baseAddress, scratch.count, Int32(MSG_DONTWAIT)) > 0 else {
                        return
                    }
                }
            }
        }
    }
}
