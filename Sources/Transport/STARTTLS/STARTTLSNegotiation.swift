/// What is said until TLS may begin: a pure machine, bytes in, bytes out.
///
/// Feed it what arrives, send what it says, until its state is final. Whatever a peer sends, it ends: after 64 KiB, 1,000 lines
/// or messages, or one of more than 16 KiB.
public struct STARTTLSNegotiation: Sendable {
    /// How far it is.
    public enum State: Hashable, Sendable {
        /// More bytes are needed.
        case needsMore
        /// TLS may begin.
        case finished
        /// There will be no TLS: `negotiationRefused`, `busy` or `negotiationFailed`.
        case failed(TransportError)
    }

    /// One thing that one side said.
    public struct Utterance: Hashable, Sendable {
        /// Whether we said it.
        public var isOurs: Bool
        /// The bytes, unchanged: a line with its end, or a message.
        public var bytes: [UInt8]
    }

    /// The most bytes that the peer may say in all.
    static let totalLimit = 65_536
    /// The most bytes that one line or message may have.
    static let pendingLimit = 16_384
    /// The most lines and messages.
    static let stepLimit = 1_000

    /// The protocol; nil as long as that is still to be found out.
    public private(set) var `protocol`: STARTTLSProtocol?
    /// How far it is.
    public private(set) var state = State.needsMore
    /// What was said, in order.
    public private(set) var transcript: [Utterance] = []

    private let host: String
    private let clientName: String
    private let session: [UInt8]
    private var dialogue: any Dialogue
    private var input = DialogueInput()
    private var received = 0
    private var steps = 0
    /// What TLS travels in from here on; nil for the bare stream.
    private(set) var framing: (any TLSFraming)?

    /// A negotiation in this protocol, or in the one that the greeting tells if it's nil.
    ///
    /// `host` is the name that the target has, `port` the port that was dialled, `clientName` what we call ourselves in SMTP (a
    /// domain or an address literal), `session` eight bytes, at random, for the session id in OpenVPN.
    public init(
        _ protocol: STARTTLSProtocol?,
        host: String,
        port: UInt16?,
        clientName: String,
        session: [UInt8]
    ) {
        self.protocol = `protocol`
        self.host = host
        self.clientName = clientName
        self.session = Array((session + [UInt8](repeating: 0, count: 8)).prefix(8))
        dialogue = AutoDialogue(port: port)
        if let `protocol` { dialogue = makeDialogue(`protocol`) }
    }

    /// What to send before the peer has said anything; empty where it speaks first. Call it once, first.
    public mutating func start() -> [UInt8] {
        let opening = dialogue.opening()
        say(opening)
        return opening
    }

    /// Takes what arrived; what to send in return. Nothing is taken once the state is final.
    public mutating func receive(_ bytes: [UInt8]) -> [UInt8] {
        guard state == .needsMore else { return [] }
        received += bytes.count
        input.append(bytes)
        var answer: [UInt8] = []
        while state == .needsMore {
            let before = input.bytes
            let step = dialogue.next(&input)
            if input.count < before.count {
                transcript.append(Utterance(isOurs: false, bytes: Array(before.prefix(before.count - input.count))))
            }
            if case .needsMore = step { break }
            answer += take(step)
        }
        if state == .needsMore, input.count > Self.pendingLimit || received > Self.totalLimit || steps > Self.stepLimit
        {
            fail(
                .negotiationFailed,
                "the server talks and talks, and never comes to TLS",
                Array(input.bytes.prefix(256))
            )
        }
        return answer
    }

    /// The peer closed, or reset, the connection.
    public mutating func end(isReset: Bool) {
        guard state == .needsMore else { return }
        let what = isReset ? "reset" : "closed"
        let when = received == 0 ? "without a word" : "in the middle of the dialogue"
        fail(.negotiationFailed, "the server \(what) the connection \(when)", input.bytes)
    }

    /// What arrived behind the go-ahead, in the clear: not TLS, and nobody's to read.
    public var surplus: [UInt8] {
        state == .finished ? input.bytes : []
    }
}

extension STARTTLSNegotiation {
    private mutating func take(_ step: DialogueStep) -> [UInt8] {
        steps += 1
        if steps > Self.stepLimit {
            fail(.negotiationFailed, "the server talks and talks, and never comes to TLS", [])
            return []
        }
        switch step {
        case .needsMore:
            return []
        case .goesOn(let bytes):
            say(bytes)
            return bytes
        case .goAhead(let bytes, let framing):
            say(bytes)
            self.framing = framing
            state = .finished
            return bytes
        case .becomes(let found):
            self.protocol = found
            dialogue = makeDialogue(found)
            let opening = dialogue.opening()
            say(opening)
            return opening
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
        if !bytes.isEmpty { transcript.append(Utterance(isOurs: true, bytes: bytes)) }
    }

    private mutating func fail(_ kind: TransportError.Kind, _ detail: String, _ said: [UInt8]) {
        var error = TransportError(kind, detail: detail)
        error.said = Array(said.prefix(1_024))
        state = .failed(error)
    }

    private func makeDialogue(_ protocol: STARTTLSProtocol) -> any Dialogue {
        switch `protocol` {
        case .smtp: SMTPDialogue(isLMTP: false, clientName: clientName)
        case .lmtp: SMTPDialogue(isLMTP: true, clientName: clientName)
        case .imap: IMAPDialogue()
        case .pop3: POP3Dialogue()
        case .ftp: FTPDialogue()
        case .xmpp: XMPPDialogue(isServer: false, domain: host)
        case .xmppServer: XMPPDialogue(isServer: true, domain: host)
        case .ldap: LDAPDialogue()
        case .postgres: PostgresDialogue()
        case .mysql: MySQLDialogue()
        case .nntp: NNTPDialogue()
        case .sieve: SieveDialogue()
        case .irc: IRCDialogue()
        case .telnet: TelnetDialogue()
        case .rdp: RDPDialogue()
        case .mssql: TDSDialogue()
        case .vnc: VNCDialogue()
        case .openvpn: OpenVPNDialogue(session: session)
        }
    }
}
