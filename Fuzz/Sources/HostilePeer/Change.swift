import LibSSL
import TLSParameters

/// A change to one message of the hostile end's: five bytes, and for some kinds as many more as the last of them says.
///
///     number of the message, kind, place (2 bytes), value
struct Change {
    enum Kind: UInt8, CaseIterable {
        // The message, before it is protected.
        case set, flip, remove, insert, cut, drop, double
        /// Its header keeps the length that the message had.
        case keepLength
        // Something before it: a handshake message of a type, protected content of a type, bytes as they are.
        case handshakeBefore, contentBefore, bytesBefore
        /// As many empty handshake messages of one type, in one record.
        case floodBefore
        // How it goes into records: in pieces, or together with what follows.
        case pieces, join
        // The record, after it was protected.
        case flipRecord, cutRecord, growRecord, dropRecord, doubleRecord
        /// The end under test does something of its own before it comes.
        case act
    }

    let number: Int
    let kind: Kind
    let place: Int
    let value: UInt8
    let bytes: [UInt8]

    /// The most that one input may have.
    private static let limit = 48

    static func all(in input: [UInt8]) -> [Change] {
        var rest = input[...]
        var changes: [Change] = []
        while rest.count >= 5, changes.count < limit {
            let head = Array(rest.prefix(5))
            rest = rest.dropFirst(5)
            let kind = Kind.allCases[Int(head[1]) % Kind.allCases.count]
            var bytes: ArraySlice<UInt8> = []
            if [.insert, .handshakeBefore, .contentBefore, .bytesBefore].contains(kind) {
                bytes = rest.prefix(Int(head[4]))
                rest = rest.dropFirst(bytes.count)
            }
            changes.append(
                Change(
                    number: Int(head[0]),
                    kind: kind,
                    place: Int(head[2]) << 8 | Int(head[3]),
                    value: head[4],
                    bytes: Array(bytes)
                )
            )
        }
        return changes
    }

    /// Changes bytes; `place` counts from their start, and around.
    func apply(to bytes: inout [UInt8]) {
        guard !bytes.isEmpty else {
            if kind == .insert || kind == .growRecord { bytes = self.bytes }
            return
        }
        let position = place % bytes.count
        switch kind {
        case .set: bytes[position] = value
        case .flip, .flipRecord: bytes[position] ^= value
        case .remove: bytes.removeSubrange(position..<min(bytes.count, position + 1 + Int(value)))
        case .insert: bytes.insert(contentsOf: self.bytes, at: position)
        case .cut, .cutRecord: bytes.removeLast(bytes.count - position)
        case .growRecord: bytes += [UInt8](repeating: value, count: 1 + place & 0xFF)
        default: break
        }
    }
}

/// What comes of a message: what is sent in its place, in order.
enum Piece {
    /// Content to protect and send; true if it is of the message itself.
    case content(UInt8, [UInt8], isMessage: Bool)
    /// Bytes to send as they are.
    case bytes([UInt8])
    /// The end under test acts.
    case act(Action)
}

/// Applies the changes of a script to the messages of the hostile end, by their numbers.
struct Editor {
    private let changes: [Int: [Change]]
    private var count = 0
    /// The changes of the last message, for its records.
    private(set) var ofRecords: [Change] = []
    /// Whether any change makes records other than they were sealed.
    let touchesRecords: Bool

    init(_ changes: [Change]) {
        self.changes = Dictionary(grouping: changes, by: \.number)
        touchesRecords = changes.contains { $0.kind.rawValue >= Change.Kind.flipRecord.rawValue && $0.kind != .act }
    }

    /// What is sent in place of the next message, and the message as the transcript has it.
    mutating func edit(_ type: UInt8, _ message: [UInt8]) -> (pieces: [Piece], messages: [[UInt8]]) {
        let due = changes[count] ?? []
        count += 1
        ofRecords = due
        var message = message
        let isHandshake = type == ContentType.handshake.rawValue
        for change in due {
            let length = message.count
            change.apply(to: &message)
            if isHandshake, message.count != length, !due.contains(where: { $0.kind == .keepLength }) {
                Self.repairLength(&message)
            }
        }
        var pieces: [Piece] = []
        var messages: [[UInt8]] = []
        for change in due {
            switch change.kind {
            case .handshakeBefore:
                var inserted = [UInt8(truncatingIfNeeded: change.place), 0, 0, 0] + change.bytes
                Self.repairLength(&inserted)
                pieces.append(.content(ContentType.handshake.rawValue, inserted, isMessage: false))
                if inserted[0] != 0 { messages.append(inserted) }
            case .contentBefore:
                let type = change.place < 32 ? UInt8(change.place) : 20 + UInt8(change.place % 5)
                pieces.append(.content(type, change.bytes, isMessage: false))
            case .floodBefore:
                let one = [UInt8(truncatingIfNeeded: change.place), 0, 0, 0]
                let all = Array(repeatElement(one, count: 16 * (1 + Int(change.value))).joined().prefix(16_384))
                pieces.append(.content(ContentType.handshake.rawValue, all, isMessage: false))
            case .bytesBefore: pieces.append(.bytes(change.bytes))
            case .act: pieces.append(.act(Action(change.value)))
            default: break
            }
        }
        if due.contains(where: { $0.kind == .drop }) { return (pieces, messages) }
        for _ in 0..<(due.contains { $0.kind == .double } ? 2 : 1) {
            messages.append(message)
            guard let size = due.first(where: { $0.kind == .pieces }).map({ 1 + Int($0.value) }) else {
                pieces.append(.content(type, message, isMessage: true))
                continue
            }
            for start in stride(from: 0, to: message.count, by: max(size, message.count / 200)) {
                let end = min(message.count, start + max(size, message.count / 200))
                pieces.append(.content(type, Array(message[start..<end]), isMessage: true))
            }
        }
        return (pieces, messages)
    }

    /// Whether the last message waits for the next.
    var joinsNext: Bool { ofRecords.contains { $0.kind == .join } }

    /// A record of the last message as it goes on the wire; none, or two.
    func records(_ record: [UInt8]) -> [[UInt8]] {
        var record = record
        for change in ofRecords where [.flipRecord, .cutRecord, .growRecord].contains(change.kind) {
            change.apply(to: &record)
        }
        if ofRecords.contains(where: { $0.kind == .dropRecord }) { return [] }
        return ofRecords.contains { $0.kind == .doubleRecord } ? [record, record] : [record]
    }

    private static func repairLength(_ message: inout [UInt8]) {
        guard message.count >= 4 else { return }
        let count = message.count - 4
        message[1] = UInt8(truncatingIfNeeded: count >> 16)
        message[2] = UInt8(truncatingIfNeeded: count >> 8)
        message[3] = UInt8(truncatingIfNeeded: count)
    }
}
