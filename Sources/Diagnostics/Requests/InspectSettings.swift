/// How much of a server is inspected, and how hard.
public struct InspectSettings: Sendable {
    /// What is done besides one session, which always is.
    public enum Part: String, Sendable, CaseIterable {
        /// Versions, suites, groups, signature schemes, extensions, tolerance and fingerprints, by our own hellos.
        case survey
        /// The certificates that other clients get: with other keys, without server_name, in older versions.
        case chains
        /// Known weaknesses.
        case checks
        /// What an answer over HTTP says.
        case http
        /// What known clients would negotiate.
        case clients
    }

    /// What is done.
    public var parts: Set<Part>
    /// Whether checks may send what no well-behaved client would.
    public var intrusive = false
    /// Whether every address of a name is asked, and compared with the others.
    public var allAddresses = false
    /// How the DNS is asked what it says of the server; nil doesn't ask it.
    public var dns: DNSSettings?
    /// How hard the server may be probed.
    public var probe: ProbeSettings

    /// One session, and these parts.
    public init(parts: Set<Part> = Set(Part.allCases), probe: ProbeSettings = ProbeSettings()) {
        self.parts = parts
        self.probe = probe
    }

    /// One session and nothing else.
    public static var session: InspectSettings { InspectSettings(parts: []) }

    /// Leaves out what a user lists.
    ///
    /// - Throws: `RequestProblem` for a word that is no part.
    public mutating func skip(_ list: String) throws(RequestProblem) {
        for word in list.split(separator: ",", omittingEmptySubsequences: false) {
            let word = word.filter { $0 != " " }.lowercased()
            guard let part = Part(rawValue: word) else {
                throw RequestProblem(
                    reason: "'\(word)' is nothing that --skip knows",
                    hint: "choose from \(Part.allCases.map(\.rawValue).joined(separator: ", "))"
                )
            }
            parts.remove(part)
        }
    }
}
