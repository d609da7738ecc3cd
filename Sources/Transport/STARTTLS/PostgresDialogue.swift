/// PostgreSQL: SSLRequest, and one byte in return.
struct PostgresDialogue: Dialogue {
    /// Int32 length 8, Int32 code 80877103.
    func opening() -> [UInt8] { [0, 0, 0, 8, 0x04, 0xd2, 0x16, 0x2f] }

    mutating func next(_ input: inout DialogueInput) -> DialogueStep {
        guard let first = input.bytes.first else { return .needsMore }
        switch first {
        case UInt8(ascii: "S"):
            _ = input.take(1)
            return .goAhead
        case UInt8(ascii: "N"):
            _ = input.take(1)
            return .refused("the server answers that it has no TLS", [first])
        case UInt8(ascii: "E"):
            return error(&input)
        default:
            return .malformed("that is no answer of PostgreSQL", Array(input.bytes.prefix(256)))
        }
    }

    /// ErrorResponse: `E`, Int32 length, fields of a type byte and a string, a zero byte.
    private func error(_ input: inout DialogueInput) -> DialogueStep {
        guard input.count >= 5 else { return .needsMore }
        let length = input.bytes[1..<5].reduce(0) { $0 << 8 | Int($1) }
        guard (4...DialogueMachine.pendingLimit).contains(length) else {
            return .malformed("that is no answer of PostgreSQL", Array(input.bytes.prefix(256)))
        }
        guard let message = input.take(1 + length) else { return .needsMore }
        var code: ArraySlice<UInt8> = []
        var text: ArraySlice<UInt8> = []
        for field in message.dropFirst(5).split(separator: 0) {
            if field.first == UInt8(ascii: "C") { code = field.dropFirst() }
            if field.first == UInt8(ascii: "M") { text = field.dropFirst() }
        }
        // Class 53 is "insufficient resources", too_many_connections among it; 57P03 is cannot_connect_now (appendix A).
        if code.begins(with: "53") || code.equals("57P03") { return .busy(Array(text)) }
        return .refused("the server refuses the connection", Array(text))
    }
}
