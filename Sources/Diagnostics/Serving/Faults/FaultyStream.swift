import Synchronization
import Transport

/// A client's connection on which the faults of a plan happen: bytes are changed, held back, spaced out or followed by an end.
///
/// After the end that a fault demands everything written is dropped, and what the client sends is read and dropped, until it
/// leaves or the reader's deadline comes.
final class FaultyStream: ByteStream {
    private let inner: any ByteStream
    private let machine: Mutex<WireFaultMachine>

    var remote: SocketEndpoint { inner.remote }
    var local: SocketEndpoint { inner.local }

    /// The connection `inner` with the faults of `plan`.
    init(wrapping inner: any ByteStream, plan: FaultPlan) {
        self.inner = inner
        machine = Mutex(WireFaultMachine(plan))
    }

    /// What happened so far, in words.
    var notes: [FaultKind: String] { machine.withLock { $0.notes } }

    func read(deadline: Deadline) async -> ReadOutcome {
        while true {
            let outcome = await inner.read(deadline: deadline)
            guard case .bytes(let bytes) = outcome else { return outcome }
            let (cut, isCut) = machine.withLock { ($0.receive(bytes), $0.isCut) }
            if let cut { await end(cut) }
            guard isCut else { return outcome }
        }
    }

    func write(_ bytes: [UInt8], deadline: Deadline) async throws(TransportError) {
        let (actions, pace) = machine.withLock { ($0.send(bytes), $0.pace) }
        for action in actions {
            switch action {
            case .send(let bytes):
                if let pace {
                    try await trickle(bytes, every: pace, deadline)
                } else {
                    try await inner.write(bytes, deadline: deadline)
                }
            case .flood(let record, let count): try await flood(record, count, deadline)
            case .cut(let cut): await end(cut)
            }
        }
    }

    func closeOutput() async {
        if !machine.withLock({ $0.isCut }) { await inner.closeOutput() }
    }

    func close() async { await inner.close() }

    func abort() async { await inner.abort() }

    private func end(_ cut: WireFaultMachine.Cut) async {
        switch cut {
        case .fin: await inner.closeOutput()
        case .rst: await inner.abort()
        case .silence: break
        }
    }

    /// Byte by byte, as long as the client is there and time is left.
    private func trickle(_ bytes: [UInt8], every pace: Duration, _ deadline: Deadline) async throws(TransportError) {
        for byte in bytes {
            try await inner.write([byte], deadline: deadline)
            try? await Task.sleep(for: min(pace, deadline.remaining))
            if Task.isCancelled {
                throw TransportError(.cancelled, endpoint: remote, detail: "the write was cancelled")
            }
        }
    }

    /// A hundred records at a time, until all are out or the client takes no more.
    private func flood(_ record: [UInt8], _ count: Int, _ deadline: Deadline) async throws(TransportError) {
        var sent = 0
        while sent < count {
            let batch = min(100, count - sent)
            let bytes = Array(repeatElement(record, count: batch).joined())
            try await inner.write(bytes, deadline: deadline)
            sent += batch
            machine.withLock { $0.flooded(sent) }
        }
    }
}
