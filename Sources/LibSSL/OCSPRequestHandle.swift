import COpenSSL

/// Owns an `OCSP_REQUEST` about one certificate (RFC 6960 section 4.1).
package final class OCSPRequestHandle {
    // C type: OCSP_REQUEST *
    private let request: OpaquePointer

    /// Asks about a certificate of an issuer, with a nonce of 16 bytes, so that an old answer can be told (RFC 8954).
    package init(about certificate: X509Handle, issuedBy issuer: X509Handle) throws(LibraryError) {
        request = try ErrorQueue.checkPointer { OCSP_REQUEST_new() }
        // SHA-1 only names the issuer here, and is the one hash that all responders know (RFC 5019 section 2.1.1).
        let id = try ErrorQueue.checkPointer {
            certificate.withPointer { leaf in issuer.withPointer { OCSP_cert_to_id(EVP_sha1(), leaf, $0) } }
        }
        guard OCSP_request_add0_id(request, id) != nil else {
            OCSP_CERTID_free(id)
            throw ErrorQueue.drain()
        }
        try ErrorQueue.check { OCSP_request_add1_nonce(request, nil, 16) }
    }

    deinit {
        OCSP_REQUEST_free(request)
    }

    /// The request as it is sent.
    package var der: [UInt8] { DERList.encoded { i2d_OCSP_REQUEST(request, $0) } }

    /// Lends the pointer to code of this module for the length of a call. C type: `OCSP_REQUEST *`.
    func withPointer<Result>(_ body: (OpaquePointer) -> Result) -> Result {
        body(request)
    }
}

// SAFETY: nothing writes to the request once the initialiser is done.
extension OCSPRequestHandle: @unchecked Sendable {}

extension OCSPResponseHandle {
    /// How a response's nonce compares with the request's.
    package enum NonceMatch: Hashable, Sendable {
        /// It is the request's.
        case same
        /// The responder has none, which it may (RFC 6960 section 4.4.1): the answer may have been given to others before.
        case absent
        /// It is another's: this is no answer to the request.
        case different
    }

    /// Compares the nonces.
    package func nonce(comparedWith request: OCSPRequestHandle) -> NonceMatch {
        let result = withBasic { basic in request.withPointer { OCSP_check_nonce($0, basic) } }
        ErrorQueue.clear()
        switch result {
        case 1: return .same
        case -1: return .absent
        default: return .different
        }
    }
}
