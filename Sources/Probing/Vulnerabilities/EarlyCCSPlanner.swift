import TLSParameters
import TLSWire

/// CCS injection (CVE-2014-0224): whether the server takes a ChangeCipherSpec before there are keys to change to.
///
/// A record in the clear follows it. A server that took the ChangeCipherSpec tries to decrypt that record and complains of
/// its authentication; any other complains of the ChangeCipherSpec. A second talk without the ChangeCipherSpec shows that the
/// complaint is about nothing else. One that ends the connection without a word is cleared if it does so at the
/// ChangeCipherSpec already, and at any record out of place: else something else than the server may have ended it.
public struct EarlyCCSPlanner: TalkPlanner {
    private enum Stage: Hashable, Sendable {
        /// ChangeCipherSpec and the record.
        case both
        /// The record alone.
        case record
        /// The ChangeCipherSpec alone.
        case change
    }

    private let offer: ClassicOffer
    private var number = 0
    private var stage = Stage.both
    private var complaint: Alert?
    private var leftAtChange = false
    private var settled: VulnerabilityVerdict?

    /// A check that gets to the server's flight by `offer`.
    public init(_ offer: ClassicOffer) { self.offer = offer }

    /// What is known by now.
    public var verdict: VulnerabilityVerdict { settled ?? .unsettled }

    /// The next talk.
    public mutating func next() -> ProbeTalk? {
        guard settled == nil else { return nil }
        number += 1
        let stage = stage
        return ProbeTalk(hello: offer.hello(number)) { server, _ in
            let version = server.selectedVersion
            let change = ClassicOffer.changeCipherSpec(version)
            let record = ClassicOffer.stray(version)
            return switch stage {
            case .both: change + record
            case .record: record
            case .change: change
            }
        }
    }

    /// What came of it.
    public mutating func observe(_ result: ProbeTalk.Result) {
        if let doubt = result.doubt {
            settled = .undetermined(reason: doubt)
            return
        }
        guard case .reaction(_, let reaction) = result else {
            settled = .unsettled
            return
        }
        switch (stage, reaction) {
        case (.both, .alert(let alert)):
            guard Self.isAboutDecryption(alert) else {
                settled = .absent(reason: nil)
                return
            }
            complaint = alert
            stage = .record
        case (.both, let reaction) where reaction.isWordless: stage = .change
        case (.record, let reaction) where leftAtChange:
            settled =
                reaction.isWordless
                ? .absent(reason: "the server ends the connection at any message out of place")
                : .undetermined(
                    reason: "a ChangeCipherSpec ends the connection without a word, other messages don't"
                )
        case (.record, let reaction):
            if let complaint, reaction != .alert(complaint) {
                settled = .found(
                    evidence: "after an early ChangeCipherSpec the server complained with \(complaint.description.name)"
                )
            } else {
                settled = .undetermined(
                    reason: "the server answers with \(reaction.text) whether or not a ChangeCipherSpec came"
                )
            }
        case (.change, .alert): settled = .absent(reason: nil)
        case (.change, let reaction) where reaction.isWordless:
            leftAtChange = true
            stage = .record
        default: settled = .undetermined(reason: "the server answered the ChangeCipherSpec with \(reaction.text)")
        }
    }

    /// What a failed decryption is called: bad_record_mac, and decryption_failed before TLS 1.1 (RFC 4346 §7.2.2).
    private static func isAboutDecryption(_ alert: Alert) -> Bool {
        alert.description == .bad_record_mac || alert.description.rawValue == 21
    }
}
