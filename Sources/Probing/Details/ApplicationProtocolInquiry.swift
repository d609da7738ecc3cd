import TLSParameters
import TLSWire

/// Which application protocols (RFC 7301) a server takes.
///
/// Up to TLS 1.2 the ServerHello names the choice: strike it and repeat. TLS 1.3 encrypts it; there a server that refuses
/// unknown protocols is asked with fewer and fewer. May start as soon as a suite is known.
struct ApplicationProtocolInquiry: Inquiry {
    private enum Purpose: Sendable {
        case strike
        case bogus
        /// As long as the hello that was refused, and without the extension.
        case control(refused: HelloAnswer)
        case search([String])
    }

    private enum Hello: Sendable {
        case classic(ProtocolVersion, PlainHello, [CipherSuite])
        case modern(ModernHello)
    }

    private var hello: Hello
    private var open = OpenQuestions<Purpose>()
    private var line = StrikeLine(Self.names, rare: Set(Self.names.dropFirst(4)))
    private var search = HalvingSearch(Self.lists)
    private var feature: FeatureOutcome
    private var takesAnything = false
    /// The whole list was refused, and the short one is what is asked for.
    private var isShort = false
    private var retries = 0

    /// Asks by TLS 1.0 to TLS 1.2, where the choice shows. `suites`: what the server accepts in `version`; SSL 3.0 knows no
    /// protocols, and nothing is asked.
    init(version: ProtocolVersion, suites: [CipherSuite], serverName: String? = nil) {
        feature = FeatureOutcome(.alpn, version: version, verdict: .unsettled)
        hello = .classic(version, PlainHello(serverName: serverName), suites)
        guard version >= .tls10 else {
            feature.verdict = .inconclusive(reason: "\(version.name) has no extensions")
            return
        }
        ask(line.offer, for: .strike)
    }

    /// Asks by TLS 1.3, for a server that has nothing else. `suites`: what it accepts; `groups`: groups that it is known to
    /// support, if any are.
    init(tls13Suites suites: [CipherSuite], groups: [NamedGroup] = [], serverName: String? = nil) {
        feature = FeatureOutcome(.alpn, version: .tls13, verdict: .unsettled)
        hello = .modern(ModernHello(suites: suites, groups: groups, serverName: serverName))
        ask([Self.bogus], for: .bogus)
    }

    var isFinished: Bool { open.isEmpty }

    mutating func questions() -> [(token: Int, question: HelloQuestion)] { open.take() }

    mutating func answer(_ token: Int, _ answer: HelloAnswer) {
        guard let purpose = open.close(token) else { return }
        switch hello {
        case .classic(let version, _, _): answerClassic(purpose, version, answer)
        case .modern(var modern):
            if retries < Self.retryLimit, modern.adopt(answer) {
                retries += 1
                hello = .modern(modern)
                ask(offered(purpose), for: purpose)
            } else {
                answerModern(purpose, answer)
            }
        }
    }

    private func offered(_ purpose: Purpose) -> [String] {
        switch purpose {
        case .strike: line.offer
        case .bogus: [Self.bogus]
        case .control: []
        case .search(let names): names
        }
    }

    private mutating func ask(_ names: [String], for purpose: Purpose) {
        var template: ClientHelloTemplate
        var topic: HelloTopic?
        switch hello {
        case .classic(let version, let plain, let suites):
            template = plain.template(version, suites: suites)
            if case .strike = purpose, line.isLikelyTaken { topic = .protocols }
        case .modern(let modern): template = modern.template
        }
        if case .control = purpose {
            let length = Self.shortNames.reduce(2) { $0 + 1 + $1.utf8.count }
            template.additionalExtensions.append(Extension(Padding(count: length)))
        } else {
            template.alpn = names
        }
        let isStrike = if case .strike = purpose { true } else { false }
        open.ask(HelloQuestion(draft: .template(template), isLikelyFollowed: isStrike, topic: topic), for: purpose)
    }

    private static let retryLimit = 8
}

// MARK: - What is known

extension ApplicationProtocolInquiry {
    /// Whether the server chooses protocols at all.
    var outcome: FeatureOutcome { feature }

    /// What the server chose, each as it came: its own order where it has one. Of a server that takes anything, what it
    /// happened to be asked for.
    var protocols: [String] {
        if case .modern = hello { return Self.names.filter { search.settled[$0]?.answer == .some } }
        return line.found
    }

    /// Why the server may take others than ``protocols``; nil if it doesn't.
    var doubt: String? {
        if takesAnything { return "the server takes any application protocol, even one that nobody knows" }
        if case .inconclusive(let reason) = feature.verdict { return reason }
        if case .unknown(let reason) = line.end, !line.picks.isEmpty { return reason }
        if case .violation = line.end { return "the server chose an application protocol that was not offered" }
        if isShort, !line.picks.isEmpty { return "the server refuses hellos with a long list of them" }
        for (_, settled) in search.settled {
            if case .unknown(let reason) = settled.answer { return reason }
        }
        return isFinished ? nil : Verdict.unsettled.reason
    }

    /// What is odd, one sentence each. Of a server that is not known to take any, its feature says why.
    var notes: [String] {
        guard let doubt else { return [] }
        if case .violation = line.end { return [doubt] }
        if takesAnything { return [doubt] }
        if case .inconclusive = feature.verdict { return [] }
        return isFinished ? ["there may be more application protocols: \(doubt)"] : []
    }
}

// MARK: - TLS 1.2 and older

extension ApplicationProtocolInquiry {
    private mutating func answerClassic(_ purpose: Purpose, _ version: ProtocolVersion, _ answer: HelloAnswer) {
        let result = answer.result(in: version)
        switch purpose {
        case .strike: break
        case .control(let refused): return settle(refused, control: result)
        case .bogus, .search: return
        }
        if case .hello(let hello, _) = result, let name = hello.alpn, Array(name.bytes) == Array(Self.bogus.utf8) {
            takesAnything = true
            return
        }
        let isFirst = line.picks.isEmpty
        if isFirst, result == .refused, !answer.isAlert(.no_application_protocol) {
            // It may be for the hello's length, which most of the list adds to.
            if isShort { return ask([], for: .control(refused: answer)) }
            isShort = true
            line = StrikeLine(Self.shortNames)
            return ask(line.offer, for: .strike)
        }
        line.take(choice(result), evidence: answer.request)
        if isFirst { settle(result, answer) }
        guard line.end == nil, !takesAnything else { return }
        // From the second question on the name that nobody knows goes first: most servers choose nothing at all, and some take
        // the client's first once there's none left that they know.
        ask([Self.bogus] + line.offer, for: .strike)
    }

    private func choice(_ result: HelloResult) -> StrikeLine<String>.Choice {
        switch result {
        case .refused: return .refused
        case .unknown(let reason): return .unknown(reason)
        case .hello(let hello, _):
            guard let name = hello.alpn else { return .refused }
            return .chose(Self.names.first { Array($0.utf8) == Array(name.bytes) } ?? name.description)
        }
    }

    private mutating func settle(_ result: HelloResult, _ answer: HelloAnswer) {
        feature.evidence = answer.request
        switch result {
        case .hello(let hello, _):
            feature.verdict = hello.alpn == nil ? .rejected : .supported
        case .refused where answer.isAlert(.no_application_protocol):
            feature.verdict = .supported
            feature.detail = "the server takes none of the \(line.items.count) protocols that were offered"
        case .refused:
            break
        case .unknown(let reason):
            feature.verdict = .inconclusive(reason: reason)
        }
    }

    /// A refusal of few protocols too; `control` is what became of a hello of that length without them.
    private mutating func settle(_ refused: HelloAnswer, control: HelloResult) {
        let text = "hellos that ask for it are \(refused.refusalText ?? "refused")"
        feature.evidence = refused.request
        switch control {
        case .hello:
            feature.verdict = .rejected
            feature.detail = text
        case .refused:
            feature.verdict = .inconclusive(reason: "\(text), and so are others of that length")
        case .unknown(let reason):
            feature.verdict = .inconclusive(reason: "\(text), and one without it that is as long: \(reason)")
        }
    }
}

// MARK: - TLS 1.3

extension ApplicationProtocolInquiry {
    private mutating func answerModern(_ purpose: Purpose, _ answer: HelloAnswer) {
        let result = answer.result(in: .tls13)
        switch purpose {
        case .strike, .control:
            break
        case .search(let names):
            search.take(names, Self.read(result, answer), evidence: answer.request)
            searchOn()
        case .bogus:
            feature.evidence = answer.request
            switch result {
            case .refused where answer.isAlert(.no_application_protocol):
                feature.verdict = .supported
                searchOn()
            case .refused:
                feature.verdict = .inconclusive(
                    reason:
                        "an unknown protocol is \(answer.refusalText ?? "refused"), which says nothing of known ones"
                )
            case .hello:
                feature.verdict = .inconclusive(
                    reason: "TLS 1.3 encrypts what the server chooses, and it doesn't refuse unknown protocols"
                )
            case .unknown(let reason):
                feature.verdict = .inconclusive(reason: reason)
            }
        }
    }

    private mutating func searchOn() {
        for names in search.offers() { ask(names, for: .search(names)) }
    }

    private static func read(_ result: HelloResult, _ answer: HelloAnswer) -> HalvingSearch<String>.Answer {
        switch result {
        case .refused where answer.isAlert(.no_application_protocol): .none
        case .refused: .unknown("the hello is \(answer.refusalText ?? "refused")")
        case .hello(let hello, _) where hello.isHelloRetryRequest:
            .unknown("the server asks for another key share first")
        case .hello: .some
        case .unknown(let reason): .unknown(reason)
        }
    }
}

// MARK: - Names

extension ApplicationProtocolInquiry {
    /// Reserved for never meaning anything (RFC 8701 §2), in the form of a name.
    private static let bogus = "\u{5A}\u{5A}"

    /// The registry's (IANA, "TLS Application-Layer Protocol Negotiation Protocol IDs") and those in use beside it, the
    /// commonest first.
    static let names: [String] = [
        "h2", "http/1.1", "http/1.0", "http/0.9", "h3", "h2c", "spdy/3.1", "spdy/3", "spdy/2", "spdy/1",
        "acme-tls/1", "dot", "doq", "imap", "pop3", "smtp", "managesieve", "xmpp-client", "xmpp-server", "ftp", "mqtt",
        "postgresql", "ntske/1", "webrtc", "c-webrtc", "stun.turn", "stun.nat-discovery", "coap", "co", "sunrpc", "smb",
        "irc", "nntp", "nnsp", "tds/8.0", "radius/1.0", "radius/1.1", "dicom", "grpc-exp", "istio", "dns",
    ]

    /// What nearly every server that takes any takes one of.
    private static let shortNames = Array(names.prefix(2))

    private static let lists: [[String]] = names.prefix(4).map { [$0] } + [Array(names.dropFirst(4))]
}
