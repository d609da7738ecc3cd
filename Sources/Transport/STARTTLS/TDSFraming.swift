/// TLS in PRELOGIN packets while the handshake lasts, and bare from then on (MS-TDS §3.2.5.2).
///
/// Where the handshake ends is read from the records that pass. Towards us a packet's type can't be taken for a record's, so
/// that direction needs no memory.
struct TDSFraming: TLSFraming {
    /// The packet type for PRELOGIN, and for TLS inside it.
    static let prelogin: UInt8 = 0x12
    static let headerSize = 8
    static let mayBeginAtOnce = false
    /// The packet size before the login agrees on another (MS-TDS §2.2.6.4).
    private static let packetSize = 4096

    private var sent = HandshakeWatch()
    private var received = HandshakeWatch()
    private var pending: [UInt8] = []
    private var isBareInbound = false
    private var isBareOutbound = false

    /// `payload` in packets, the last of them marked as such.
    static func packets(_ payload: [UInt8]) -> [UInt8] {
        var packets: [UInt8] = []
        var rest = payload[...]
        var number: UInt8 = 1
        repeat {
            let piece = rest.prefix(packetSize - headerSize)
            rest = rest.dropFirst(piece.count)
            let size = piece.count + headerSize
            packets += [prelogin, rest.isEmpty ? 1 : 0, UInt8(size >> 8), UInt8(size & 0xff), 0, 0, number, 0] + piece
            number &+= 1
        } while !rest.isEmpty
        return packets
    }

    mutating func wrap(_ bytes: [UInt8]) -> [UInt8] {
        guard !isBareOutbound else { return bytes }
        sent.watch(bytes)
        defer { settle() }
        return Self.packets(bytes)
    }

    mutating func unwrap(_ bytes: [UInt8]) throws(FramingError) -> (bytes: [UInt8], answer: [UInt8]) {
        guard !isBareInbound else { return (bytes, []) }
        pending += bytes
        var found: [UInt8] = []
        while let type = pending.first {
            // change_cipher_spec 20 … application_data 23, heartbeat 24 (RFC 8446 §5.1).
            if (20...24).contains(type) {
                isBareInbound = true
                isBareOutbound = true
                found += pending
                pending = []
                break
            }
            guard type == Self.prelogin || type == 0x04 else {
                throw FramingError(detail: "the server ends TLS with something that is neither TLS nor TDS")
            }
            guard pending.count >= Self.headerSize else { break }
            let size = Int(pending[2]) << 8 | Int(pending[3])
            guard size >= Self.headerSize else {
                throw FramingError(detail: "a packet of TDS has an impossible length")
            }
            guard pending.count >= size else { break }
            let payload = Array(pending[Self.headerSize..<size])
            pending.removeFirst(size)
            received.watch(payload)
            found += payload
        }
        settle()
        return (found, [])
    }

    private mutating func settle() {
        if sent.isFinished, received.isFinished { isBareOutbound = true }
    }
}

/// Sees a handshake end in one direction: with the first protected record after ChangeCipherSpec, which is Finished (RFC 5246
/// §7.4.9) or, in TLS 1.3 with its ChangeCipherSpec for middleboxes (RFC 8446 appendix D.4), holds it.
private struct HandshakeWatch: Sendable {
    /// Of a record (RFC 8446 §5.1).
    private static let headerSize = 5
    private(set) var isFinished = false
    private var hasChanged = false
    private var header: [UInt8] = []
    /// Bytes of the current record that are still to come.
    private var left = 0

    mutating func watch(_ bytes: [UInt8]) {
        guard !isFinished else { return }
        var rest = bytes[...]
        while !rest.isEmpty {
            if left > 0 {
                let skipped = min(left, rest.count)
                left -= skipped
                rest = rest.dropFirst(skipped)
                continue
            }
            // The record's header and, if it isn't empty, the type of what is in it.
            let wanted = header.count < Self.headerSize ? Self.headerSize - header.count : 1
            header += rest.prefix(wanted)
            rest = rest.dropFirst(wanted)
            guard header.count >= Self.headerSize else { return }
            let length = Int(header[3]) << 8 | Int(header[4])
            if length > 0 {
                guard header.count > Self.headerSize else { continue }
                note(type: header[0], first: header[Self.headerSize])
                left = length - 1
            }
            header = []
        }
    }

    private mutating func note(type: UInt8, first: UInt8) {
        switch type {
        case 20: hasChanged = true
        // After HelloRetryRequest the hellos that follow a ChangeCipherSpec are still in the clear (RFC 8446 appendix D.4).
        case 22 where hasChanged: isFinished = first != 1 && first != 2
        case 23: isFinished = true
        default: break
        }
    }
}
