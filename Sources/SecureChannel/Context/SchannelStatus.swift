public import TLSParameters

/// An SSPI status with its number, for readers who know Schannel.
public struct SchannelStatus: Codable, Hashable, Sendable {
    /// The name in winerror.h, such as `SEC_E_ILLEGAL_MESSAGE`.
    public let name: String
    /// The number.
    public let code: UInt32

    /// A status.
    public init(_ name: String, _ code: UInt32) {
        self.name = name
        self.code = code
    }

    /// Name and number: `SEC_E_ILLEGAL_MESSAGE 0x80090326`.
    public var text: String {
        let digits = String(code, radix: 16, uppercase: true)
        return "\(name) 0x" + String(repeating: "0", count: max(0, 8 - digits.count)) + digits
    }

    /// Done.
    public static let ok = SchannelStatus("SEC_E_OK", 0)
    /// Send the token, and bring what the peer answers.
    public static let continueNeeded = SchannelStatus("SEC_I_CONTINUE_NEEDED", 0x0009_0312)
    /// The input ends within a record. Schannel reports nothing else of a connection that ends there.
    public static let incompleteMessage = SchannelStatus("SEC_E_INCOMPLETE_MESSAGE", 0x8009_0318)
    /// The server asks for a certificate that there isn't.
    public static let incompleteCredentials = SchannelStatus("SEC_I_INCOMPLETE_CREDENTIALS", 0x0009_0320)
    /// A handshake message arrived on the standing channel.
    public static let renegotiate = SchannelStatus("SEC_I_RENEGOTIATE", 0x0009_0321)
    /// The peer sent close_notify.
    public static let closeNotify = SchannelStatus("SEC_I_CONTEXT_EXPIRED", 0x0009_0317)
    /// What both ends can do has nothing in common.
    public static let algorithmMismatch = SchannelStatus("SEC_E_ALGORITHM_MISMATCH", 0x8009_0331)

    /// What arrived makes no sense.
    public static let illegalMessage = SchannelStatus("SEC_E_ILLEGAL_MESSAGE", 0x8009_0326)
    /// What arrived is no record at all.
    public static let invalidToken = SchannelStatus("SEC_E_INVALID_TOKEN", 0x8009_0308)
    /// Something is wrong with a certificate.
    public static let certificateUnknown = SchannelStatus("SEC_E_CERT_UNKNOWN", 0x8009_0327)
    /// A certificate is out of date.
    public static let certificateExpired = SchannelStatus("SEC_E_CERT_EXPIRED", 0x8009_0328)
    /// A chain ends in an authority that isn't trusted.
    public static let untrustedRoot = SchannelStatus("SEC_E_UNTRUSTED_ROOT", 0x8009_0325)
    /// A certificate is for another name.
    public static let wrongPrincipal = SchannelStatus("SEC_E_WRONG_PRINCIPAL", 0x8009_0322)
    /// A certificate is for another use.
    public static let wrongUsage = SchannelStatus("SEC_E_CERT_WRONG_USAGE", 0x8009_0349)
    /// A certificate was revoked.
    public static let revoked = SchannelStatus("CRYPT_E_REVOKED", 0x8009_2010)
    /// Revocation could not be checked.
    public static let revocationOffline = SchannelStatus("CRYPT_E_REVOCATION_OFFLINE", 0x8009_2013)
    /// The peer refuses to renegotiate.
    public static let noRenegotiation = SchannelStatus("SEC_I_NO_RENEGOTIATION", 0x0009_0360)
    /// The channel is closed.
    public static let contextExpired = SchannelStatus("SEC_E_CONTEXT_EXPIRED", 0x8009_0317)
    /// The request has no meaning here.
    public static let unsupportedFunction = SchannelStatus("SEC_E_UNSUPPORTED_FUNCTION", 0x8009_0302)
    /// A fault of the package.
    public static let internalError = SchannelStatus("SEC_E_INTERNAL_ERROR", 0x8009_0304)

    /// What Schannel returns when it receives an alert.
    public init(receivedAlert alert: AlertDescription) {
        switch alert.rawValue {
        case 0: self = .closeNotify
        case 20, 30: self.init("SEC_E_MESSAGE_ALTERED", 0x8009_030F)
        case 21, 51: self.init("SEC_E_DECRYPT_FAILURE", 0x8009_0330)
        case 42, 43, 46: self = .certificateUnknown
        case 44: self = .revoked
        case 45: self = .certificateExpired
        case 48: self = .untrustedRoot
        case 49: self.init("SEC_E_LOGON_DENIED", 0x8009_030C)
        case 70: self = .unsupportedFunction
        case 71: self = .algorithmMismatch
        case 80: self = .internalError
        case 90: self.init("SEC_E_UNFINISHED_CONTEXT_DELETED", 0x8009_0333)
        // DELIBERATE: the documentation prints 0x80090367 beside SEC_E_ILLEGAL_MESSAGE; the number is this status.
        case 120: self.init("SEC_E_APPLICATION_PROTOCOL_MISMATCH", 0x8009_0367)
        default: self = .illegalMessage
        }
    }

    /// What Schannel returns where OpenSSL's chain building ends in an `X509_V_ERR` code.
    public init(verificationError code: Int32) {
        switch code {
        case 9, 10: self = .certificateExpired
        case 18, 19, 20, 21: self = .untrustedRoot
        case 23: self = .revoked
        case 62, 63, 64: self = .wrongPrincipal
        case 26: self = .wrongUsage
        case 3: self = .revocationOffline
        default: self = .certificateUnknown
        }
    }
}
