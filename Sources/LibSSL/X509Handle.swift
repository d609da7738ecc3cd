import COpenSSL
import COpenSSLShims

/// Owns an `X509`.
package final class X509Handle {
    // C type: X509 *
    private let certificate: OpaquePointer

    /// Parses exactly one certificate in DER.
    package init(der: [UInt8]) throws(LibraryError) {
        certificate = try ErrorQueue.checkPointer {
            der.withUnsafeBufferPointer { buffer in
                var cursor = buffer.baseAddress
                guard let parsed = d2i_X509(nil, &cursor, buffer.count) else { return nil }
                guard cursor == buffer.baseAddress.map({ $0 + buffer.count }) else {
                    X509_free(parsed)
                    return nil
                }
                return parsed
            }
        }
    }

    /// Shares a certificate that someone else owns.
    init(retaining borrowed: OpaquePointer) {
        X509_up_ref(borrowed)
        certificate = borrowed
    }

    deinit {
        X509_free(certificate)
    }

    /// Lends the pointer to code of this module for the length of a call. C type: `X509 *`.
    func withPointer<Result>(_ body: (OpaquePointer) -> Result) -> Result {
        body(certificate)
    }

    /// The certificate in DER.
    package var der: [UInt8] {
        DERList.certificate(certificate)
    }

    /// True when the signature was made with the certificate's own key.
    package var isSignedByItself: Bool {
        ErrorQueue.clear()
        defer { ErrorQueue.clear() }
        guard let key = X509_get0_pubkey(certificate) else { return false }
        return X509_verify(certificate, key) == 1
    }

    /// What libcrypto says about a name.
    package enum NameMatch: Hashable {
        /// It matches; for a host, with the name in the certificate that did.
        case matched([UInt8]?)
        case mismatched
        /// The name asked about is not one that can be asked about, such as one with a NUL.
        case malformed
    }

    /// Looks for a host name among the alternative names only (RFC 9525 §6.2: common names don't count), with wildcards
    /// standing for one whole label only (RFC 9525 §6.3).
    package func match(host: [UInt8]) -> NameMatch {
        // A leading dot would match every subdomain, and an empty name everything that is empty.
        guard let first = host.first, first != UInt8(ascii: "."), !host.contains(0) else { return .malformed }
        ErrorQueue.clear()
        defer { ErrorQueue.clear() }
        var matched: UnsafeMutablePointer<CChar>?
        let flags = UInt32(X509_CHECK_FLAG_NEVER_CHECK_SUBJECT | X509_CHECK_FLAG_NO_PARTIAL_WILDCARDS)
        let result = host.withUnsafeBytes { bytes in
            X509_check_host(
                certificate,
                bytes.baseAddress?.assumingMemoryBound(to: CChar.self),
                bytes.count,
                flags,
                &matched
            )
        }
        defer { sechan_OPENSSL_free(matched) }
        switch result {
        case 1:
            // libcrypto has just matched it against a name without NUL, so nothing is lost at the terminator.
            let name = matched.map { pointer in (0..<strnlen(pointer, 1024)).map { UInt8(bitPattern: pointer[$0]) } }
            return .matched(name)
        case 0: return .mismatched
        default: return .malformed
        }
    }

    /// Looks for an address (4 or 16 bytes) among the alternative names.
    package func match(address: [UInt8]) -> NameMatch {
        ErrorQueue.clear()
        defer { ErrorQueue.clear() }
        switch X509_check_ip(certificate, address, address.count, 0) {
        case 1: return .matched(nil)
        case 0: return .mismatched
        default: return .malformed
        }
    }
}

// SAFETY: the pointer never changes, reference counts of X509 are atomic, and libcrypto fills its caches (extension flags,
// decoded public key) under locks, so any thread may read or verify the same certificate.
extension X509Handle: @unchecked Sendable {}
