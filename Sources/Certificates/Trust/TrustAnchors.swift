/// Whom to believe: the system's authorities, files and directories of others. A value; ``TrustStore`` is it, acquired.
public struct TrustAnchors: Hashable, Sendable, Codable {
    /// The system's authorities: `SSL_CERT_FILE` and `SSL_CERT_DIR` where they are set, else what OpenSSL was built with.
    public var system: Bool
    /// Files of certificates in PEM.
    public var files: [String]
    /// Directories of certificates under their hashed names (`openssl rehash`).
    public var directories: [String]
    /// Certificates at hand.
    public var certificates: [Certificate]
    /// When true, an intermediate among the anchors is enough and the chain need not reach a root.
    public var allowsPartialChains: Bool

    /// The system's authorities and nothing else.
    public static let systemOnly = Self(system: true)
    /// Nobody.
    public static let none = Self(system: false)

    /// Those anchors.
    public init(
        system: Bool = true,
        files: [String] = [],
        directories: [String] = [],
        certificates: [Certificate] = [],
        allowsPartialChains: Bool = false
    ) {
        self.system = system
        self.files = files
        self.directories = directories
        self.certificates = certificates
        self.allowsPartialChains = allowsPartialChains
    }
}
