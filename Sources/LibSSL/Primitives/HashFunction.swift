import COpenSSL

/// A hash function of libcrypto, by the name of its output in the RFCs. Algorithms are looked up once.
package enum HashFunction: String, Sendable, CaseIterable {
    /// 16 bytes (RFC 1321).
    case md5 = "MD5"
    /// 20 bytes.
    case sha1 = "SHA1"
    /// MD5 and then SHA-1, 36 bytes: what SSL 3.0 to TLS 1.1 sign with RSA.
    case md5sha1 = "MD5-SHA1"
    /// 28 bytes.
    case sha224 = "SHA224"
    /// 32 bytes.
    case sha256 = "SHA256"
    /// 48 bytes.
    case sha384 = "SHA384"
    /// 64 bytes.
    case sha512 = "SHA512"

    /// The size of the output in bytes.
    package var byteCount: Int {
        switch self {
        case .md5: 16
        case .sha1: 20
        case .md5sha1: 36
        case .sha224: 28
        case .sha256: 32
        case .sha384: 48
        case .sha512: 64
        }
    }

    // C type: const EVP_MD *, an object of the library's that is never freed.
    var algorithm: OpaquePointer? {
        switch self {
        case .md5: EVP_md5()
        case .sha1: EVP_sha1()
        case .md5sha1: EVP_md5_sha1()
        case .sha224: EVP_sha224()
        case .sha256: EVP_sha256()
        case .sha384: EVP_sha384()
        case .sha512: EVP_sha512()
        }
    }

    /// The hash of the parts, one after the other.
    package func hash(_ parts: [UInt8]...) throws(LibraryError) -> [UInt8] {
        var input = parts.first ?? []
        for part in parts.dropFirst() { input += part }
        var out = [UInt8](repeating: 0, count: byteCount)
        try ErrorQueue.check { EVP_Digest(input, input.count, &out, nil, algorithm, nil) }
        return out
    }

    /// HMAC (RFC 2104) over the message.
    package func authenticate(_ message: [UInt8], key: [UInt8]) throws(LibraryError) -> [UInt8] {
        var out = [UInt8](repeating: 0, count: byteCount)
        var length: UInt32 = 0
        try ErrorQueue.check {
            HMAC(algorithm, key, Int32(clamping: key.count), message, message.count, &out, &length) == nil ? 0 : 1
        }
        return out
    }
}
