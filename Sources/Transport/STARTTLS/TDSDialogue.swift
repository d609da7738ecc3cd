/// TDS, Microsoft SQL Server's protocol: PRELOGIN with ENCRYPT_ON (MS-TDS §2.2.6.5).
struct TDSDialogue: Dialogue {
    private static let encryption: UInt8 = 1
    /// The response so far, without the packets' headers.
    private var response: [UInt8] = []

    func opening() -> [UInt8] {
        // VERSION, ENCRYPTION, INSTOPT, THREADID, MARS: a table of token, offset and length, then the values.
        let options: [(token: UInt8, value: [UInt8])] = [
            (0, [17, 0, 0, 0, 0, 0]), (Self.encryption, [1]), (2, [0]), (3, [0, 0, 0, 0]), (4, [0]),
        ]
        var table: [UInt8] = []
        var values: [UInt8] = []
        for option in options {
            let offset = options.count * 5 + 1 + values.count
            table += [option.token, 0, UInt8(offset), 0, UInt8(option.value.count)]
            values += option.value
        }
        return TDSFraming.packets(table + [0xff] + values)
    }

    mutating func next(_ input: inout DialogueInput) -> DialogueStep {
        guard let type = input.bytes.first else { return .needsMore }
        guard type == 0x04 || type == TDSFraming.prelogin else {
            return .malformed("that is no answer of TDS", Array(input.bytes.prefix(256)))
        }
        guard input.count >= TDSFraming.headerSize else { return .needsMore }
        let length = Int(input.bytes[2]) << 8 | Int(input.bytes[3])
        guard length >= TDSFraming.headerSize else {
            return .malformed("that is no answer of TDS", Array(input.bytes.prefix(256)))
        }
        guard let packet = input.take(length) else { return .needsMore }
        response += packet.dropFirst(TDSFraming.headerSize)
        // The status bit for the last packet of a message.
        guard packet[1] & 1 != 0 else { return .goesOn([]) }
        return answer()
    }

    private func answer() -> DialogueStep {
        var table = response[...]
        while let token = table.first, token != 0xff, table.count >= 5 {
            let entry = Array(table.prefix(5))
            table = table.dropFirst(5)
            guard token == Self.encryption else { continue }
            let offset = Int(entry[1]) << 8 | Int(entry[2])
            guard offset < response.count else { break }
            // ENCRYPT_NOT_SUP; OFF, ON and REQ all begin with TLS, were it for the login alone.
            return response[offset] == 2
                ? .refused("the server answers that it has no encryption", [response[offset]])
                : .goAhead(sending: [], framing: TDSFraming())
        }
        return .malformed("the server's PRELOGIN says nothing on encryption", Array(response.prefix(256)))
    }
}
