import ArgumentParser
import Diagnostics
import Reporting

/// `sechan renegotiate`: what a peer allows once a session stands.
struct RenegotiateCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "renegotiate",
        abstract: "Show how a peer renegotiates, updates its keys and resumes a lost session.",
        discussion: """
            On TLS 1.2 and older: does the server renegotiate when a client asks, how often, and safely (RFC 5746)? On \
            TLS 1.3: does it follow key updates, and ask for a certificate after the handshake? On all: is a session \
            resumed after its connection was lost? A row an attempt. With --from server it waits for a client and asks \
            that one.
            """
    )

    @Argument(
        help: ArgumentHelp(
            "host, host:port, [2001:db8::1]:443, https://host/path, smtp://host and the like, or unix:/path; none with --from server.",
            valueName: "target"
        )
    )
    var target: String?

    @OptionGroup(title: "Attempts") var attempts: RenegotiationOptions
    @OptionGroup var session: SessionReportOptions

    func validate() throws {
        switch attempts.asker {
        case .client where target == nil:
            throw ValidationError("there is no target; with --from server none is needed")
        case .server where target != nil:
            throw ValidationError("a target has no effect with --from server: the client comes to us")
        case .server:
            if let name = session.channel.optionsForClients.first {
                throw ValidationError("\(name) has no effect with --from server")
            }
        default: break
        }
    }

    func run() async throws {
        let request = attempts.request(answerTimeout: session.answerTimeout)
        let view = RenegotiateText(
            trace: session.trace.showsLegs,
            hex: session.trace.hex,
            explain: session.trace.explain
        )
        guard let target else { return try await waitForClient(request, view) }
        let operation = try RenegotiateOperation(
            channel: session.channel.request(try Target(parsing: target)),
            request: request,
            recordsBytes: session.trace.hex
        )
        try await session.write(for: target, view.document) { await operation.run() }
    }

    private func waitForClient(_ request: RenegotiateRequest, _ view: RenegotiateText) async throws {
        let channel = session.channel
        let operation = try RenegotiateClientOperation(
            AwaitedClient(
                listen: attempts.listen ?? "127.0.0.1:4433",
                credentials: channel.credentials.settings,
                protocols: channel.protocols.settings,
                timeout: channel.limits.settings.timeout
            ),
            request: request,
            recordsBytes: session.trace.hex
        )
        try await session.write(for: "a client", view.document) {
            await operation.run { place in
                let commands = place.commands.map { "  \($0)\n" }.joined()
                Streams.note("sechan: listening on \(place.address); start a client there, such as\n\(commands)")
            }
        }
    }
}
