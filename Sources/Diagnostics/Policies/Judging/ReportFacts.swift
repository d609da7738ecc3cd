import Certificates
import Probing
import SecureChannel
import TLSParameters

/// What a report tells of a server, as the rules of a policy ask for it: yes, no, or that the report doesn't tell.
struct ReportFacts {
    /// An answer.
    enum Answer: Hashable {
        case yes
        case no
        case unknown(String)
        /// The server has nothing that the question could be about.
        case meaningless(String)
    }

    /// A list as far as it is known.
    struct Found<Element> {
        /// What is there for certain.
        var elements: [Element]
        /// Why there may be more; nil if there can't.
        var doubt: String?
    }

    /// A suite in a version.
    struct Suite {
        var version: String
        var suite: SuiteDescription
        var exchange: SuiteSupport.Exchange
    }

    let report: Report<InspectResult>
    let result: InspectResult
    var survey: CiphersResult? { result.survey }
    var attributes: ConnectionAttributes? { result.attributes }

    /// The facts of a report; nil if it has no result.
    init?(_ report: Report<InspectResult>) {
        guard let result = report.result else { return nil }
        self.report = report
        self.result = result
    }

    /// Why nothing of the protocol is known; nil for a server.
    var isFile: Bool { result.kind == .file }

    static let noSurvey = "the report has no survey of versions and suites"

    // MARK: Versions and suites

    /// Whether the server speaks a version.
    func speaks(_ version: String) -> Answer {
        if let support = survey?.versions.first(where: { $0.version == version }) {
            switch support.verdict {
            case "supported": return .yes
            case "rejected": return .no
            default:
                return .unknown("\(name(version)) is \(support.verdict)" + (support.reason.map { ": \($0)" } ?? ""))
            }
        }
        if sessionVersion == version { return .yes }
        return .unknown(survey == nil ? Self.noSurvey : "\(name(version)) was not asked for")
    }

    /// The version of the session; nil without one.
    var sessionVersion: String? {
        guard attributes?.suite != nil else { return nil }
        return attributes?.protocol?.version
    }

    /// The versions that it speaks for certain, oldest first.
    var spoken: [String] { ProtocolVersion.all.map(\.id).filter { speaks($0) == .yes } }

    /// Whether it speaks anything older than TLS 1.3.
    var speaksOlder: Answer {
        let answers = ProtocolVersion.all.dropLast().map { speaks($0.id) }
        if answers.contains(.yes) { return .yes }
        return answers.first { if case .unknown = $0 { true } else { false } } ?? .no
    }

    func name(_ version: String) -> String { ProtocolVersion(id: version)?.name ?? version }

    /// The suites that it accepts in these versions, or in all.
    func suites(in versions: [String]) -> Found<Suite> {
        func counts(_ version: String) -> Bool { versions.isEmpty || versions.contains(version) }
        guard let survey else {
            var found: [Suite] = []
            if let version = sessionVersion, counts(version), let suite = attributes?.cipherSuite {
                var exchange = SuiteSupport.Exchange()
                exchange.group = attributes?.keyExchange?.group?.name
                exchange.groupBits = attributes?.keyExchange?.bits
                found = [Suite(version: version, suite: SuiteDescription(suite), exchange: exchange)]
            }
            return Found(elements: found, doubt: Self.noSurvey)
        }
        var doubt = survey.everySuite ? nil : "not every suite was asked for"
        var found: [Suite] = []
        for support in survey.versions where counts(support.version) {
            found += support.suites.map { Suite(version: support.version, suite: $0.suite, exchange: $0.exchange) }
            let isSettled = support.verdict == "rejected" || support.verdict == "supported" && support.complete
            if !isSettled, doubt == nil {
                let why = support.reason.map { ": \($0)" } ?? ""
                doubt = "not every suite of \(name(support.version)) is known\(why)"
            }
        }
        let asked = Set(survey.versions.map(\.version))
        let wanted = versions.isEmpty ? ["ssl3", "tls1.0", "tls1.1", "tls1.2", "tls1.3"] : versions
        if doubt == nil, let missing = wanted.first(where: { !asked.contains($0) }) {
            doubt = "\(name(missing)) was not asked for"
        }
        return Found(elements: found, doubt: doubt)
    }

    // MARK: Groups and schemes

    /// What is known of each group, by name.
    func groups(in versions: [String]) -> (support: [String: Answer], doubt: String?) {
        let lists = survey?.groupLists.filter { versions.isEmpty || versions.contains($0.version) } ?? []
        var support: [String: Answer] = [:]
        for entry in survey?.groups ?? [] where versions.isEmpty || versions.contains(entry.version) {
            Self.merge(entry.verdict, entry.reason, into: &support[entry.name])
        }
        for suite in suites(in: versions).elements {
            if let group = suite.exchange.group { support[group] = .yes }
        }
        if survey?.aspects.contains("groups") != true { return (support, "the report has no survey of groups") }
        let torn = lists.first { !$0.complete }
        return (support, torn.map { "not every group of \(name($0.version)) is known" })
    }

    /// What is known of each signature scheme, by name.
    func schemes(in versions: [String]) -> (support: [String: Answer], doubt: String?) {
        let lists = survey?.signatureLists.filter { versions.isEmpty || versions.contains($0.version) } ?? []
        var support: [String: Answer] = [:]
        for entry in survey?.signatureSchemes ?? [] where versions.isEmpty || versions.contains(entry.version) {
            Self.merge(entry.verdict, entry.reason, into: &support[entry.name])
        }
        if let scheme = attributes?.peerSignature?.scheme?.name, let version = sessionVersion,
            versions.isEmpty || versions.contains(version)
        {
            support[scheme] = .yes
        }
        if survey?.aspects.contains("signatures") != true {
            return (support, "the report has no survey of signature schemes")
        }
        let torn = lists.first { !$0.complete }
        return (support, torn.map { "not every signature scheme of \(name($0.version)) is known" })
    }

    private static func merge(_ verdict: String, _ reason: String?, into answer: inout Answer?) {
        switch (verdict, answer) {
        case ("supported", _): answer = .yes
        case (_, .yes?), (_, .unknown?): break
        case ("rejected", _): answer = .no
        default: answer = .unknown(reason ?? verdict)
        }
    }

    // MARK: Features

    /// A yes-or-no fact of the survey; in the version that speaks against the server's, if they differ.
    func feature(_ id: String, wanted: Bool) -> Answer {
        let facts = survey?.features.filter { $0.id == id } ?? []
        guard !facts.isEmpty else {
            return .unknown(survey == nil ? Self.noSurvey : "the report doesn't say whether it was asked for")
        }
        if facts.contains(where: { $0.verdict == (wanted ? "rejected" : "supported") }) { return wanted ? .no : .yes }
        if let open = facts.first(where: { $0.verdict != "supported" && $0.verdict != "rejected" }) {
            return .unknown(open.reason ?? open.detail ?? "the answers don't tell")
        }
        return wanted ? .yes : .no
    }

    // MARK: Application protocols

    /// What is known of each application protocol, by name; `names` are those that a rule is about.
    func applicationProtocols(named names: [String]) -> (support: [String: Answer], doubt: String?) {
        var support: [String: Answer] = [:]
        for name in survey?.applicationProtocols ?? [] { support[name.encoded(for: .terminal)] = .yes }
        if let attributes, attributes.suite != nil {
            if let name = attributes.names.alpn {
                support[name.encoded(for: .terminal)] = .yes
            } else {
                // Who takes none of a list takes none of its members.
                for name in attributes.offered?.alpn.map({ $0.encoded(for: .terminal) }) ?? [] {
                    support[name] = support[name] ?? .no
                }
            }
        }
        guard let survey, survey.aspects.contains("extensions") else {
            return (support, "the report has no survey of extensions")
        }
        if let doubt = survey.applicationProtocolDoubt { return (support, doubt) }
        if let open = survey.features.first(where: { $0.id == "alpn" && $0.verdict == "inconclusive" }) {
            return (support, open.reason ?? "the answers don't tell")
        }
        let asked = Set(SurveyDetails.askedApplicationProtocols)
        for name in names where support[name] == nil && !asked.contains(name) {
            support[name] = .unknown("\(name) was not asked for")
        }
        return (support, nil)
    }
}
