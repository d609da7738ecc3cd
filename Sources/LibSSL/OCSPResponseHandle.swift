import COpenSSL
import COpenSSLShims

/// Owns an `OCSP_RESPONSE` and the basic response in it (RFC 6960).
package final class OCSPResponseHandle {
    // C type: OCSP_RESPONSE *
    private let response: OpaquePointer
    // C type: OCSP_BASICRESP *; nil where the responder reports an error.
    private let basic: OpaquePointer?

    /// Parses exactly one response in DER.
    package init(der: [UInt8]) throws(LibraryError) {
        response = try ErrorQueue.checkPointer {
            der.withUnsafeBufferPointer { buffer in
                var cursor = buffer.baseAddress
                guard let parsed = d2i_OCSP_RESPONSE(nil, &cursor, buffer.count) else { return nil }
                guard cursor == buffer.baseAddress.map({ $0 + buffer.count }) else {
                    OCSP_RESPONSE_free(parsed)
                    return nil
                }
                return parsed
            }
        }
        basic =
            OCSP_response_status(response) == OCSP_RESPONSE_STATUS_SUCCESSFUL
            ? OCSP_response_get1_basic(response) : nil
        ErrorQueue.clear()
    }

    deinit {
        OCSP_BASICRESP_free(basic)
        OCSP_RESPONSE_free(response)
    }

    /// Lends the basic response to code of this module; nil where there is none. C type: `OCSP_BASICRESP *`.
    func withBasic<Result>(_ body: (OpaquePointer) -> Result) -> Result? {
        basic.map(body)
    }

    /// The responder's own status: 0 successful, 1 malformedRequest, 2 internalError, 3 tryLater, 5 sigRequired,
    /// 6 unauthorized (RFC 6960 section 4.2.1).
    package var responseStatus: Int { Int(OCSP_response_status(response)) }
    /// Whether there is a basic response to look at.
    package var hasAnswer: Bool { basic != nil }
    /// When the response was signed, in Unix seconds.
    package var producedAt: Int64? { basic.flatMap { ASN1Moment.unixSeconds(OCSP_resp_get0_produced_at($0)) } }

    /// What a responder says of one certificate; times in Unix seconds.
    package struct Answer: Hashable {
        /// 0 good, 1 revoked, 2 unknown.
        package let status: Int
        package let reason: Int?
        package let revokedAt: Int64?
        package let thisUpdate: Int64?
        package let nextUpdate: Int64?
    }

    /// The answer about a certificate of an issuer; nil when the response is about others.
    package func answer(about certificate: X509Handle, issuedBy issuer: X509Handle) -> Answer? {
        guard let basic else { return nil }
        ErrorQueue.clear()
        defer { ErrorQueue.clear() }
        // A staple has one; what is behind a thousand is not looked at.
        for index in 0..<min(1000, max(0, OCSP_resp_count(basic))) {
            guard let single = OCSP_resp_get0(basic, index), let id = OCSP_SINGLERESP_get0_id(single),
                Self.isAbout(certificate, issuer, id)
            else { continue }
            var reason: Int32 = -1
            var revoked: UnsafeMutablePointer<ASN1_GENERALIZEDTIME>?
            var this: UnsafeMutablePointer<ASN1_GENERALIZEDTIME>?
            var next: UnsafeMutablePointer<ASN1_GENERALIZEDTIME>?
            let status = OCSP_single_get0_status(single, &reason, &revoked, &this, &next)
            guard status >= 0 else { continue }
            return Answer(
                status: Int(status),
                reason: reason >= 0 ? Int(reason) : nil,
                revokedAt: ASN1Moment.unixSeconds(revoked),
                thisUpdate: ASN1Moment.unixSeconds(this),
                nextUpdate: ASN1Moment.unixSeconds(next)
            )
        }
        return nil
    }

    /// Compares identifiers under the hash that the responder chose (RFC 6960 section 4.1.1).
    private static func isAbout(_ certificate: X509Handle, _ issuer: X509Handle, _ id: OpaquePointer) -> Bool {
        var algorithm: OpaquePointer?
        guard OCSP_id_get0_info(nil, &algorithm, nil, nil, id) == 1, let algorithm,
            let digest = EVP_get_digestbyname(OBJ_nid2sn(OBJ_obj2nid(algorithm)))
        else { return false }
        let own = certificate.withPointer { leaf in issuer.withPointer { OCSP_cert_to_id(digest, leaf, $0) } }
        guard let own else { return false }
        defer { OCSP_CERTID_free(own) }
        return OCSP_id_cmp(own, id) == 0
    }

    /// Checks the signature: by the issuer itself, or by a responder to whom it gave the right to sign (RFC 6960 section
    /// 4.2.2.2). Nothing else is trusted, the peer's chain and the system's roots included.
    package func verify(issuer: X509Handle, chain: [X509Handle], at time: Int64) throws(LibraryError) {
        guard let basic else { throw LibraryError(entries: []) }
        let store = try X509StoreHandle()
        try store.add(issuer)
        store.allowPartialChains()
        store.judge(at: time)
        let stack = try ErrorQueue.checkPointer { sechan_sk_X509_new() }
        // Frees the stack only; the handles own the certificates and outlive this function.
        defer { sechan_sk_X509_free(stack) }
        for certificate in [issuer] + chain {
            try ErrorQueue.check { certificate.withPointer { sechan_sk_X509_push(stack, $0) } }
        }
        try withExtendedLifetime((issuer, chain)) { () throws(LibraryError) in
            try ErrorQueue.check { store.withPointer { OCSP_basic_verify(basic, stack, $0, 0) } }
        }
    }
}
