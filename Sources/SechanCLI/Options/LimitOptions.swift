import ArgumentParser
import Diagnostics

/// How long a run may take.
struct LimitOptions: ParsableArguments {
    @Option(help: ArgumentHelp("Absolute limit for the whole target.", valueName: "duration"))
    var timeout: DurationArgument = DurationArgument(.seconds(60))

    @Option(
        name: .customLong("connect-timeout"),
        help: ArgumentHelp("Limit for each TCP connection.", valueName: "duration")
    )
    var connectTimeout: DurationArgument = DurationArgument(.seconds(5))

    /// The settings for the engine.
    var settings: Limits {
        Limits(timeout: timeout.duration, connectTimeout: connectTimeout.duration)
    }
}

/// How hard a peer may be probed.
struct ProbeOptions: ParsableArguments {
    @Option(
        name: .customLong("probe-timeout"),
        help: ArgumentHelp("Limit for the answer to one hello.", valueName: "duration")
    )
    var probeTimeout: DurationArgument = DurationArgument(.seconds(5))

    @Option(help: ArgumentHelp("Connections open at once.", valueName: "n"))
    var concurrency: Int = 6

    @Option(
        name: .customLong("max-connections"),
        help: ArgumentHelp("Connections in all; what is left unasked is reported as inconclusive.", valueName: "n")
    )
    var maxConnections: Int = 2000

    func validate() throws {
        guard (1...256).contains(concurrency) else {
            throw ValidationError("--concurrency takes a number from 1 to 256")
        }
        guard maxConnections >= 1 else { throw ValidationError("--max-connections takes a number of 1 or more") }
    }

    /// The settings for the engine.
    var settings: ProbeSettings {
        ProbeSettings(
            probeTimeout: probeTimeout.duration,
            concurrency: concurrency,
            maxConnections: maxConnections
        )
    }
}
