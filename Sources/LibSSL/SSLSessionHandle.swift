import COpenSSL
import Synchronization

/// An `SSL_SESSION`: the secrets and parameters that let a later connection resume this one.
package final class SSLSessionHandle {
    // C type: SSL_SESSION *
    private let session: OpaquePointer

    /// Takes over the caller's reference.
    init(takingOwnership session: OpaquePointer) {
        self.session = session
        LiveHandles.sessions.add(1, ordering: .relaxed)
    }

    /// Reads a session that ``serialised`` wrote. Leftover bytes are an error.
    package init(deserialising bytes: [UInt8]) throws(LibraryError) {
        ErrorQueue.clear()
        var consumed = 0
        let pointer = bytes.withUnsafeBufferPointer { buffer -> OpaquePointer? in
            guard let start = buffer.baseAddress else { return nil }
            var cursor: UnsafePointer<UInt8>? = start
            let parsed = d2i_SSL_SESSION(nil, &cursor, buffer.count)
            if let cursor { consumed = cursor - start }
            return parsed
        }
        guard let pointer else { throw ErrorQueue.drain() }
        session = pointer
        LiveHandles.sessions.add(1, ordering: .relaxed)
        guard consumed == bytes.count else {
            // All stored properties are set, so `deinit` frees the session.
            throw LibraryError(entries: [])
        }
    }

    deinit {
        SSL_SESSION_free(session)
        LiveHandles.sessions.subtract(1, ordering: .relaxed)
    }

    /// The ASN.1 form: everything needed to resume, master secret included. Keep it as one keeps a key.
    package var serialised: [UInt8] {
        Self.serialise(session)
    }

    /// The ASN.1 form of a borrowed session.
    static func serialise(_ session: OpaquePointer) -> [UInt8] {
        ErrorQueue.clear()
        let length = i2d_SSL_SESSION(session, nil)
        guard length > 0 else {
            ErrorQueue.clear()
            return []
        }
        return [UInt8](unsafeUninitializedCapacity: Int(length)) { buffer, initialized in
            var cursor = buffer.baseAddress
            initialized = max(0, Int(i2d_SSL_SESSION(session, &cursor)))
        }
    }

    /// The session id; empty in a TLS 1.3 ticket that libssl did not give one.
    package var id: [UInt8] {
        var length: UInt32 = 0
        guard let bytes = SSL_SESSION_get_id(session, &length) else { return [] }
        return [UInt8](UnsafeBufferPointer(start: bytes, count: Int(length)))
    }

    /// The ticket, empty when the session is resumed by its id.
    package var ticket: [UInt8] {
        var bytes: UnsafePointer<UInt8>?
        var length = 0
        SSL_SESSION_get0_ticket(session, &bytes, &length)
        guard let bytes else { return [] }
        return [UInt8](UnsafeBufferPointer(start: bytes, count: length))
    }

    /// Whether the server gave a ticket.
    package var hasTicket: Bool { SSL_SESSION_has_ticket(session) == 1 }
    /// The server's lifetime hint for the ticket, in seconds.
    package var ticketLifetimeHint: UInt { UInt(SSL_SESSION_get_ticket_lifetime_hint(session)) }
    /// How long libssl keeps the session, in seconds.
    package var timeout: Int { Int(SSL_SESSION_get_timeout(session)) }
    /// When it was made, in seconds since 1970.
    package var created: Int { Int(SSL_SESSION_get_time(session)) }
    /// The protocol version it belongs to, as its code point.
    package var protocolVersion: UInt16 { UInt16(truncatingIfNeeded: SSL_SESSION_get_protocol_version(session)) }
    /// Whether libssl would offer it.
    package var isResumable: Bool { SSL_SESSION_is_resumable(session) == 1 }
    /// How much early data a TLS 1.3 ticket allows, in bytes; 0 is none.
    package var maxEarlyData: UInt32 { SSL_SESSION_get_max_early_data(session) }
    /// The code of `max_fragment_length` (1 to 4 for 512 to 4096 bytes), 0 when not negotiated (RFC 6066 section 4).
    package var maxFragmentLengthCode: UInt8 { SSL_SESSION_get_max_fragment_length(session) }

    /// The code point of the suite the session was made with.
    package var cipherSuite: UInt16? {
        guard let cipher = SSL_SESSION_get0_cipher(session) else { return nil }
        return SSL_CIPHER_get_protocol_id(cipher)
    }

    /// The server name that the server acknowledged when the session was made (RFC 6066 section 3).
    package var serverName: [UInt8]? {
        SSL_SESSION_get0_hostname(session).map { [UInt8](String(cString: $0).utf8) }
    }

    /// The application protocol the session was made with (RFC 7301); early data takes no other.
    package var applicationProtocol: [UInt8]? {
        var bytes: UnsafePointer<UInt8>?
        var length = 0
        SSL_SESSION_get0_alpn_selected(session, &bytes, &length)
        guard let bytes, length > 0 else { return nil }
        return [UInt8](UnsafeBufferPointer(start: bytes, count: length))
    }

    /// The peer's own certificate, DER; the rest of its chain isn't part of a serialised session.
    package var peerCertificate: [UInt8]? {
        SSL_SESSION_get0_peer(session).map { DERList.certificate($0) }
    }

    /// The master secret: of TLS 1.2 and below what all keys come from, of TLS 1.3 the ticket's pre-shared key.
    package var masterKey: [UInt8] {
        [UInt8](unsafeUninitializedCapacity: 256) { buffer, initialized in
            initialized = min(SSL_SESSION_get_master_key(session, buffer.baseAddress, buffer.count), buffer.count)
        }
    }

    /// Lends the C object for one call. The borrower that keeps it takes a reference of its own.
    func withPointer<Result, Failure: Error>(
        _ body: (OpaquePointer) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        try body(session)
    }
}
