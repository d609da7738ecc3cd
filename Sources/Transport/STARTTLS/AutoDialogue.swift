/// Finds out what a peer speaks, from its greeting; the port helps where greetings are alike.
struct AutoDialogue: Dialogue {
    private let usual: STARTTLSProtocol?
    private let circumstances: Circumstances

    /// `port` is the one that was dialled.
    init(port: UInt16?, circumstances: Circumstances) {
        usual = port.flatMap(STARTTLSProtocol.usual)
        self.circumstances = circumstances
    }

    func opening() -> [UInt8] { [] }

    mutating func next(_ input: inout DialogueInput) -> DialogueStep {
        guard let first = input.bytes.first else { return .needsMore }
        // As few bytes as a decision takes; a line where its words decide.
        guard input.count >= 4 else { return .needsMore }
        if first == 0xff { return becomes(.telnet) }
        if input.bytes[3] == 0, input.bytes[2] == 0 { return becomes(.mysql) }
        if input.bytes.begins(with: "RFB ") { return becomes(.vnc) }
        guard let end = input.bytes.firstIndex(of: 0x0a) else { return .needsMore }
        let line = input.bytes[..<end]
        if line.begins(with: "+OK") || line.begins(with: "-ERR") { return becomes(.pop3) }
        if line.begins(with: "* ") { return becomes(.imap) }
        if first == UInt8(ascii: "\"") { return becomes(.sieve) }
        if first == UInt8(ascii: ":") || line.begins(with: "NOTICE ") { return becomes(.irc) }
        if line.prefix(3).allSatisfy({ $0.digit != nil }) {
            // Whatever a server of that port's protocol says instead of a greeting is that protocol's to understand.
            if line.begins(with: "200 ") || line.begins(with: "201 ") { return becomes(.nntp) }
            if line.mentions("LMTP") { return becomes(.lmtp) }
            if line.mentions("SMTP") { return becomes(.smtp) }
            if line.mentions("FTP") { return becomes(.ftp) }
            switch usual {
            case .ftp?, .lmtp?, .nntp?, .smtp?: return becomes(usual ?? .smtp)
            default: return becomes(.smtp)
            }
        }
        return .malformed("the greeting belongs to no protocol with STARTTLS that is known here", Array(line))
    }

    private func becomes(_ found: STARTTLSProtocol) -> DialogueStep {
        .becomes(found.dialogue(circumstances), found)
    }
}
