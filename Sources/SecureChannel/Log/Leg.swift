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
    /// When, in seconds since the context was made.
    public var seconds: Double

    private enum CodingKeys: String, CodingKey {
        case number
        case direction
        case byteCount
        case records
        case status
        case seconds
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
