/// `Oracles/one_suite_per_connection.py`: what a server accepts, found without any of our code.
enum SuiteOracle {
    /// The versions it asks for, in sechan's spelling.
    static let versions = ["tls1.0", "tls1.1", "tls1.2", "tls1.3"]

    /// Version → code points as text (`0xC02F`); every version of `versions` is a key.
    static func accepted(port: Int) async throws -> [String: Set<String>] {
        let run = try await Finished.running(
            ProjectPaths.python(),
            [ProjectPaths.oracle("one_suite_per_connection.py"), "127.0.0.1", String(port)],
            timeout: .seconds(240)
        ).succeeded()
        let json = try JSONValue(parsing: run.stdout)
        var accepted: [String: Set<String>] = [:]
        for version in versions {
            accepted[version] = Set(json[version].array.compactMap(\.string))
        }
        return accepted
    }
}
