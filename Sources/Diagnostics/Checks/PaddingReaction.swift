import TLSWire

/// What a server did with a record.
enum PaddingReaction: Hashable, Sendable {
    /// It took the record: it answered it, or went on with the channel after it until our close_notify.
    case accepted
    /// It said close_notify, which it may do without having read anything.
    case goodbye
    /// An alert, and whether the connection ended after it.
    case alert(String, ends: Bool)
    /// The connection ended without a word: FIN, or RST.
    case ended(String)
    /// Nothing came, not even to close_notify.
    case silent

    /// The reaction in a few words, as evidence.
    var text: String {
        switch self {
        case .accepted: "accepted"
        case .goodbye: "close_notify"
        case .alert(let name, ends: true): name
        case .alert(let name, ends: false): "\(name), and an open connection"
        case .ended(let how): how
        case .silent: "silence"
        }
    }
}

/// What the reactions of a server to all flaws, in one round after the other, add up to.
struct PaddingReactions {
    /// What it did with a record that was right; nil where that is not known.
    struct Controls {
        var withContent: PaddingReaction?
        var empty: PaddingReaction?
    }

    /// What to compare with.
    var controls: Controls
    /// A round each.
    var rounds: [[RecordFlaw: PaddingReaction]] = []

    /// Flaws that only the flaw tells apart: a record without content may be treated in its own way.
    private static let groups = [RecordFlaw.allCases.filter { !$0.isEmpty }, RecordFlaw.allCases.filter(\.isEmpty)]

    /// Whether all flaws that can be compared got the same reaction so far.
    var isUniform: Bool {
        Self.groups.allSatisfy { group in Set(rounds.flatMap { round in group.compactMap { round[$0] } }).count <= 1 }
    }

    /// What is known of one thing.
    enum Verdict: Hashable, Sendable {
        /// The server has it.
        case found(evidence: String)
        /// It hasn't.
        case absent
        /// The reactions don't tell.
        case undetermined(String)
    }

    /// What became of one flaw.
    private enum Fate: Hashable {
        case accepted
        case refused(PaddingReaction)
        /// It tells nothing, for that reason.
        case unclear(String, PaddingReaction?)
    }

    private func fate(_ flaw: RecordFlaw) -> Fate {
        let seen = Set(rounds.compactMap { $0[flaw] })
        guard seen.count == 1, let reaction = seen.first, rounds.allSatisfy({ $0[flaw] != nil }) else {
            return .unclear("the server reacts to \(Self.name(flaw)) now this way, now that", nil)
        }
        if reaction == .silent { return .unclear("the server says nothing to \(Self.name(flaw))", reaction) }
        let control = flaw.isEmpty ? controls.empty : controls.withContent
        guard reaction == control else {
            guard reaction == .accepted else { return .refused(reaction) }
            return .unclear("the server takes \(Self.name(flaw)), and did not take a record that was right", reaction)
        }
        if reaction == .accepted { return .accepted }
        return .unclear("the server does the same at a record that is right: \(reaction.text)", reaction)
    }

    /// Whether wrong padding goes through (POODLE over TLS).
    var unchecksPadding: Verdict { acceptance(of: [.wrongPadding, .wrongPaddingEmpty], "wrong padding") }

    /// Whether a wrong MAC goes through.
    var unchecksMAC: Verdict { acceptance(of: [.wrongMAC, .wrongMACEmpty], "a wrong MAC") }

    private func acceptance(of flaws: [RecordFlaw], _ what: String) -> Verdict {
        let fates = flaws.map(fate)
        if fates.contains(.accepted) { return .found(evidence: "a record with \(what) was accepted") }
        for case .unclear(let reason, _) in fates { return .undetermined(reason) }
        return .absent
    }

    /// Whether refusals tell one fault from another.
    var tellsApart: Verdict {
        let verdicts = Self.groups.map(oracle)
        let evidence = verdicts.compactMap { if case .found(let evidence) = $0 { evidence } else { nil } }
        if !evidence.isEmpty { return .found(evidence: evidence.joined(separator: "; ")) }
        return verdicts.first { $0 != .absent } ?? .absent
    }

    private func oracle(_ flaws: [RecordFlaw]) -> Verdict {
        var reactions: [(flaw: RecordFlaw, reaction: PaddingReaction)] = []
        var doubt: String?
        for flaw in flaws {
            switch fate(flaw) {
            case .accepted: break
            case .refused(let reaction): reactions.append((flaw, reaction))
            case .unclear(let reason, let reaction):
                guard let reaction else { return .undetermined(reason) }
                reactions.append((flaw, reaction))
                doubt = doubt ?? reason
            }
        }
        guard Set(reactions.map(\.reaction)).count > 1 else { return doubt.map { .undetermined($0) } ?? .absent }
        return .found(evidence: reactions.map { "\(Self.name($0.flaw)): \($0.reaction.text)" }.joined(separator: "; "))
    }

    private static func name(_ flaw: RecordFlaw) -> String {
        switch flaw {
        case .wrongMAC: "a wrong MAC"
        case .wrongPadding: "wrong padding"
        case .overlongPadding: "overlong padding"
        case .wrongMACEmpty: "a wrong MAC without content"
        case .wrongPaddingEmpty: "wrong padding without content"
        }
    }
}
