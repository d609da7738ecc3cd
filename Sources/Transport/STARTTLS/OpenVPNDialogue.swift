/// OpenVPN over TCP without tls-auth or tls-crypt: a hard reset from each side, then TLS on the control channel.
struct OpenVPNDialogue: Dialogue {
    private let session: [UInt8]

    /// `session` is our session id, 8 bytes.
    init(session: [UInt8]) {
        self.session = session
    }

    /// P_CONTROL_HARD_RESET_CLIENT_V2: session id, no acknowledgements, packet 0.
    func opening() -> [UInt8] {
        OpenVPNPacket.sized([OpenVPNPacket.resetClient << 3] + session + [0, 0, 0, 0, 0])
    }

    mutating func next(_ input: inout DialogueInput) -> DialogueStep {
        guard input.count >= 2 else { return .needsMore }
        let length = Int(input.bytes[0]) << 8 | Int(input.bytes[1])
        guard (1...OpenVPNPacket.limit).contains(length) else {
            return .malformed("that is no packet of OpenVPN", Array(input.bytes.prefix(256)))
        }
        guard let bytes = input.take(2 + length) else { return .needsMore }
        guard let packet = OpenVPNPacket(bytes.dropFirst(2)) else {
            return .malformed("that is no packet of OpenVPN", bytes)
        }
        guard packet.opcode == OpenVPNPacket.resetServer else {
            return packet.opcode == OpenVPNPacket.ack
                ? .goesOn([]) : .malformed("the server begins with another packet than a reset", bytes)
        }
        return .goAhead(
            sending: [],
            framing: OpenVPNFraming(session: session, peer: packet.session, acknowledging: packet.number)
        )
    }
}
