import SecureChannel
import TLSParameters
import Transport

/// Asks a client, as its server, for everything that a server can ask for on a standing session.
struct ServerInitiated {
    let session: Session
    let request: RenegotiateRequest
    let deadline: Deadline

    /// How long a client may take to say what it came for; most say it at once.
    private static let greeting = Duration.milliseconds(500)
    private static let answer = Array(
        "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 5\r\nConnection: close\r\n\r\ndone\n".utf8
    )

    /// A row an attempt.
    func run() async -> [RenegotiationAttempt] {
        _ = await session.reply(until: .completed, by: soon(Self.greeting), endsWithData: true)
        return session.context.attributes.version == .tls13 ? await modern() : await classic()
    }

    /// Answers what the client may have asked over HTTP, says goodbye, and closes.
    func farewell() async {
        if let token = try? session.context.protect(Self.answer) {
            await session.send(token, deadline: soon(.seconds(2)))
        }
        _ = await session.sendCloseNotify(deadline: soon(.seconds(2)))
        await session.stream.closeOutput()
        _ = await session.reply(until: .completed, by: soon(.seconds(1)))
        await session.stream.close()
    }

    private func soon(_ limit: Duration) -> Deadline { deadline.sooner(of: .after(limit)) }

    // MARK: TLS 1.2 and older

    private func classic() async -> [RenegotiationAttempt] {
        var rows: [RenegotiationAttempt] = []
        for number in 1...request.count {
            let sent = "HelloRequest" + (number > 1 ? " (\(number))" : "")
            let row = await ask(.helloRequest, sent) { () throws(ContextFailure) in
                try session.context.renegotiate(request.kind)
            }
            rows.append(row)
            if row.answer != .honoured { break }
        }
        guard rows.last?.answer == .honoured else {
            return rows + [
                row(
                    .clientCertificate,
                    "HelloRequest, for a certificate",
                    .notTried,
                    "the connection was lost with the attempt before; start the client again with --count 1"
                )
            ]
        }
        var last = await ask(.clientCertificate, "HelloRequest, for a certificate") { () throws(ContextFailure) in
            try session.context.requestClientCertificate(required: false)
        }
        if last.answer == .honoured { last.detail = shown }
        return rows + [last]
    }

    /// Asks for a handshake and waits for its end.
    private func ask(
        _ action: RenegotiationAttempt.Action,
        _ sent: String,
        _ request: () throws(ContextFailure) -> [UInt8]
    ) async -> RenegotiationAttempt {
        let start = session.seconds
        do throws(ContextFailure) {
            if let error = await session.send(try request(), deadline: deadline) {
                return row(action, sent, error.answer, error.detail, session.seconds - start)
            }
        } catch {
            return row(action, sent, .notTried, error.text)
        }
        var data = 0
        let reply = await session.reply(until: .completed, by: soon(self.request.answerTimeout), data: &data)
        var (answer, detail) = reply.answer
        if answer == .silence, data > 0 {
            (answer, detail) = (.ignored, "it went on sending data")
        } else if answer == .broken, refusedByAlert {
            // libssl's server takes the client's no for the end.
            (answer, detail) = (.refusedByAlert, "no_renegotiation")
        }
        return row(action, sent, answer, detail, answer == .silence ? nil : session.seconds - start)
    }

    private var refusedByAlert: Bool {
        session.context.attributes.close.alertsReceived.contains { $0.description == .no_renegotiation }
    }

    /// What the client showed.
    private var shown: String {
        let count = session.context.attributes.peer.chain.count
        return count == 0
            ? "it shows no certificate" : "shows \(count == 1 ? "a certificate" : "\(count) certificates")"
    }

    // MARK: TLS 1.3

    private func modern() async -> [RenegotiationAttempt] {
        let certificate = await askForCertificate()
        guard [.honoured, .notTried].contains(certificate.answer) else { return [certificate] }
        let updates = await KeyUpdates(
            session: session,
            count: request.count,
            answerTimeout: request.answerTimeout,
            deadline: deadline,
            connection: 1,
            incentive: nil
        ).run()
        return [certificate] + updates
    }

    private func askForCertificate() async -> RenegotiationAttempt {
        let sent = "CertificateRequest"
        let start = session.seconds
        do throws(ContextFailure) {
            let token = try session.context.requestClientCertificate(required: false)
            if let error = await session.send(token, deadline: deadline) {
                return row(.postHandshakeAuthentication, sent, error.answer, error.detail, session.seconds - start)
            }
        } catch {
            return row(.postHandshakeAuthentication, sent, .notTried, error.text)
        }
        var data = 0
        let reply = await session.reply(until: .certificate, by: soon(request.answerTimeout), data: &data)
        var (answer, detail) = reply.answer
        if answer == .honoured { detail = shown }
        if answer == .silence, data > 0 { (answer, detail) = (.ignored, "it went on sending data") }
        return row(
            .postHandshakeAuthentication,
            sent,
            answer,
            detail,
            answer == .silence ? nil : session.seconds - start
        )
    }

    private func row(
        _ action: RenegotiationAttempt.Action,
        _ sent: String,
        _ answer: RenegotiationAttempt.Answer,
        _ detail: String?,
        _ seconds: Double? = nil
    ) -> RenegotiationAttempt {
        RenegotiationAttempt(
            action: action,
            version: session.versionID,
            sent: sent,
            answer: answer,
            detail: detail,
            seconds: seconds
        )
    }
}
