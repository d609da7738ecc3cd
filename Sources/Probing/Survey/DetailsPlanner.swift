import TLSParameters
import TLSWire

/// The inquiries of a survey besides versions and suites. Each starts as soon as what it needs is known, side by side
/// with the suites' lines.
struct DetailsPlanner: Sendable {
    /// One inquiry: what it is about, and the version that it asks in.
    private struct Job: Hashable, Sendable {
        enum Subject: Hashable, Sendable {
            case groups, signatures, extensions, protocols, tolerance, downgrade, jarm
        }

        var subject: Subject
        var version: ProtocolVersion?
    }

    private let aspects: Set<SurveyAspect>
    private let serverName: String?
    private let random: [UInt8]
    private var started: Set<Job> = []
    private(set) var inquiries: [any Inquiry] = []
    /// How many suites of a version the inquiries were told of.
    private var known: [ProtocolVersion: Int] = [:]
    /// The earliest question of each version whose answer has a fingerprint.
    private var ja3s: [ProtocolVersion: (token: Int, hash: String)] = [:]

    init(_ configuration: SurveyConfiguration) {
        aspects = configuration.aspects
        serverName = configuration.serverName
        var bytes = SeededBytes(seed: ~configuration.seed)
        random = bytes.next(64)
    }

    var isFinished: Bool { inquiries.allSatisfy(\.isFinished) }

    /// Starts what the versions' results allow.
    mutating func look(at versions: [VersionPlanner]) {
        guard !aspects.isEmpty else { return }
        for version in versions where version.isSupported && !version.suitesSoFar.isEmpty {
            if aspects.contains(.fingerprints) { startJARM() }
            if version.version >= .tls13 { startModern(version) } else { startClassic(version) }
        }
        // The newest version up to TLS 1.2 that is there.
        let classic = versions.lazy.filter { $0.version <= .tls12 }.reversed().first {
            !$0.isFinished || $0.isSupported && !$0.suitesSoFar.isEmpty
        }
        if let classic, classic.isSupported, !classic.suitesSoFar.isEmpty { startExtensions(classic) }
        guard versions.allSatisfy({ $0.isFinished || $0.hasAllSuites || !$0.suitesSoFar.isEmpty }) else { return }
        startAcross(versions)
    }

    /// Looks at what came of a version's own question: the answer to the first of them has a fingerprint that is the same in
    /// every run. TLS 1.3 answers those with HelloRetryRequest, and so the first of JARM's hellos stands in for them.
    mutating func look(at answer: HelloAnswer, of version: ProtocolVersion, _ token: Int) {
        guard version <= .tls12, !answer.isJoined, !answer.usedAlternative else { return }
        note(answer, of: version, token)
    }

    private mutating func note(_ answer: HelloAnswer, of version: ProtocolVersion, _ token: Int) {
        guard aspects.contains(.fingerprints), case .observed(.serverHello(let hello, _)) = answer.content,
            hello.selectedVersion == version, ja3s[version].map({ token < $0.token }) ?? true
        else { return }
        ja3s[version] = (token, JA3S(hello).hash)
    }

    mutating func questions(of index: Int) -> [(token: Int, question: HelloQuestion)] { inquiries[index].questions() }

    mutating func answer(_ index: Int, _ token: Int, _ answer: HelloAnswer) {
        guard inquiries.indices.contains(index) else { return }
        if inquiries[index] is JARMInquiry { note(answer, of: .tls13, token) }
        inquiries[index].answer(token, answer)
    }
}

// MARK: - What may start

extension DetailsPlanner {
    private mutating func start(
        _ subject: Job.Subject,
        _ version: ProtocolVersion? = nil,
        for aspect: SurveyAspect,
        _ inquiry: () -> any Inquiry
    ) {
        guard aspects.contains(aspect), started.insert(Job(subject: subject, version: version)).inserted else { return }
        inquiries.append(inquiry())
    }

    private mutating func startJARM() {
        let (name, random) = (serverName, random)
        start(.jarm, for: .fingerprints) { JARMInquiry(serverName: name, random: random) }
    }

    /// TLS 1.3: one suite is enough.
    private mutating func startModern(_ version: VersionPlanner) {
        let (name, suites) = (serverName, version.suitesSoFar.map(\.suite))
        let groups = Self.groups(version)
        start(.groups, .tls13, for: .groups) {
            GroupInquiry(
                suites: suites,
                favourite: version.favouriteGroup,
                serverName: name,
                needsKeyShare: version.needsKeyShare
            )
        }
        start(.signatures, .tls13, for: .signatures) {
            ModernSignatureInquiry(suites: suites, groups: groups, serverName: name)
        }
    }

    /// Older versions: each kind of suite as soon as one of it is known.
    private mutating func startClassic(_ version: VersionPlanner) {
        let (name, suites) = (serverName, version.suitesSoFar.map(\.suite))
        guard version.version >= .tls10, known[version.version] != suites.count else { return }
        known[version.version] = suites.count
        start(.groups, version.version, for: .groups) {
            ClassicGroupInquiry(version: version.version, suites: [], serverName: name)
        }
        if version.version == .tls12 {
            start(.signatures, .tls12, for: .signatures) { SignatureInquiry(suites: [], serverName: name) }
        }
        for index in inquiries.indices {
            if var inquiry = inquiries[index] as? ClassicGroupInquiry, inquiry.version == version.version {
                inquiry.note(suites)
                inquiries[index] = inquiry
            } else if var inquiry = inquiries[index] as? SignatureInquiry, version.version == .tls12 {
                inquiry.note(suites)
                inquiries[index] = inquiry
            }
        }
    }

    /// What needs to know of all versions whether they are there.
    private mutating func startAcross(_ versions: [VersionPlanner]) {
        let supported = versions.filter { $0.isSupported && !$0.suitesSoFar.isEmpty }
        guard !supported.isEmpty else { return }
        let name = serverName
        let suites = Dictionary(
            uniqueKeysWithValues: supported.map { ($0.version, $0.suitesSoFar.map(\.suite)) }
        )
        let modern = supported.last { $0.version >= .tls13 }
        let groups = modern.map(Self.groups) ?? []
        start(.tolerance, for: .tolerance) { ToleranceInquiry(suites: suites, groups: groups, serverName: name) }
        start(.downgrade, for: .tolerance) { DowngradeInquiry(suites: suites, serverName: name) }
        guard !supported.contains(where: { $0.version <= .tls12 }), let modern = suites[.tls13] else { return }
        let isOnlyOne = versions.allSatisfy { $0.version >= .tls13 }
        start(.extensions, for: .extensions) {
            ExtensionInquiry(version: nil, suites: [], asksOnlyModern: isOnlyOne, serverName: name)
        }
        start(.protocols, for: .extensions) {
            ApplicationProtocolInquiry(tls13Suites: modern, groups: groups, serverName: name)
        }
    }

    /// What an older version shows of extensions.
    private mutating func startExtensions(_ classic: VersionPlanner) {
        let (version, name, suites) = (classic.version, serverName, classic.suitesSoFar.map(\.suite))
        start(.protocols, for: .extensions) {
            ApplicationProtocolInquiry(version: version, suites: suites, serverName: name)
        }
        start(.extensions, for: .extensions) { ExtensionInquiry(version: version, suites: suites, serverName: name) }
        for index in inquiries.indices {
            guard var inquiry = inquiries[index] as? ExtensionInquiry else { continue }
            inquiry.note(suites, isWhole: classic.hasAllSuites)
            inquiries[index] = inquiry
        }
    }

    private static func groups(_ version: VersionPlanner) -> [NamedGroup] {
        version.suitesSoFar.first.flatMap(\.group).map { [$0] } ?? []
    }
}

// MARK: - What is known

extension DetailsPlanner {
    /// What is known by now, without PCT.
    var details: SurveyDetails {
        var details = SurveyDetails()
        details.ja3s = ja3s.mapValues(\.hash)
        for inquiry in inquiries {
            switch inquiry {
            case let inquiry as GroupInquiry: details.groups.append(inquiry.outcome)
            case let inquiry as ClassicGroupInquiry: details.groups += inquiry.outcomes
            case let inquiry as ModernSignatureInquiry: details.signatures.append(inquiry.outcome)
            case let inquiry as SignatureInquiry: details.signatures += inquiry.outcome.map { [$0] } ?? []
            case let inquiry as ExtensionInquiry: details.features += inquiry.features
            case let inquiry as ToleranceInquiry: details.features += inquiry.features
            case let inquiry as DowngradeInquiry: details.features += inquiry.features
            case let inquiry as ApplicationProtocolInquiry:
                details.features.append(inquiry.outcome)
                details.applicationProtocols = inquiry.protocols
                details.applicationProtocolDoubt = inquiry.doubt
            case let inquiry as JARMInquiry: take(inquiry.outcome, &details)
            default: break
            }
        }
        if aspects.contains(.fingerprints), details.jarm == nil, details.jarmDoubt == nil {
            details.jarmDoubt = "the server is not known to speak TLS"
        }
        details.groups.sort { $0.version > $1.version }
        details.signatures.sort { $0.version > $1.version }
        let places = Dictionary(uniqueKeysWithValues: ServerFeature.allCases.enumerated().map { ($1, $0) })
        details.features.sort {
            (places[$0.feature] ?? 0, $0.version?.rawValue ?? 0) < (places[$1.feature] ?? 0, $1.version?.rawValue ?? 0)
        }
        return details
    }

    private func take(_ outcome: JARMOutcome, _ details: inout SurveyDetails) {
        switch outcome {
        case .fingerprint(let text): details.jarm = text
        case .inconclusive(let reason): details.jarmDoubt = reason
        }
    }

    /// What is odd, one sentence each.
    var notes: [String] { inquiries.compactMap { $0 as? ApplicationProtocolInquiry }.flatMap(\.notes) }
}
