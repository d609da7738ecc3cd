import Testing

/// A cipher suite as `sechan ciphers` lists it.
struct KnownSuite: Sendable {
    /// Its name in the registry.
    let name: String
    /// The first version that has it, in sechan's spelling.
    let firstVersion: String

    /// All that are known, by code point: `0xC02F`.
    static func all() async throws -> [String: KnownSuite] { try await listed.value }

    private static let listed = Task {
        let report = try await Sechan.report("ciphers", [])
        return report.result["suites"].array.reduce(into: [String: KnownSuite]()) { list, row in
            guard let code = row["codePoint"].string, let name = row["name"].string else { return }
            list[code] = KnownSuite(name: name, firstVersion: row["firstVersion"].string ?? "")
        }
    }
}
