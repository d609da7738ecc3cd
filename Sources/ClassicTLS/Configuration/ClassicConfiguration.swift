package import LibSSL
package import TLSParameters
package import TLSWire

/// What one end brings to its connections, checked and frozen by the layer above. A plain value.
package struct ClassicConfiguration: Sendable {
    /// The end it is for.
    package var role: EndpointRole
    /// The versions to speak, SSL 2.0 to TLS 1.2, in any order; there may be holes.
    package var versions: [ProtocolVersion] = [.ssl3, .tls10, .tls11, .tls12]
    /// Suites of SSL 3.0 to TLS 1.2, most wanted first; those that the engine lacks are not offered.
    package var suites: [CipherSuite] = []
    /// Cipher kinds of SSL 2.0, most wanted first.
    package var kinds: [SSL2CipherKind] = []
    /// How the keys of single DES are made in SSL 2.0.
    package var desDerivation: SSL2DESDerivation
    /// Curves, most wanted first; those that libcrypto lacks are not offered.
    package var groups: [NamedGroup] = [.x25519, .secp256r1, .secp384r1, .secp521r1]
    /// Signature schemes of TLS 1.2, most wanted first.
    package var signatureSchemes: [SignatureScheme] = SignatureForm.defaultSchemes
    /// Certificates with their keys.
    package var identities: [ClassicIdentity] = []
    /// A key that both ends know, with its name (RFC 4279).
    package var preSharedKey: ClassicPreSharedKey?
    /// The name a client sends as SNI; nil sends none.
    package var serverName: String?
    /// The protocols for ALPN, most wanted first.
    package var applicationProtocols: [[UInt8]] = []
    /// Whether the order of this end decides, if it is a server.
    package var prefersOwnOrder = false

    /// Whether session tickets are asked for and used (RFC 5077). Clients only: a server of this engine issues none.
    package var usesTickets = true
    /// Whether the extended master secret (RFC 7627) is offered and answered.
    package var usesExtendedMasterSecret = true
    /// Whether encrypt-then-MAC (RFC 7366) is offered and answered.
    package var usesEncryptThenMAC = true
    /// Whether a client asks for a stapled OCSP response (RFC 6066 section 8).
    package var asksForStaple = false
    /// Extensions that a client adds to its hellos, as they are.
    package var addedExtensions: [Extension] = []
    /// What a client's hello may have by itself: of these types none can be added.
    package static let ownExtensions: Set<ExtensionType> = [
        .server_name, .max_fragment_length, .status_request, .supported_groups, .ec_point_formats,
        .signature_algorithms, .application_layer_protocol_negotiation, .encrypt_then_mac, .extended_master_secret,
        .session_ticket, .renegotiation_info,
    ]
    /// The longest fragment that a client asks for (RFC 6066 section 4); nil asks for none.
    package var fragmentLength: MaxFragmentLength?
    /// Whether a client's first hello has the format of SSL 2.0 (RFC 5246 appendix E.2), which leaves no room for extensions.
    package var usesSSL2Hello = false
    /// Whether the first of several bytes of data travels alone in CBC suites of SSL 3.0 and TLS 1.0, against BEAST.
    package var splitsRecords = true

    /// What is made of RFC 5746.
    package var renegotiation = RenegotiationRules()
    /// Whether a server asks for the client's certificate.
    package var clientAuthentication: PeerCertificateRequest = .none
    /// The names (DER) of authorities that a server says it accepts.
    package var acceptedIssuers: [[UInt8]] = []
    /// Certificates of a server for names that clients ask for (RFC 6066 section 3), tried in this order; ``identities`` are for
    /// all others.
    package var names: [ClassicServedName] = []
    /// Whether a server refuses a client that asks for none of ``names``.
    package var refusesUnknownNames = false
    /// The OCSP response (DER) that a server staples to ``identities`` (RFC 6066 section 8).
    package var stapledOCSP: [UInt8]?
    /// A server's memory of sessions, shared by its connections; nil has none.
    package var sessions: ClassicSessionCache?
    /// How long sessions are good for, in seconds.
    package var sessionLifespan = 7_200
    /// Bits of the finite field a server uses for DHE; export suites use 512 whatever it says.
    package var finiteFieldBits = 2_048

    /// A configuration with the defaults, which has no suites yet.
    package init(role: EndpointRole) {
        self.role = role
        desDerivation = role == .client ? .likePeer : .withDigit
    }
}

/// What an end makes of renegotiation (RFC 5746).
package struct RenegotiationRules: Hashable, Sendable {
    /// Whether the extension or the SCSV is sent, and answered.
    package var isSecure = true
    /// Whether a server answers a client's hello on a standing channel.
    package var allowsPeer = true
    /// Whether a renegotiation goes on although the peer lacks RFC 5746.
    package var allowsInsecure = false
    /// Whether a peer without RFC 5746 is refused in the first handshake.
    package var requiresSecure = false

    /// The defaults: secure, and the peer may ask for it.
    package init() {}
}

/// A certificate with its key.
package struct ClassicIdentity: Sendable {
    /// DER, leaf first.
    package var chain: [[UInt8]]
    /// The leaf's private key.
    package var key: PKeyHandle

    /// An identity from its parts.
    package init(chain: [[UInt8]], key: PKeyHandle) {
        self.chain = chain
        self.key = key
    }
}

/// A name that a server answers to, with its certificates.
package struct ClassicServedName: Sendable {
    /// The name.
    package var pattern: ServerNamePattern
    /// Certificates with their keys; empty shows the configuration's own.
    package var identities: [ClassicIdentity]

    /// A name and its certificates.
    package init(pattern: ServerNamePattern, identities: [ClassicIdentity]) {
        self.pattern = pattern
        self.identities = identities
    }
}

/// A key that both ends know beforehand (RFC 4279).
package struct ClassicPreSharedKey: Sendable {
    /// Its name.
    package var identity: [UInt8]
    /// The key.
    package var key: [UInt8]

    /// A named key.
    package init(identity: [UInt8], key: [UInt8]) {
        self.identity = identity
        self.key = key
    }
}
