import ArgumentParser
import Diagnostics
import Glibc

/// What goes through a session that stands, and for how long.
struct RelayOptions: ParsableArguments {
    @Option(help: ArgumentHelp("Ask for this path by HTTP/1.1, and end with the answer.", valueName: "path"))
    var get: String?

    @Option(
        help: ArgumentHelp("Send this file instead of what is typed; - for all of standard input.", valueName: "file"),
        completion: .file()
    )
    var send: String?

    @Flag(help: ArgumentHelp("Keep the session open after the end of input, until the peer ends it."))
    var hold = false

    @Option(
        name: .customLong("answer-timeout"),
        parsing: .unconditional,
        help: ArgumentHelp(
            "How long to wait for an answer, or for more of it, after the end of input; 3s, with --get as --timeout.",
            valueName: "duration"
        )
    )
    var answerTimeout: DurationArgument?

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp(
            "Close a session in which both sides are silent for this long; 60s without a terminal, otherwise never.",
            valueName: "duration"
        )
    )
    var idle: DurationArgument?

    @Option(
        help: ArgumentHelp(
            "The key that opens a command line on a terminal; ^] by default.",
            valueName: "char|none"
        )
    )
    var escape: EscapeCharacter?

    func validate() throws {
        if get != nil, send != nil { throw ValidationError("--get and --send exclude each other") }
        if hold, answerTimeout != nil { throw ValidationError("--hold leaves --answer-timeout without effect") }
        guard escape != nil, escape != EscapeCharacter.none else { return }
        if let errand = get.map({ _ in "--get" }) ?? send.map({ _ in "--send" }) {
            throw ValidationError("\(errand) leaves --escape without effect")
        }
        if !Streams.isTerminal(STDIN_FILENO) {
            throw ValidationError("--escape has no effect: standard input is no terminal")
        }
    }

    /// What the session is for; nil for what the user gives.
    ///
    /// - Throws: `RequestProblem` that says what is wrong with it.
    func errand() throws(RequestProblem) -> Errand? {
        if let get { return try Errand.get(get) }
        if let send { return try Errand.send(send) }
        return nil
    }

    /// How the relay ends by itself; `timeout` is that of the whole target.
    func limits(timeout: Duration) -> RelayLimits {
        RelayLimits(
            answer: answerTimeout?.duration ?? (get == nil ? .seconds(3) : timeout),
            idle: idle?.duration ?? (isInteractive ? nil : .seconds(60)),
            hold: hold
        )
    }

    /// Whether someone sits at a terminal and types.
    var isInteractive: Bool { self.get == nil && send == nil && Streams.isTerminal(STDIN_FILENO) }

    /// The key that opens the command line; nil where there is none.
    var escapeKey: EscapeCharacter? {
        guard isInteractive, escape != EscapeCharacter.none else { return nil }
        return escape ?? .standard
    }
}

extension EscapeCharacter: ExpressibleByArgument {
    init?(argument: String) {
        self.init(argument)
    }
}
