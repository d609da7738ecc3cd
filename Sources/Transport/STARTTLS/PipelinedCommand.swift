/// A command that goes out in the clear behind the request for TLS, in one segment with it.
///
/// A server that takes it for something said inside TLS carries out what anybody in between can add (CVE-2011-0411). It has to
/// forget what it has read by then (RFC 3207 §4.2). The command changes nothing, and the farewell, which is said inside TLS,
/// shows where the server's answers end.
public struct PipelinedCommand: Hashable, Sendable {
    /// What an answer inside TLS shows.
    public enum Verdict: Hashable, Sendable {
        /// The command was answered there.
        case answered
        /// Only the farewell was.
        case forgotten
        /// There was no answer that tells.
        case unclear
    }

    /// How answers are told apart.
    enum Answers: Hashable, Sendable {
        /// By codes; the farewell's is this.
        case codes(farewell: Int)
        /// By tags that begin a line.
        case tags(command: String, farewell: String)
        /// By words that the command has in its answer.
        case words(String)
        /// By nothing but their number, each a line.
        case number
    }

    /// The words that end the request for TLS.
    let request: String
    let command: String
    let goodbye: String
    let answers: Answers

    /// What to say inside TLS.
    public var farewell: [UInt8] { goodbye.line }

    /// What belongs behind something that we say in the clear: the command if that is the request for TLS.
    func behind(_ bytes: [UInt8]) -> [UInt8] {
        let line = request.line
        return bytes.count >= line.count && Array(bytes.suffix(line.count)) == line ? command.line : []
    }

    /// What the server said inside TLS; `isOver` if it has ended the session since.
    public func judge(_ said: [UInt8], isOver: Bool) -> Verdict {
        let lines = said.split(separator: 0x0a).map { $0.last == 0x0d ? $0.dropLast() : $0 }
        switch answers {
        case .codes(let farewell):
            let codes = lines.compactMap(Self.code)
            guard codes.contains(farewell) else { return .unclear }
            return codes.first == farewell ? .forgotten : .answered
        case .tags(let command, let farewell):
            if lines.contains(where: { $0.begins(with: "\(command) ") }) { return .answered }
            return lines.contains { $0.begins(with: "\(farewell) ") } ? .forgotten : .unclear
        case .words(let words):
            if lines.contains(where: { $0.mentions(words) }) { return .answered }
            return isOver && lines.contains { $0.begins(with: "OK") } ? .forgotten : .unclear
        case .number:
            let count = lines.count { $0.begins(with: "+OK") || $0.begins(with: "-ERR") }
            if count > 1 { return .answered }
            return count == 1 && isOver ? .forgotten : .unclear
        }
    }

    /// The code of a reply's last line (RFC 5321 §4.2).
    private static func code(_ line: ArraySlice<UInt8>) -> Int? {
        let digits = line.prefix(3).compactMap(\.digit)
        guard digits.count == 3, line.count == 3 || line.dropFirst(3).first == 0x20 else { return nil }
        return digits.reduce(0) { $0 * 10 + $1 }
    }
}

extension STARTTLSProtocol {
    /// A command that does no harm; nil for a protocol that none is known of.
    public var pipelinedCommand: PipelinedCommand? {
        switch self {
        case .smtp, .lmtp: command("STARTTLS", "NOOP", "QUIT", .codes(farewell: 221))
        case .ftp: command("AUTH TLS", "NOOP", "QUIT", .codes(farewell: 221))
        case .nntp: command("STARTTLS", "DATE", "QUIT", .codes(farewell: 205))
        case .imap: command("STARTTLS", "behind NOOP", "inside LOGOUT", .tags(command: "behind", farewell: "inside"))
        case .pop3: command("STLS", "NOOP", "QUIT", .number)
        case .sieve: command("STARTTLS", "NOOP \"said-behind\"", "LOGOUT", .words("said-behind"))
        default: nil
        }
    }

    private func command(
        _ request: String,
        _ command: String,
        _ goodbye: String,
        _ answers: PipelinedCommand.Answers
    ) -> PipelinedCommand {
        PipelinedCommand(request: request, command: command, goodbye: goodbye, answers: answers)
    }
}
