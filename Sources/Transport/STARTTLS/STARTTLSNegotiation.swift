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

    private let named: STARTTLSProtocol?
    var machine: DialogueMachine

    /// A negotiation in this protocol, or in the one that the greeting tells if it's nil.
    ///
    /// `host` is the name that the target has, `port` the port that was dialled, `clientName` what we call ourselves in SMTP (a
    /// domain or an address literal), `session` eight bytes, at random, for the session id in OpenVPN. With `pipelining` the
    /// protocol's ``PipelinedCommand`` goes out behind the request for TLS.
    public init(
        _ protocol: STARTTLSProtocol?,
        host: String,
        port: UInt16?,
        clientName: String,
        session: [UInt8],
        pipelining: Bool = false
    ) {
        named = `protocol`
        let circumstances = Circumstances(host: host, clientName: clientName, session: session)
        machine = DialogueMachine(
            `protocol`?.dialogue(circumstances) ?? AutoDialogue(port: port, circumstances: circumstances),
            with: .server
        )
        if pipelining { machine.pipeline(in: `protocol`) }
    }

    /// The protocol; nil as long as that is still to be found out.
    public var `protocol`: STARTTLSProtocol? { named ?? machine.found }

    /// How far it is.
    public var state: State {
        switch machine.state {
        case .needsMore: .needsMore
        case .finished: .finished
        case .failed(let error): .failed(error)
        }
    }

    /// What was said, in order.
    public var transcript: [Utterance] { machine.transcript }

    /// What arrived behind the go-ahead, in the clear: not TLS, and nobody's to read.
    public var surplus: [UInt8] { machine.surplus }

    /// What to send before the peer has said anything; empty where it speaks first. Call it once, first.
    public mutating func start() -> [UInt8] { machine.start() }

    /// Takes what arrived; what to send in return. Nothing is taken once the state is final.
    public mutating func receive(_ bytes: [UInt8]) -> [UInt8] { machine.receive(bytes) }

    /// The peer closed, or reset, the connection.
    public mutating func end(isReset: Bool) { machine.end(isReset: isReset) }
}

/// What some of the dialogues need to know beside their protocol.
struct Circumstances: Sendable {
    /// The name that the target has.
    var host: String
    /// What we call ourselves.
    var clientName: String
    /// Eight bytes at random.
    var session: [UInt8]
}

extension STARTTLSProtocol {
    /// Its dialogue, from the beginning.
    func dialogue(_ circumstances: Circumstances) -> any Dialogue {
        switch self {
        case .smtp: SMTPDialogue(isLMTP: false, clientName: circumstances.clientName)
        case .lmtp: SMTPDialogue(isLMTP: true, clientName: circumstances.clientName)
        case .imap: IMAPDialogue()
        case .pop3: POP3Dialogue()
        case .ftp: FTPDialogue()
        case .xmpp: XMPPDialogue(isServer: false, domain: circumstances.host)
        case .xmppServer: XMPPDialogue(isServer: true, domain: circumstances.host)
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
        case .openvpn: OpenVPNDialogue(session: circumstances.session)
        }
    }
}
