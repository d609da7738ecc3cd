public import TLSParameters

// RFC 8446 §4.2.2: opaque cookie<1..2^16-1>;

/// `cookie` of a HelloRetryRequest and of the hello that answers it.
public struct Cookie: ExtensionPayload {
    /// Opaque to the client.
    public var cookie: [UInt8]

    /// `cookie`
    public static var type: ExtensionType { .cookie }

    /// Makes the value.
    public init(cookie: [UInt8]) { self.cookie = cookie }

    /// Reads the cookie.
    public init(parsing reader: inout ByteReader) throws(WireError) {
        cookie = try reader.readOpaque(.two, minimum: 1, "cookie")
    }

    /// Writes the cookie.
    public func encode(into writer: inout ByteWriter) {
        writer.writeOpaque(.two, cookie)
    }
}

// RFC 5746 §3.2: opaque renegotiated_connection<0..255>;

/// `renegotiation_info`: empty in a first handshake, then the verify_data of the last one.
public struct RenegotiationInfo: ExtensionPayload {
    /// The client's verify_data; the client's and the server's in a ServerHello.
    public var renegotiatedConnection: [UInt8]

    /// `renegotiation_info`
    public static var type: ExtensionType { .renegotiation_info }

    /// Makes the value.
    public init(renegotiatedConnection: [UInt8] = []) { self.renegotiatedConnection = renegotiatedConnection }

    /// Reads the value.
    public init(parsing reader: inout ByteReader) throws(WireError) {
        renegotiatedConnection = try reader.readOpaque(.one, "renegotiation_info.renegotiated_connection")
    }

    /// Writes the value.
    public func encode(into writer: inout ByteWriter) {
        writer.writeOpaque(.one, renegotiatedConnection)
    }
}

// RFC 5077 §3.2 and appendix A: the ticket is the whole extension_data, without a length of its own.

/// `session_ticket`: empty to ask for one, a ticket to resume with; empty in a ServerHello.
public struct SessionTicketExtension: ExtensionPayload {
    /// The ticket, or nothing.
    public var ticket: [UInt8]

    /// `session_ticket`
    public static var type: ExtensionType { .session_ticket }

    /// Makes the value.
    public init(ticket: [UInt8] = []) { self.ticket = ticket }

    /// Reads everything.
    public init(parsing reader: inout ByteReader) throws(WireError) {
        ticket = reader.readRest()
    }

    /// Writes the ticket.
    public func encode(into writer: inout ByteWriter) {
        writer.writeBytes(ticket)
    }
}

// RFC 8446 §4.2.10: new_session_ticket: uint32 max_early_data_size;

/// `early_data` of a NewSessionTicket.
public struct MaximumEarlyData: ExtensionPayload {
    /// Bytes of early data that the server accepts.
    public var size: UInt32

    /// `early_data`
    public static var type: ExtensionType { .early_data }

    /// Makes the value.
    public init(size: UInt32) { self.size = size }

    /// Reads the size.
    public init(parsing reader: inout ByteReader) throws(WireError) {
        size = try reader.readUInt32("early_data.max_early_data_size")
    }

    /// Writes the size.
    public func encode(into writer: inout ByteWriter) {
        writer.writeUInt32(size)
    }
}
