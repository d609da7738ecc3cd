import TLSParameters
import Transport

/// Answers the HTTP requests of one session, each with a page of what is known of the client.
struct HTTPService {
    let conversation: Conversation
    /// Limit for a request to come, and to be sent.
    let timeout: Duration
    /// The server's certificates, for clients that want to trust it.
    let pem: String
    let page: PageRenderer

    /// The most requests on one connection.
    private static let limit = 1_000

    /// What was asked and answered.
    struct Record {
        var requests: [ServedRequest] = []
        var count = 0
    }

    /// Answers requests until the client or the rules of HTTP end the session.
    ///
    /// - Parameters:
    ///   - record: what was asked so far; always up to date, also for `report`.
    ///   - report: makes the report of the connection, the current request included.
    func run(
        _ record: inout Record,
        report: (Record) -> Report<ServeResult>
    ) async -> ServeEnding.Session {
        var buffer: [UInt8] = []
        for _ in 0..<Self.limit {
            let head: HTTPRequestHead
            switch await read(&buffer) {
            case .request(let read): head = read
            case .refused(let status):
                let answer = HTTPResponse.plain(status, Self.complaint(status))
                return await reply(answer, to: nil, keepsAlive: false, &record) ?? .closedByServer
            case .ended(let end): return end
            }
            let keepsAlive = head.keepsAlive && head.isAnswerable
            var answer = HTTPResponse.plain(405, "this server answers GET and HEAD")
            answer.fields = ["Allow: GET, HEAD"]
            if head.isAnswerable {
                // The page tells of the very request that it answers; its size is known only afterwards.
                record.add(ServedRequest(head, status: 200, bytes: 0))
                answer = content(for: head, report(record))
                record.removeLast()
            }
            if let end = await reply(answer, to: head, keepsAlive: keepsAlive, &record) { return end }
            if !keepsAlive { return .closedByServer }
        }
        return .closedByServer
    }

    private enum Reading {
        case request(HTTPRequestHead)
        case refused(Int)
        case ended(ServeEnding.Session)
    }

    /// One head off the front of what the client sends. The deadline is for all of it.
    private func read(_ buffer: inout [UInt8]) async -> Reading {
        let deadline = Deadline.after(timeout)
        while true {
            switch HTTPRequestHead.read(buffer) {
            case .head(let head):
                buffer.removeFirst(head.length)
                return .request(head)
            case .refused(let status): return .refused(status)
            case .incomplete: break
            }
            switch await conversation.next(by: deadline) {
            case .data(let bytes): buffer += bytes
            case .ended(.idle) where !buffer.isEmpty: return .refused(408)
            case .ended(let end): return .ended(end)
            }
        }
    }

    private func content(for head: HTTPRequestHead, _ report: Report<ServeResult>) -> HTTPResponse {
        if head.path == "/certificate.pem" {
            return HTTPResponse(status: 200, contentType: "application/x-pem-file", content: Array(pem.utf8))
        }
        let format = PageFormat(query: head.query, accept: head.accept)
        do {
            let text = try page(report, format)
            return HTTPResponse(
                status: 200,
                contentType: format.contentType,
                content: Array(text.utf8),
                fields: ["Vary: Accept"]
            )
        } catch {
            return .plain(500, "the page can't be made")
        }
    }

    private func reply(
        _ answer: HTTPResponse,
        to head: HTTPRequestHead?,
        keepsAlive: Bool,
        _ record: inout Record
    ) async -> ServeEnding.Session? {
        let withContent = head?.method != Array("HEAD".utf8)
        record.add(ServedRequest(head, status: answer.status, bytes: withContent ? answer.content.count : 0))
        return await conversation.send(answer.bytes(withContent: withContent, keepsAlive: keepsAlive))
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
    /// Whether the method is one that a page answers.
    fileprivate var isAnswerable: Bool { method == Array("GET".utf8) || method == Array("HEAD".utf8) }
}

extension HTTPService.Record {
    fileprivate mutating func add(_ request: ServedRequest) {
        count += 1
        if requests.count < ServedConnection.requestLimit { requests.append(request) }
    }

    fileprivate mutating func removeLast() {
        if count <= ServedConnection.requestLimit { requests.removeLast() }
        count -= 1
    }
}

extension ServedRequest {
    /// The longest request target that a report keeps, in bytes.
    private static let targetLimit = 1_024

    fileprivate init(_ head: HTTPRequestHead?, status: Int, bytes: Int) {
        self.init(
            method: PeerText(bytes: head?.method.prefix(32) ?? []),
            target: PeerText(bytes: head?.target.prefix(Self.targetLimit) ?? []),
            status: status,
            bytes: bytes
        )
    }
}
