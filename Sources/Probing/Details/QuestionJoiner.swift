import TLSParameters
import TLSWire

/// What a hello varies, in the order of what has to be left as it is: each may be put into a hello of the same version that
/// varies one of those before it.
enum HelloTopic: Int, Hashable, Sendable {
    /// Suites of TLS 1.3, without a key share.
    case modernSuites
    /// The same with any suite: HelloRetryRequest names the suite as well as the group.
    case modernGroups
    /// By suites of one kind.
    case groups
    /// By suites with one kind of certificate.
    case schemes
    case extensions
    case protocols
}

/// Puts questions of several inquiries into one hello: an answer shows the group, the scheme, the extensions and the
/// application protocol, none of which depends on the others.
///
/// Only what is probably taken goes together. If it isn't, which says nothing of any of them, each is asked by itself.
struct QuestionJoiner: Sendable {
    /// A question, whose it is and which.
    struct Single: Sendable {
        var owner: Int
        var token: Int
        var question: HelloQuestion
    }

    private var open = OpenQuestions<[Single]>()
    /// May still go along with another one.
    private var waiting: [Single] = []
    /// Questions on their way that others like them will follow, and their versions.
    private var carriers: [Int: [ProtocolVersion]] = [:]

    /// Takes a question to ask.
    mutating func add(_ single: Single) { waiting.append(single) }

    /// What may be asked now, each once.
    mutating func questions() -> [(token: Int, question: HelloQuestion)] {
        var rest: [Single] = []
        for single in waiting where !single.question.isJoinable { ask([single]) }
        waiting = waiting.filter(\.question.isJoinable).sorted { $0.question.place < $1.question.place }
        while !waiting.isEmpty {
            var joined = [waiting.removeFirst()]
            if joined[0].question.mayWait, carriers.values.contains(joined[0].question.versions) {
                rest.append(joined[0])
                continue
            }
            var index = 0
            while index < waiting.count {
                if Self.fits(waiting[index], to: joined) {
                    joined.append(waiting.remove(at: index))
                } else {
                    index += 1
                }
            }
            ask(joined)
        }
        waiting = rest
        return open.take()
    }

    private mutating func ask(_ singles: [Single]) {
        guard var question = singles.first?.question else { return }
        for single in singles.dropFirst() { question.join(single.question) }
        let token = open.ask(question, for: singles)
        if question.isLikelyFollowed, question.topic == .groups || question.topic == .schemes {
            carriers[token] = question.versions
        }
    }

    /// The questions that were answered. Where there are several, only what each of them varies is to be believed.
    mutating func answer(_ token: Int, _ answer: HelloAnswer) -> [Single] {
        guard let singles = open.close(token) else { return [] }
        carriers[token] = nil
        guard singles.count > 1 else { return singles }
        let needsExchange = singles.contains { $0.question.goal == .keyExchange }
        switch needsExchange ? answer.exchangeResult : answer.result {
        case .hello: return singles
        case .unknown where answer.wasNotAsked: return singles
        case .refused, .unknown:
            for single in singles { ask([single]) }
            return []
        }
    }

    private static func fits(_ single: Single, to others: [Single]) -> Bool {
        guard case .template(let template) = single.question.draft else { return false }
        return others.allSatisfy { other in
            guard case .template(let base) = other.question.draft, base.versions == template.versions,
                other.question.place < single.question.place
            else { return false }
            switch (other.question.topic, single.question.topic) {
            case (.groups, .schemes):
                return Set((base.cipherSuites + template.cipherSuites).map { $0.facts?.authentication }).count == 1
            default: return true
            }
        }
    }
}

extension HelloQuestion {
    fileprivate var isJoinable: Bool { topic != nil }
    /// Soon there will be one to go along with.
    fileprivate var mayWait: Bool { topic == .extensions || topic == .protocols }
    fileprivate var versions: [ProtocolVersion] {
        if case .template(let template) = draft { template.versions } else { [] }
    }
    fileprivate var place: Int { topic?.rawValue ?? .max }

    /// Asks what `other` asks as well.
    fileprivate mutating func join(_ other: HelloQuestion) {
        guard case .template(var template) = draft, case .template(let added) = other.draft else { return }
        switch other.topic {
        case .schemes:
            template.signatureSchemes = added.signatureSchemes
            template.additionalExtensions += added.additionalExtensions.filter { $0.type == .signature_algorithms_cert }
        case .extensions:
            template.offersExtendedMasterSecret = added.offersExtendedMasterSecret
            template.offersSessionTicket = added.offersSessionTicket
            template.requestsStatus = added.requestsStatus
            template.requestsTimestamps = added.requestsTimestamps
            template.secureRenegotiation = added.secureRenegotiation
            template.compressionMethods = added.compressionMethods
            let types = template.additionalExtensions.map(\.type)
            template.additionalExtensions += added.additionalExtensions.filter {
                !types.contains($0.type) && $0.type != .supported_groups
            }
        case .protocols:
            template.alpn = added.alpn
        case .modernGroups:
            template.groups = added.groups
        case .modernSuites, .groups, nil:
            return
        }
        alternative = nil
        draft = .template(template)
        // In the order in which parts of a flight come.
        if goal == .serverHello || other.goal == .helloDone { goal = other.goal }
        isLikelyFollowed = isLikelyFollowed || other.isLikelyFollowed
    }
}
