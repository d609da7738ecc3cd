import Diagnostics
import Reporting
import TLSParameters

/// The command line of a session that stands: understands what is typed, and shows what comes of it.
///
/// On standard error, or on the terminal itself where standard error goes elsewhere.
struct SessionPrompt {
    private static let prompt = "sechan> "
    private let descriptor: Int32
    private let style: TextStyle

    init(colour: ColourChoice) {
        descriptor = Streams.terminal
        style = TextStyle(
            colour: TerminalColour.isWanted(colour, terminal: Streams.isTerminal(descriptor)),
            columns: Streams.columns(of: descriptor)
        )
    }

    /// Opens the command line.
    func open() {
        write("\n\(Self.prompt)")
    }

    /// The command that a line names; nil for none, or one that is done already: `help`, and what is not understood.
    func command(_ line: String) -> SessionCommand? {
        let word = line.split(whereSeparator: \.isWhitespace).joined(separator: " ").lowercased()
        guard !word.isEmpty else { return nil }
        let names = SessionCommand.allCases.map(\.rawValue) + ["help"]
        // What is written out in full is meant, whatever else begins with it.
        let found = names.contains(word) ? [word] : names.filter { $0.hasPrefix(word) }
        switch found.count {
        case 1 where found[0] == "help" || word == "?": help()
        case 1: return SessionCommand(rawValue: found[0])
        case 0 where word == "?": help()
        case 0:
            note("there is no command '\(PeerText(word).encoded(for: .terminal))'; 'help' lists them")
        default: note("'\(word)' may be \(found.joined(separator: " or "))")
        }
        return nil
    }

    private func help() {
        let width = SessionCommand.allCases.map(\.rawValue.count).max() ?? 0
        for command in SessionCommand.allCases {
            let name = command.rawValue
            write("  \(name)\(String(repeating: " ", count: width - name.count))  \(command.summary)\n")
        }
        let name = "help"
        write("  \(name)\(String(repeating: " ", count: width - name.count))  show this\n")
        note("an empty line goes back to the session")
    }

    /// Shows what came of a command.
    func show(_ answer: SessionAnswer) {
        switch answer {
        case .note(let text): note(text)
        case .attributes(let attributes): write(SessionText.attributes(attributes).text(style))
        case .certificates(let certificates, let validation):
            guard !certificates.isEmpty else { return note("the peer has shown no certificate") }
            write(SessionText.certificates(certificates, validation).text(style))
        }
    }

    private func note(_ text: String) {
        write("sechan: \(text)\n")
    }

    private func write(_ text: String) {
        try? Streams.write(text, to: descriptor)
    }
}
