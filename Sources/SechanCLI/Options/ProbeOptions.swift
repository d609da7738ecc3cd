import ArgumentParser
import Diagnostics

/// How hard a peer may be probed.
struct ProbeOptions: ParsableArguments {
    @Option(
        name: .customLong("probe-timeout"),
        parsing: .unconditional,
        help: ArgumentHelp("Limit for the answer to one hello; 5s by default.", valueName: "duration")
    )
    var probeTimeout: DurationArgument?

    @Option(parsing: .unconditional, help: ArgumentHelp("Connections open at once; 8 by default.", valueName: "n"))
    var concurrency: Int?

    @Option(
        name: .customLong("max-connections"),
        parsing: .unconditional,
        help: ArgumentHelp(
            "Connections in all, 2000 by default; what is left unasked is reported as inconclusive.",
            valueName: "n"
        )
    )
    var maxConnections: Int?

    @Option(parsing: .unconditional, help: ArgumentHelp("Connections opened in a second, at most.", valueName: "n"))
    var rate: Int?

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp("Time between two connections, at least.", valueName: "duration")
    )
    var delay: DurationArgument?

    @Flag(help: "One connection at a time.")
    var polite = false

    func validate() throws {
        if let concurrency, !(1...256).contains(concurrency) {
            throw ValidationError("--concurrency takes a number from 1 to 256")
        }
        if let maxConnections, maxConnections < 1 {
            throw ValidationError("--max-connections takes a number of 1 or more")
        }
        if let rate, !(1...10_000).contains(rate) { throw ValidationError("--rate takes a number from 1 to 10000") }
        if polite, concurrency != nil { throw ValidationError("--polite and --concurrency exclude each other") }
        if rate != nil, delay != nil { throw ValidationError("--rate and --delay exclude each other") }
    }

    /// The options of this group that were given, by name.
    var given: [String] {
        let given: [(Bool, String)] = [
            (probeTimeout != nil, "--probe-timeout"), (concurrency != nil, "--concurrency"),
            (maxConnections != nil, "--max-connections"), (rate != nil, "--rate"), (delay != nil, "--delay"),
            (polite, "--polite"),
        ]
        return given.filter(\.0).map(\.1)
    }

    /// The settings for the engine.
    var settings: ProbeSettings {
        ProbeSettings(
            probeTimeout: probeTimeout?.duration ?? .seconds(5),
            concurrency: polite ? 1 : concurrency ?? 8,
            maxConnections: maxConnections ?? 2000,
            delay: delay?.duration ?? .zero,
            rate: rate.map(Double.init)
        )
    }
}
