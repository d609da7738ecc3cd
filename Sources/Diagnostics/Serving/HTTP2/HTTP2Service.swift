import TLSParameters
import Transport

/// Answers the HTTP/2 requests of one session.
struct HTTP2Service {
    let conversation: Conversation
    /// Limit for the client's silence, and for one write.
    let timeout: Duration
    let site: HTTPSite
    let drain: Drain

    /// Answers requests until the client or the rules of HTTP/2 end the session; see `HTTPService.run(_:report:)`.
    func run(
        _ record: inout HTTPRecord,
        report: (HTTPRecord) -> Boxed<Report<ServeResult>>
    ) async -> ServeEnding.Session {
        var connection = HTTP2Connection()
        // Requests whose answers have to wait for the client, or for others' turn.
        var waiting: [HTTP2Connection.Request] = []
        // A client that asks for nothing and takes nothing is silent, whatever frames it sends meanwhile.
        var patience = Deadline.after(timeout)
        while true {
            while true {
                waiting.removeAll { !connection.isOpen($0.stream) }
                while let index = waiting.firstIndex(where: { $0.isHead || connection.mayAnswer($0.stream) }) {
                    answer(waiting.remove(at: index), &connection, &record, report)
                    // A client that asks for a hundred pages at once must not keep the thread from the others.
                    await Task.yield()
                }
                guard !connection.isIdle else { break }
                let isAnswering = connection.hasAnswers
                let bytes = connection.output()
                // Nothing comes out while the client's windows are closed.
                guard !bytes.isEmpty else { break }
                if let end = await conversation.send(bytes) { return end }
                if isAnswering { patience = .after(timeout) }
            }
            if connection.isEnding, connection.isIdle, waiting.isEmpty { return .closedByServer }
            // Between two requests a server that is about to end waits for none.
            let isBetween = connection.isIdle && waiting.isEmpty && record.count > 0
            switch await conversation.next(by: patience, unless: isBetween ? drain : nil) {
            case .ended(.closedByServer):
                connection.end()
                return await conversation.send(connection.output()) ?? .closedByServer
            case .ended(let end): return end
            case .data(let bytes):
                do throws(HTTP2Frame.ErrorCode) {
                    for request in try connection.receive(bytes) where connection.isOpen(request.stream) {
                        patience = .after(timeout)
                        waiting.append(request)
                    }
                } catch {
                    return await conversation.send(connection.output()) ?? .closedByServer
                }
            }
            if drain.hasBegun, !connection.isEnding { connection.end() }
        }
    }

    @inline(never)
    private func answer(
        _ request: HTTP2Connection.Request,
        _ connection: inout HTTP2Connection,
        _ record: inout HTTPRecord,
        _ report: (HTTPRecord) -> Boxed<Report<ServeResult>>
    ) {
        let asked = HTTPSite.Request(method: request.method, target: request.target, accept: request.accept)
        let answer = site.answer(asked) {
            // The page tells of the very request that it answers; its size is known only afterwards.
            var record = record
            record.add(method: request.method, target: request.target, status: 200, bytes: 0)
            return report(record).value
        }
        record.add(
            method: request.method,
            target: request.target,
            status: answer.status,
            bytes: asked.isHead ? 0 : answer.length
        )
        connection.answer(request.stream, answer, withContent: !asked.isHead)
    }
}
