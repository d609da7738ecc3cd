import SecureChannel
import TLSParameters
import TLSWire
import Transport

/// What every connection of a server has in common.
struct ServerSetup: Sendable {
    let credential: AcquiredCredential
    let mode: ListenerDescription.Mode
    /// Limit for a handshake, and for a client's silence after it.
    let timeout: Duration
    /// Where the server listens.
    let address: SocketEndpoint
    /// The server's certificates.
    let pem: String
    let page: PageRenderer
}

/// One client, from its first byte to the end of its connection.
struct ServedClient: Sendable {
    let number: Int
    let stream: any ByteStream
    let setup: ServerSetup

    /// How long a client may take to end the connection after we have.
    private static let farewell = Duration.seconds(2)
    /// Bytes that are read and dropped meanwhile: to close on unread bytes is to reset, and a reset overtakes our alert.
    private static let farewellBytes = 1 << 20

    /// Shakes hands, talks, closes; never longer than the client keeps its deadlines.
    func serve() async -> Report<ServeResult> {
        let startedAt = Timestamp.text(Timestamp.now)
        var options = ContextOptions()
        options.keptBytes = 0
        let session: Session
        do throws(CredentialError) {
            session = Session(stream: stream, context: try setup.credential.makeContext(options))
        } catch {
            await stream.abort()
            return report(startedAt, nil, .fault(error.text))
        }
        var record = HTTPService.Record()
        let ending: ServeEnding
        switch await session.handshake(deadline: .after(setup.timeout)) {
        case .established:
            ending = .session(await converse(session, startedAt, &record))
        case .failed(let failure):
            if failure.opening == .httpRequest { await session.send(plainAnswer, deadline: .after(Self.farewell)) }
            ending = .refused(failure)
        case .ended(let end):
            ending = .handshakeEnded(end)
        }
        await close(session)
        return report(startedAt, session, ending, record)
    }

    /// Turns the client away without a word.
    func turnAway() async -> Report<ServeResult> {
        await stream.abort()
        return report(Timestamp.text(Timestamp.now), nil, .busy)
    }

    private func converse(
        _ session: Session,
        _ startedAt: String,
        _ record: inout HTTPService.Record
    ) async -> ServeEnding.Session {
        let conversation = Conversation(session: session, timeout: setup.timeout)
        switch setup.mode {
        case .echo: return await conversation.echo(idle: setup.timeout)
        case .http:
            let service = HTTPService(
                conversation: conversation,
                timeout: setup.timeout,
                pem: setup.pem,
                page: setup.page
            )
            return await service.run(&record) { record in report(startedAt, session, nil, record) }
        }
    }

    /// What a client gets that asks for `http://`.
    private var plainAnswer: [UInt8] {
        let place = setup.address.port.map { "https://localhost:\($0)/" } ?? "https"
        return HTTPResponse.plain(400, "this port speaks TLS; ask for \(place)").bytes(
            withContent: true,
            keepsAlive: false
        )
    }

    /// Says goodbye, and waits a little for the client to do the same.
    private func close(_ session: Session) async {
        let stream = session.stream
        let token = session.context.shutDown()
        guard !Task.isCancelled else {
            // A cancelled task can't write. The goodbye belongs to a task of its own.
            await Task {
                if !token.isEmpty { try? await stream.write(token, deadline: .after(.seconds(1))) }
                await stream.close()
            }.value
            return
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

    private func report(
        _ startedAt: String,
        _ session: Session?,
        _ ending: ServeEnding?,
        _ record: HTTPService.Record = HTTPService.Record()
    ) -> Report<ServeResult> {
        let attributes = session?.context.attributes
        let connection = ServedConnection(
            number: number,
            client: stream.remote.description,
            outcome: ending?.outcome ?? .open,
            established: attributes?.transport.handshakeSeconds != nil,
            attributes: attributes,
            clientCertificates: ConnectResult.certificates(attributes),
            requests: record.requests,
            requestCount: record.count,
            bytesReceived: attributes?.transport.plaintextReceived ?? 0,
            bytesSent: attributes?.transport.plaintextSent ?? 0
        )
        var spent = session?.spending ?? Spending(connections: 1)
        spent.connections = 1
        return Report(
            tool: .current,
            verb: .serve,
            target: TargetSummary(
                input: stream.remote.description,
                host: stream.remote.port == nil ? nil : stream.remote.host,
                address: stream.remote.port == nil ? nil : stream.remote.host,
                port: stream.remote.port.map(Int.init),
                sni: attributes?.names.sni.map { $0.encoded(for: .json) }
            ),
            startedAt: startedAt,
            status: ending?.status ?? .ok,
            result: ServeResult(connection),
            events: session?.context.legs ?? [],
            spent: spent
        )
    }
}
