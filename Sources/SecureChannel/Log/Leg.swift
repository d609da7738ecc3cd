/// One token that was sent or received, with what is in it.
public struct Leg: Codable, Hashable, Sendable {
    /// Counting from 1 over both directions.
    public var number: Int
    /// Which way it went.
    public var direction: Direction
    /// Its size in bytes.
    public var byteCount: Int
    /// The bytes, as far as the context keeps them. Reports leave them out unless asked.
    public var bytes: [UInt8] = []
    /// The records in it, as the context decoded them.
    public var records: [LegRecord]
    /// The status of the call that took or made it, such as `continue-needed`.
    public var status: String
    /// What the status leaves open, in our own words, such as `need 112 more bytes`.
    public var detail: String?
    /// The status Schannel would have returned, with its number: `SEC_I_CONTINUE_NEEDED 0x00090312`.
    public var schannel: String
    /// Earlier calls that brought too little of it; nil when it came at once.
    public var wait: LegWait?
    /// What was given along with it and left for later calls (`SECBUFFER_EXTRA`); nil without any.
    public var extra: LegExtra?
    /// When, in seconds since the context was made.
    public var seconds: Double

    private enum CodingKeys: String, CodingKey {
        case number
        case direction
        case byteCount
        case records
        case status
        case detail
        case schannel
        case wait
        case extra
        case seconds
    }
}

/// Calls that brought a part of a record only (`SEC_E_INCOMPLETE_MESSAGE`).
public struct LegWait: Codable, Hashable, Sendable {
    /// How many.
    public var calls: Int
    /// How many bytes were missing after the first of them, as far as could be told then.
    public var missing: Int
}

/// Bytes that came with a token and belong to the calls after it.
public struct LegExtra: Codable, Hashable, Sendable {
    /// One kind of message or record among them.
    public struct Part: Codable, Hashable, Sendable {
        /// Its name in the registry, such as `new_session_ticket` or `application_data`.
        public var name: String
        /// How many.
        public var count: Int
    }

    /// How many bytes.
    public var byteCount: Int
    /// What they turned out to be, in the order of first appearance; empty until they were read.
    public var parts: [Part] = []

    /// `537 bytes (2 x new_session_ticket, 1 x application_data)`.
    public var text: String {
        let size = "\(byteCount) byte\(byteCount == 1 ? "" : "s")"
        guard !parts.isEmpty else { return size }
        return size + " (" + parts.map { "\($0.count) x \($0.name)" }.joined(separator: ", ") + ")"
    }

    /// Adds what a record in it turned out to be.
    mutating func take(_ record: LegRecord) {
        let names = record.messages.map(\.name)
        for name in names.isEmpty ? [(record.innerType ?? record.type)?.name ?? "ssl2"] : names {
            if let index = parts.firstIndex(where: { $0.name == name }) {
                parts[index].count += 1
            } else if parts.count < 16 {
                parts.append(Part(name: name, count: 1))
            }
        }
    }
}

/// Which way bytes went, seen from this end.
public enum Direction: String, Codable, Hashable, Sendable {
    /// From this end to the peer.
    case sent
    /// From the peer to this end.
    case received
}

/// One record as far as this end can see into it.
public struct LegRecord: Codable, Hashable, Sendable {
    /// The content type of the header; nil for an SSL 2.0 record.
    public var type: NamedCode?
    /// The version in the header; nil for an SSL 2.0 record.
    public var version: NamedCode?
    /// The size of the fragment in bytes, without the header.
    public var length: Int
    /// The content type within a protected TLS 1.3 record.
    public var innerType: NamedCode?
    /// The messages that ended in this record, in the clear.
    public var messages: [LegMessage]

    /// One line without peer text: `handshake 0x0301 512: client_hello`.
    public var text: String {
        let kind = type.map(\.name) ?? "ssl2"
        let inner = innerType.map { "(\($0.name))" } ?? ""
        let head = "\(kind)\(inner) \(version.map(\.codePoint) ?? "0x0002") \(length)"
        return messages.isEmpty ? head : head + ": " + messages.map(\.text).joined(separator: ", ")
    }
}

/// One handshake message, alert or change of cipher.
public struct LegMessage: Codable, Hashable, Sendable {
    /// Its name in the registry, such as `client_hello`, `alert` or `change_cipher_spec`.
    public var name: String
    /// Its size in bytes, header included.
    public var length: Int
    /// What it says, in registry words, such as `fatal handshake_failure`; nil when the name says all.
    public var detail: String?

    /// Name and detail.
    public var text: String { detail.map { "\(name) (\($0))" } ?? name }
}
