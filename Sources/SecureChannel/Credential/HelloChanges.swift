public import TLSParameters

/// What a client's hello has beyond, or without, what libssl puts into it.
public struct HelloChanges: Hashable, Sendable {
    /// An extension with content of the caller's (Schannel's `SECBUFFER_SEND_GENERIC_TLS_EXTENSION`).
    public struct Extension: Hashable, Sendable {
        /// Its type.
        public var type: ExtensionType
        /// Its content, at most 65535 bytes; what of that fits into a hello is up to libssl.
        public var content: [UInt8]

        /// An extension from its parts.
        public init(_ type: ExtensionType, content: [UInt8]) {
            self.type = type
            self.content = content
        }
    }

    /// The extensions that libssl can leave out.
    public static let omissible: [ExtensionType] = [
        .status_request, .encrypt_then_mac, .extended_master_secret, .session_ticket,
    ]
    /// The fragment lengths that a client can ask for (RFC 6066 section 4), in bytes.
    public static let fragmentLengths = [512, 1_024, 2_048, 4_096]

    /// Extensions to add.
    public var added: [Extension] = []
    /// Extensions to leave out, all from ``omissible``.
    public var omitted: Set<ExtensionType> = []
    /// The longest fragment to ask the server for, one of ``fragmentLengths``; nil asks for nothing.
    public var maximumFragmentLength: Int?
    /// Whether the first hello has the format of SSL 2.0, as clients of the nineties sent it to reach old and new servers alike
    /// (RFC 5246 appendix E.2). It has no room for extensions.
    public var usesSSL2Format = false

    /// Whether the client asks for a stapled OCSP response (RFC 6066 section 8).
    var asksForStaple: Bool { !omitted.contains(.status_request) }

    /// A hello as libssl makes it.
    public init() {}
}
