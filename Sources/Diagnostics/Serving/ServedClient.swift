import Certificates
import SecureChannel
import TLSParameters
import TLSWire
import Transport

/// One client, from its first byte to the end of its connection. An object, for its task holds it all the while.
final class ServedClient: Sendable {
    let number: Int
    let stream: any ByteStream
    let setup: ServerSetup
    /// What goes wrong on this connection on purpose; nil if nothing does.
    private let faults: FaultRun?

    init(number: Int, stream: any ByteStream, setup: ServerSetup) {
        self.number = number
        self.setup = setup
        faults = FaultRun(setup.faults, on: stream)
        self.stream = faults?.connection ?? stream
    }

    /// How long a client may take to end the connection after we have.
    private static let farewell = Duration.seconds(2)
    /// Bytes that are read and dropped meanwhile: to close on unread bytes is to reset, and a reset overtakes our alert.
    private static let farewellBytes = 1 << 20

    /// What becomes known while the client is served.
    private struct Progress {
        /// Whether a session stood.
        var hasStood = false
        var http = HTTPRecord()
        /// How the client took it to be asked for its certificate after the handshake.
        var lateAnswer: Conversation.LateAnswer?
    }

    /// Shakes hands, talks, closes; never longer than the client keeps its deadlines.
    func serve() async -> ServedEnd {
        let startedAt = Timestamp.now
        let session: Session
        do throws(CredentialError) {
            session = try makeSession()
        } catch {
            await stream.abort()
            return end(startedAt, nil, .broken(error.text))
        }
        var progress = Progress()
        let ending: ServeEnding
        switch await session.handshake(deadline: .after(setup.timeout)) {
        case .established:
            progress.hasStood = true
            await faults?.begin(session, limit: setup.timeout)
            ending = .session(await converse(session, startedAt, &progress))
        case .failed(let failure):
            if failure.opening == .httpRequest { await session.send(plainAnswer, deadline: .after(Self.farewell)) }
            ending = .refused(failure)
        case .ended(let end):
            ending = .handshakeEnded(end)
        }
        await close(session, after: ending)
        return end(startedAt, session, faults?.hasReset == true ? .fault : ending, progress)
    }

    @inline(never)
    private func makeSession() throws(CredentialError) -> Session {
        var options = ContextOptions()
        options.keptBytes = 0
        if setup.telling != .everything, setup.mode != .page { options.keptLegs = 0 }
        if let keyLog = setup.keyLog { options.keyLogSink = { line in keyLog.append(line) } }
        // A fault is done at a certain leg, which has to go out as such.
        return Session(
            stream: stream,
            context: try setup.credential.makeContext(options),
            joinsWrites: faults == nil
        )
    }

    /// Turns the client away without a word.
    func turnAway() async -> ServedEnd {
        await stream.abort()
        return end(Timestamp.now, nil, .busy)
    }

    /// What is counted of the connection, and told of it.
    @inline(never)
    private func end(
        _ startedAt: Int64,
        _ session: Session?,
        _ ending: ServeEnding,
        _ progress: Progress = Progress()
    ) -> ServedEnd {
        var ended = ServedEnd(
            outcome: ending.outcome,
            established: progress.hasStood,
            requestCount: progress.http.count,
            spent: Self.spending(session)
        )
        switch setup.telling {
        case .everything: ended.report = report(startedAt, session, ending, progress, .everything)
        case .outline: ended.report = report(startedAt, session, ending, progress, .outline)
        case .nothing: break
        }
        return ended
    }

    private static func spending(_ session: Session?) -> Spending {
        var spent = session?.spending ?? Spending(connections: 1)
        spent.connections = 1
        return spent
    }

    private func converse(
        _ session: Session,
        _ startedAt: Int64,
        _ progress: inout Progress
    ) async -> ServeEnding.Session {
        let conversation = Conversation(
            session: session,
            timeout: setup.timeout,
            renegotiation: setup.renegotiation
        )
        if setup.credential.credential.clientAuthentication == .postHandshake {
            let limit = min(setup.timeout, setup.identification)
            let (answer, end) = await conversation.requestCertificate(by: .after(limit))
            progress.lateAnswer = answer
            if let end { return end }
        }
        switch setup.mode {
        case .echo: return await conversation.echo(idle: setup.timeout)
        case .discard: return await conversation.discard(idle: setup.timeout)
        case .page, .files:
            let answer = progress.lateAnswer
            let soFar: (HTTPRecord) -> Boxed<Report<ServeResult>> = { [self] record in
                report(startedAt, session, nil, Progress(http: record, lateAnswer: answer), .everything)
            }
            let (timeout, site, drain) = (setup.timeout, setup.site, setup.drain)
            guard session.context.applicationProtocol == PeerText("h2") else {
                let service = HTTPService(
                    conversation: conversation,
                    timeout: timeout,
                    site: site,
                    drain: drain,
                    faults: faults
                )
                return await service.run(&progress.http, report: soFar)
            }
            let service = HTTP2Service(conversation: conversation, timeout: timeout, site: site, drain: drain)
            return await service.run(&progress.http, report: soFar)
        }
    }

    /// What a client gets that asks for `http://`.
    private var plainAnswer: [UInt8] {
        let place = setup.address.port.map { "https://localhost:\($0)/" } ?? "https"
        let answer = HTTPResponse.plain(400, "this port speaks TLS; ask for \(place)")
        return answer.head(keepsAlive: false) + answer.content
    }

    /// Says goodbye, and waits a little for the client to do the same.
    private func close(_ session: Session, after ending: ServeEnding) async {
        let stream = session.stream
        // Nobody is there to be told any more, and a goodbye that went nowhere must not be reported as sent.
        if case .session(.reset) = ending { return await stream.close() }
        let token = session.joined(faults?.goodbye(session.context) ?? session.context.shutDown())
        guard !Task.isCancelled else {
            // A cancelled task can't write. The goodbye belongs to a task of its own.
            await Task {
                if !token.isEmpty { try? await stream.write(token, deadline: .after(.seconds(1))) }
                await stream.close()
            }.value
            return
        }
        // Who was first to say goodbye has sent all there was (RFC 8446 §6.1). When its FIN comes is for a full report only.
        if case .session(.closedByClient) = ending, faults == nil, setup.telling != .everything {
            return await session.close(after: token, deadline: .after(Self.farewell))
        }
        await session.send(token, deadline: .after(Self.farewell))
        await stream.closeOutput()
        let deadline = Deadline.after(Self.farewell)
        let before = session.received
        while session.received - before < Self.farewellBytes {
            if let end = await session.receive(deadline: deadline) {
                if case .finished = end { _ = session.context.transportEnded() }
                break
            }
            _ = await session.unprotect(deadline: deadline)
        }
        await stream.close()
    }

    /// Never within a function that waits: its variables would be kept for all that time.
    @inline(never)
    private func report(
        _ startedAt: Int64,
        _ session: Session?,
        _ ending: ServeEnding?,
        _ progress: Progress,
        _ scope: AttributeScope
    ) -> Boxed<Report<ServeResult>> {
        let attributes = session?.context.attributes(scope)
        let certificates = ConnectResult.certificates(attributes)
        let connection = ServedConnection(
            number: number,
            client: stream.remote.description,
            outcome: ending?.outcome ?? .open,
            established: attributes?.transport.handshakeSeconds != nil,
            attributes: attributes,
            clientCertificates: certificates,
            account: account(attributes, certificates),
            notes: notes(attributes, progress),
            requests: progress.http.requests,
            requestCount: progress.http.count,
            bytesReceived: attributes?.transport.plaintextReceived ?? 0,
            bytesSent: attributes?.transport.plaintextSent ?? 0,
            faults: faults?.outcomes(attributes) ?? []
        )
        let report = Report(
            tool: .current,
            verb: .serve,
            target: TargetSummary(
                input: stream.remote.description,
                host: stream.remote.port == nil ? nil : stream.remote.host,
                address: stream.remote.port == nil ? nil : stream.remote.host,
                port: stream.remote.port.map(Int.init),
                sni: attributes?.names.sni.map { $0.encoded(for: .json) }
            ),
            startedAt: Timestamp.text(startedAt),
            status: ending?.status ?? .ok,
            result: ServeResult(connection),
            findings: scope == .everything ? OfferFindings.all(attributes) : [],
            events: scope == .everything ? session?.context.legs ?? [] : [],
            spent: Self.spending(session)
        )
        return Boxed(report)
    }

    /// Whom the client's certificate stands for. One that was not believed stands for nobody.
    private func account(_ attributes: ConnectionAttributes?, _ certificates: [Certificate]) -> AccountMapping? {
        guard let accounts = setup.accounts, let attributes, let certificate = certificates.first else { return nil }
        guard let validation = attributes.peer.validation else {
            // A resumed session shows no proof and is not judged again. That it was accepted is known only of servers that
            // make no session otherwise.
            let wasAccepted = setup.credential.credential.verification == .automatic
            return attributes.session.resumed && wasAccepted ? accounts.account(of: certificate) : nil
        }
        guard attributes.clientAuthentication.proved, validation.isTrusted else {
            return AccountMapping(accounts: [], method: nil)
        }
        return accounts.account(of: certificate)
    }

    private func notes(_ attributes: ConnectionAttributes?, _ progress: Progress) -> [String] {
        var notes: [String] = []
        switch progress.lateAnswer {
        case .impossible?: notes.append("the client can't be asked for a certificate after the handshake")
        case Conversation.LateAnswer.none?: notes.append("the client did not answer the request for a certificate")
        case .answered?, nil: break
        }
        if let early = attributes?.session.earlyData, early.status == .accepted, early.byteCount > 0 {
            notes.append(
                "the first \(early.byteCount) bytes came as early data: whoever records them can send them again"
            )
        }
        return notes
    }
}

/// How a connection was served: what the server's sum needs, and what is told of it.
struct ServedEnd: Sendable {
    let outcome: ServedConnection.Outcome
    /// Whether a session stood.
    let established: Bool
    /// HTTP requests answered.
    let requestCount: Int
    let spent: Spending
    /// Nil where nothing is told.
    var report: Boxed<Report<ServeResult>>?
}
