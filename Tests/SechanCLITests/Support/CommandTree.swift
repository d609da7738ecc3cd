import ArgumentParser
import Foundation

@testable import SechanCLI

/// What the argument parser says of itself with `--experimental-dump-help`: every command, every option and its names.
struct CommandTree: Decodable {
    /// One command.
    struct Command: Decodable {
        var commandName: String
        var subcommands: [Command]?
        var arguments: [Argument]?

        /// The options that people are shown, spelt as on the command line: `--format`, `-o`.
        var options: Set<String> {
            let names = (arguments ?? []).filter { $0.shouldDisplay ?? true }.flatMap { $0.names ?? [] }
            return Set(names.map(\.spelling))
        }
    }

    /// One argument, option or flag.
    struct Argument: Decodable {
        var kind: String
        var shouldDisplay: Bool?
        var names: [Name]?
        var abstract: String?
    }

    /// One spelling of an option.
    struct Name: Decodable {
        var kind: String
        var name: String

        var spelling: String { kind == "long" ? "--\(name)" : "-\(name)" }
    }

    var command: Command

    /// The tree of this build.
    static func current() throws -> CommandTree {
        try JSONDecoder().decode(CommandTree.self, from: Data(Sechan._dumpHelp().utf8))
    }

    /// The verbs: every subcommand but the parser's own `help`.
    static func verbs() throws -> [Command] {
        try (current().command.subcommands ?? []).filter { $0.commandName != "help" }
    }

    /// One verb.
    static func verb(_ name: String) throws -> Command {
        guard let verb = try verbs().first(where: { $0.commandName == name }) else {
            throw Missing(what: "the verb \(name)")
        }
        return verb
    }
}

/// Something that a test needs is not where it should be.
struct Missing: Error, CustomStringConvertible {
    var what: String
    var description: String { "\(what) is missing" }
}
