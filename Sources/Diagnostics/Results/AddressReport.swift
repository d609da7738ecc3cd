public import TLSParameters

/// How one of a name's addresses stands, and where it differs from the first that answered.
public struct AddressReport: Codable, Hashable, Sendable {
    /// The address.
    public var address: String
    /// How asking it ended.
    public var status: RunStatus
    /// The versions that it speaks, oldest first.
    public var versions: [String]
    /// SHA-256 of its certificate in hexadecimal; null if none was seen.
    @Nullable public var certificate: String?
    /// Where it differs, a sentence each; empty for the first that answered.
    public var differences: [PeerText]

    /// An address's facts.
    public init(address: String, status: RunStatus, versions: [String], certificate: String?, differences: [PeerText]) {
        self.address = address
        self.status = status
        self.versions = versions
        self.certificate = certificate
        self.differences = differences
    }
}
