public import TLSParameters

// RFC 8446 §4.2.1
//
//     client_hello:                       ProtocolVersion versions<2..254>;
//     server_hello, hello_retry_request:  ProtocolVersion selected_version;

/// `supported_versions` of a ClientHello.
public struct SupportedVersions: ExtensionPayload {
    /// Versions in the client's order, GREASE included.
    public var versions: [ProtocolVersion]

    /// `supported_versions`
    public static var type: ExtensionType { .supported_versions }

    /// Makes a list.
    public init(versions: [ProtocolVersion]) { self.versions = versions }

    /// Reads the list.
    public init(parsing reader: inout ByteReader) throws(WireError) {
        versions = try reader.readUInt16List(.one, minimum: 2, "supported_versions.versions")
            .map(ProtocolVersion.init(rawValue:))
    }

    /// Writes the list.
    public func encode(into writer: inout ByteWriter) {
        writer.writeUInt16List(.one, versions.map(\.rawValue))
    }
}

/// `supported_versions` of a ServerHello or HelloRetryRequest.
public struct SelectedVersion: ExtensionPayload {
    /// What the server chose.
    public var version: ProtocolVersion

    /// `supported_versions`
    public static var type: ExtensionType { .supported_versions }

    /// Makes the value.
    public init(version: ProtocolVersion) { self.version = version }

    /// Reads the version.
    public init(parsing reader: inout ByteReader) throws(WireError) {
        version = ProtocolVersion(rawValue: try reader.readUInt16("supported_versions.selected_version"))
    }

    /// Writes the version.
    public func encode(into writer: inout ByteWriter) {
        writer.writeUInt16(version.rawValue)
    }
}
