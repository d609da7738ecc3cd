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
        /// It was believed not to be worth a repeat.
        var isHopeless = false
        var usesAlternative = false
        var isReset = false
        /// A request for it had the server to itself, so that no limit on connections can explain how it ended.
        var wasAlone = false
        /// The server was found not to answer anything for a while, and the question was asked again after that.
        var outlivedThrottle = false

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

    private var bytes: SeededBytes
    private var nextID = 0
    private var errands: [ProbeRequest.ID: Errand] = [:]
    private var outbox: [Letter] = []
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
    /// Questions on their way that another one will probably follow.
    private(set) var likelyFollowUps = 0

    init(seed: UInt64, scouts: [HelloQuestion] = []) {
        self.scouts = scouts
        bytes = SeededBytes(seed: seed)
    }

    /// Nothing is on its way.
    var isIdle: Bool {
        errands.isEmpty && unconfirmed.isEmpty && underControl.isEmpty && stalled.isEmpty
    }

    /// Requests that are waited for.
    var openCount: Int { errands.count }

    mutating func ask(_ question: HelloQuestion, owner: Int, token: Int) {
        var asked = Case(owner: owner, token: token, question: question)
        // A server that has let everything so far run into its deadline gets no second chance from here on, so that
        // all of it costs two deadlines and not more. What is left is the way of asking that may do better.
        asked.isHopeless = tally.isSilent
        asked.usesAlternative = asked.isHopeless && question.alternative != nil
        send(asked, alone: false)
    }

    /// The requests to hand out.
    mutating func requests() -> [ProbeRequest] { letters().map { $0.request(random: bytes.next(64)) } }

    /// The same before their hellos are written.
    mutating func letters() -> [Letter] {
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
            if asked.current.isLikelyFollowed { likelyFollowUps -= 1 }
            keepAsControl(asked.current, observation)
            if id == lonely {
                lonely = nil
                if observation == .timedOut { isSilentAlone = true } else { isSlow = true }
            }
            replies = observe(asked, observation)
        }
        return replies + moveOn()
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
        case .notTLS where observation.isBusy && asked.attempts < 3:
            send(asked, alone: true)
            return []
        case .timedOut where asked.attempts < 2 && !(asked.isHopeless && tally.isSilent):
            var asked = asked
            asked.usesAlternative = asked.question.alternative != nil
            stalled.append(asked)
            return []
        default:
            return [asked.reply(HelloAnswer.Content(observation))]
        }
    }

    /// Starts what has become possible.
    private mutating func moveOn() -> [Reply] {
        let settled = repeatStalled()
        guard underControl.isEmpty, !unconfirmed.isEmpty, let control else { return settled }
        for asked in unconfirmed where asked.mayRepeat { send(asked, alone: true) }
        underControl = unconfirmed.filter { !$0.mayRepeat }
        unconfirmed = []
        guard !underControl.isEmpty else { return settled }
        controlAttempts = 0
        sendControl(control, alone: false)
        return settled
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

    /// As long as nothing was ever answered there's nobody who could be busy, and all is repeated side by side. So is what
    /// is asked in another way the second time. Of the rest the first goes alone: if that isn't answered either, the server
    /// is silent and not busy, and the others needn't be asked again.
    private mutating func repeatStalled() -> [Reply] {
        guard !stalled.isEmpty else { return [] }
        let isBusy = tally.hasTLS && (isSlow || !isSilentAlone)
        var waiting: [Case] = []
        for asked in stalled {
            if !tally.hasTLS || asked.usesAlternative && !isSlow {
                send(asked, alone: false)
            } else {
                waiting.append(asked)
            }
        }
        stalled = []
        guard isBusy else { return waiting.map { $0.reply(.unknown(.timedOut)) } }
        if lonely == nil, !waiting.isEmpty { lonely = send(waiting.removeFirst(), alone: true) }
        stalled = waiting
        return []
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
        let decided = underControl
        underControl = []
        // It works again: whatever kept it from answering may have ended the others as well.
        let again = works && controlAttempts > 1 ? decided.filter { !$0.outlivedThrottle } : []
        for var asked in again {
            asked.outlivedThrottle = true
            send(asked, alone: true)
        }
        return decided.filter { again.isEmpty || $0.outlivedThrottle }.map {
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
        if asked.current.isLikelyFollowed { likelyFollowUps += 1 }
        return id
    }

    private mutating func enqueue(_ question: HelloQuestion, alone: Bool, isControl: Bool = false) -> ProbeRequest.ID {
        let id = ProbeRequest.ID(rawValue: nextID)
        nextID += 1
        outbox.append(Letter(id: id, question: question, runsAlone: alone, isControl: isControl))
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
        case .notTLS where observation.isBusy: self = .unknown(.turnedAway)
        default: self = .observed(observation)
        }
    }
}
