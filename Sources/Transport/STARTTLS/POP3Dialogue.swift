/// POP3: greeting, `STLS` (RFC 2595 §4).
struct POP3Dialogue: Dialogue {
    private var isGreeted = false

    func opening() -> [UInt8] { [] }

    mutating func next(_ input: inout DialogueInput) -> DialogueStep {
        guard let line = input.line() else { return .needsMore }
        let status = line.words.first
        if status?.equals("+OK") ?? false {
            guard !isGreeted else { return .goAhead }
            isGreeted = true
            return .goesOn("STLS".line)
        }
        guard status?.equals("-ERR") ?? false else { return .malformed("that is no response of POP3", line) }
        // RFC 3206 §4: trouble that will pass. In place of a greeting, -ERR can't mean much else.
        let isBusy = !isGreeted || line.mentions("[SYS/TEMP]") || line.mentions("[IN-USE]")
        return isBusy ? .busy(line) : .refused("the server refuses STLS", line)
    }
}
