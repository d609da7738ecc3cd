import TLSParameters
import TLSWire
import Transport

/// Turns questions into requests and observations into answers, and believes no silence the first time.
///
/// A probe that ended without a byte is repeated with no other connection open; if that one ends the same way, a control
/// probe that is known to work tells a refusal from a server that has stopped answering. A timeout stays a timeout.
struct ConfirmationDesk: Sendable {
    /// A question on its way, and who asked it.
    struct Case: Sendable {
        var owner: Int
        var token: Int
        var question: HelloQuestion
        /// Requests sent for it, and the last of them.
        var attempts = 0
        var request = ProbeRequest.ID(rawValue: -1)
        var usesAlternative = false
        var isReset = false
        /// A request for it had the server to itself, so that no limit on connections can explain how it ended.
        var wasAlone = false

        /// May be asked again after an ending without a word.
        var mayRepeat: Bool { attempts < 2 || !wasAlone && attempts < 3 }

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

    private enum Errand: Sendable {
        case question(Case)
        case control
        /// A question that only looks for something that works.
        case scout(HelloQuestion)
    }

    private var bytes: SeededBytes
    private var nextID = 0
    private var errands: [ProbeRequest.ID: Errand] = [:]
    private var outbox: [ProbeRequest] = []
    /// Ended without a byte twice; a control decides.
    private var unconfirmed: [Case] = []
    private var underControl: [Case] = []
    private var controlAttempts = 0
    /// Got no answer in time while others did; the first goes alone, and what becomes of it decides for the rest.
    private var stalled: [Case] = []
    private var lonely: ProbeRequest.ID?
    /// A lonely repeat got an answer: the server is slow, not silent.
    private var isSlow = false
    private var isSilentAlone = false
    /// A question known to get an answer: the last that got a choice, or else an alert.
    private var control: HelloQuestion?
    private var controlIsChoice = false
    /// What to ask for the sake of a control when the survey's own questions turn up none.
    private var scouts: [HelloQuestion]
    /// What the observations add up to.
    private(set) var tally = ReachabilityTally()

    init(seed: UInt64, scouts: [HelloQuestion] = []) {
        self.scouts = scouts
        bytes = SeededBytes(seed: seed)
    }

    /// Nothing is on its way.
    var isIdle: Bool {
        errands.isEmpty && unconfirmed.isEmpty && underControl.isEmpty && stalled.isEmpty
    }

    /// Questions on their way that another one will probably follow.
    var likelyFollowUps: Int {
        errands.values.reduce(0) { count, errand in
            if case .question(let asked) = errand, asked.question.isLikelyFollowed { count + 1 } else { count }
        }
    }

    mutating func ask(_ question: HelloQuestion, owner: Int, token: Int) {
        send(Case(owner: owner, token: token, question: question), alone: false)
    }

    /// The requests to hand out.
    mutating func requests() -> [ProbeRequest] {
        defer { outbox = [] }
        return outbox
    }

    /// What came of a request, and what follows for the questions.
    mutating func observe(_ id: ProbeRequest.ID, _ observation: Observation) -> [Reply] {
        guard let errand = errands.removeValue(forKey: id) else { return [] }
        tally.count(observation)
        var replies: [Reply] = []
        switch errand {
        case .control: replies = observeControl(observation)
        case .scout(let question): keepAsControl(question, observation)
        case .question(let asked):
            keepAsControl(asked.current, observation)
            replies = id == lonely ? observeLonely(asked, observation) : observe(asked, observation)
        }
        moveOn()
        return replies
    }
}

// MARK: - Questions

extension ConfirmationDesk {
    private mutating func observe(_ asked: Case, _ observation: Observation) -> [Reply] {
        switch observation {
        case .closed, .reset:
            var asked = asked
            asked.isReset = observation == .reset
            // The first time on the spot; from then on only once something shows that there's anyone to be alone with.
            if asked.attempts < 2 || asked.mayRepeat && tally.hasTLS {
                send(asked, alone: tally.hasTLS)
            } else {
                unconfirmed.append(asked)
            }
            return []
        case .timedOut where asked.attempts < 2:
            var asked = asked
            asked.usesAlternative = asked.question.alternative != nil
            stalled.append(asked)
            return []
        default:
            return [asked.reply(HelloAnswer.Content(observation))]
        }
    }

    private mutating func observeLonely(_ asked: Case, _ observation: Observation) -> [Reply] {
        lonely = nil
        if observation == .timedOut { isSilentAlone = true } else { isSlow = true }
        return observe(asked, observation)
    }

    /// Starts what has become possible.
    private mutating func moveOn() {
        repeatStalled()
        guard underControl.isEmpty, !unconfirmed.isEmpty, let control else { return }
        for asked in unconfirmed where asked.mayRepeat { send(asked, alone: true) }
        underControl = unconfirmed.filter { !$0.mayRepeat }
        unconfirmed = []
        guard !underControl.isEmpty else { return }
        controlAttempts = 0
        sendControl(control, alone: false)
    }

    /// What becomes of refusals without a word when nothing is left that could turn up an answer to compare with.
    mutating func settleWithoutControl() -> [Reply] {
        guard errands.isEmpty, stalled.isEmpty, underControl.isEmpty, !unconfirmed.isEmpty else { return [] }
        guard scouts.isEmpty else {
            let scout = scouts.removeFirst()
            errands[enqueue(scout, alone: false)] = .scout(scout)
            return []
        }
        defer { unconfirmed = [] }
        return unconfirmed.map { $0.reply(.unknown(.noControl(reset: $0.isReset))) }
    }

    private mutating func repeatStalled() {
        guard lonely == nil, !stalled.isEmpty else { return }
        // As long as nothing was ever answered there's nobody who could be busy, and all may be repeated side by side.
        if !tally.hasTLS || (isSilentAlone && !isSlow) {
            for asked in stalled { send(asked, alone: false) }
            stalled = []
        } else {
            lonely = send(stalled.removeFirst(), alone: true)
        }
    }
}

// MARK: - Controls

extension ConfirmationDesk {
    private mutating func observeControl(_ observation: Observation) -> [Reply] {
        let works = controlIsChoice ? observation.isChoice : observation.isTLS
        var doubt = Doubt.controlFailed
        if case .notAsked(let reason) = observation {
            doubt = .notAsked(reason)
        } else if !works, controlAttempts < 2, let control {
            sendControl(control, alone: true)
            return []
        }
        defer { underControl = [] }
        return underControl.map {
            $0.reply(works ? .closes(reset: $0.isReset) : .unknown(doubt))
        }
    }

    private mutating func keepAsControl(_ question: HelloQuestion, _ observation: Observation) {
        if observation.isChoice {
            (control, controlIsChoice) = (question, true)
        } else if control == nil, case .alert = observation {
            control = question
        }
    }

    private mutating func sendControl(_ question: HelloQuestion, alone: Bool) {
        controlAttempts += 1
        errands[enqueue(question, alone: alone, isControl: true)] = .control
    }

    @discardableResult
    private mutating func send(_ asked: Case, alone: Bool) -> ProbeRequest.ID {
        var asked = asked
        asked.attempts += 1
        asked.wasAlone = asked.wasAlone || alone
        let id = enqueue(asked.current, alone: alone)
        asked.request = id
        errands[id] = .question(asked)
        return id
    }

    private mutating func enqueue(_ question: HelloQuestion, alone: Bool, isControl: Bool = false) -> ProbeRequest.ID {
        let id = ProbeRequest.ID(rawValue: nextID)
        nextID += 1
        outbox.append(
            ProbeRequest(
                id: id,
                bytes: question.draft.encoded(random: bytes.next(64)),
                goal: question.goal,
                delivery: question.delivery,
                runsAlone: alone,
                isControl: isControl,
                isUrgent: question.isLikelyFollowed
            )
        )
        return id
    }
}

extension HelloAnswer.Content {
    /// What an observation comes to that no repeat is going to change. Silence is no answer, and comes out as a doubt.
    fileprivate init(_ observation: Observation) {
        switch observation {
        case .closed: self = .unknown(.noControl(reset: false))
        case .reset: self = .unknown(.noControl(reset: true))
        case .timedOut: self = .unknown(.timedOut)
        case .undecodable(let error, _): self = .unknown(.undecodable(error))
        case .cutOff(let ending, let error, _):
            self = .unknown(ending == .timedOut ? .timedOut : .undecodable(error))
        case .unreachable(let error): self = .unknown(.unreachable(error))
        case .notAsked(let reason): self = .unknown(.notAsked(reason))
        default: self = .observed(observation)
        }
    }
}
