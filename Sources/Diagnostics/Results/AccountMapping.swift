/// Whom a client's certificate stands for, as the server's map has it.
public struct AccountMapping: Codable, Hashable, Sendable {
    /// How the certificate was known, in the order in which Schannel tries.
    public enum Method: String, Codable, Sendable, CaseIterable {
        /// By its hash.
        case thumbprint
        /// By the user principal name in it (Microsoft's alternative name 1.3.6.1.4.1.311.20.2.3).
        case upn
        /// By its subject and its issuer.
        case oneToOne = "one-to-one"
        /// By its issuer alone.
        case manyToOne = "many-to-one"
    }

    /// The accounts; more than one is what Schannel calls SEC_E_MULTIPLE_ACCOUNTS, none is no match.
    public var accounts: [String]
    /// How they were found; null without a match.
    @Nullable public var method: Method?
}
