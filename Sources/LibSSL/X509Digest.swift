import COpenSSL

/// The hashes that certificates are known by.
package enum X509Digest {
    /// SHA-256, 32 bytes.
    package static func sha256(_ bytes: some Collection<UInt8>) throws(LibraryError) -> [UInt8] {
        try digest(bytes, EVP_sha256())
    }

    /// SHA-512, 64 bytes.
    package static func sha512(_ bytes: some Collection<UInt8>) throws(LibraryError) -> [UInt8] {
        try digest(bytes, EVP_sha512())
    }

    /// SHA-1, 20 bytes: a name for a certificate, not a protection.
    package static func sha1(_ bytes: some Collection<UInt8>) throws(LibraryError) -> [UInt8] {
        try digest(bytes, EVP_sha1())
    }

    private static func digest(
        _ bytes: some Collection<UInt8>,
        _ algorithm: OpaquePointer?
    ) throws(LibraryError) -> [UInt8] {
        var out = [UInt8](repeating: 0, count: Int(EVP_MAX_MD_SIZE))
        var length: UInt32 = 0
        let input = Array(bytes)
        try ErrorQueue.check { EVP_Digest(input, input.count, &out, &length, algorithm, nil) }
        return Array(out.prefix(Int(length)))
    }
}
