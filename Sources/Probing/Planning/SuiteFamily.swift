import TLSParameters
import TLSWire

/// Suites that a server serves or breaks at together: the same key exchange with the same kind of certificate.
struct SuiteFamily: Hashable, Sendable {
    /// Nil for a suite that nothing is known of.
    let keyExchange: KeyExchange?
    let authentication: Authentication?

    init(_ suite: CipherSuite) {
        keyExchange = suite.facts?.keyExchange
        authentication = suite.facts?.authentication
    }

    /// For people, such as "DHE-RSA".
    var name: String {
        guard let keyExchange, let authentication else { return "unknown" }
        if keyExchange.rawValue == authentication.rawValue { return keyExchange.rawValue }
        return "\(keyExchange.rawValue)-\(authentication.rawValue)"
    }

    /// The suites by family, in hellos of at most `size`; in the order in which they come.
    static func hellos(_ suites: [CipherSuite], size: Int) -> [[CipherSuite]] {
        var families: [SuiteFamily] = []
        var members: [SuiteFamily: [CipherSuite]] = [:]
        for suite in suites {
            let family = SuiteFamily(suite)
            if members[family] == nil { families.append(family) }
            members[family, default: []].append(suite)
        }
        return families.flatMap { CandidateSuites.intervals(members[$0] ?? [], size: size) }
    }
}

/// How a server refuses all suites of a hello.
enum SuiteRefusal: Hashable, Sendable {
    /// handshake_failure or insufficient_security (RFC 5246 §7.2.2): it takes none of them.
    case suites
    /// Without a word.
    case wordless
    /// By another alert.
    case alert(AlertDescription)

    /// Nil for what is no refusal.
    init?(_ answer: Answer) {
        switch answer {
        case .refused(let alert)
        where alert.description == .handshake_failure || alert.description == .insufficient_security:
            self = .suites
        case .refused(let alert): self = .alert(alert.description)
        case .closes: self = .wordless
        default: return nil
        }
    }

    /// For people, after "the server".
    var text: String {
        switch self {
        case .suites: "refuses the handshake"
        case .wordless: "closes the connection"
        case .alert(let description): "sends \(description.name)"
        }
    }

    /// Whether refusals of several hellos look as if a server had broken at one of the suites rather than refused them all.
    ///
    /// A server that would choose a suite and then can't do it, as Dovecot without parameters for DHE, ends the connection in
    /// another way than it refuses suites, and so hides the suites behind that one. One that always refuses in the same way
    /// shows nothing of the kind, unless it is internal_error; of a single hello `isAlone` nobody knows.
    static func areOdd(_ refusals: some Collection<SuiteRefusal>, isAlone: Bool) -> Bool {
        let kinds = Set(refusals)
        if kinds.count > 1 || kinds.contains(.alert(.internal_error)) { return true }
        return isAlone && kinds == [.wordless]
    }

    /// The commonest way, which is how the server refuses; handshake_failure if there are several.
    static func usual(of refusals: some Collection<SuiteRefusal>) -> SuiteRefusal? {
        let counts = Dictionary(refusals.map { ($0, 1) }, uniquingKeysWith: +)
        guard let most = counts.values.max() else { return nil }
        if counts[.suites] == most { return .suites }
        return refusals.first { counts[$0] == most }
    }
}
