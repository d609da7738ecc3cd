/// Telnet: the START_TLS option, then a FOLLOWS from each side (draft-altman-telnet-starttls-02).
struct TelnetDialogue: Dialogue {
    // RFC 854, "TELNET command structure".
    private static let iac: UInt8 = 255
    private static let dont: UInt8 = 254
    private static let `do`: UInt8 = 253
    private static let wont: UInt8 = 252
    private static let will: UInt8 = 251
    private static let subnegotiation: UInt8 = 250
    private static let end: UInt8 = 240
    private static let startTLS: UInt8 = 46
    private static let follows: UInt8 = 1

    /// The options that were turned down; each is answered once, so that no loop can begin (RFC 854).
    private var declined: Set<[UInt8]> = []
    private var hasFollowed = false

    /// We offer the option at once; a server that asks for it meanwhile has then been answered already.
    func opening() -> [UInt8] { [Self.iac, Self.will, Self.startTLS] }

    mutating func next(_ input: inout DialogueInput) -> DialogueStep {
        guard let first = input.bytes.first else { return .needsMore }
        guard first == Self.iac else {
            // A banner or a prompt.
            _ = input.take(input.bytes.firstIndex(of: Self.iac) ?? input.count)
            return .goesOn([])
        }
        guard input.count >= 2 else { return .needsMore }
        let command = input.bytes[1]
        switch command {
        case Self.do, Self.dont, Self.will, Self.wont:
            guard let bytes = input.take(3) else { return .needsMore }
            return option(command, bytes[2], bytes)
        case Self.subnegotiation:
            return subnegotiate(&input)
        default:
            _ = input.take(2)
            return .goesOn([])
        }
    }

    private mutating func option(_ command: UInt8, _ option: UInt8, _ bytes: [UInt8]) -> DialogueStep {
        guard option == Self.startTLS else {
            guard command == Self.do || command == Self.will, declined.insert([command, option]).inserted else {
                return .goesOn([])
            }
            return .goesOn([Self.iac, command == Self.do ? Self.wont : Self.dont, option])
        }
        switch command {
        case Self.do:
            guard !hasFollowed else { return .goesOn([]) }
            hasFollowed = true
            return .goesOn([Self.iac, Self.subnegotiation, Self.startTLS, Self.follows, Self.iac, Self.end])
        case Self.dont, Self.wont:
            return .refused("the server refuses the option START_TLS", bytes)
        default:
            return .goesOn([])
        }
    }

    private mutating func subnegotiate(_ input: inout DialogueInput) -> DialogueStep {
        // An IAC among the data is doubled (RFC 855); IAC SE ends it.
        var index = 2
        while index + 1 < input.count {
            guard input.bytes[index] == Self.iac else {
                index += 1
                continue
            }
            guard input.bytes[index + 1] != Self.end else {
                let bytes = input.take(index + 2) ?? []
                let isFollows = bytes.dropFirst(2).prefix(2).elementsEqual([Self.startTLS, Self.follows])
                guard isFollows else { return .goesOn([]) }
                return hasFollowed ? .goAhead : .malformed("the server begins TLS without having agreed to it", bytes)
            }
            index += 2
        }
        return .needsMore
    }
}
