/// IMAP: greeting, `STARTTLS` (RFC 9051 §6.2.1).
///
/// CAPABILITY isn't asked for: the answer to STARTTLS itself says more, a round trip sooner.
struct IMAPDialogue: Dialogue {
    private static let tag = "s1"
    private var isGreeted = false

    func opening() -> [UInt8] { [] }

    mutating func next(_ input: inout DialogueInput) -> DialogueStep {
        guard let line = input.line() else { return .needsMore }
        let words = line.words
        guard words.count >= 2 else { return .malformed("that is no response of IMAP", line) }
        if words[0].equals("*") {
            if words[1].equals("BYE") { return .busy(line) }
            guard !isGreeted else { return .goesOn([]) }
            // RFC 9051 §7.1.4: a connection that is authenticated already can't be secured any more.
            if words[1].equals("PREAUTH") { return .refused("the server takes us for authenticated already", line) }
            guard words[1].equals("OK") else { return .malformed("that is no greeting of IMAP", line) }
            isGreeted = true
            return .goesOn("\(Self.tag) STARTTLS".line)
        }
        guard isGreeted, words[0].equals(Self.tag) else { return .malformed("that is no response of IMAP", line) }
        if words[1].equals("OK") { return .goAhead }
        // RFC 5530 §3: the code for what will pass.
        if words.count > 2, words[2].equals("[UNAVAILABLE]") { return .busy(line) }
        return .refused("the server refuses STARTTLS", line)
    }
}
