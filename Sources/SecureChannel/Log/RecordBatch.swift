import TLSParameters
import TLSWire

/// The records of one call in one direction: all of them counted, the first of them kept.
///
/// What is kept are numbers. Most connections end without anybody having asked what their records were, so the names are looked
/// up for whoever reads ``records``.
struct RecordBatch {
    /// The most records and messages kept. One call may be handed any amount of input, and a record of a few bytes costs
    /// hundreds to describe.
    static let limit = 20_000

    /// Something seen of a record; all that follows a header belongs to it.
    private enum Note {
        case header(ContentType, ProtocolVersion, length: Int)
        /// An SSL 2.0 record.
        case oldHeader(length: Int)
        case innerType(ContentType)
        case message(LoggedMessage)
    }

    private var notes: [Note] = []
    /// How many there were.
    private(set) var count = 0
    /// Records kept and messages in them: a record can hold thousands of empty messages.
    private(set) var parts = 0
    /// The size of the records kept, their headers included.
    private(set) var keptBytes = 0

    /// Whether everything there was is kept.
    var isWhole: Bool { parts < Self.limit }

    /// The records kept.
    var records: [LegRecord] {
        var records: [LegRecord] = []
        for note in notes {
            switch note {
            case .header(let type, let version, let length):
                let (type, version) = (NamedCode(type), NamedCode(version))
                records.append(LegRecord(type: type, version: version, length: length, messages: []))
            case .oldHeader(let length):
                records.append(LegRecord(type: nil, version: nil, length: length, messages: []))
            case .innerType(let type): records[records.count - 1].innerType = NamedCode(type)
            case .message(let message): records[records.count - 1].messages.append(LegMessage(message))
            }
        }
        return records
    }

    /// Adds a record by its header, as it is reported: 5 bytes, or 2 or 3 of an SSL 2.0 record.
    mutating func append(header bytes: [UInt8]) {
        guard bytes.count == TLSRecord.headerLength else {
            let length = SSL2Record.totalLength(of: bytes).map { $0 - bytes.count } ?? 0
            return appendOld(length: max(0, length))
        }
        let version = ProtocolVersion(rawValue: UInt16(bytes[1]) << 8 | UInt16(bytes[2]))
        let length = Int(bytes[3]) << 8 | Int(bytes[4])
        append(.header(ContentType(rawValue: bytes[0]), version, length: length), length: length)
    }

    /// Adds a record of SSL 2.0.
    mutating func appendOld(length: Int) {
        append(.oldHeader(length: length), length: length)
    }

    private mutating func append(_ header: Note, length: Int) {
        count += 1
        guard isWhole else { return }
        notes.append(header)
        parts += 1
        keptBytes += TLSRecord.headerLength + length
    }

    /// Counts records of which nothing else is known.
    mutating func addUndescribed(_ number: Int) {
        count += number
    }

    /// Says what type the last record has within; nothing if that record wasn't kept.
    mutating func setInnerType(_ type: ContentType) {
        guard isWhole, !notes.isEmpty else { return }
        notes.append(.innerType(type))
    }

    /// Adds a message to the last record; nothing if that record wasn't kept.
    mutating func append(_ message: LoggedMessage) {
        guard isWhole, !notes.isEmpty else { return }
        notes.append(.message(message))
        parts += 1
    }
}

/// A message that ended in a record, by its numbers.
struct LoggedMessage {
    /// What it is.
    enum Kind {
        case handshake(HandshakeType)
        case alert(AlertFact)
        /// A message of SSL 2.0 or in its format, and what an error complains about.
        case ssl2(SSL2MessageType, String?)
        /// Anything else, and what could not be read, by the type of its record.
        case other(ContentType)
    }

    var kind: Kind
    /// Its size in bytes, header included.
    var length: Int
}

extension LegMessage {
    fileprivate init(_ message: LoggedMessage) {
        self.init(name: "", length: message.length)
        switch message.kind {
        case .handshake(let type): name = type.name
        case .ssl2(let type, let words):
            name = "ssl2_\(type.name)"
            detail = words
        case .other(let type): name = type.name
        case .alert(let alert):
            name = ContentType.alert.name
            detail = alert.words
        }
    }
}

extension AlertFact {
    /// Level and description without their numbers: `fatal handshake_failure`.
    var words: String { "\(level.name) \(description.name)" }
}
