import COpenSSL
import Synchronization

/// The hash of a certificate that binds other protocols to a channel.
package enum CertificateHash {
    /// `tls-server-end-point` (RFC 5929 section 4.1): the certificate hashed with the hash of its own signature, MD5 and
    /// SHA-1 raised to SHA-256. Nil where the signature has no single hash (Ed25519), which the RFC leaves undefined.
    package static func serverEndPoint(of der: [UInt8]) -> [UInt8]? {
        // To read a certificate takes longer than a handshake, and a server has the same one each time.
        if let known = last.withLock({ $0 }), known.der == der { return known.hash }
        let hash = makeServerEndPoint(of: der)
        last.withLock { $0 = (der, hash) }
        return hash
    }

    /// The certificate that was asked for last.
    private static let last = Mutex<(der: [UInt8], hash: [UInt8]?)?>(nil)

    private static func makeServerEndPoint(of der: [UInt8]) -> [UInt8]? {
        ErrorQueue.clear()
        defer { ErrorQueue.clear() }
        let certificate = der.withUnsafeBufferPointer { buffer -> OpaquePointer? in
            var cursor = buffer.baseAddress
            return d2i_X509(nil, &cursor, buffer.count)
        }
        guard let certificate else { return nil }
        defer { X509_free(certificate) }
        var hash: Int32 = 0
        guard X509_get_signature_info(certificate, &hash, nil, nil, nil) == 1, hash != NID_undef else { return nil }
        let raised = hash == NID_md5 || hash == NID_sha1 || hash == NID_md5_sha1 ? NID_sha256 : hash
        guard let name = OBJ_nid2sn(raised), let algorithm = EVP_get_digestbyname(name) else { return nil }
        return [UInt8](unsafeUninitializedCapacity: Int(EVP_MAX_MD_SIZE)) { buffer, initialized in
            var length: UInt32 = 0
            let done = X509_digest(certificate, algorithm, buffer.baseAddress, &length)
            initialized = done == 1 ? Int(length) : 0
        }
    }
}
