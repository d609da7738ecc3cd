public import ArgumentParser
public import Diagnostics

/// What a server of several application protocols leaves out with single ones.
struct ServeProtocolOptions: ParsableArguments {
    @Option(
        name: .customLong("disable-for"),
        help: ArgumentHelp(
            "Do without an algorithm where this application protocol is chosen, as in h2:cipher:CBC. May be repeated.",
            valueName: "alpn:kind:algorithm[:min-max]"
        )
    )
    var disabled: [String] = []
}

/// What clients may resume, and when keys are renewed.
struct ServeSessionOptions: ParsableArguments {
    @Option(
        parsing: .unconditional,
        help: ArgumentHelp(
            "TLS 1.3 tickets after a full handshake, 2 by default; 0 sends no tickets at all.",
            valueName: "n"
        )
    )
    var tickets: Int?

    @Option(
        name: .customLong("ticket-key"),
        help: ArgumentHelp(
            "Seal tickets with the 80 bytes of this file, as OpenSSL and nginx do; repeat for older keys.",
            valueName: "file"
        ),
        completion: .file()
    )
    var ticketKeys: [String] = []

    @Option(
        name: .customLong("session-lifespan"),
        parsing: .unconditional,
        help: ArgumentHelp("How long sessions can be resumed; 2h by default.", valueName: "duration")
    )
    var lifespan: DurationArgument?

    @Flag(name: .customLong("no-reconnect"), help: "Let no session be resumed.")
    var refusesReconnects = false

    @Option(
        name: .customLong("early-data"),
        parsing: .unconditional,
        help: ArgumentHelp(
            "Accept so much early data (0-RTT, TLS 1.3). Whoever records it can send it again.",
            valueName: "bytes"
        )
    )
    var earlyData: Int?

    @Flag(
        name: .customLong("allow-client-renegotiation"),
        help: "Renegotiate when a client asks for it (TLS 1.2 and older)."
    )
    var allowsClientRenegotiation = false

    @Option(
        name: .customLong("renegotiate-after"),
        help: ArgumentHelp(
            "Renegotiate whenever so much data has gone or so much time has passed; TLS 1.3 renews its keys.",
            valueName: "bytes|duration"
        )
    )
    var renegotiation: RenegotiationTrigger?

    func validate() throws {
        if let tickets, !(0...100).contains(tickets) { throw ValidationError("--tickets takes a number from 0 to 100") }
        if let earlyData, !(1...1 << 30).contains(earlyData) {
            throw ValidationError("--early-data takes a number of bytes from 1 to 1073741824")
        }
        if let lifespan, lifespan.duration < .seconds(1) {
            throw ValidationError("--session-lifespan takes a second or more")
        }
        if refusesReconnects {
            let idle = [
                (tickets != nil, "--tickets"), (!ticketKeys.isEmpty, "--ticket-key"),
                (lifespan != nil, "--session-lifespan"),
                (earlyData != nil, "--early-data"),
            ]
            if let (_, name) = idle.first(where: \.0) {
                throw ValidationError("\(name) has no effect with --no-reconnect")
            }
        }
        if tickets == 0 {
            if !ticketKeys.isEmpty { throw ValidationError("--ticket-key has no effect with --tickets 0") }
            if earlyData != nil { throw ValidationError("--early-data has no effect with --tickets 0") }
        }
    }

    /// Writes the options into a request.
    func apply(to request: inout ServeRequest) {
        request.sessions.tickets = tickets
        request.sessions.ticketKeyFiles = ticketKeys
        request.sessions.lifespan = lifespan?.duration
        request.sessions.allowsReconnects = !refusesReconnects
        request.sessions.earlyData = earlyData
        request.allowClientRenegotiation = allowsClientRenegotiation
        request.renegotiation = renegotiation
    }
}

extension RenegotiationTrigger: ExpressibleByArgument {
    /// Reads `64k` or `10s`.
    public init?(argument: String) {
        self.init(parsing: argument)
    }
}
