/// Where a policy comes from: built in, or a file.
///
/// Reading Mozilla's JSON is left to a caller who can: this module has no reader of JSON.
public enum PolicySource: Sendable {
    /// One of those that come with the program.
    case builtIn(BuiltInPolicy)
    /// A file in TOML, with its bytes.
    case toml(name: String, bytes: [UInt8])
    /// A file in JSON as Mozilla publishes it, with its bytes, and the level behind `#`.
    case json(name: String, bytes: [UInt8], level: String?)

    /// Understands what stands behind `--policy`: the name of a policy, or a file, `FILE.json#LEVEL` for Mozilla's.
    ///
    /// - Throws: `RequestProblem` for what is neither, or can't be read.
    public init(parsing text: String) throws(RequestProblem) {
        if let policy = BuiltInPolicy(id: text) {
            self = .builtIn(policy)
            return
        }
        let parts = text.split(separator: "#", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
        let path = parts.first ?? text
        let isPath = path.contains("/") || path == "-" || path.hasSuffix(".toml") || path.hasSuffix(".json")
        guard isPath else {
            throw RequestProblem(
                reason: "there is no policy '\(text)'",
                hint: NearestNames.hint(
                    text,
                    among: BuiltInPolicy.allCases.map(\.id),
                    otherwise:
                        "'sechan inspect --policy list' shows them; a file's name ends in .toml or .json, or has a '/'"
                )
            )
        }
        let bytes = try InputFile.read(path, limit: PolicyFile.limit)
        let level = parts.count > 1 ? parts[1] : nil
        if path.hasSuffix(".json") || bytes.first(where: { $0 > 0x20 }) == UInt8(ascii: "{") {
            self = .json(name: path, bytes: bytes, level: level)
        } else if level != nil {
            throw RequestProblem(
                reason: "only Mozilla's JSON has levels, and '\(path)' is none",
                hint: "write --policy \(path)"
            )
        } else {
            self = .toml(name: path, bytes: bytes)
        }
    }

    /// The policy of a source that is not JSON; nil for one that is.
    ///
    /// - Throws: `RequestProblem` with the line that can't be understood.
    public func policy() throws(RequestProblem) -> Policy? {
        switch self {
        case .builtIn(let policy): return policy.policy
        case .toml(let name, let bytes): return try PolicyFile(name: name).policy(bytes)
        case .json: return nil
        }
    }
}

extension PolicyWaiver {
    /// The waivers of a file, for a policy and for expectations beside it.
    ///
    /// - Throws: `RequestProblem`, also for one that covers nothing that there is.
    public static func read(
        path: String,
        for policy: Policy? = nil,
        _ expectations: [Expectation] = []
    ) throws(RequestProblem) -> [PolicyWaiver] {
        let rules = (policy?.rules ?? []) + expectations.map(\.rule)
        return try PolicyFile(name: path).waivers(try InputFile.read(path, limit: PolicyFile.limit), of: rules)
    }
}
