import ArgumentParser
import Diagnostics

/// The peer that a verb is about.
struct TargetArgument: ParsableArguments {
    @Argument(
        help: ArgumentHelp(
            "host, host:port, [2001:db8::1]:443, https://host/path, smtp://host and the like, or unix:/path; port 443 by default.",
            valueName: "target"
        )
    )
    var target: String

    /// The target, understood.
    ///
    /// - Throws: `RequestProblem` that says what is wrong with it.
    func parsed() throws(RequestProblem) -> Target {
        try Target(parsing: target)
    }
}
