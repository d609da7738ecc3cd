public import TLSParameters

/// An extension as it stands in the certificate.
public struct CertificateExtension: Hashable, Sendable {
    /// Which extension.
    public let oid: OID
    /// The name of it in its standard, nil when unknown here.
    public var name: String? { OID.extensionNames[oid.dotted] }
    /// Whoever does not understand a critical one must refuse the certificate.
    public let isCritical: Bool
    /// The DER inside.
    public let value: [UInt8]
    /// The byte of the certificate at which ``value`` begins.
    let offset: Int
}

/// A purpose for which the key may be used.
public struct KeyPurpose: Hashable, Sendable {
    /// The object identifier.
    public let oid: OID
    /// `serverAuth`, `clientAuth`, …, or the dotted object identifier of an unknown one.
    public var name: String { OID.purposeNames[oid.dotted] ?? oid.dotted }

    /// A purpose of that object identifier.
    public init(oid: OID) {
        self.oid = oid
    }
}

/// What the extensions of a certificate say. An absent one leaves its facts empty.
public struct ExtensionFacts: Hashable, Sendable {
    /// Alternative names (RFC 5280 §4.2.1.6).
    public internal(set) var subjectAlternativeNames: [GeneralName] = []
    /// `digitalSignature`, `keyCertSign`, … (RFC 5280 §4.2.1.3).
    public internal(set) var keyUsage: [String] = []
    /// Purposes (RFC 5280 §4.2.1.12).
    public internal(set) var extendedKeyUsage: [KeyPurpose] = []
    /// True when there are basic constraints at all (RFC 5280 §4.2.1.9).
    public internal(set) var hasBasicConstraints = false
    /// `cA` of the basic constraints.
    public internal(set) var isCA = false
    /// `pathLenConstraint` of the basic constraints.
    public internal(set) var pathLength: Int?
    /// The identifier of this key (RFC 5280 §4.2.1.2).
    public internal(set) var subjectKeyIdentifier: [UInt8]?
    /// The identifier of the issuer's key (RFC 5280 §4.2.1.1).
    public internal(set) var authorityKeyIdentifier: [UInt8]?
    /// Policies by object identifier (RFC 5280 §4.2.1.4).
    public internal(set) var policies: [OID] = []
    /// Where to ask whether it is revoked (RFC 6960).
    public internal(set) var ocspURLs: [PeerText] = []
    /// Where the issuer's certificate is (RFC 5280 §4.2.2.1).
    public internal(set) var caIssuerURLs: [PeerText] = []
    /// Where the list of revoked certificates is (RFC 5280 §4.2.1.13).
    public internal(set) var crlURLs: [PeerText] = []
    /// How many signed certificate timestamps are embedded (RFC 6962 §3.3).
    public internal(set) var sctCount = 0
    /// True when the server promised to staple an OCSP answer (RFC 7633: the feature status_request).
    public internal(set) var mustStaple = false
    /// True for a precertificate, which no server may use (RFC 6962 §3.1).
    public internal(set) var isPrecertificate = false
}
