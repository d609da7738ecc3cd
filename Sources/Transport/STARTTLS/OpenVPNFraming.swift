/// A packet of OpenVPN's control channel.
struct OpenVPNPacket: Sendable {
    static let control: UInt8 = 4
    static let ack: UInt8 = 5
    static let resetClient: UInt8 = 7
    static let resetServer: UInt8 = 8
    /// The most bytes that a packet may have; servers send 1,250 or so.
    static let limit = 16_384

    var opcode: UInt8
    var session: [UInt8]
    /// Its number; nil for an acknowledgement, which has none.
    var number: UInt32?
    var payload: ArraySlice<UInt8>

    /// opcode and key id, session id, a count of acknowledged numbers, these and the session id that they belong to if
    /// there are any, the packet's number, payload. Nil for anything else.
    init?(_ bytes: ArraySlice<UInt8>) {
        var rest = bytes
        func take(_ count: Int) -> ArraySlice<UInt8>? {
            guard rest.count >= count else { return nil }
            defer { rest = rest.dropFirst(count) }
            return rest.prefix(count)
        }
        guard let first = take(1)?.first else { return nil }
        opcode = first >> 3
        guard [Self.control, Self.ack, Self.resetServer].contains(opcode), let session = take(8),
            let acknowledged = take(1)?.first, take(Int(acknowledged) * 4) != nil, acknowledged == 0 || take(8) != nil
        else { return nil }
        self.session = Array(session)
        if opcode != Self.ack {
            guard let number = take(4) else { return nil }
            self.number = number.reduce(0) { $0 << 8 | UInt32($1) }
        }
        payload = rest
    }

    /// `packet` behind its length, as TCP needs it.
    static func sized(_ packet: [UInt8]) -> [UInt8] {
        [UInt8(truncatingIfNeeded: packet.count >> 8), UInt8(truncatingIfNeeded: packet.count)] + packet
    }
}

/// TLS in P_CONTROL_V1 packets, each of which wants to be acknowledged.
struct OpenVPNFraming: TLSFraming {
    /// It may repeat its reset, which wants to be acknowledged.
    static let mayBeginAtOnce = true
    private let session: [UInt8]
    private let peer: [UInt8]
    /// What a packet of ours carries, well below the 1,250 bytes that OpenVPN allows a control packet.
    private static let pieceSize = 1_000
    /// The numbers that one packet may acknowledge.
    private static let acknowledgementLimit = 4

    /// The number of our next packet; the reset was 0.
    private var nextNumber: UInt32 = 1
    /// The number that the peer's next packet has.
    private var expected: UInt32
    private var toAcknowledge: [UInt32]
    private var pending: [UInt8] = []

    init(session: [UInt8], peer: [UInt8], acknowledging number: UInt32?) {
        self.session = session
        self.peer = peer
        toAcknowledge = number.map { [$0] } ?? []
        expected = (number ?? 0) &+ 1
    }

    mutating func wrap(_ bytes: [UInt8]) -> [UInt8] {
        var packets: [UInt8] = []
        var rest = bytes[...]
        while !rest.isEmpty {
            let piece = rest.prefix(Self.pieceSize)
            rest = rest.dropFirst(piece.count)
            packets += OpenVPNPacket.sized(header(OpenVPNPacket.control) + Self.bytes(nextNumber) + piece)
            nextNumber &+= 1
        }
        return packets
    }

    mutating func unwrap(_ bytes: [UInt8]) throws(FramingError) -> (bytes: [UInt8], answer: [UInt8]) {
        pending += bytes
        var found: [UInt8] = []
        var answer: [UInt8] = []
        while pending.count >= 2 {
            let size = Int(pending[0]) << 8 | Int(pending[1])
            guard (1...OpenVPNPacket.limit).contains(size) else {
                throw FramingError(detail: "a packet of OpenVPN has an impossible length")
            }
            guard pending.count >= 2 + size else { break }
            let packet = OpenVPNPacket(pending[2..<(2 + size)])
            pending.removeFirst(2 + size)
            guard let packet, packet.session == peer else {
                throw FramingError(detail: "the server sent a packet that isn't of this session")
            }
            guard let number = packet.number else { continue }
            toAcknowledge.append(number)
            // TCP keeps the order; a number that was there before is a repetition.
            if packet.opcode == OpenVPNPacket.control, number == expected {
                expected &+= 1
                found += packet.payload
            }
            if toAcknowledge.count == Self.acknowledgementLimit { answer += acknowledgement() }
        }
        if !toAcknowledge.isEmpty { answer += acknowledgement() }
        return (found, answer)
    }

    private mutating func acknowledgement() -> [UInt8] {
        OpenVPNPacket.sized(header(OpenVPNPacket.ack))
    }

    /// Everything before the packet's number, with what there is to acknowledge.
    private mutating func header(_ opcode: UInt8) -> [UInt8] {
        let numbers = toAcknowledge.prefix(Self.acknowledgementLimit)
        toAcknowledge.removeFirst(numbers.count)
        return [opcode << 3] + session + [UInt8(numbers.count)] + numbers.flatMap(Self.bytes)
            + (numbers.isEmpty ? [] : peer)
    }

    private static func bytes(_ number: UInt32) -> [UInt8] {
        (0..<4).map { UInt8(truncatingIfNeeded: number >> (24 - $0 * 8)) }
    }
}
