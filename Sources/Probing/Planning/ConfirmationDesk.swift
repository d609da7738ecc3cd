import TLSParameters
import TLSWire
import Transport

/// Turns questions into requests and observations into answers, and believes no silence the first time.
///
/// A probe that ended without a byte is repeated with no other connection open; if that one ends the same way, a control
/// probe that is known to work tells a refusal from a server that has stopped answering. A timeout stays a timeout. So that
/// connections which get lost on the way, such as every second one behind a balancer with a dead backend, aren't taken
/// for refusals, the same question goes several times in a row, until the server has shown how it refuses. An answer in
/// another protocol is repeated as well: a balancer that is out of backends gives such answers to anyone.
struct ConfirmationDesk: Sendable {
    private enum Errand: Sendable {
        case question(Case)
        case control
        /// A question that only looks for something that works.
        case scout(HelloQuestion)
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
    /// One question at a time is repeated alone, so that its repeats follow each other; the others wait.
    private var alone: ProbeRequest.ID?
    private var waitingAlone: [Case] = []
    /// Answered in another protocol while nobody had spoken TLS yet; what comes first decides what to make of them.
    private var foreign: [Case] = []
    /// What is known of endings without a word.
    private(set) var endings = EndingTally()
    /// What had been answered before was answered no longer, twice, and nothing has been since.
    private var hasStopped = false
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
        errands.isEmpty && unconfirmed.isEmpty && underControl.isEmpty && stalled.isEmpty && foreign.isEmpty
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
        if observation.isTLS { hasStopped = false }
        if id == alone { alone = nil }
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
            asked.hasEnded = true
            if asked.isAlone { asked.endingsAlone += 1 }
            if hasStopped { return [asked.reply(.unknown(.controlFailed))] }
            // The first time on the spot; from then on only once something shows that there's anyone to be alone with.
            if tally.hasTLS, endings.mayRepeat(asked) {
                sendAlone(asked)
            } else if asked.attempts < 2 {
                send(asked, alone: false)
            } else {
                unconfirmed.append(asked)
            }
            return []
        case .notTLS where observation.isBusy && asked.attempts < 3:
            sendAlone(asked)
            return []
        case .notTLS(let prefix) where !observation.isBusy && endings.mayRepeatForeign(asked):
            var asked = asked
            asked.foreign.append(prefix)
            if tally.hasTLS { sendAlone(asked) } else { foreign.append(asked) }
            return []
        case .timedOut where asked.attempts < 2 && !(asked.isHopeless && tally.isSilent):
            var asked = asked
            asked.usesAlternative = asked.question.alternative != nil
            stalled.append(asked)
            return []
        default:
            if observation.isTLS { endings.noteAnswer(to: asked) }
            if case .notTLS = observation, endings.isForeignByChance, !observation.isBusy {
                return [asked.reply(.unknown(.foreignByChance))]
            }
            return [asked.reply(HelloAnswer.Content(observation))]
        }
    }

    private mutating func sendAlone(_ asked: Case) {
        if alone == nil { alone = send(asked, alone: true) } else { waitingAlone.append(asked) }
    }

    /// Starts what has become possible.
    private mutating func moveOn() -> [Reply] {
        let settled = repeatStalled()
        if tally.hasTLS, !foreign.isEmpty {
            let cases = foreign
            foreign = []
            for asked in cases { sendAlone(asked) }
        }
        if alone == nil, !waitingAlone.isEmpty { sendAlone(waitingAlone.removeFirst()) }
        guard underControl.isEmpty, !unconfirmed.isEmpty, let control else { return settled }
        let (cases, canTell) = (unconfirmed, controlIsChoice || control.draft.isModern)
        unconfirmed = []
        for asked in cases {
            if endings.mayRepeat(asked) {
                sendAlone(asked)
            } else if canTell || !asked.current.draft.isModern {
                underControl.append(asked)
            } else {
                // An alert to SSL 2.0 or 3.0 says nothing of hellos with extensions.
                unconfirmed.append(asked)
            }
        }
        guard !underControl.isEmpty else { return settled }
        controlAttempts = 0
        sendControl(control, alone: false)
        return settled
    }

    /// What becomes of refusals without a word when nothing is left that could turn up an answer to compare with.
    mutating func settleWithoutControl() -> [Reply] {
        guard errands.isEmpty, stalled.isEmpty, underControl.isEmpty else { return [] }
        defer { foreign = [] }
        // Nobody speaks TLS, so this is what is spoken here.
        let others = foreign.map { $0.reply(.observed(.notTLS(prefix: $0.foreign.last ?? []))) }
        guard others.isEmpty, !unconfirmed.isEmpty else { return others }
        guard scouts.isEmpty else {
            let scout = scouts.removeFirst()
            errands[enqueue(scout, alone: false)] = .scout(scout)
            return []
        }
        defer { unconfirmed = [] }
        return unconfirmed.map {
            $0.reply(.unknown(control == nil ? .noControl(reset: $0.isReset) : .otherKindsOnly(reset: $0.isReset)))
        }
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
        if doubt == .controlFailed { hasStopped = !works }
        let decided = underControl
        underControl = []
        var replies: [Reply] = []
        for var asked in decided {
            if works, controlAttempts > 1, !asked.outlivedThrottle {
                // It works again: whatever kept it from answering may have ended the others as well.
                asked.outlivedThrottle = true
                asked.endingsAlone = 0
                sendAlone(asked)
            } else if works, endings.mayRepeat(asked) {
                sendAlone(asked)
            } else {
                var reply = asked.reply(works ? endings.verdict(asked) : .unknown(doubt))
                reply.answer.followsAlerts = endings.refusesByAlert
                replies.append(reply)
            }
        }
        return replies
    }

    private mutating func keepAsControl(_ question: HelloQuestion, _ observation: Observation) {
        let isModern = question.draft.isModern
        if observation.isChoice {
            // SSL 2.0 and 3.0 only as long as there's nothing better.
            if isModern || !controlIsChoice { (control, controlIsChoice) = (question, true) }
        } else if case .alert(let alert) = observation {
            let isOfSuites = alert.description == .handshake_failure || alert.description == .insufficient_security
            if isModern, isOfSuites { endings.refusesByAlert = true }
            guard !controlIsChoice, isModern || control == nil else { return }
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
        asked.isAlone = alone
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
