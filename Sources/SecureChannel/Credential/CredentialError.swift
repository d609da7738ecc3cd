public import TLSParameters

/// Why a credential can't be acquired. Always our side's fault: nothing was sent yet.
public struct CredentialError: Error, Hashable, Sendable {
    /// What is wrong, to switch on.
    public struct Kind: RawRepresentable, Hashable, Sendable, Codable {
        /// The stable text, such as `protocol-gap`.
        public let rawValue: String

        /// Any kind; ours are the constants.
        public init(rawValue: String) {
            self.rawValue = rawValue
        }

        /// The set of protocol versions is empty.
        public static let noProtocol = Kind(rawValue: "no-protocol")
        /// The set has a hole, which libssl would fill silently. ``CredentialError/versions`` names the missing ones.
        public static let protocolGap = Kind(rawValue: "protocol-gap")
        /// SSL 2.0 or 3.0 was asked of libssl, which has neither.
        public static let needsClassicEngine = Kind(rawValue: "needs-classic-engine")
        /// This libssl can't do the version.
        public static let protocolUnavailable = Kind(rawValue: "protocol-unavailable")
        /// This libssl can't do a suite that was asked for by name. ``CredentialError/suites`` names them.
        public static let suiteUnavailable = Kind(rawValue: "suite-unavailable")
        /// The filters leave no suite that any of the versions can use.
        public static let noSuite = Kind(rawValue: "no-suite")
        /// The OpenSSL cipher string is not understood.
        public static let badCipherList = Kind(rawValue: "bad-cipher-list")
        /// This libssl can't do a group that was asked for.
        public static let groupUnavailable = Kind(rawValue: "group-unavailable")
        /// This libssl can't do a signature scheme that was asked for.
        public static let signatureSchemeUnavailable = Kind(rawValue: "signature-scheme-unavailable")
        /// libssl doesn't let an extension be added, or be left out.
        public static let extensionUnavailable = Kind(rawValue: "extension-unavailable")
        /// What was asked for needs extensions, and nothing that is offered has any.
        public static let noExtensions = Kind(rawValue: "no-extensions")
        /// A server has neither a certificate nor a pre-shared key.
        public static let noIdentity = Kind(rawValue: "no-identity")
        /// libssl refused the certificate or its key.
        public static let badIdentity = Kind(rawValue: "bad-identity")
        /// An ALPN name, server name or pre-shared key has an impossible length or content.
        public static let badName = Kind(rawValue: "bad-name")
        /// A saved session can't be read.
        public static let badSession = Kind(rawValue: "bad-session")
        /// The key for session tickets is not one.
        public static let badTicketKey = Kind(rawValue: "bad-ticket-key")
        /// The trust anchors can't be read.
        public static let badTrust = Kind(rawValue: "bad-trust")
        /// libssl itself failed.
        public static let library = Kind(rawValue: "library")
    }

    /// What is wrong.
    public let kind: Kind
    /// One line for a person, lower case, no full stop.
    public let text: String
    /// The versions concerned.
    public let versions: [ProtocolVersion]
    /// The suites concerned.
    public let suites: [CipherSuite]

    /// An error.
    public init(_ kind: Kind, _ text: String, versions: [ProtocolVersion] = [], suites: [CipherSuite] = []) {
        self.kind = kind
        self.text = text
        self.versions = versions
        self.suites = suites
    }
}

extension CredentialError: CustomStringConvertible {
    /// The line for a person.
    public var description: String { text }
}
