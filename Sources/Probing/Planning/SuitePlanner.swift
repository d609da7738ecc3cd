import TLSParameters

/// Which suites a server takes in one version: offer many, strike what is chosen, repeat.
///
/// Groups of suites are lines of their own, side by side. A line ends with a refusal, so a version costs one connection a
/// suite and one a group.
struct SuitePlanner: Sendable {
    /// One group of suites on its way.
    struct Line: Sendable {
        enum End: Hashable, Sendable {
            /// The server refused all that was left, or nothing was left.
            case whole
            case unknown(Doubt)
            case violation(CipherSuite)
            case foreign
        }

        var shape: HelloShape
        /// Not chosen so far, in the order in which they are offered.
        var remaining: [CipherSuite]
        /// In the order in which the server chose them.
        var picks: [FoundSuite] = []
        var isAsking = false
        var end: End?
    }

    private(set) var lines: [Line] = []
    /// A suite was chosen in another version than the one asked for.
    private(set) var strayVersion: ProtocolVersion?
    /// A refusal came as a closed connection.
    private(set) var closes = false
    /// Suites that were only taken once no RFC 7919 group was offered.
    private(set) var dislikesFiniteFields = false
    private let version: ProtocolVersion
    private let limit: Int
    private var hasTriedWithoutFiniteFields = false

    init(version: ProtocolVersion, groups: [[CipherSuite]], shape: HelloShape, limit: Int) {
        self.version = version
        self.limit = max(1, limit)
        lines = groups.map { Line(shape: shape, remaining: $0) }
    }

    var isFinished: Bool { lines.allSatisfy { $0.end != nil } }

    var found: [FoundSuite] { lines.flatMap(\.picks) }

    /// The questions that may be asked now, by line.
    mutating func questions() -> [(token: Int, question: SuiteQuestion)] {
        var questions: [(Int, SuiteQuestion)] = []
        for index in lines.indices where lines[index].end == nil && !lines[index].isAsking {
            lines[index].isAsking = true
            questions.append((index, question(lines[index])))
        }
        return questions
    }

    /// What came of a line's question; also to tell it of a question that was asked before this planner began.
    mutating func answer(_ token: Int, _ answer: Answer) {
        guard lines.indices.contains(token), lines[token].end == nil else { return }
        lines[token].isAsking = false
        switch answer {
        case .chose(let found):
            lines[token].picks.append(found)
            strike(found.suite, token)
            if !lines[token].shape.offersFiniteFields { dislikesFiniteFields = true }
        case .otherVersion(let other, let suite):
            // The server has the version, but not for this suite.
            strayVersion = other
            guard lines[token].remaining.contains(suite) else {
                lines[token].end = .violation(suite)
                return
            }
            strike(suite, token)
        case .refused:
            lines[token].end = .whole
        case .closes:
            closes = true
            lines[token].end = .whole
        case .foreign:
            lines[token].end = .foreign
        case .violation(let suite):
            lines[token].end = .violation(suite)
        case .unknown(let doubt):
            lines[token].end = .unknown(doubt)
        }
        addLineWithoutFiniteFields()
    }

    private mutating func strike(_ suite: CipherSuite, _ index: Int) {
        lines[index].remaining.removeAll { $0 == suite }
        if lines[index].remaining.isEmpty { lines[index].end = .whole }
    }

    private func question(_ line: Line) -> SuiteQuestion {
        SuiteQuestion(
            version: version,
            suites: line.remaining,
            shape: line.shape,
            // After the last line comes the question for the order.
            isLikelyFollowed: !line.picks.isEmpty || !line.shape.offersFiniteFields
        )
    }

    /// A server that goes by RFC 7919 and has a group of its own refuses DHE to a client that lists RFC 7919 groups; so
    /// where no DHE suite was found, ask once more without them.
    private mutating func addLineWithoutFiniteFields() {
        guard isFinished, !hasTriedWithoutFiniteFields, version <= .tls12, !lines.isEmpty else { return }
        hasTriedWithoutFiniteFields = true
        guard !found.isEmpty, !found.contains(where: { usesFiniteFields($0.suite) }) else { return }
        let candidates = lines.filter { $0.end == .whole }.flatMap(\.remaining)
            .filter(usesFiniteFields)
        guard !candidates.isEmpty, var shape = lines.first?.shape else { return }
        shape.offersFiniteFields = false
        lines.append(Line(shape: shape, remaining: Array(candidates.prefix(limit))))
    }

    private func usesFiniteFields(_ suite: CipherSuite) -> Bool { SuiteTraits.of(suite)?.usesFiniteFields ?? false }
}
