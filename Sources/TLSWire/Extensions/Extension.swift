public import TLSParameters

// RFC 8446 §4.2, RFC 5246 §7.4.1.4
//
//     struct {
//         ExtensionType extension_type;        2 bytes
//         opaque extension_data<0..2^16-1>;
//     } Extension;

/// An extension whose data has not been looked at.
public struct Extension: Hashable, Sendable {
    /// The code point; unknown ones are kept.
    public var type: ExtensionType
    /// `extension_data`
    public var data: [UInt8]

    /// Makes an extension.
    public init(type: ExtensionType, data: [UInt8]) {
        self.type = type
        self.data = data
    }

    /// Makes an extension from its typed value.
    public init<Payload: ExtensionPayload>(_ payload: Payload) {
        var writer = ByteWriter()
        payload.encode(into: &writer)
        self.init(type: Payload.type, data: writer.bytes)
    }

    /// Reads type, length and data.
    public init(parsing reader: inout ByteReader) throws(WireError) {
        type = ExtensionType(rawValue: try reader.readUInt16("Extension.extension_type"))
        data = try reader.readOpaque(.two, "Extension.extension_data")
    }

    /// Writes type, length and data.
    public func encode(into writer: inout ByteWriter) {
        writer.writeUInt16(type.rawValue)
        writer.writeOpaque(.two, data)
    }

    /// Reads the data as `Payload`; errors count offsets from the start of the data.
    ///
    /// The type is not compared: the caller says in which message, and so in which form, the extension stood.
    public func decode<Payload: ExtensionPayload>(_: Payload.Type) throws(WireError) -> Payload {
        var reader = ByteReader(data)
        let payload = try Payload(parsing: &reader)
        try reader.finish(Payload.type.name)
        return payload
    }
}

/// The typed data of an extension, in the form of one kind of message.
public protocol ExtensionPayload: Hashable, Sendable {
    /// The code point that this data travels under.
    static var type: ExtensionType { get }
    /// Reads `extension_data`; what it leaves in the reader is not part of it.
    init(parsing reader: inout ByteReader) throws(WireError)
    /// Writes `extension_data`.
    func encode(into writer: inout ByteWriter)
}

extension Sequence<Extension> {
    /// The first extension of a type.
    public func first(_ type: ExtensionType) -> Extension? {
        first { $0.type == type }
    }

    /// The first extension of `Payload`'s type, decoded; nil if there is none.
    public func decode<Payload: ExtensionPayload>(_: Payload.Type) throws(WireError) -> Payload? {
        guard let found = first(Payload.type) else { return nil }
        return try found.decode(Payload.self)
    }

    /// The types that occur more than once, which RFC 8446 §4.2 forbids, in order of their second occurrence.
    public var duplicateTypes: [ExtensionType] {
        var counts: [ExtensionType: Int] = [:]
        var twice: [ExtensionType] = []
        for item in self {
            counts[item.type, default: 0] += 1
            if counts[item.type] == 2 { twice.append(item.type) }
        }
        return twice
    }
}

extension Extension {
    /// Reads `Extension extensions<minimum..2^16-1>`, or nil if nothing is left.
    static func readList(_ reader: inout ByteReader, _ field: String) throws(WireError) -> [Extension]? {
        reader.isEmpty ? nil : try readRequiredList(&reader, field)
    }

    /// Reads `Extension extensions<minimum..2^16-1>`.
    static func readRequiredList(
        _ reader: inout ByteReader,
        minimum: Int = 0,
        _ field: String
    ) throws(WireError) -> [Extension] {
        var list = try reader.readVector(.two, minimum: minimum, field)
        var extensions: [Extension] = []
        while !list.isEmpty { extensions.append(try Extension(parsing: &list)) }
        return extensions
    }

    /// Writes the list; nothing at all for nil.
    static func writeList(_ extensions: [Extension]?, into writer: inout ByteWriter) {
        guard let extensions else { return }
        writer.writeVector(.two) { writer in
            for item in extensions { item.encode(into: &writer) }
        }
    }
}
