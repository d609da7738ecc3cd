public import TLSParameters

/// An extension whose mere presence is the message: its data is empty.
public protocol EmptyPayload: ExtensionPayload {
    /// Makes the value.
    init()
}

extension EmptyPayload {
    /// Reads nothing.
    public init(parsing _: inout ByteReader) throws(WireError) { self.init() }

    /// Writes nothing.
    public func encode(into _: inout ByteWriter) {}
}

/// `server_name` of a ServerHello or EncryptedExtensions: the name was used (RFC 6066 §3).
public struct ServerNameAcknowledgement: EmptyPayload {
    /// `server_name`
    public static var type: ExtensionType { .server_name }
    /// Makes the value.
    public init() {}
}

/// `status_request` of a TLS ≤ 1.2 ServerHello: a CertificateStatus follows (RFC 6066 §8).
public struct StatusRequestAcknowledgement: EmptyPayload {
    /// `status_request`
    public static var type: ExtensionType { .status_request }
    /// Makes the value.
    public init() {}
}

/// `signed_certificate_timestamp` of a ClientHello or CertificateRequest: please send some (RFC 6962 §3.3.1).
public struct CertificateTimestampRequest: EmptyPayload {
    /// `signed_certificate_timestamp`
    public static var type: ExtensionType { .signed_certificate_timestamp }
    /// Makes the value.
    public init() {}
}

/// `encrypt_then_mac` (RFC 7366).
public struct EncryptThenMAC: EmptyPayload {
    /// `encrypt_then_mac`
    public static var type: ExtensionType { .encrypt_then_mac }
    /// Makes the value.
    public init() {}
}

/// `extended_master_secret` (RFC 7627).
public struct ExtendedMasterSecret: EmptyPayload {
    /// `extended_master_secret`
    public static var type: ExtensionType { .extended_master_secret }
    /// Makes the value.
    public init() {}
}

/// `post_handshake_auth` (RFC 8446 §4.2.6).
public struct PostHandshakeAuth: EmptyPayload {
    /// `post_handshake_auth`
    public static var type: ExtensionType { .post_handshake_auth }
    /// Makes the value.
    public init() {}
}

/// `early_data` of a ClientHello or EncryptedExtensions (RFC 8446 §4.2.10).
public struct EarlyDataIndication: EmptyPayload {
    /// `early_data`
    public static var type: ExtensionType { .early_data }
    /// Makes the value.
    public init() {}
}
