import TLSParameters
import TLSWire

/// Heartbleed (CVE-2014-0160): whether the server answers a heartbeat with more than it was sent.
///
/// The request claims 32 bytes of payload and has one, so a vulnerable server gives away 31 bytes, which nobody looks at: the
/// claimed length alone shows it. A record that has no place there follows at once. A healthy server drops the heartbeat
/// without a word (RFC 6520 §4), so its alert about that record is what tells dropping from silence. Nothing less does: what
/// ends the connection at a heartbeat may stand before a server that answers others, and a reset takes an answer with it.
public struct HeartbleedPlanner: TalkPlanner {
    static let claimed = 32

    private let offer: ClassicOffer
    private var number = 0
    private var endings = 0
    private var settled: VulnerabilityVerdict?

    /// A check that gets to the server's flight by `offer`.
    public init(_ offer: ClassicOffer) { self.offer = offer }

    /// What is known by now.
    public var verdict: VulnerabilityVerdict { settled ?? .unsettled }

    /// A heartbeat; once more if the server ended the connection without saying why.
    public mutating func next() -> ProbeTalk? {
        guard settled == nil else { return nil }
        number += 1
        let hello = offer.hello(number, extensions: [Extension(Heartbeat(mode: .peer_allowed_to_send))])
        return ProbeTalk(hello: hello) { server, _ in
            guard server.extensions?.first(.heartbeat) != nil else { return nil }
            let version = server.selectedVersion
            let request = [1] + [UInt8(Self.claimed >> 8), UInt8(Self.claimed & 0xFF)] + [0]
            return TLSRecord(type: .heartbeat, version: version, fragment: request).bytes
                + ClassicOffer.stray(version)
        }
    }

    /// What came of it.
    public mutating func observe(_ result: ProbeTalk.Result) {
        if let doubt = result.doubt {
            settled = .undetermined(reason: doubt)
            return
        }
        switch result {
        case .noFlight: settled = .unsettled
        case .noAnswer: settled = .absent(reason: "the server takes no heartbeats")
        case .reaction(_, .heartbeat(2, let payload, _)) where payload > 1:
            settled = .found(evidence: "a heartbeat with 1 byte of payload was answered with \(payload)")
        case .reaction(_, .heartbeat(2, _, _)):
            settled = .absent(reason: "the server answered with what it was sent, no more")
        case .reaction(_, .alert): settled = .absent(reason: nil)
        case .reaction(_, let reaction) where reaction.isWordless:
            endings += 1
            if endings == 2 {
                settled = .undetermined(reason: "after a heartbeat all that came was \(reaction.text)")
            }
        case .reaction(_, let reaction):
            settled = .undetermined(reason: "the server answered the heartbeat with \(reaction.text)")
        }
    }
}
