public import Certificates

/// Certificates that a server shows under other circumstances than the session's own.
public struct ServedChain: Codable, Sendable {
    /// What brought it out: `RSA`, `ECDSA`, `without server_name`, `tls1.2`, …, each that did.
    public var circumstances: [String]
    /// The certificates in the order in which they were sent.
    public var certificates: [CertificateReport]
    /// The judgement; null if none was asked for.
    @Nullable public var validation: ChainValidation?

    /// A chain.
    public init(circumstances: [String], certificates: [CertificateReport], validation: ChainValidation?) {
        self.circumstances = circumstances
        self.certificates = certificates
        self.validation = validation
    }
}
