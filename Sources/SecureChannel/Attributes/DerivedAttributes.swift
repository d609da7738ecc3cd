/// Keying material that was asked for (RFC 5705, RFC 8446 section 7.5). As secret as what it is used for.
public struct ExportAttributes: Codable, Hashable, Sendable {
    /// What it is for.
    public var label: String
    /// What it is bound to; nil for nothing.
    public var context: HexBytes?
    /// Whether it comes from the secret of early data.
    public var isEarly: Bool
    /// How much was asked for, in bytes.
    public var byteCount: Int
    /// The material; nil if there is none.
    public var material: HexBytes?
    /// Why there is none.
    public var problem: String?
}

/// The secrets of a channel: whoever has them can read what went through it.
public struct SecretAttributes: Codable, Hashable, Sendable {
    /// The client's random bytes, by which a key log names the connection.
    public var clientRandom: HexBytes?
    /// The server's random bytes.
    public var serverRandom: HexBytes?
    /// The master secret, 48 bytes; nil in TLS 1.3, whose secrets are in the key log lines.
    public var masterSecret: HexBytes?
    /// Lines in the NSS key log format, at most 1000.
    public var keyLog: [String]
}
