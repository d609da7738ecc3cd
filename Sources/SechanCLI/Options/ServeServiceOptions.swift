import ArgumentParser
import Diagnostics

/// Where a server listens, and what it does with a session.
struct ServeServiceOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "Address and port to listen on, or unix:PATH; port 0 takes a free one.",
            valueName: "[addr:]port"
        )
    )
    var listen: String = "127.0.0.1:4433"

    @Flag(
        name: .customLong("expose-obsolete"),
        help: "Serve SSL 2.0 and 3.0 on an address of --listen that others can reach, too."
    )
    var exposesObsolete = false

    @Flag(help: "Send every byte back instead of answering HTTP.")
    var echo = false

    @Flag(help: "Read everything and say nothing instead of answering HTTP.")
    var discard = false

    @Option(
        help: ArgumentHelp(
            "Answer HTTP with the files of this directory, and nothing outside it.",
            valueName: "directory"
        ),
        completion: .directory
    )
    var files: String?

    @Option(parsing: .unconditional, help: ArgumentHelp("End after this many connections.", valueName: "n"))
    var count: Int?

    @Option(
        name: .customLong("max-clients"),
        parsing: .unconditional,
        help: ArgumentHelp("Clients served at once; more are turned away.", valueName: "n")
    )
    var maximumClients: Int = 256

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp("Limit for a handshake, and for a client's silence after it.", valueName: "duration")
    )
    var timeout: DurationArgument = DurationArgument(.seconds(30))

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp("How long sessions may go on after SIGTERM.", valueName: "duration")
    )
    var drain: DurationArgument = DurationArgument(.seconds(5))

    func validate() throws {
        if let count, count < 1 { throw ValidationError("--count takes a number of 1 or more") }
        guard (1...100_000).contains(maximumClients) else {
            throw ValidationError("--max-clients takes a number from 1 to 100000")
        }
        let modes = [(echo, "--echo"), (discard, "--discard"), (files != nil, "--files")].filter(\.0).map(\.1)
        guard modes.count < 2 else { throw ValidationError("\(modes[0]) and \(modes[1]) exclude each other") }
    }

    /// What to do with a session.
    private var mode: ServeMode {
        if let files { return .files(directory: files) }
        return echo ? .echo : discard ? .discard : .page
    }

    /// Writes the options into a request.
    func apply(to request: inout ServeRequest) {
        request.mode = mode
        request.count = count
        request.exposesObsolete = exposesObsolete
        request.maximumClients = maximumClients
        request.timeout = timeout.duration
        request.patience = drain.duration
    }
}
