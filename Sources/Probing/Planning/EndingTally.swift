import TLSWire

/// How a server ends connections without an answer in TLS, and what to make of one that it has ended so.
struct EndingTally: Sendable {
    /// A hello that was ended without a word, alone as it was, got an answer when it was sent again.
    private var losesConnections = false
    /// The same, but others were open at the same time the first time.
    private var endsByChance = false
    /// An answer in another protocol was one in TLS when the hello was sent again.
    private(set) var isForeignByChance = false
    /// The server has refused suites by alert, in TLS 1.0 or newer.
    var refusesByAlert = false
    /// So many questions ended without a word twice in a row, and none of them ever differently.
    private var steadyEndings = 0

    /// Endings without a word are no refusals: the server loses connections, and has either lost them for no reason there is,
    /// or refuses in words.
    var areDoubtful: Bool { losesConnections || endsByChance && refusesByAlert }

    /// A question was answered in TLS at last.
    mutating func noteAnswer(to asked: ConfirmationDesk.Case) {
        if asked.hasEnded { endsByChance = true }
        if asked.endingsAlone > 0 { losesConnections = true }
        if !asked.foreign.isEmpty { isForeignByChance = true }
    }

    /// May be asked again after an ending without a word. Where every Nth connection is lost, two in a row are not.
    func mayRepeat(_ asked: ConfirmationDesk.Case) -> Bool {
        let needed = endsByChance ? 4 : refusesByAlert || steadyEndings < 3 ? 2 : 1
        return asked.endingsAlone < needed && asked.attempts < 12
    }

    /// May be asked again after an answer in another protocol.
    func mayRepeatForeign(_ asked: ConfirmationDesk.Case) -> Bool {
        asked.foreign.count < (isForeignByChance ? 4 : 3) && asked.attempts < 12
    }

    /// What to make of a question that always ends without a word while others are answered.
    mutating func verdict(_ asked: ConfirmationDesk.Case) -> HelloAnswer.Content {
        if areDoubtful { return .unknown(.losesConnections) }
        if asked.endingsAlone > 1 { steadyEndings += 1 }
        return .closes(reset: asked.isReset)
    }

    /// What is left of an outcome if the endings that were taken for refusals may have been none: it became known too late.
    func doubting(_ outcome: VersionOutcome) -> VersionOutcome {
        // Whatever a version's outcome makes of them, it says so.
        let endings = SuiteRefusal.wordless.text
        guard areDoubtful, outcome.notes.contains(where: { $0.contains(endings) }) else { return outcome }
        var outcome = outcome
        let reason = Doubt.losesConnections.text
        outcome.isComplete = false
        outcome.notes.removeAll { $0.contains(endings) }
        switch outcome.verdict {
        case .supported: outcome.notes.append("there may be more suites: \(reason)")
        case .rejected, .noneAccepted: outcome.verdict = .inconclusive(reason: reason)
        case .inconclusive: break
        }
        return outcome
    }
}
