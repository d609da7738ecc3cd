public import TLSParameters

// RFC 8446 §4.2.9: enum { psk_ke(0), psk_dhe_ke(1), (255) } PskKeyExchangeMode;  ke_modes<1..255>;

/// `psk_key_exchange_modes`.
public struct PSKKeyExchangeModes: ExtensionPayload {
    /// Modes in the client's order.
    public var modes: [PSKKeyExchangeMode]

    /// `psk_key_exchange_modes`
    public static var type: ExtensionType { .psk_key_exchange_modes }

    /// Makes a list.
    public init(modes: [PSKKeyExchangeMode]) { self.modes = modes }

    /// Reads the list.
    public init(parsing reader: inout ByteReader) throws(WireError) {
        modes = try reader.readOpaque(.one, minimum: 1, "psk_key_exchange_modes.ke_modes")
            .map(PSKKeyExchangeMode.init(rawValue:))
    }

    /// Writes the list.
    public func encode(into writer: inout ByteWriter) {
        writer.writeOpaque(.one, modes.map(\.rawValue))
    }
}

// RFC 8446 §4.2.11
//
//     struct {
//         opaque identity<1..2^16-1>;
//         uint32 obfuscated_ticket_age;
//     } PskIdentity;
//     opaque PskBinderEntry<32..255>;
//
//     client_hello:  PskIdentity identities<7..2^16-1>;
//                    PskBinderEntry binders<33..2^16-1>;
//     server_hello:  uint16 selected_identity;

/// `pre_shared_key` of a ClientHello.
public struct OfferedPSKs: ExtensionPayload {
    /// One offered key.
    public struct Identity: Hashable, Sendable {
        /// The ticket or the name of an external key.
        public var identity: [UInt8]
        /// Milliseconds since the ticket was issued, plus the ticket's `age_add`, modulo 2^32.
        public var obfuscatedTicketAge: UInt32

        /// Makes an identity.
        public init(identity: [UInt8], obfuscatedTicketAge: UInt32) {
            self.identity = identity
            self.obfuscatedTicketAge = obfuscatedTicketAge
        }
    }

    /// Offered keys.
    public var identities: [Identity]
    /// One HMAC per key.
    public var binders: [[UInt8]]

    /// `pre_shared_key`
    public static var type: ExtensionType { .pre_shared_key }

    /// Makes an offer.
    public init(identities: [Identity], binders: [[UInt8]]) {
        self.identities = identities
        self.binders = binders
    }

    /// Reads both lists.
    public init(parsing reader: inout ByteReader) throws(WireError) {
        var list = try reader.readVector(.two, minimum: 7, "pre_shared_key.identities")
        identities = []
        while !list.isEmpty {
            let identity = try list.readOpaque(.two, minimum: 1, "pre_shared_key.identity")
            let age = try list.readUInt32("pre_shared_key.obfuscated_ticket_age")
            identities.append(Identity(identity: identity, obfuscatedTicketAge: age))
        }
        list = try reader.readVector(.two, minimum: 33, "pre_shared_key.binders")
        binders = []
        while !list.isEmpty { binders.append(try list.readOpaque(.one, minimum: 32, "pre_shared_key.binder")) }
    }

    /// Writes both lists.
    public func encode(into writer: inout ByteWriter) {
        writer.writeVector(.two) { writer in
            for item in identities {
                writer.writeOpaque(.two, item.identity)
                writer.writeUInt32(item.obfuscatedTicketAge)
            }
        }
        writer.writeVector(.two) { writer in
            for binder in binders { writer.writeOpaque(.one, binder) }
        }
    }
}

/// `pre_shared_key` of a ServerHello.
public struct SelectedPSK: ExtensionPayload {
    /// Index into the offered identities.
    public var index: UInt16

    /// `pre_shared_key`
    public static var type: ExtensionType { .pre_shared_key }

    /// Makes the value.
    public init(index: UInt16) { self.index = index }

    /// Reads the index.
    public init(parsing reader: inout ByteReader) throws(WireError) {
        index = try reader.readUInt16("pre_shared_key.selected_identity")
    }

    /// Writes the index.
    public func encode(into writer: inout ByteWriter) {
        writer.writeUInt16(index)
    }
}
