import Certificates
import SecureChannel

/// One end of a link in memory, with everything that came out of it.
final class End {
    let context: EngineContext
    /// Bytes that arrived and were not consumed.
    var inbox: [UInt8] = []
    /// Bytes under way to the other end.
    var outbox: [UInt8] = []
    var plaintext: [UInt8] = []
    var statuses: [ContextStatus] = []
    var signals: [RenegotiationSignal] = []
    /// What a request for a certificate is answered with; nil goes on without one.
    var answers: (identity: Identity?, choice: CertificateChoice)?

    init(_ context: EngineContext) {
        self.context = context
    }

    /// Calls the context with what is in the inbox, as a caller of the library would.
    func work() {
        if context.state == .handshaking {
            let result = context.step(&inbox)
            note(result.status, token: result.token)
        } else {
            let result = context.unprotect(&inbox)
            plaintext += result.plaintext
            signals += result.signals
            note(result.status, token: result.token)
        }
        // Asked for a certificate: go on with what there is.
        if case .incompleteCredentials = statuses.last {
            if let answers { context.answer(with: answers.identity, answers.choice) }
            if context.state == .handshaking {
                let result = context.step(&inbox)
                note(result.status, token: result.token)
            } else {
                let result = context.unprotect(&inbox)
                plaintext += result.plaintext
                note(result.status, token: result.token)
            }
        }
    }

    func note(_ status: ContextStatus, token: [UInt8]) {
        statuses.append(status)
        outbox += token
    }

    func send(_ bytes: [UInt8]) throws {
        outbox += try context.protect(bytes)
    }

    var failure: ContextFailure? { context.attributes.failure }
}

/// Two ends with a wire between them that can cut what it carries into pieces.
final class Link {
    let client: End
    let server: End
    /// How many bytes are delivered at a time.
    let chunk: Int

    init(
        client: Credential,
        server: Credential,
        options: ContextOptions = ContextOptions(),
        chunk: Int = .max
    ) throws {
        self.client = End(try client.acquire().makeContext(options))
        self.server = End(try server.acquire().makeContext())
        self.chunk = chunk
    }

    init(client: End, server: End, chunk: Int = .max) {
        self.client = client
        self.server = server
        self.chunk = chunk
    }

    /// Starts the handshake and runs until nothing moves.
    func connect() {
        let start = client.context.start()
        client.note(start.status, token: start.token)
        run()
    }

    /// Delivers bytes both ways until nothing moves; bounded, so that a fault can't hang the tests.
    func run() {
        for _ in 0..<200_000 {
            let moved = deliver(from: client, to: server)
            let movedBack = deliver(from: server, to: client)
            if !moved && !movedBack { return }
        }
    }

    private func deliver(from: End, to: End) -> Bool {
        guard !from.outbox.isEmpty else { return false }
        let count = min(chunk, from.outbox.count)
        to.inbox += from.outbox[..<count]
        from.outbox.removeFirst(count)
        let before = to.inbox.count
        to.work()
        // The end of the handshake leaves the bytes behind it in the inbox, and they are not going to arrive again.
        if to.inbox.count < before, !to.inbox.isEmpty, to.context.state == .established { to.work() }
        return true
    }

    /// Sends data both ways and says whether it arrived.
    func echo(_ text: String = "ping") throws -> Bool {
        client.plaintext = []
        server.plaintext = []
        try client.send(Array(text.utf8))
        try server.send(Array(text.utf8.reversed()))
        run()
        return server.plaintext == Array(text.utf8) && client.plaintext == Array(text.utf8.reversed())
    }

    var isEstablished: Bool { client.context.state == .established && server.context.state == .established }
}

extension ContextStatus {
    var failure: ContextFailure? {
        if case .failed(let failure) = self { return failure }
        return nil
    }
}
