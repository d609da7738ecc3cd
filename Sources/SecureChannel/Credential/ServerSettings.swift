public import Certificates

/// What only a server brings to its connections, beside what every ``Credential`` has.
public struct ServerSettings: Sendable {
    /// Certificates for names that clients may ask for (RFC 6066 section 3), tried in this order; the credential's own
    /// are for all other names, and for clients that ask for none.
    public var names: [ServedName] = []
    /// Whether a client that asks for a name of nobody here is refused with unrecognized_name.
    public var refusesUnknownNames = false
    /// The OCSP response stapled to the credential's own certificates (RFC 6066 section 8), in DER; nil staples none.
    public var stapledOCSP: [UInt8]?
    /// What is left out with single application protocols, one entry a protocol.
    public var protocolRules: [ApplicationProtocolRules] = []
    /// Keys of tickets, 80 bytes each as OpenSSL and nginx take them: the first seals, all open. None makes one that ends with
    /// the process.
    public var ticketKeys: [[UInt8]] = []

    /// Nothing out of the ordinary.
    public init() {}

    /// The size of each of ``ticketKeys`` in bytes.
    public static let ticketKeyLength = 80
}

/// A name that a server answers to, with its certificates.
public struct ServedName: Sendable {
    /// A DNS name; `*.` in front stands for one label.
    public var name: String
    /// Certificates with their keys, at most one of each key type; empty shows the credential's own.
    public var identities: [Identity]

    /// A name and its certificates.
    public init(name: String, identities: [Identity]) {
        self.name = name
        self.identities = identities
    }
}
