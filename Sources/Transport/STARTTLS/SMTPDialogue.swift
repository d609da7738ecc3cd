/// SMTP and LMTP: greeting, EHLO or LHLO, STARTTLS (RFC 3207).
///
/// Nothing is said before the greeting is complete: some servers take early talkers for senders of spam.
struct SMTPDialogue: Dialogue {
    private enum Phase {
        case greeting
        case hello
        case request
    }

    private let isLMTP: Bool
    private let clientName: String
    private var phase = Phase.greeting
    private var replies = ReplyReader(.codeOnEachLine)

    /// `clientName` is a domain or an address literal of ours (RFC 5321 §4.1.1.1).
    init(isLMTP: Bool, clientName: String) {
        self.isLMTP = isLMTP
        self.clientName = clientName
    }

    func opening() -> [UInt8] { [] }

    mutating func next(_ input: inout DialogueInput) -> DialogueStep {
        guard let line = input.line() else { return .needsMore }
        switch replies.add(line) {
        case .incomplete: return .goesOn([])
        case .malformed: return .malformed("that is no reply of \(isLMTP ? "LMTP" : "SMTP")", line)
        case .complete(let reply): return answer(reply)
        }
    }

    private mutating func answer(_ reply: Reply) -> DialogueStep {
        // RFC 5321 §3.8: 421 may come in place of any reply.
        if reply.code == 421 { return .busy(reply.lastLine) }
        switch phase {
        case .greeting:
            guard reply.code == 220 else { return badGreeting(reply) }
            phase = .hello
            return .goesOn("\(isLMTP ? "LHLO" : "EHLO") \(clientName)".line)
        case .hello:
            guard reply.code == 250 else {
                if reply.isTransient { return .busy(reply.lastLine) }
                return .refused(
                    "the server refuses \(isLMTP ? "LHLO" : "EHLO"), and without it there is no STARTTLS",
                    reply.lastLine
                )
            }
            // The first line holds the server's name, the others a keyword each (RFC 5321 §4.1.1.1).
            let offers = reply.lines.dropFirst().contains { $0.dropFirst(4).words.first?.equals("STARTTLS") ?? false }
            guard offers else { return .refused("the server does not offer STARTTLS") }
            phase = .request
            return .goesOn("STARTTLS".line)
        case .request:
            // RFC 3207 §4: 454, TLS not available for a reason that will pass, is a refusal all the same.
            return reply.code == 220 ? .goAhead : .refused("the server refuses STARTTLS", reply.lastLine)
        }
    }

    private func badGreeting(_ reply: Reply) -> DialogueStep {
        if reply.isTransient || reply.code == 554 { return .busy(reply.lastLine) }
        return reply.code >= 500
            ? .refused("the server takes no mail", reply.lastLine)
            : .malformed("that is no greeting of \(isLMTP ? "LMTP" : "SMTP")", reply.lastLine)
    }
}
