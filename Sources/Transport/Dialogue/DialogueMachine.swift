/// Runs a dialogue within bounds: whatever a peer sends, it ends.
struct DialogueMachine: Sendable {
    /// How far it is.
    enum State: Hashable, Sendable {
        case needsMore
        case finished
        case failed(TransportError)
    }

    /// The most bytes that the peer may say in all.
    static let totalLimit = 65_536
    /// The most bytes that one line or message may have.
    static let pendingLimit = 16_384
    /// The most lines and messages.
    static let stepLimit = 1_000

    /// Who it is that we talk with.
    enum Peer: String, Sendable {
        case server
        case proxy

        /// The kind of a failure that is none of the dialogue's own.
        var failure: TransportError.Kind { self == .server ? .negotiationFailed : .proxyFailed }
    }

    private(set) var state = State.needsMore
    /// What was said, in order.
    private(set) var transcript: [STARTTLSNegotiation.Utterance] = []
    /// What the dialogue turned out to be in; nil if that was clear from the beginning.
    private(set) var found: STARTTLSProtocol?
    /// What goes around the bytes from here on; nil for the bare stream.
    private(set) var framing: (any TLSFraming)?

    /// Whether the protocol's command is sent behind the request for TLS, in one segment with it.
    private var pipelines = false
    private var named: STARTTLSProtocol?

    private let peer: Peer
    private var dialogue: any Dialogue
    private var input = DialogueInput()
    private var received = 0
    private var steps = 0

    init(_ dialogue: any Dialogue, with peer: Peer) {
        self.dialogue = dialogue
        self.peer = peer
    }

    /// Has the ``PipelinedCommand`` of this protocol, or of the one that the dialogue turns out to be in, go out behind the
    /// request for TLS.
    mutating func pipeline(in named: STARTTLSProtocol?) {
        pipelines = true
        self.named = named
    }

    /// What to send before the peer has said anything.
    mutating func start() -> [UInt8] {
        let opening = dialogue.opening()
        say(opening)
        return opening
    }

    /// Takes what arrived; what to send in return.
    mutating func receive(_ bytes: [UInt8]) -> [UInt8] {
        guard state == .needsMore else { return [] }
        received += bytes.count
        input.append(bytes)
        var answer: [UInt8] = []
        while state == .needsMore {
            let before = input.bytes
            let step = dialogue.next(&input)
            if input.count < before.count {
                transcript.append(
                    STARTTLSNegotiation.Utterance(isOurs: false, bytes: Array(before.dropLast(input.count)))
                )
            }
            if case .needsMore = step { break }
            steps += 1
            answer += take(step)
            if state == .needsMore, steps > Self.stepLimit { ramble() }
        }
        if state == .needsMore, input.count > Self.pendingLimit || received > Self.totalLimit { ramble() }
        return answer
    }

    /// The peer closed, or reset, the connection.
    mutating func end(isReset: Bool) {
        guard state == .needsMore else { return }
        let what = isReset ? "reset" : "closed"
        let when = received == 0 ? "without a word" : "in the middle of the dialogue"
        fail(peer.failure, "the \(peer.rawValue) \(what) the connection \(when)", input.bytes)
    }

    /// What arrived behind the end of the dialogue.
    var surplus: [UInt8] {
        state == .finished ? input.bytes : []
    }
}

extension DialogueMachine {
    private mutating func take(_ step: DialogueStep) -> [UInt8] {
        switch step {
        case .needsMore:
            return []
        case .goesOn(let bytes):
            let more = pipelines ? (named ?? found)?.pipelinedCommand?.behind(bytes) ?? [] : []
            say(bytes)
            say(more)
            return bytes + more
        case .goAhead(let bytes, let framing):
            say(bytes)
            self.framing = framing
            state = .finished
            return bytes
        case .becomes(let next, let found):
            self.found = found
            dialogue = next
            return start()
        case .fails(let failure):
            // TLS records instead of a dialogue: a port for TLS at once (RFC 8446 §5.1).
            let start = transcript.first { !$0.isOurs }?.bytes ?? input.bytes
            let isTLS = start.count >= 2 && (start[0] == 0x15 || start[0] == 0x16) && start[1] == 3
            if failure.kind == .negotiationFailed, isTLS {
                fail(.negotiationFailed, "the server speaks TLS at once, without STARTTLS", [])
            } else {
                fail(failure.kind, failure.detail, failure.said)
            }
            return []
        }
    }

    private mutating func say(_ bytes: [UInt8]) {
        if !bytes.isEmpty { transcript.append(STARTTLSNegotiation.Utterance(isOurs: true, bytes: bytes)) }
    }

    private mutating func ramble() {
        fail(peer.failure, "the \(peer.rawValue) talks and talks, and never comes to an end", input.bytes)
    }

    private mutating func fail(_ kind: TransportError.Kind, _ detail: String, _ said: [UInt8]) {
        var error = TransportError(kind, detail: detail)
        error.said = Array(said.prefix(1_024))
        state = .failed(error)
    }
}

extension DialogueMachine {
    /// Runs the dialogue on a stream. The result is how many times we waited for the peer.
    ///
    /// - Throws: what the dialogue came to; `timedOut` when the peer was too slow; what reading and writing throw.
    mutating func run(over stream: any ByteStream, deadline: Deadline) async throws(TransportError) -> Int {
        var waits = 0
        var hasHeard = false
        var unsent = start()
        while state == .needsMore {
            if !unsent.isEmpty { try await stream.write(unsent, deadline: deadline) }
            if !unsent.isEmpty || !hasHeard { waits += 1 }
            hasHeard = true
            unsent = []
            switch await stream.read(deadline: deadline) {
            case .bytes(let bytes): unsent = receive(bytes)
            case .end: end(isReset: false)
            case .reset: end(isReset: true)
            case .timedOut: throw late(stream.remote)
            case .failed(let error): throw error
            }
        }
        if case .failed(var error) = state {
            error.endpoint = stream.remote
            throw error
        }
        if !unsent.isEmpty { try await stream.write(unsent, deadline: deadline) }
        return waits
    }

    private func late(_ remote: SocketEndpoint) -> TransportError {
        let last = transcript.last { !$0.isOurs }?.bytes
        var error = TransportError(
            peer == .server ? .negotiationTimedOut : .proxyFailed,
            endpoint: remote,
            detail: last == nil
                ? "the \(peer.rawValue) did not say a word in time"
                : "the \(peer.rawValue) stopped in the middle of the dialogue"
        )
        error.said = Array((last ?? []).prefix(1_024))
        return error
    }
}
