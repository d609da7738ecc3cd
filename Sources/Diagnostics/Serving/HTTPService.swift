import TLSParameters
import Transport

/// Answers the HTTP/1 requests of one session.
struct HTTPService {
    let conversation: Conversation
    /// Limit for a request to come, and to be sent.
    let timeout: Duration
    let site: HTTPSite
    /// Tells that the server is about to end: each answer is the last of its connection then.
    let drain: Drain
    /// What goes wrong on purpose; nil if nothing does.
    var faults: FaultRun?

    /// The most requests on one connection.
    private static let limit = 1_000
    /// How much of a file is read and sent at a time, in bytes. Three buffers have it at once; when more than 128 KiB are freed
    /// together, glibc gives them back to the system, and the next piece is paid for in page faults.
    static let piece = 32_768

    /// Answers requests until the client or the rules of HTTP end the session.
    ///
    /// - Parameters:
    ///   - record: what was asked so far; always up to date, also for `report`.
    ///   - report: makes the report of the connection, the current request included.
    func run(
        _ record: inout HTTPRecord,
        report: (HTTPRecord) -> Boxed<Report<ServeResult>>
    ) async -> ServeEnding.Session {
        var buffer: [UInt8] = []
        for number in 0..<Self.limit {
            let head: HTTPRequestHead
            switch await read(&buffer, isFirst: number == 0) {
            case .request(let read): head = read
            case .refused(let status):
                let answer = HTTPResponse.plain(status, Self.complaint(status))
                record.add(nil, status: answer.status, bytes: answer.length)
                return await send(answer, withContent: true, keepsAlive: false) ?? .closedByServer
            case .ended(let end): return end
            }
            let request = head.request
            let answer = answer(head, record, report)
            let keepsAlive = head.keepsAlive && request.isAnswerable && !drain.hasBegun
            record.add(head, status: answer.status, bytes: request.isHead ? 0 : answer.length)
            if let end = await send(answer, withContent: !request.isHead, keepsAlive: keepsAlive) { return end }
            if !keepsAlive { return .closedByServer }
        }
        return .closedByServer
    }

    @inline(never)
    private func answer(
        _ head: HTTPRequestHead,
        _ record: HTTPRecord,
        _ report: (HTTPRecord) -> Boxed<Report<ServeResult>>
    ) -> HTTPResponse {
        site.answer(head.request) {
            // The page tells of the very request that it answers; its size is known only afterwards.
            var record = record
            record.add(head, status: 200, bytes: 0)
            return report(record).value
        }
    }

    private enum Reading {
        case request(HTTPRequestHead)
        case refused(Int)
        case ended(ServeEnding.Session)
    }

    /// One head off the front of what the client sends. The deadline is for all of it. Between two requests a server that is
    /// about to end waits for none.
    private func read(_ buffer: inout [UInt8], isFirst: Bool) async -> Reading {
        let deadline = Deadline.after(timeout)
        while true {
            switch HTTPRequestHead.read(buffer) {
            case .head(let head):
                buffer.removeFirst(head.length)
                return .request(head)
            case .refused(let status): return .refused(status)
            case .incomplete: break
            }
            switch await conversation.next(by: deadline, unless: isFirst || !buffer.isEmpty ? nil : drain) {
            case .data(let bytes): buffer += bytes
            case .ended(.idle) where !buffer.isEmpty: return .refused(408)
            case .ended(let end): return .ended(end)
            }
        }
    }

    /// Sends an answer; nil if all of it went out.
    private func send(
        _ answer: HTTPResponse,
        withContent: Bool,
        keepsAlive: Bool
    ) async -> ServeEnding.Session? {
        let head = answer.head(keepsAlive: keepsAlive)
        // An answer to HEAD is the same, without the content (RFC 9110 §9.3.2).
        guard withContent else { return await conversation.send(head) }
        if let cut = faults?.cutBody(of: answer) { return await conversation.send(cut) ?? .closedByServer }
        guard let file = answer.file else { return await conversation.send(head + answer.content) }
        if let end = await conversation.send(head) { return end }
        var offset = 0
        while offset < file.size {
            let piece = file.read(at: offset, count: min(Self.piece, file.size - offset))
            // Cut short by someone else: less than was promised shows the client that something is wrong.
            guard !piece.isEmpty else { return .closedByServer }
            if let end = await conversation.send(piece) { return end }
            offset += piece.count
        }
        return nil
    }

    private static func complaint(_ status: Int) -> String {
        switch status {
        case 408: "the request did not come in time"
        case 414, 431: "a request head has at most \(HTTPRequestHead.limit) bytes"
        case 505: "this server speaks HTTP/1.1"
        default: "this is not an HTTP request; 'sechan serve --echo' sends back whatever it gets"
        }
    }
}

extension HTTPRequestHead {
    /// What it asks for.
    var request: HTTPSite.Request {
        HTTPSite.Request(method: method, target: target, accept: accept)
    }
}
