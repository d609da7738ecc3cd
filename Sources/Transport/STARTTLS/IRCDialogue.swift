/// IRC: `STARTTLS` before registration, numeric 670 in return (IRCv3 "tls").
struct IRCDialogue: Dialogue {
    func opening() -> [UInt8] { "STARTTLS".line }

    mutating func next(_ input: inout DialogueInput) -> DialogueStep {
        guard let line = input.line() else { return .needsMore }
        // [@tags] [:source] command parameters (RFC 1459 §2.3.1).
        let words = line.words.drop { $0.first == UInt8(ascii: "@") || $0.first == UInt8(ascii: ":") }
        guard let command = words.first else {
            return line.isEmpty ? .goesOn([]) : .malformed("that is no message of IRC", line)
        }
        if command.equals("670") { return .goAhead }
        // 691: STARTTLS failed. 421: unknown command. 451: not registered, so only registration is answered.
        if command.equals("691") || command.equals("421") || command.equals("451") {
            return .refused("the server refuses STARTTLS", line)
        }
        // RFC 1459 §4.6.4: what a server says before it closes, as for too many connections from one address.
        if command.equals("ERROR") { return .busy(line) }
        if command.equals("PING") {
            let token = words.dropFirst().first.map { Array($0) } ?? []
            return .goesOn(Array("PONG ".utf8) + token + [0x0d, 0x0a])
        }
        let isNumeric = command.count == 3 && command.allSatisfy { $0.digit != nil }
        let isName = command.allSatisfy { (0x41...0x5a).contains($0 & 0xdf) }
        return isNumeric || isName ? .goesOn([]) : .malformed("that is no message of IRC", line)
    }
}
