import TLSParameters

extension AlertDescription {
    /// The alert that fits a refusal of the peer's chain, by its `X509_V_ERR` code (<openssl/x509_vfy.h>), as RFC 5246 section
    /// 7.2.2 describes the alerts.
    init(verificationError code: Int32) {
        switch code {
        // UNABLE_TO_GET_ISSUER_CERT, self-signed, UNABLE_TO_GET_ISSUER_CERT_LOCALLY, an invalid CA, a chain too long.
        case 2, 18, 19, 20, 21, 22, 24, 25: self = .unknown_ca
        case 10: self = .certificate_expired
        case 23: self = .certificate_revoked
        // Bad signatures and fields, not yet valid, another name.
        case 4, 5, 6, 7, 9, 11, 13, 14, 62, 63, 64: self = .bad_certificate
        // A purpose that isn't allowed, keys and hashes that are too weak.
        case 26: self = .unsupported_certificate
        default: self = .certificate_unknown
        }
    }
}
