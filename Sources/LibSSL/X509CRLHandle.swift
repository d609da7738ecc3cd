import COpenSSL

/// Owns an `X509_CRL`, a list of revoked certificates.
package final class X509CRLHandle {
    // C type: X509_CRL *
    private let list: OpaquePointer

    /// Parses exactly one list in DER.
    package init(der: [UInt8]) throws(LibraryError) {
        list = try ErrorQueue.checkPointer {
            der.withUnsafeBufferPointer { buffer in
                var cursor = buffer.baseAddress
                guard let parsed = d2i_X509_CRL(nil, &cursor, buffer.count) else { return nil }
                guard cursor == buffer.baseAddress.map({ $0 + buffer.count }) else {
                    X509_CRL_free(parsed)
                    return nil
                }
                return parsed
            }
        }
        // Sorted here, since libcrypto does that at the first look-up, and more than one connection may look.
        var nothing: OpaquePointer?
        if let number = ASN1_INTEGER_new() {
            _ = X509_CRL_get0_by_serial(list, &nothing, number)
            ASN1_INTEGER_free(number)
        }
    }

    deinit {
        X509_CRL_free(list)
    }

    /// Lends the pointer to code of this module for the length of a call. C type: `X509_CRL *`.
    func withPointer<Result>(_ body: (OpaquePointer) -> Result) -> Result {
        body(list)
    }

    /// Whether the key of this certificate signed the list.
    package func isSigned(by issuer: X509Handle) -> Bool {
        ErrorQueue.clear()
        defer { ErrorQueue.clear() }
        return issuer.withPointer { certificate in
            guard let key = X509_get0_pubkey(certificate) else { return false }
            return X509_CRL_verify(list, key) == 1
        }
    }

    /// The issuer's name in DER.
    package var issuer: [UInt8] {
        guard let name = X509_CRL_get_issuer(list) else { return [] }
        return DERList.encoded { i2d_X509_NAME(name, $0) }
    }

    /// When it was made, in Unix seconds.
    package var thisUpdate: Int64? { ASN1Moment.unixSeconds(X509_CRL_get0_lastUpdate(list)) }
    /// When the next one is due, in Unix seconds.
    package var nextUpdate: Int64? { ASN1Moment.unixSeconds(X509_CRL_get0_nextUpdate(list)) }

    /// A revocation: when, in Unix seconds, and why (RFC 5280 section 5.3.1).
    package struct Entry: Hashable {
        package let time: Int64?
        package let reason: Int?
    }

    /// What the list says of a certificate; nil when it isn't on it. The issuer is the caller's to compare.
    package func entry(of certificate: X509Handle) -> Entry? {
        ErrorQueue.clear()
        defer { ErrorQueue.clear() }
        var found: OpaquePointer?
        // 2 is removeFromCRL, which takes an entry of an earlier list back.
        guard certificate.withPointer({ X509_CRL_get0_by_cert(list, &found, $0) }) == 1, let found else { return nil }
        var reason: Int?
        if let value = X509_REVOKED_get_ext_d2i(found, NID_crl_reason, nil, nil) {
            let number = value.assumingMemoryBound(to: ASN1_ENUMERATED.self)
            reason = ASN1_ENUMERATED_get(number)
            ASN1_ENUMERATED_free(number)
        }
        return Entry(time: ASN1Moment.unixSeconds(X509_REVOKED_get0_revocationDate(found)), reason: reason)
    }
}

// SAFETY: the pointer never changes, and nothing writes to the list once the initialiser has had it sorted; libcrypto
// locks the look-ups besides.
extension X509CRLHandle: @unchecked Sendable {}
