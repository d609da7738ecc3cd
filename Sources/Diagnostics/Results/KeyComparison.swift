public import TLSParameters

/// Whether the key in a file is that of a certificate from elsewhere.
public struct KeyComparison: Codable, Hashable, Sendable {
    /// The certificate's file, as the user wrote it.
    public var path: String
    /// The certificate's subject, in one line.
    public var subject: PeerText
    /// SHA-256 of the certificate, hexadecimal.
    public var sha256: String
    /// Whether every key and request of the file that could be read has the certificate's key.
    public var matches: Bool
}
