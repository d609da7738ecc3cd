import TLSParameters
import TLSWire

/// Whether a server speaks SSL 2.0, or PCT 1.0: one hello in the SSL 2.0 format, which one SERVER-HELLO answers in full.
///
/// An SSL 2.0 server lists all the kinds that it shares with the client (draft-hickman-netscape-ssl-00 §5.6). Any answer
/// in another protocol is a no, and so is a closed connection once a control has shown that others are served.
struct SSL2FormatPlanner: Inquiry {
    private enum State: Sendable {
        case open
        case hello(SSL2ServerHello)
        case pct(note: String?)
        case settled(Verdict, notes: [String])
        /// The answer wasn't TLS; the survey decides what that means.
        case foreign(prefix: [UInt8])
    }

    private let version: ProtocolVersion
    private let kinds: [SSL2CipherKind]
    private var isAsked = false
    private var state = State.open
    /// The request whose answer decided.
    private(set) var evidence: ProbeRequest.ID?

    /// Microsoft's number for PCT 1.0 in a hello of this format.
    static let pct1 = ProtocolVersion(rawValue: 0x8001)

    /// SSL 2.0 with every kind in the registry.
    static let ssl2 = SSL2FormatPlanner(version: .ssl2, kinds: SSL2CipherKind.registry.map(\.kind))

    /// PCT 1.0: its hello in the format of SSL 2.0 has the version once more in front of what it offers: certificates,
    /// hashes, RSA, and RC4 with 128 and 40 bits.
    static let pct = SSL2FormatPlanner(
        version: pct1,
        kinds: [
            0x8F8001, 0x800003, 0x800001, 0x810001, 0x810003, 0x820001, 0x830004, 0x848040, 0x842840,
        ].map(SSL2CipherKind.init(rawValue:))
    )

    private init(version: ProtocolVersion, kinds: [SSL2CipherKind]) {
        self.version = version
        self.kinds = kinds
    }

    var isFinished: Bool {
        if case .open = state { false } else { true }
    }

    mutating func questions() -> [(token: Int, question: HelloQuestion)] {
        guard !isAsked else { return [] }
        isAsked = true
        return [(0, HelloQuestion(draft: .ssl2Format(version, kinds)))]
    }

    mutating func answer(_ token: Int, _ answer: HelloAnswer) {
        evidence = answer.request
        state = state(of: answer)
    }

    private func state(of answer: HelloAnswer) -> State {
        switch answer.content {
        case .closes: return .settled(.rejected, notes: [Answer.closesNote])
        case .unknown(let doubt): return .settled(.inconclusive(reason: doubt.text), notes: [])
        case .observed(let observation):
            switch observation {
            case .ssl2ServerHello(let hello) where version == .ssl2: return .hello(hello)
            case .pctServerHello where version == Self.pct1: return .pct(note: nil)
            case .pctError where version == Self.pct1:
                return .pct(note: "the server speaks PCT 1.0 and takes none of what was offered")
            case .ssl2ServerHello:
                return .settled(.rejected, notes: ["the server answers with SSL 2.0"])
            case .pctServerHello, .pctError:
                return .settled(.rejected, notes: ["the server answers with PCT 1.0"])
            case .ssl2Error(let error):
                return .settled(
                    .rejected,
                    notes: ["the server answers with an error of SSL 2.0: \(error.errorCode.name)"]
                )
            case .serverHello(let hello, _), .helloRetryRequest(let hello):
                return .settled(.rejected, notes: ["the server answers with \(hello.selectedVersion.name)"])
            case .notTLS(let prefix): return .foreign(prefix: prefix)
            default: return .settled(.rejected, notes: [])
            }
        }
    }

    /// The certificate (DER) that came with SSL 2.0.
    var certificate: [UInt8]? {
        guard case .hello(let hello) = state, !hello.certificate.isEmpty else { return nil }
        return hello.certificate
    }

    /// What is known of SSL 2.0 by now. `speaksTLS`: the server has answered some hello in TLS.
    func outcome(speaksTLS: Bool) -> VersionOutcome {
        let (verdict, notes) = finding(speaksTLS: speaksTLS)
        var outcome = VersionOutcome(version: version, verdict: verdict, evidence: evidence, notes: notes)
        if case .hello(let hello) = state { outcome.kinds = hello.cipherKinds }
        if case .inconclusive = verdict { outcome.isComplete = false }
        return outcome
    }

    /// What is known of PCT 1.0 by now.
    func feature(speaksTLS: Bool) -> FeatureOutcome {
        let (verdict, notes) = finding(speaksTLS: speaksTLS)
        return FeatureOutcome(.pct1, verdict: verdict, detail: notes.first, evidence: evidence)
    }

    private func finding(speaksTLS: Bool) -> (verdict: Verdict, notes: [String]) {
        switch state {
        case .open: return (.inconclusive(reason: "the question is still open"), [])
        case .pct(let note): return (.supported, note.map { [$0] } ?? [])
        case .settled(let verdict, let notes): return (verdict, notes)
        case .hello(let hello):
            let unasked = hello.cipherKinds.count { !kinds.contains($0) }
            var notes: [String] = []
            if unasked > 0 { notes.append("the server lists \(unasked) kinds that were not offered") }
            if hello.cipherKinds.isEmpty { notes.append("the server shares none of the kinds") }
            if hello.version != .ssl2 { notes.append("the server hello has the version \(hello.version.id)") }
            return (.supported, notes)
        case .foreign(let prefix):
            let name = StreamOpening(prefix).name
            // A TLS server that answers such hellos in plain text has said no.
            return speaksTLS
                ? (.rejected, ["the server answers with \(name)"])
                : (.inconclusive(reason: "the answer is \(name)"), [])
        }
    }
}
