/// FTP: greeting, `AUTH TLS` (RFC 4217 §4).
struct FTPDialogue: Dialogue {
    private var isGreeted = false
    private var replies = ReplyReader(.textBetween)

    func opening() -> [UInt8] { [] }

    mutating func next(_ input: inout DialogueInput) -> DialogueStep {
        guard let line = input.line() else { return .needsMore }
        switch replies.add(line) {
        case .incomplete: return .goesOn([])
        case .malformed: return .malformed("that is no reply of FTP", line)
        case .complete(let reply): return answer(reply)
        }
    }

    private mutating func answer(_ reply: Reply) -> DialogueStep {
        if reply.code == 421 { return .busy(reply.lastLine) }
        // RFC 959 §4.2: 1yz announces another reply; 120 says how long the greeting takes.
        if reply.code < 200 { return .goesOn([]) }
        guard isGreeted else {
            if reply.code == 220 {
                isGreeted = true
                return .goesOn("AUTH TLS".line)
            }
            return reply.code >= 400
                ? .busy(reply.lastLine) : .malformed("that is no greeting of FTP", reply.lastLine)
        }
        return reply.code == 234 ? .goAhead : .refused("the server refuses AUTH TLS", reply.lastLine)
    }
}
