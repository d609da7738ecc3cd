import Synchronization

/// Two connected streams in memory: what one writes the other reads. No sockets, no descriptors.
///
/// Behaves like a TCP connection, limits included: a writer whose peer doesn't read waits once 64 KiB are on their way.
public final class InMemoryStream: ByteStream {
    /// The other end's name.
    public let remote: SocketEndpoint
    /// This end's name.
    public let local: SocketEndpoint
    private let inbound: MemoryPipe
    private let outbound: MemoryPipe

    private init(local: SocketEndpoint, remote: SocketEndpoint, inbound: MemoryPipe, outbound: MemoryPipe) {
        self.local = local
        self.remote = remote
        self.inbound = inbound
        self.outbound = outbound
    }

    /// Both ends of a new connection.
    public static func pair() -> (client: InMemoryStream, server: InMemoryStream) {
        let client = SocketEndpoint.unix(path: "memory/client")
        let server = SocketEndpoint.unix(path: "memory/server")
        let toServer = MemoryPipe(reader: server)
        let toClient = MemoryPipe(reader: client)
        return (
            InMemoryStream(local: client, remote: server, inbound: toClient, outbound: toServer),
            InMemoryStream(local: server, remote: client, inbound: toServer, outbound: toClient)
        )
    }

    /// See ``ByteStream/read(deadline:)``.
    public func read(deadline: Deadline) async -> ReadOutcome {
        await inbound.buffer.read(deadline: deadline)
    }

    /// See ``ByteStream/write(_:deadline:)``.
    public func write(_ bytes: [UInt8], deadline: Deadline) async throws(TransportError) {
        try await outbound.write(bytes, deadline: deadline)
    }

    /// See ``ByteStream/closeOutput()``.
    public func closeOutput() async {
        outbound.finish(.end, writer: .closed)
    }

    /// See ``ByteStream/close()``.
    public func close() async {
        outbound.finish(.end, writer: .closed)
        // As a closed socket does: whoever still writes to it is told with a reset.
        inbound.abandon(reader: .closed, writer: .reset)
    }

    /// See ``ByteStream/abort()``.
    public func abort() async {
        outbound.finish(.reset, writer: .closed)
        inbound.abandon(reader: .closed, writer: .reset)
    }
}

/// One direction of an ``InMemoryStream``.
private final class MemoryPipe: Sendable {
    let buffer = InboundBuffer()
    private let reader: SocketEndpoint

    private struct Writer {
        /// Why nothing may be written any longer.
        var failure: TransportError?
        var waiting: [Pending<Wake>] = []
    }

    private enum Wake {
        case changed
        case late
        case cancelled
    }

    private let writer = Mutex(Writer())

    init(reader: SocketEndpoint) {
        self.reader = reader
        buffer.whenRoom { [weak self] in self?.wakeWriters() }
    }

    func write(_ bytes: [UInt8], deadline: Deadline) async throws(TransportError) {
        try check()
        var rest = bytes[...]
        while !rest.isEmpty {
            guard !deadline.hasPassed else {
                throw fail(.timedOut, "the peer doesn't read", sent: bytes.count - rest.count)
            }
            let wake = Pending<Wake>()
            writer.withLock { $0.waiting.append(wake) }
            if buffer.hasRoom {
                writer.withLock { $0.waiting.removeAll { $0 === wake } }
                try check()
                _ = buffer.append(rest.prefix(InboundBuffer.limit / 4))
                rest = rest.dropFirst(InboundBuffer.limit / 4)
                continue
            }
            switch await wake.value(by: deadline, late: .late, ifCancelled: .cancelled) {
            case .changed: try check()
            case .late: throw fail(.timedOut, "the peer doesn't read", sent: bytes.count - rest.count)
            case .cancelled: throw fail(.cancelled, "the write was cancelled", sent: bytes.count - rest.count)
            }
        }
    }

    /// The writing side ends the pipe.
    func finish(_ end: ReadOutcome, writer kind: TransportError.Kind) {
        setFailure(kind)
        if end == .reset {
            buffer.finish(.reset)
        } else if isUnfinished {
            // A FIN after half a write would tell the reader that it has everything.
        } else {
            buffer.finish(end)
        }
        wakeWriters()
    }

    /// The reading side goes away.
    func abandon(reader readerKind: TransportError.Kind, writer kind: TransportError.Kind) {
        setFailure(kind)
        buffer.discard(.failed(TransportError(readerKind, endpoint: reader, detail: "our side is closed")))
        wakeWriters()
    }

    private var isUnfinished: Bool {
        writer.withLock { $0.failure?.kind == .timedOut || $0.failure?.kind == .cancelled }
    }

    private func setFailure(_ kind: TransportError.Kind) {
        writer.withLock { writer in
            let detail = kind == .closed ? "our side is closed" : "connection reset by peer"
            if writer.failure == nil { writer.failure = TransportError(kind, endpoint: reader, detail: detail) }
        }
    }

    private func fail(_ kind: TransportError.Kind, _ detail: String, sent: Int) -> TransportError {
        let error = TransportError(kind, endpoint: reader, detail: detail)
        if sent > 0 { writer.withLock { if $0.failure == nil { $0.failure = error } } }
        return error
    }

    private func check() throws(TransportError) {
        if let failure = writer.withLock({ $0.failure }) { throw failure }
    }

    private func wakeWriters() {
        let waiting = writer.withLock { writer in
            defer { writer.waiting = [] }
            return writer.waiting
        }
        for wake in waiting { wake.fulfil(.changed) }
    }
}
