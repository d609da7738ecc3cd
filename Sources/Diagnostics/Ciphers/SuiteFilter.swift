public import TLSParameters

/// Which suites and versions a user wants to hear of.
public struct SuiteFilter: Sendable, Hashable {
    /// The suites that match; nil for all.
    public var expression: SuiteExpression?
    /// The versions, oldest first; nil for all.
    public var versions: [ProtocolVersion]?
    /// The strengths in bits.
    public var strength: ClosedRange<Int>

    /// Everything.
    public static let everything = SuiteFilter()

    private init() {
        expression = nil
        versions = nil
        strength = 0...Int.max
    }

    /// Understands what the user wrote; nil is no restriction.
    ///
    /// - Throws: `RequestProblem` for an expression, a version or a range that makes no sense.
    public init(
        expression: String?,
        protocols: String?,
        minStrength: Int?,
        maxStrength: Int?
    ) throws(RequestProblem) {
        if let expression { self.expression = try SuiteExpression(parsing: expression) }
        if let protocols { versions = try VersionList.parse(protocols) }
        let low = minStrength ?? 0
        let high = maxStrength ?? Int.max
        guard low >= 0, low <= high else {
            throw RequestProblem(
                reason: "no strength is at least \(low) and at most \(high) bits",
                hint: "--min-strength must not be above --max-strength"
            )
        }
        strength = low...high
    }

    /// Whether anything but the versions is restricted.
    var choosesSuites: Bool { expression != nil || strength != Self.everything.strength }

    /// Whether a suite passes, whatever versions it may appear in.
    func chooses(_ facts: CipherSuiteFacts) -> Bool {
        strength.contains(facts.strengthBits) && expression?.matches(facts) ?? true
    }

    /// Whether a cipher kind of SSL 2.0 passes, whatever versions are asked for.
    func chooses(_ facts: SSL2CipherFacts) -> Bool {
        strength.contains(facts.strengthBits) && expression?.matches(facts) ?? true
    }

    /// Whether a suite passes.
    public func matches(_ facts: CipherSuiteFacts) -> Bool {
        guard chooses(facts) else { return false }
        guard let versions else { return true }
        return versions.contains { facts.firstVersion <= $0 && $0 <= facts.lastVersion }
    }

    /// Whether a cipher kind of SSL 2.0 passes.
    public func matches(_ facts: SSL2CipherFacts) -> Bool {
        chooses(facts) && versions?.contains(.ssl2) ?? true
    }

    /// How many suites and kinds are known.
    static var knownCount: Int { CipherSuite.registry.count + SSL2CipherKind.registry.count }

    /// How many of them pass.
    var matchCount: Int {
        CipherSuite.registry.count { matches($0) } + SSL2CipherKind.registry.count { matches($0) }
    }

    /// The same for all versions.
    var withoutVersions: SuiteFilter {
        var filter = self
        filter.versions = nil
        return filter
    }

    /// The same for all strengths, in all versions.
    var withoutStrength: SuiteFilter {
        var filter = withoutVersions
        filter.strength = Self.everything.strength
        return filter
    }
}

/// Lists of versions as users write them.
public enum VersionList {
    /// `tls1.2,tls1.3` or `tls1.0-tls1.2`, oldest first, each once.
    ///
    /// - Throws: `RequestProblem` for a name that no version has, or a range that runs backwards.
    public static func parse(_ text: String) throws(RequestProblem) -> [ProtocolVersion] {
        var versions: Set<ProtocolVersion> = []
        for piece in text.split(separator: ",", omittingEmptySubsequences: false) {
            let ends = piece.split(separator: "-", omittingEmptySubsequences: false).map(String.init)
            guard ends.count <= 2, let first = ends.first, let last = ends.last else { throw unknown(String(piece)) }
            guard let low = ProtocolVersion(id: first) else { throw unknown(first) }
            guard let high = ProtocolVersion(id: last) else { throw unknown(last) }
            guard low <= high else {
                throw RequestProblem(reason: "the range '\(piece)' runs backwards", hint: "write \(last)-\(first)")
            }
            versions.formUnion(ProtocolVersion.all.filter { low <= $0 && $0 <= high })
        }
        return versions.sorted()
    }

    private static func unknown(_ text: String) -> RequestProblem {
        RequestProblem(
            reason: "'\(text)' is not a version",
            hint: "versions are \(ProtocolVersion.all.map(\.id).joined(separator: ", "))"
        )
    }
}
