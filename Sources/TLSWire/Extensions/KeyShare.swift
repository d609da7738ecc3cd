public import TLSParameters

// RFC 8446 §4.2.8
//
//     struct {
//         NamedGroup group;
//         opaque key_exchange<1..2^16-1>;
//     } KeyShareEntry;
//
//     client_hello:         KeyShareEntry client_shares<0..2^16-1>;
//     hello_retry_request:  NamedGroup selected_group;
//     server_hello:         KeyShareEntry server_share;

/// A public value for one group.
public struct KeyShareEntry: Hashable, Sendable {
    /// The group.
    public var group: NamedGroup
    /// The public value in the form that the group defines.
    public var keyExchange: [UInt8]

    /// Makes an entry.
    public init(group: NamedGroup, keyExchange: [UInt8]) {
        self.group = group
        self.keyExchange = keyExchange
    }

    init(parsing reader: inout ByteReader) throws(WireError) {
        group = NamedGroup(rawValue: try reader.readUInt16("key_share.group"))
        keyExchange = try reader.readOpaque(.two, minimum: 1, "key_share.key_exchange")
    }

    func encode(into writer: inout ByteWriter) {
        writer.writeUInt16(group.rawValue)
        writer.writeOpaque(.two, keyExchange)
    }
}

/// `key_share` of a ClientHello; may be empty, to ask for a HelloRetryRequest.
public struct ClientKeyShares: ExtensionPayload {
    /// Shares in the client's order.
    public var entries: [KeyShareEntry]

    /// `key_share`
    public static var type: ExtensionType { .key_share }

    /// Makes a list.
    public init(entries: [KeyShareEntry]) { self.entries = entries }

    /// Reads the list.
    public init(parsing reader: inout ByteReader) throws(WireError) {
        var list = try reader.readVector(.two, "key_share.client_shares")
        entries = []
        while !list.isEmpty { entries.append(try KeyShareEntry(parsing: &list)) }
    }

    /// Writes the list.
    public func encode(into writer: inout ByteWriter) {
        writer.writeVector(.two) { writer in
            for entry in entries { entry.encode(into: &writer) }
        }
    }
}

/// `key_share` of a ServerHello.
public struct ServerKeyShare: ExtensionPayload {
    /// The server's public value.
    public var entry: KeyShareEntry

    /// `key_share`
    public static var type: ExtensionType { .key_share }

    /// Makes the value.
    public init(entry: KeyShareEntry) { self.entry = entry }

    /// Reads the entry.
    public init(parsing reader: inout ByteReader) throws(WireError) {
        entry = try KeyShareEntry(parsing: &reader)
    }

    /// Writes the entry.
    public func encode(into writer: inout ByteWriter) {
        entry.encode(into: &writer)
    }
}

/// `key_share` of a HelloRetryRequest.
public struct RetryKeyShare: ExtensionPayload {
    /// The group that the server wants a share for.
    public var group: NamedGroup

    /// `key_share`
    public static var type: ExtensionType { .key_share }

    /// Makes the value.
    public init(group: NamedGroup) { self.group = group }

    /// Reads the group.
    public init(parsing reader: inout ByteReader) throws(WireError) {
        group = NamedGroup(rawValue: try reader.readUInt16("key_share.selected_group"))
    }

    /// Writes the group.
    public func encode(into writer: inout ByteWriter) {
        writer.writeUInt16(group.rawValue)
    }
}
