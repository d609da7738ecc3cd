/// `Oracles/one_suite_per_connection.py`: what a server accepts, found without any of our code.
enum SuiteOracle {
    /// The versions it asks for, in sechan's spelling.
    static let versions = ["tls1.0", "tls1.1", "tls1.2", "tls1.3"]
    /// The same, and what came before.
    static let everyVersion = ["ssl2", "ssl3"] + versions

    /// Version → code points as text (`0xC02F`, of SSL 2.0 `0x010080`); every version of `versions` is a key.
    static func accepted(port: Int, versions: [String] = versions) async throws -> [String: Set<String>] {
        let json = try await Oracle.run(
            "one_suite_per_connection.py",
            port: port,
            options: ["--versions", versions.joined(separator: ",")]
        )
        var accepted: [String: Set<String>] = [:]
        for version in versions {
            accepted[version] = Set(json[version].array.compactMap(\.string))
        }
        return accepted
    }
}

/// `Oracles/one_choice_per_connection.py`: groups, signature schemes and application protocols, found one at a time.
struct ChoiceOracle: Sendable {
    /// Groups of TLS 1.3, asked for by a HelloRetryRequest or answered with a share.
    let groups: Set<String>
    /// Those that a HelloRetryRequest asked for.
    let retryGroups: Set<String>
    /// Kind of suites (`ECDHE RSA`) → groups of TLS 1.2.
    let olderGroups: [String: Set<String>]
    /// Signature schemes of TLS 1.2.
    let signatures: Set<String>
    /// Application protocols.
    let protocols: Set<String>

    init(port: Int) async throws {
        let json = try await Oracle.run("one_choice_per_connection.py", port: port)
        func texts(_ value: JSONValue) -> Set<String> { Set(value.array.compactMap(\.string)) }
        retryGroups = texts(json["tls1.3"]["retry"])
        groups = retryGroups.union(texts(json["tls1.3"]["share"]))
        var olderGroups: [String: Set<String>] = [:]
        if case .object(let families) = json["tls1.2"] {
            for (family, groups) in families { olderGroups[family] = texts(groups) }
        }
        self.olderGroups = olderGroups
        signatures = texts(json["signatures"])
        protocols = texts(json["alpn"])
    }
}

/// The scripts in `Oracles` that ask a server.
private enum Oracle {
    static func run(_ name: String, port: Int, options: [String] = []) async throws -> JSONValue {
        let run = try await Finished.running(
            ProjectPaths.python(),
            [ProjectPaths.oracle(name), "127.0.0.1", String(port)] + options,
            timeout: .seconds(240)
        ).succeeded()
        return try JSONValue(parsing: run.stdout)
    }
}
