import COpenSSL

/// What became of a client's early data (RFC 8446 section 4.2.10).
package enum EarlyDataStatus: Hashable, Sendable {
    /// None was offered, or the handshake is not that far.
    case notSent
    /// The server did not take it.
    case rejected
    /// The server took it.
    case accepted
}

/// What a server's look for early data came to.
package enum EarlyDataRead: Hashable, Sendable {
    /// Some came out; there may be more.
    case data
    /// There is none, or no more; the handshake goes on by itself.
    case finished
    /// The call needs bytes, or failed.
    case other(CallOutcome)
}

extension SSLHandle {
    /// Starts a client's handshake with data for the server to read before it answers. Needs a session that allows it, and
    /// works once, before anything else was called.
    ///
    /// The hello and the data are in the output queue afterwards; ``handshake()`` goes on.
    package func writeEarlyData(_ bytes: [UInt8]) -> CallOutcome {
        var written = 0
        return call { withPointer { SSL_write_early_data($0, bytes, bytes.count, &written) } }
    }

    /// Goes on with a server's handshake as far as early data can come, and adds what did to `plaintext`.
    package func readEarlyData(into plaintext: inout [UInt8]) -> EarlyDataRead {
        ErrorQueue.clear()
        var result = SSL_READ_EARLY_DATA_ERROR
        let chunk = [UInt8](unsafeUninitializedCapacity: 16_384) { buffer, initialized in
            var count = 0
            result = withPointer { SSL_read_early_data($0, buffer.baseAddress, buffer.count, &count) }
            initialized = result == SSL_READ_EARLY_DATA_SUCCESS ? count : 0
        }
        plaintext += chunk
        switch result {
        case SSL_READ_EARLY_DATA_SUCCESS: return .data
        case SSL_READ_EARLY_DATA_FINISH: return .finished
        default: return .other(outcome(of: 0))
        }
    }

    /// What became of the early data, on either end.
    package var earlyDataStatus: EarlyDataStatus {
        switch withPointer({ SSL_get_early_data_status($0) }) {
        case SSL_EARLY_DATA_ACCEPTED: .accepted
        case SSL_EARLY_DATA_REJECTED: .rejected
        default: .notSent
        }
    }

    /// Keying material from the secret that early data is sent under (RFC 8446 section 7.5): there is some once it was offered.
    package func exportEarlyKeyingMaterial(
        label: String,
        context: [UInt8],
        count: Int
    ) throws(LibraryError) -> [UInt8] {
        guard (1...65_535).contains(count) else { throw LibraryError(entries: []) }
        var bytes = [UInt8](repeating: 0, count: count)
        try withPointer { ssl throws(LibraryError) in
            try ErrorQueue.check {
                SSL_export_keying_material_early(ssl, &bytes, count, label, label.utf8.count, context, context.count)
            }
        }
        return bytes
    }
}
