/// MySQL and MariaDB: the server's handshake packet, then SSLRequest, which nothing answers (Connection Phase).
struct MySQLDialogue: Dialogue {
    // Capability flags.
    private static let ssl: UInt32 = 0x0800
    private static let longPassword: UInt32 = 0x0001
    private static let protocol41: UInt32 = 0x0200
    private static let secureConnection: UInt32 = 0x8000

    func opening() -> [UInt8] { [] }

    mutating func next(_ input: inout DialogueInput) -> DialogueStep {
        guard input.count >= 4 else { return .needsMore }
        let odd = DialogueStep.malformed("that is no greeting of MySQL", Array(input.bytes.prefix(256)))
        let length = Int(input.bytes[0]) | Int(input.bytes[1]) << 8 | Int(input.bytes[2]) << 16
        guard input.bytes[3] == 0, (1...DialogueMachine.pendingLimit).contains(length) else { return odd }
        guard let packet = input.take(4 + length) else { return .needsMore }
        let payload = packet.dropFirst(4)
        switch payload.first {
        case 0xff: return error(payload.dropFirst())
        case 0x0a: return greeting(payload.dropFirst()) ?? odd
        case 0x09:
            return .refused("the server is older than TLS in MySQL", Array(payload.dropFirst().prefix { $0 != 0 }))
        default: return odd
        }
    }

    /// ERR_Packet: Int16 code, then a state in later phases, then text.
    private func error(_ payload: ArraySlice<UInt8>) -> DialogueStep {
        let number = payload.prefix(2).reversed().reduce(0) { $0 << 8 | Int($1) }
        var text = payload.dropFirst(2)
        if text.first == UInt8(ascii: "#") { text = text.dropFirst(6) }
        switch number {
        // ER_CON_COUNT_ERROR, ER_OUT_OF_RESOURCES, ER_HOST_IS_BLOCKED, ER_TOO_MANY_USER_CONNECTIONS, ER_USER_LIMIT_REACHED.
        case 1040, 1041, 1129, 1203, 1226: return .busy(Array(text))
        default: return .refused("the server refuses the connection with error \(number)", Array(text))
        }
    }

    /// HandshakeV10: version string, Int32 thread, 8 bytes, a filler, Int16 the lower half of the capabilities.
    private func greeting(_ payload: ArraySlice<UInt8>) -> DialogueStep? {
        guard let end = payload.firstIndex(of: 0) else { return nil }
        let flags = payload[end...].dropFirst(1 + 4 + 8 + 1).prefix(2)
        guard flags.count == 2, let low = flags.first, let high = flags.last else { return nil }
        let capabilities = UInt32(low) | UInt32(high) << 8
        guard capabilities & Self.ssl != 0 else { return .refused("the server does not offer TLS") }
        let ours = Self.ssl | Self.longPassword | Self.protocol41 | Self.secureConnection
        // SSLRequest: capabilities, largest packet, character set (45 is utf8mb4), 23 zeros.
        var request: [UInt8] = [32, 0, 0, 1]
        request += (0..<4).map { UInt8(truncatingIfNeeded: ours >> ($0 * 8)) }
        request += [0, 0, 0, 1, 45] + [UInt8](repeating: 0, count: 23)
        return .goAhead(sending: request, framing: nil)
    }
}
