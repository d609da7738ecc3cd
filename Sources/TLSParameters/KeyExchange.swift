/// How a cipher suite agrees on keys.
public struct KeyExchange: RawRepresentable, Hashable, Sendable, CustomStringConvertible {
    /// The name as it is printed.
    public let rawValue: String

    /// Wraps any name.
    public init(rawValue: String) {
        self.rawValue = rawValue
    }

    /// TLS 1.3: the suite doesn't say.
    public static let any = KeyExchange(rawValue: "any")
    /// The premaster secret is encrypted to the certificate, or to a short-lived export key.
    public static let rsa = KeyExchange(rawValue: "RSA")
    /// Diffie-Hellman with the certificate's key.
    public static let dh = KeyExchange(rawValue: "DH")
    /// Ephemeral Diffie-Hellman over a finite field, anonymous included.
    public static let dhe = KeyExchange(rawValue: "DHE")
    /// Diffie-Hellman on a curve with the certificate's key.
    public static let ecdh = KeyExchange(rawValue: "ECDH")
    /// Ephemeral Diffie-Hellman on a curve, anonymous included.
    public static let ecdhe = KeyExchange(rawValue: "ECDHE")
    /// A pre-shared key alone (RFC 4279).
    public static let psk = KeyExchange(rawValue: "PSK")
    /// A pre-shared key and ephemeral Diffie-Hellman (RFC 4279).
    public static let dhePSK = KeyExchange(rawValue: "DHE-PSK")
    /// A pre-shared key and ephemeral Diffie-Hellman on a curve (RFC 5489).
    public static let ecdhePSK = KeyExchange(rawValue: "ECDHE-PSK")
    /// A pre-shared key and a secret encrypted to the certificate (RFC 4279).
    public static let rsaPSK = KeyExchange(rawValue: "RSA-PSK")
    /// A password by SRP (RFC 5054).
    public static let srp = KeyExchange(rawValue: "SRP")
    /// A password by Dragonfly on a curve (RFC 8492).
    public static let eccpwd = KeyExchange(rawValue: "ECCPWD")
    /// Kerberos (RFC 2712).
    public static let krb5 = KeyExchange(rawValue: "KRB5")
    /// GOST key transport (RFC 9189 and the drafts before it).
    public static let gost = KeyExchange(rawValue: "GOST")
    /// Encryption to an SM2 certificate (TLCP's ECC).
    public static let sm2 = KeyExchange(rawValue: "SM2")
    /// Encryption to an SM9 identity (TLCP's IBC).
    public static let sm9 = KeyExchange(rawValue: "SM9")
    /// SM9 ephemeral key agreement (TLCP's IBSDH).
    public static let sm9DHE = KeyExchange(rawValue: "SM9DHE")
    /// FORTEZZA's KEA (RFC 6101).
    public static let fortezza = KeyExchange(rawValue: "FORTEZZA")
    /// X25519 with New Hope, Google's experiment of 2016.
    public static let cecpq1 = KeyExchange(rawValue: "CECPQ1")
    /// None.
    public static let null = KeyExchange(rawValue: "NULL")

    /// Whether the keys don't hang on a long-term secret: see ``CipherSuiteFacts/forwardSecrecy``.
    public var isEphemeral: Bool {
        switch self {
        case .any, .dhe, .ecdhe, .dhePSK, .ecdhePSK, .srp, .eccpwd, .sm9DHE, .cecpq1: true
        default: false
        }
    }

    /// Whether the suite mixes a pre-shared key in.
    public var usesPSK: Bool {
        switch self {
        case .psk, .dhePSK, .ecdhePSK, .rsaPSK: true
        default: false
        }
    }

    /// The name as it is printed.
    public var description: String { rawValue }
}

/// How a cipher suite has the server prove who it is.
public struct Authentication: RawRepresentable, Hashable, Sendable, CustomStringConvertible {
    /// The name as it is printed.
    public let rawValue: String

    /// Wraps any name.
    public init(rawValue: String) {
        self.rawValue = rawValue
    }

    /// TLS 1.3: the suite doesn't say.
    public static let any = Authentication(rawValue: "any")
    /// An RSA certificate.
    public static let rsa = Authentication(rawValue: "RSA")
    /// A DSA certificate, which TLS calls DSS.
    public static let dss = Authentication(rawValue: "DSS")
    /// An ECDSA (or, in TLS 1.2, EdDSA) certificate.
    public static let ecdsa = Authentication(rawValue: "ECDSA")
    /// A pre-shared key.
    public static let psk = Authentication(rawValue: "PSK")
    /// A password by SRP.
    public static let srp = Authentication(rawValue: "SRP")
    /// A password by Dragonfly.
    public static let eccpwd = Authentication(rawValue: "ECCPWD")
    /// A Kerberos ticket.
    public static let krb5 = Authentication(rawValue: "KRB5")
    /// A GOST R 34.10-94 certificate.
    public static let gost94 = Authentication(rawValue: "GOST94")
    /// A GOST R 34.10-2001 certificate.
    public static let gost2001 = Authentication(rawValue: "GOST2001")
    /// A GOST R 34.10-2012 certificate.
    public static let gost2012 = Authentication(rawValue: "GOST2012")
    /// An SM2 certificate.
    public static let sm2 = Authentication(rawValue: "SM2")
    /// An SM9 identity.
    public static let sm9 = Authentication(rawValue: "SM9")
    /// A FORTEZZA card.
    public static let fortezza = Authentication(rawValue: "FORTEZZA")
    /// The server stays anonymous.
    public static let anonymous = Authentication(rawValue: "anon")
    /// None.
    public static let null = Authentication(rawValue: "NULL")

    /// The name as it is printed.
    public var description: String { rawValue }
}
