public import TLSParameters

// RFC 8446 §4.2.7, RFC 8422 §5.1.1: NamedGroup named_group_list<2..2^16-1>;

/// `supported_groups`, once `elliptic_curves`.
public struct SupportedGroups: ExtensionPayload {
    /// Groups in the sender's order.
    public var groups: [NamedGroup]

    /// `supported_groups`
    public static var type: ExtensionType { .supported_groups }

    /// Makes a list.
    public init(groups: [NamedGroup]) { self.groups = groups }

    /// Reads the list.
    public init(parsing reader: inout ByteReader) throws(WireError) {
        groups = try reader.readUInt16List(.two, minimum: 2, "supported_groups").map(NamedGroup.init(rawValue:))
    }

    /// Writes the list.
    public func encode(into writer: inout ByteWriter) {
        writer.writeUInt16List(.two, groups.map(\.rawValue))
    }
}

// RFC 8422 §5.1.2: ECPointFormat ec_point_format_list<1..2^8-1>;

/// `ec_point_formats`.
public struct ECPointFormats: ExtensionPayload {
    /// Formats in the sender's order; RFC 8422 deprecates all but `uncompressed`.
    public var formats: [ECPointFormat]

    /// `ec_point_formats`
    public static var type: ExtensionType { .ec_point_formats }

    /// Makes a list.
    public init(formats: [ECPointFormat]) { self.formats = formats }

    /// Reads the list.
    public init(parsing reader: inout ByteReader) throws(WireError) {
        formats = try reader.readOpaque(.one, minimum: 1, "ec_point_formats").map(ECPointFormat.init(rawValue:))
    }

    /// Writes the list.
    public func encode(into writer: inout ByteWriter) {
        writer.writeOpaque(.one, formats.map(\.rawValue))
    }
}
