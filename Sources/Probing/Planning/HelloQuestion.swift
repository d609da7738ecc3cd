import TLSParameters
import TLSWire

/// What a question puts on the wire.
enum HelloDraft: Hashable, Sendable {
    /// A hello of SSL 3.0 or newer; its random and its session id are filled in when it is sent.
    case template(ClientHelloTemplate)
    /// A hello in the format of SSL 2.0 for SSL 2.0 itself (0x0002), for a newer version (RFC 5246 §E.2) or for PCT 1.0
    /// (0x8001); its challenge is filled in when it is sent.
    case ssl2Format(ProtocolVersion, [SSL2CipherKind])
    /// These very bytes.
    case bytes([UInt8])

    /// A hello of TLS 1.0 or newer, with what may be in one.
    var isModern: Bool {
        switch self {
        case .template(let template): template.versions.contains { $0 >= .tls10 }
        case .ssl2Format: false
        case .bytes: true
        }
    }

    /// The bytes of the whole hello. `random` gives 64 bytes: random (or challenge) and session id.
    func encoded(random: [UInt8]) -> [UInt8] {
        switch self {
        case .template(let template):
            // Middlebox compatibility mode (RFC 8446 §D.4); older hellos don't offer a session.
            let offersTLS13 = template.versions.contains { $0 >= .tls13 }
            return template.record(
                random: Array(random.prefix(32)),
                sessionID: offersTLS13 ? Array(random.dropFirst(32).prefix(32)) : []
            )
        case .ssl2Format(let version, let kinds):
            let hello = SSL2ClientHello(version: version, cipherKinds: kinds, challenge: Array(random.prefix(16)))
            return hello.record().bytes
        case .bytes(let bytes):
            return bytes
        }
    }
}

/// One question to the server: what do you answer to this hello?
struct HelloQuestion: Hashable, Sendable {
    var draft: HelloDraft
    /// What to send instead the second time if the first hello got no answer at all; the same again to have it repeated
    /// at once, beside others.
    var alternative: HelloDraft?
    var goal = FlightReader.Goal.serverHello
    var delivery = ProbeRequest.Delivery.whole
    /// An answer will be followed by another question, and such an answer is likely.
    var isLikelyFollowed = false
    /// What the hello varies, where the server probably takes it: then it may ask for something else as well, see
    /// ``QuestionJoiner``.
    var topic: HelloTopic?
}

/// What the server's behaviour says to a question, once repeats and controls are done.
struct HelloAnswer: Hashable, Sendable {
    enum Content: Hashable, Sendable {
        /// It answered: a ServerHello of any kind, an alert, or another protocol.
        case observed(Observation)
        /// It ends such connections without a word, and serves others all the same: a no.
        case closes(reset: Bool)
        /// Neither yes nor no.
        case unknown(Doubt)
    }

    var content: Content
    /// This is the answer to the question's alternative; the hello itself got none.
    var usedAlternative = false
    /// The server has refused suites by alert, in whatever version, when it was found to close such connections.
    var followsAlerts = false
    /// The hello asked for something else as well, so that what this question doesn't vary may be due to that.
    var isJoined = false
    /// The request that the answer came to: the evidence for what is made of it.
    var request: ProbeRequest.ID
}

extension HelloAnswer.Content {
    /// What an observation comes to that no repeat is going to change. Silence is no answer, and comes out as a doubt.
    init(_ observation: Observation) {
        switch observation {
        case .closed: self = .unknown(.noControl(reset: false))
        case .reset: self = .unknown(.noControl(reset: true))
        case .timedOut: self = .unknown(.timedOut)
        case .undecodable(let error, _): self = .unknown(.undecodable(error))
        case .cutOff(let ending, let error, _):
            self = .unknown(ending == .timedOut ? .timedOut : .undecodable(error))
        case .unreachable(let error): self = .unknown(.unreachable(error))
        case .notAsked(let reason): self = .unknown(.notAsked(reason))
        case .notTLS where observation.isBusy: self = .unknown(.turnedAway)
        default: self = .observed(observation)
        }
    }
}

/// A part of a survey that asks questions of its own and makes facts of the answers. Pure: no clock, no network.
///
/// Every question gets exactly one answer, in any order. Tokens are the inquiry's own.
protocol Inquiry: Sendable {
    /// The questions that may be asked now, each once.
    mutating func questions() -> [(token: Int, question: HelloQuestion)]
    mutating func answer(_ token: Int, _ answer: HelloAnswer)
    var isFinished: Bool { get }
}
