import ArgumentParser
import Diagnostics

/// How long a run may take.
struct LimitOptions: ParsableArguments {
    @Option(help: ArgumentHelp("Absolute limit for the whole target; 60s by default.", valueName: "duration"))
    var timeout: DurationArgument?

    @Option(
        name: .customLong("connect-timeout"),
        help: ArgumentHelp("Limit for each TCP connection; 5s by default.", valueName: "duration")
    )
    var connectTimeout: DurationArgument?

    /// The options of this group that were given, by name.
    var given: [String] {
        [(timeout != nil, "--timeout"), (connectTimeout != nil, "--connect-timeout")].filter(\.0).map(\.1)
    }

    /// The settings for the engine.
    var settings: Limits {
        Limits(
            timeout: timeout?.duration ?? .seconds(60),
            connectTimeout: connectTimeout?.duration ?? .seconds(5)
        )
    }
}

/// How hard a peer may be probed.
struct ProbeOptions: ParsableArguments {
    @Option(
        name: .customLong("probe-timeout"),
        help: ArgumentHelp("Limit for the answer to one hello; 5s by default.", valueName: "duration")
    )
    var probeTimeout: DurationArgument?

    @Option(help: ArgumentHelp("Connections open at once; 6 by default.", valueName: "n"))
    var concurrency: Int?

    @Option(
        name: .customLong("max-connections"),
        help: ArgumentHelp(
            "Connections in all, 2000 by default; what is left unasked is reported as inconclusive.",
            valueName: "n"
        )
    )
    var maxConnections: Int?

    func validate() throws {
        if let concurrency, !(1...256).contains(concurrency) {
            throw ValidationError("--concurrency takes a number from 1 to 256")
        }
        if let maxConnections, maxConnections < 1 {
            throw ValidationError("--max-connections takes a number of 1 or more")
        }
    }

    /// The options of this group that were given, by name.
    var given: [String] {
        let given: [(Bool, String)] = [
            (probeTimeout != nil, "--probe-timeout"), (concurrency != nil, "--concurrency"),
            (maxConnections != nil, "--max-connections"),
        ]
        return given.filter(\.0).map(\.1)
    }

    /// The settings for the engine.
    var settings: ProbeSettings {
        ProbeSettings(
            probeTimeout: probeTimeout?.duration ?? .seconds(5),
            concurrency: concurrency ?? 6,
            maxConnections: maxConnections ?? 2000
        )
    }
}
