public import TLSParameters

// RFC 5077 §3.3
//
//     struct {
//         uint32 ticket_lifetime_hint;
//         opaque ticket<0..2^16-1>;
//     } NewSessionTicket;
//
// RFC 8446 §4.6.1
//
//     struct {
//         uint32 ticket_lifetime;
//         uint32 ticket_age_add;
//         opaque ticket_nonce<0..255>;
//         opaque ticket<1..2^16-1>;
//         Extension extensions<0..2^16-2>;
//     } NewSessionTicket;

/// A ticket to resume with, in the form of TLS ≤ 1.2 or of TLS 1.3.
public struct NewSessionTicket: Hashable, Sendable {
    /// What only TLS 1.3 tickets have.
    public struct TLS13Fields: Hashable, Sendable {
        /// Milliseconds to add to the ticket's age.
        public var ageAdd: UInt32
        /// Distinguishes the tickets of one connection.
        public var nonce: [UInt8]
        /// `early_data`, GREASE.
        public var extensions: [Extension]

        /// Makes the fields.
        public init(ageAdd: UInt32, nonce: [UInt8], extensions: [Extension]) {
            self.ageAdd = ageAdd
            self.nonce = nonce
            self.extensions = extensions
        }
    }

    /// Seconds; 0 means unspecified in TLS ≤ 1.2, and "discard at once" in TLS 1.3, which allows at most 604800.
    public var lifetime: UInt32
    /// The ticket.
    public var ticket: [UInt8]
    /// Nil in the older form, and that is what tells the two apart.
    public var tls13: TLS13Fields?

    /// `new_session_ticket`
    public static var type: HandshakeType { .new_session_ticket }

    /// Makes a ticket.
    public init(lifetime: UInt32, ticket: [UInt8], tls13: TLS13Fields? = nil) {
        self.lifetime = lifetime
        self.ticket = ticket
        self.tls13 = tls13
    }

    /// Reads the body of the message in the form of `version`.
    public init(parsing reader: inout ByteReader, version: ProtocolVersion) throws(WireError) {
        lifetime = try reader.readUInt32("NewSessionTicket.ticket_lifetime")
        guard version >= .tls13 else {
            ticket = try reader.readOpaque(.two, "NewSessionTicket.ticket")
            return
        }
        let ageAdd = try reader.readUInt32("NewSessionTicket.ticket_age_add")
        let nonce = try reader.readOpaque(.one, "NewSessionTicket.ticket_nonce")
        ticket = try reader.readOpaque(.two, minimum: 1, "NewSessionTicket.ticket")
        let extensions = try Extension.readRequiredList(&reader, "NewSessionTicket.extensions")
        tls13 = TLS13Fields(ageAdd: ageAdd, nonce: nonce, extensions: extensions)
    }

    /// Reads a whole message.
    public init(_ message: HandshakeMessage, version: ProtocolVersion) throws(WireError) {
        try message.expect(Self.type)
        var reader = message.reader
        try self.init(parsing: &reader, version: version)
        try reader.finish("NewSessionTicket")
    }

    /// Bytes of early data that the server accepts with this ticket; nil if none.
    public var maximumEarlyData: UInt32? {
        (try? tls13?.extensions.decode(MaximumEarlyData.self))?.size
    }

    /// Writes the body of the message.
    public func encode(into writer: inout ByteWriter) {
        writer.writeUInt32(lifetime)
        if let tls13 {
            writer.writeUInt32(tls13.ageAdd)
            writer.writeOpaque(.one, tls13.nonce)
        }
        writer.writeOpaque(.two, ticket)
        Extension.writeList(tls13?.extensions, into: &writer)
    }

    /// The message with its type and length.
    public func handshakeMessage() -> HandshakeMessage {
        HandshakeMessage(type: Self.type) { encode(into: &$0) }
    }
}
