import TLSParameters
import TLSWire

/// ROBOT: whether the server's reaction gives away what an RSA-encrypted premaster secret looks like inside, which is all that
/// is needed to decrypt others.
///
/// Five forms of a secret are sent, each on its own connection: with a whole flight, and if those are all answered alike
/// without the rest of it, which follows where the server waits for it: its reaction then shows that it was not merely slow.
/// Where the reactions differ all are asked again in the opposite order, so that a server that has had enough of connections is
/// not taken for one that tells forms apart; the difference has to be the same both times.
public struct BleichenbacherPlanner: TalkPlanner {
    private enum Question: Hashable, Sendable {
        case whole
        case half
    }

    private let offer: ClassicOffer
    private let key: @Sendable (_ certificate: [UInt8]) -> RawRSAKey?
    private var number = 0
    private var question = Question.whole
    private var isRepeat = false
    private var order = BleichenbacherVector.allCases
    private var reactions: [BleichenbacherVector: ProbeTalk.Reaction] = [:]
    private var first: [BleichenbacherVector: ProbeTalk.Reaction] = [:]
    private var settled: VulnerabilityVerdict?

    /// A check that gets to the server's flight by `offer`, whose suites have to be of static RSA. `key` reads the leaf.
    public init(_ offer: ClassicOffer, key: @escaping @Sendable (_ certificate: [UInt8]) -> RawRSAKey?) {
        self.offer = offer
        self.key = key
    }

    /// What is known by now.
    public var verdict: VulnerabilityVerdict { settled ?? .unsettled }

    /// The next form.
    public mutating func next() -> ProbeTalk? {
        guard settled == nil, let vector = order.first else { return nil }
        number += 1
        let (offered, isWhole, key) = (offer.version, question == .whole, key)
        let rest: ProbeTalk.Rest = { server in
            ClassicOffer.changeCipherSpec(server.selectedVersion) + ClassicOffer.stray(server.selectedVersion)
        }
        return ProbeTalk(hello: offer.hello(number), rest: isWhole ? nil : rest) { server, parts in
            guard let leaf = parts.certificates.first, let key = key(leaf),
                let block = vector.block(key.byteCount, version: offered.rawValue), let secret = key.encrypt(block)
            else { return nil }
            let version = server.selectedVersion
            // SSL 3.0 has no length before the secret (RFC 5246 §7.4.7.1).
            let length = [UInt8(secret.count >> 8), UInt8(secret.count & 0xFF)]
            let exchange = HandshakeMessage(
                type: .client_key_exchange,
                body: version >= .tls10 ? length + secret : secret
            )
            let half = exchange.records(version: version)
            guard isWhole else { return half }
            return half + rest(server)
        }
    }

    /// What came of it.
    public mutating func observe(_ result: ProbeTalk.Result) {
        guard let vector = order.first else { return }
        switch result {
        case .noFlight:
            settled = .undetermined(reason: result.doubt ?? "there was no answer to the hello")
        case .noAnswer:
            settled = .undetermined(reason: "the server's certificate has no RSA key that can be read")
        case .reaction(_, .notAsked(let reason)): settled = .undetermined(reason: reason.text)
        case .reaction(_, let reaction):
            reactions[vector] = reaction
            order.removeFirst()
            if order.isEmpty { judge() }
        }
    }

    private mutating func judge() {
        guard isRepeat else {
            if Set(reactions.values).count > 1 { return ask(question, again: true) }
            let common = reactions[.proper]
            switch question {
            case .whole where common == .silence: settled = .undetermined(reason: "the server fell silent")
            case .whole: ask(.half, again: false)
            case .half where common == .silence: settled = .undetermined(reason: "the server fell silent")
            case .half: settled = .absent(reason: nil)
            }
            return
        }
        guard reactions == first else {
            settled = .undetermined(reason: "the server's reactions to the same messages differ from time to time")
            return
        }
        let told = BleichenbacherVector.allCases.compactMap { reactions[$0]?.text }
        settled = .found(
            evidence: "the five forms of a premaster secret were answered with: \(told.joined(separator: ", "))"
        )
    }

    private mutating func ask(_ question: Question, again: Bool) {
        self.question = question
        isRepeat = again
        first = again ? reactions : [:]
        reactions = [:]
        order = again ? BleichenbacherVector.allCases.reversed() : BleichenbacherVector.allCases
    }
}
