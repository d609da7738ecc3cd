/// RFB (RFC 6143 §7.1) with VeNCrypt, security type 19; also type 18, "TLS", which has no dialogue of its own.
struct VNCDialogue: Dialogue {
    private enum Phase {
        case version
        case types
        case failure
        case veNCryptVersion
        case veNCryptAnswer
        case subtypes
        case outcome
    }

    private static let veNCrypt: UInt8 = 19
    private static let tls: UInt8 = 18
    /// X509None, X509Vnc, X509Plain, X509SASL; then the same without a certificate.
    private static let subtypes: [UInt32] = [260, 261, 262, 264, 257, 258, 259, 263]

    private var phase = Phase.version

    func opening() -> [UInt8] { [] }

    mutating func next(_ input: inout DialogueInput) -> DialogueStep {
        switch phase {
        case .version: version(&input)
        case .types: types(&input)
        case .failure: failure(&input)
        case .veNCryptVersion: veNCryptVersion(&input)
        case .veNCryptAnswer: veNCryptAnswer(&input)
        case .subtypes: subtypes(&input)
        case .outcome: outcome(&input)
        }
    }

    private mutating func version(_ input: inout DialogueInput) -> DialogueStep {
        let form = Array("RFB 000.000\n".utf8)
        let fits = zip(input.bytes, form).allSatisfy { byte, expected in
            expected == 0x30 ? byte.digit != nil : byte == expected
        }
        guard fits else { return .malformed("that is no greeting of VNC", Array(input.bytes.prefix(256))) }
        guard let line = input.take(form.count) else { return .needsMore }
        // Before 3.7 the server chooses the security type, and none of those is TLS.
        let minor = line[8...10].reduce(0) { $0 * 10 + ($1.digit ?? 0) }
        let major = line[4...6].reduce(0) { $0 * 10 + ($1.digit ?? 0) }
        guard major > 3 || major == 3 && minor >= 7 else {
            return .refused("the server speaks a version of VNC without TLS", Array(line.dropLast()))
        }
        phase = .types
        return .goesOn(Array((major == 3 && minor == 7 ? "RFB 003.007\n" : "RFB 003.008\n").utf8))
    }

    private mutating func types(_ input: inout DialogueInput) -> DialogueStep {
        guard let count = input.bytes.first else { return .needsMore }
        guard count > 0 else {
            _ = input.take(1)
            phase = .failure
            return .goesOn([])
        }
        guard let list = input.take(1 + Int(count)) else { return .needsMore }
        let offered = list.dropFirst()
        if offered.contains(Self.veNCrypt) {
            phase = .veNCryptVersion
            return .goesOn([Self.veNCrypt])
        }
        guard offered.contains(Self.tls) else { return .refused("the server offers no security type with TLS", list) }
        return .goAhead(sending: [Self.tls], framing: nil)
    }

    /// UInt32 length, then the reason.
    private func failure(_ input: inout DialogueInput) -> DialogueStep {
        guard input.count >= 4 else { return .needsMore }
        let length = input.bytes.prefix(4).reduce(0) { $0 << 8 | Int($1) }
        guard length <= DialogueMachine.pendingLimit else { return .malformed("the server's reason is too long") }
        guard let reason = input.take(4 + length) else { return .needsMore }
        let text = Array(reason.dropFirst(4))
        return text.mentions("too many") ? .busy(text) : .refused("the server takes no session", text)
    }

    private mutating func veNCryptVersion(_ input: inout DialogueInput) -> DialogueStep {
        guard let version = input.take(2) else { return .needsMore }
        // 0.1 has another form, and nobody has it any more.
        guard version[0] > 0 || version[1] >= 2 else {
            return .refused("the server speaks a version of VeNCrypt older than 0.2", version)
        }
        phase = .veNCryptAnswer
        return .goesOn([0, 2])
    }

    private mutating func veNCryptAnswer(_ input: inout DialogueInput) -> DialogueStep {
        guard let answer = input.take(1) else { return .needsMore }
        guard answer == [0] else { return .refused("the server refuses VeNCrypt 0.2", answer) }
        phase = .subtypes
        return .goesOn([])
    }

    private mutating func subtypes(_ input: inout DialogueInput) -> DialogueStep {
        guard let count = input.bytes.first else { return .needsMore }
        guard let list = input.take(1 + Int(count) * 4) else { return .needsMore }
        let offered = Set(
            (0..<Int(count)).map { list[(1 + $0 * 4)..<(5 + $0 * 4)].reduce(UInt32(0)) { $0 << 8 | UInt32($1) } }
        )
        guard let chosen = Self.subtypes.first(where: offered.contains) else {
            return .refused("the server offers no subtype of VeNCrypt with TLS", list)
        }
        phase = .outcome
        return .goesOn([0, 0, UInt8(chosen >> 8), UInt8(chosen & 0xff)])
    }

    private func outcome(_ input: inout DialogueInput) -> DialogueStep {
        guard let outcome = input.take(1) else { return .needsMore }
        return outcome == [1] ? .goAhead : .refused("the server refuses the subtype that it offered", outcome)
    }
}
