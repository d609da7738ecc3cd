import TLSWire

extension ConfirmationDesk {
    /// A question on its way, and who asked it.
    struct Case: Sendable {
        var owner: Int
        var token: Int
        var question: HelloQuestion
        /// Requests sent for it, and the last of them.
        var attempts = 0
        var request = ProbeRequest.ID(rawValue: -1)
        /// It was believed not to be worth a repeat.
        var isHopeless = false
        var usesAlternative = false
        var isReset = false
        /// A request for it ended without a word.
        var hasEnded = false
        /// What it was answered with in another protocol than TLS, first to last.
        var foreign: [[UInt8]] = []
        /// The last request for it had the server to itself, so that no limit on connections can explain how it ended.
        var isAlone = false
        /// How often it ended without a word while it had the server to itself.
        var endingsAlone = 0
        /// The server was found not to answer anything for a while, and the question was asked again after that.
        var outlivedThrottle = false

        /// What is asked now: the question, or its alternative.
        var current: HelloQuestion {
            guard usesAlternative, let alternative = question.alternative else { return question }
            var current = question
            current.draft = alternative
            return current
        }

        /// What to hand back now that the last request has shown `content`.
        func reply(_ content: HelloAnswer.Content) -> Reply {
            let answer = HelloAnswer(content: content, usedAlternative: usesAlternative, request: request)
            return Reply(owner: owner, token: token, answer: answer)
        }
    }

    /// An answer and whom it is for.
    struct Reply: Sendable {
        var owner: Int
        var token: Int
        var answer: HelloAnswer
    }

    /// A request whose hello isn't written yet.
    struct Letter: Sendable {
        var id: ProbeRequest.ID
        var question: HelloQuestion
        var runsAlone: Bool
        var isControl: Bool

        /// The request with the hello as bytes. `random` gives 64 bytes: random (or challenge) and session id.
        func request(random: [UInt8]) -> ProbeRequest {
            ProbeRequest(
                id: id,
                bytes: question.draft.encoded(random: random),
                goal: question.goal,
                delivery: question.delivery,
                runsAlone: runsAlone,
                isControl: isControl,
                isUrgent: question.isLikelyFollowed
            )
        }
    }
}
