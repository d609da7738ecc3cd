/// RDP: an X.224 connection request that asks for TLS (MS-RDPBCGR §2.2.1.1, §2.2.1.2).
struct RDPDialogue: Dialogue {
    /// TPKT, X.224 Connection Request, RDP_NEG_REQ for PROTOCOL_SSL or PROTOCOL_HYBRID: a server that insists on network
    /// level authentication begins with the same TLS.
    func opening() -> [UInt8] {
        [3, 0, 0, 19, 14, 0xe0, 0, 0, 0, 0, 0, 1, 0, 8, 0, 3, 0, 0, 0]
    }

    mutating func next(_ input: inout DialogueInput) -> DialogueStep {
        guard let version = input.bytes.first else { return .needsMore }
        guard version == 3 else { return .malformed("that is no answer of RDP", Array(input.bytes.prefix(256))) }
        guard input.count >= 4 else { return .needsMore }
        let length = Int(input.bytes[2]) << 8 | Int(input.bytes[3])
        guard (11...512).contains(length) else {
            return .malformed("that is no answer of RDP", Array(input.bytes.prefix(256)))
        }
        guard let packet = input.take(length) else { return .needsMore }
        guard packet[5] & 0xf0 == 0xd0 else { return .malformed("that is no answer of RDP", packet) }
        guard packet.count >= 19 else { return .refused("the server speaks RDP without TLS only", packet) }
        let value = packet[15..<19].reversed().reduce(UInt32(0)) { $0 << 8 | UInt32($1) }
        switch packet[11] {
        // RDP_NEG_RSP
        case 2: return value == 0 ? .refused("the server chooses RDP without TLS", packet) : .goAhead
        // RDP_NEG_FAILURE
        case 3: return .refused("the server refuses TLS: \(Self.reason(value))", packet)
        default: return .malformed("that is no answer of RDP", packet)
        }
    }

    /// The failure codes (MS-RDPBCGR §2.2.1.2.2).
    private static func reason(_ code: UInt32) -> String {
        switch code {
        case 1: "it requires TLS, and was asked for it"
        case 2: "it is set to use RDP's own security only"
        case 3: "it has no certificate"
        case 4: "it found the request inconsistent"
        case 5: "it requires CredSSP"
        case 6: "it requires TLS with a certificate of the client's"
        default: "failure code \(code)"
        }
    }
}
