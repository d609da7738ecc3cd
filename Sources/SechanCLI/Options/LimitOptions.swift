import ArgumentParser
import Diagnostics

/// How long a run may take.
struct LimitOptions: ParsableArguments {
    @Option(
        parsing: .unconditional,
        help: ArgumentHelp("Absolute limit for the whole target; 60s by default.", valueName: "duration")
    )
    var timeout: DurationArgument?

    @Option(
        name: .customLong("connect-timeout"),
        parsing: .unconditional,
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
