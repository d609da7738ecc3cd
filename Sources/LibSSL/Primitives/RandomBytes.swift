import COpenSSL

/// Bytes that nobody can guess.
package enum RandomBytes {
    /// So many of them from libcrypto's generator.
    package static func make(_ count: Int) throws(LibraryError) -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: count)
        try ErrorQueue.check { RAND_bytes(&bytes, Int32(clamping: count)) }
        return bytes
    }
}
