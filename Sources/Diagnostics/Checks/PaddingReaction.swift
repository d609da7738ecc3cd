import TLSWire

/// What a server did with a record that was wrong on purpose.
enum PaddingReaction: Hashable, Sendable {
    /// It took the record: it answered it, or went on with the channel after it.
    case accepted
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
        case .alert(let name, ends: true): name
        case .alert(let name, ends: false): "\(name), and an open connection"
        case .ended(let how): how
        case .silent: "silence"
        }
    }
}

/// What the reactions of a server to all flaws, in one round after the other, add up to.
struct PaddingReactions {
    /// A round each.
    var rounds: [[RecordFlaw: PaddingReaction]] = []

    /// Whether every flaw got the same reaction so far.
    var isUniform: Bool { Set(rounds.flatMap(\.values)).count <= 1 }

    /// What a flaw got every time; nil where that changed.
    private func steady(_ flaw: RecordFlaw) -> PaddingReaction? {
        let seen = Set(rounds.compactMap { $0[flaw] })
        return seen.count == 1 && rounds.allSatisfy { $0[flaw] != nil } ? seen.first : nil
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

    /// Whether wrong padding goes through (POODLE over TLS).
    var unchecksPadding: Verdict { acceptance(of: [.wrongPadding, .wrongPaddingEmpty], "wrong padding") }

    /// Whether a wrong MAC goes through.
    var unchecksMAC: Verdict { acceptance(of: [.wrongMAC, .wrongMACEmpty], "a wrong MAC") }

    private func acceptance(of flaws: [RecordFlaw], _ what: String) -> Verdict {
        let reactions = flaws.map { steady($0) }
        if reactions.contains(.accepted) { return .found(evidence: "a record with \(what) was accepted") }
        if reactions.contains(nil) { return .undetermined("the server reacts to \(what) now this way, now that") }
        if reactions.contains(.silent) { return .undetermined("the server says nothing to \(what)") }
        return .absent
    }

    /// Whether refusals tell one fault from another.
    var tellsApart: Verdict {
        let reactions = RecordFlaw.allCases.map { (flaw: $0, reaction: steady($0)) }
        guard !reactions.contains(where: { $0.reaction == nil }) else {
            return .undetermined("the server reacts to the same fault now this way, now that")
        }
        let refused = reactions.filter { $0.reaction != .accepted }
        guard Set(refused.map(\.reaction)).count > 1 else {
            return refused.first?.reaction == .silent
                ? .undetermined("the server says nothing to records that are wrong") : .absent
        }
        let words = refused.compactMap { item in item.reaction.map { "\(Self.name(item.flaw)): \($0.text)" } }
        return .found(evidence: words.joined(separator: "; "))
    }

    private static func name(_ flaw: RecordFlaw) -> String {
        switch flaw {
        case .wrongMAC: "wrong MAC"
        case .wrongPadding: "wrong padding"
        case .overlongPadding: "overlong padding"
        case .wrongMACEmpty: "wrong MAC, no content"
        case .wrongPaddingEmpty: "wrong padding, no content"
        }
    }
}
