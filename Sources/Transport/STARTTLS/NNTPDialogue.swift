/// NNTP: greeting, `STARTTLS` (RFC 4642 §2.2).
struct NNTPDialogue: Dialogue {
    private var isGreeted = false
    private var replies = ReplyReader(.textBetween)

    func opening() -> [UInt8] { [] }

    mutating func next(_ input: inout DialogueInput) -> DialogueStep {
        guard let line = input.line() else { return .needsMore }
        guard case .complete(let reply) = replies.add(line) else {
            return .malformed("that is no response of NNTP", line)
        }
        // RFC 3977 §3.2.1: 400, and the server closes.
        if reply.code == 400 { return .busy(line) }
        guard isGreeted else {
            switch reply.code {
            case 200, 201:
                isGreeted = true
                return .goesOn("STARTTLS".line)
            // RFC 3977 §5.1.1: permanently unavailable.
            case 502: return .refused("the server takes no session from here", line)
            default: return .malformed("that is no greeting of NNTP", line)
            }
        }
        return reply.code == 382 ? .goAhead : .refused("the server refuses STARTTLS", line)
    }
}
