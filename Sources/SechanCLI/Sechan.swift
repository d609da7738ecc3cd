import ArgumentParser
import Diagnostics

/// The command line: `sechan VERB [options] TARGET`.
struct Sechan: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "sechan",
        abstract: "Diagnose TLS: connect, serve, inspect, renegotiate, shut down, list ciphers.",
        discussion: """
            Each verb takes a target such as example.com, example.com:8443, [2001:db8::1]:443, https://example.com/ or \
            unix:/path, prints what it found on standard output and says on standard error what went wrong.
            """,
        version: Tool.current.line,
        subcommands: [
            ConnectCommand.self, ServeCommand.self, InspectCommand.self, RenegotiateCommand.self, ShutdownCommand.self,
            CiphersCommand.self,
        ]
    )
}
