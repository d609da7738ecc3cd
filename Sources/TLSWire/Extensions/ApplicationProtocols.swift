public import TLSParameters

// RFC 7301 §3.1
//
//     opaque ProtocolName<1..2^8-1>;
//     ProtocolName protocol_name_list<2..2^16-1>;

/// `application_layer_protocol_negotiation`: the client's list, or the server's list of one.
public struct ApplicationProtocols: ExtensionPayload {
    /// Names as sent; any bytes are legal, so they are peer text.
    public var names: [PeerText]

    /// `application_layer_protocol_negotiation`
    public static var type: ExtensionType { .application_layer_protocol_negotiation }

    /// Makes a list.
    public init(names: [PeerText]) { self.names = names }

    /// Reads the list.
    public init(parsing reader: inout ByteReader) throws(WireError) {
        var list = try reader.readVector(.two, minimum: 2, "ALPN.protocol_name_list")
        names = []
        while !list.isEmpty {
            names.append(PeerText(bytes: try list.readOpaque(.one, minimum: 1, "ALPN.ProtocolName")))
        }
    }

    /// Writes the list.
    public func encode(into writer: inout ByteWriter) {
        writer.writeVector(.two) { writer in
            for name in names { writer.writeOpaque(.one, name.bytes) }
        }
    }
}
