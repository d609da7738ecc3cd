import COpenSSL
import COpenSSLShims

/// A `BIO` that is a queue of bytes in memory: one end of the pipe between libssl and the caller. An empty one holds none.
package final class MemoryBIO {
    // C type: BIO *
    private let bio: OpaquePointer

    /// An empty queue; reading past its end says "try again later", not "the end".
    package init() throws(LibraryError) {
        bio = try ErrorQueue.checkPointer { sechan_BIO_new_queue() }
    }

    deinit {
        BIO_free(bio)
    }

    /// How many bytes are waiting.
    package var pending: Int {
        Int(clamping: sechan_BIO_ctrl_pending(bio))
    }

    /// Says whether running dry means "try again later" (false) or the end of the stream (true).
    package func setEndsWhenEmpty(_ ends: Bool) {
        sechan_BIO_set_mem_eof_return(bio, ends ? 0 : -1)
    }

    /// Makes room for bytes to come, so that the queue doesn't grow by and by.
    package func reserve(_ count: Int) {
        _ = sechan_BIO_queue_reserve(bio, count)
    }

    /// Appends bytes. Memory is the only limit, and running out of it ends the process as anywhere in Swift.
    package func write(_ bytes: ArraySlice<UInt8>) {
        bytes.withUnsafeBytes { buffer in
            guard let base = buffer.baseAddress, buffer.count > 0 else { return }
            var written = 0
            _ = BIO_write_ex(bio, base, buffer.count, &written)
        }
    }

    /// Takes everything that is waiting.
    package func readAll() -> [UInt8] {
        let count = pending
        guard count > 0 else { return [] }
        return [UInt8](unsafeUninitializedCapacity: count) { buffer, initialized in
            var taken = 0
            _ = BIO_read_ex(bio, buffer.baseAddress, count, &taken)
            initialized = taken
        }
    }

    /// Lends the C object for one call. The borrower that keeps it must take a reference of its own (`BIO_up_ref`).
    func withPointer<Result, Failure: Error>(
        _ body: (OpaquePointer) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        try body(bio)
    }
}
