import SecureChannel
import Synchronization
import TLSParameters
import Transport

/// The faults of one connection, as they happen.
final class FaultRun: Sendable {
    private let plan: FaultPlan
    private let stream: FaultyStream
    private let notes = Mutex<[FaultKind: String]>([:])

    /// The faults for a connection; nil if nothing is to go wrong.
    init?(_ plan: FaultPlan, on stream: any ByteStream) {
        guard !plan.isEmpty else { return nil }
        self.plan = plan
        self.stream = FaultyStream(wrapping: stream, plan: plan)
    }

    /// The connection to serve in place of the one that was accepted.
    var connection: any ByteStream { stream }

    /// All that is sent of an answer whose body is to be cut off; nil if it isn't.
    func cutBody(of answer: HTTPResponse) -> [UInt8]? {
        guard plan.has(.truncatedBody) || plan.has(.truncatedChunks) else { return nil }
        let kind: FaultKind = plan.has(.truncatedBody) ? .truncatedBody : .truncatedChunks
        let (bytes, sent) = answer.bytes(cutOff: kind == .truncatedBody ? .length : .chunks)
        note(kind, "\(sent) of \(answer.length) bytes of the body sent")
        return bytes
    }

    private func note(_ kind: FaultKind, _ text: String) {
        notes.withLock { $0[kind] = text }
    }

    /// What is done as soon as a session stands. The updates go out in small numbers, so that a client that leaves ends them.
    func begin(_ session: Session, limit: Duration) async {
        guard let flood = plan[.keyUpdateFlood], let count = flood.number else { return }
        guard session.context.attributes.version == .tls13 else { return }
        // One limit for all of them: a client that reads slowly must not stretch it.
        let deadline = Deadline.after(limit)
        var sent = 0
        while sent < count {
            var token: [UInt8] = []
            let batch = min(20, count - sent)
            for _ in 0..<batch {
                guard let update = try? session.context.updateKeys(requestPeer: false) else { return }
                token += update
            }
            if await session.send(token, deadline: deadline) != nil { return }
            sent += batch
            note(.keyUpdateFlood, "\(sent) KeyUpdates sent")
        }
    }

    /// Our goodbye, as the faults have it.
    func goodbye(_ context: any SecurityContext) -> [UInt8] {
        if plan.has(.noCloseNotify) {
            if context.attributes.state == .established || context.attributes.state == .closed {
                note(.noCloseNotify, "ended without close_notify")
            }
            return []
        }
        var token = context.shutDown()
        if !token.isEmpty, let count = plan[.dataAfterClose]?.number {
            let bytes = [UInt8](repeating: UInt8(ascii: "x"), count: count)
            let late = (context as? EngineContext)?.protectAfterClose(bytes) ?? []
            if !late.isEmpty { note(.dataAfterClose, "\(count) bytes of data sent after close_notify") }
            token += late
        }
        return token
    }

    /// Whether a fault tore the connection down, so that what came of it is our doing.
    var hasReset: Bool { stream.notes[.rst] != nil }

    /// What came of each fault.
    func outcomes(_ attributes: ConnectionAttributes?) -> [ServedFault] {
        let notes = notes.withLock { $0 }.merging(stream.notes) { own, _ in own }
        return plan.faults.map { fault in
            ServedFault(fault: fault.text, detail: notes[fault.kind] ?? shown(fault.kind, attributes))
        }
    }

    /// What shows in the connection itself: a certificate that was sent, a hello that was asked for again.
    private func shown(_ kind: FaultKind, _ attributes: ConnectionAttributes?) -> String? {
        guard let attributes else { return nil }
        if kind == .helloRetry {
            guard attributes.protocol?.helloRetryRequest == true else { return nil }
            return "asked for another hello" + (attributes.protocol?.helloRetryGroup.map { " with \($0.name)" } ?? "")
        }
        guard kind.area == .certificate, attributes.suite != nil, !attributes.session.resumed else { return nil }
        return kind.effect
    }
}

/// How an answer is cut off.
enum BodyCut: Hashable, Sendable {
    /// Content-Length promises all of it.
    case length
    /// A chunk promises all of it (RFC 9112 §7.1), and there is no last one.
    case chunks
}

extension HTTPResponse {
    /// The bytes of the answer with the second half of its content missing, or all but 64 KiB of it, and how many of the
    /// content's are among them.
    func bytes(cutOff cut: BodyCut) -> (bytes: [UInt8], sent: Int) {
        let head = head(keepsAlive: false)
        let count = min(length / 2, HTTPService.piece)
        let half = file.map { $0.read(at: 0, count: count) } ?? Array(content.prefix(count))
        guard cut == .chunks else { return (head + half, half.count) }
        let chunked = String(decoding: head, as: UTF8.self)
            .replacing("Content-Length: \(length)\r\n", with: "Transfer-Encoding: chunked\r\n")
        let size = String(length, radix: 16)
        return (Array("\(chunked)\(size)\r\n".utf8) + half, half.count)
    }
}
