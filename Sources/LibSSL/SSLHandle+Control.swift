import COpenSSL
import COpenSSLShims

/// How a server treats client certificates.
package enum PeerCertificateRequest: Hashable, Sendable {
    /// Not asked for. A client still receives the server's, and judges it.
    case none
    /// Asked for; none is fine.
    case request
    /// Asked for; none ends the handshake.
    case require
    /// Asked for in the first handshake of a connection only; none is fine.
    case once
}

extension SSLHandle {
    /// The name for the server_name extension (RFC 6066 section 3).
    package func setServerName(_ name: String) throws(LibraryError) {
        try withPointer { ssl throws(LibraryError) in
            try ErrorQueue.check { Int32(clamping: sechan_SSL_set_tlsext_host_name(ssl, name)) }
        }
    }

    /// Asks the server for a stapled OCSP response (RFC 6066 section 8).
    package func requestStapledOCSP() {
        withPointer { _ = sechan_SSL_set_tlsext_status_type($0, TLSEXT_STATUSTYPE_ocsp) }
    }

    /// Says whether and how the peer's certificate is asked for and judged.
    package func setPeerCertificateRequest(_ request: PeerCertificateRequest) {
        let mode: Int32
        switch request {
        case .none: mode = SSL_VERIFY_NONE
        case .request: mode = SSL_VERIFY_PEER
        case .require: mode = SSL_VERIFY_PEER | SSL_VERIFY_FAIL_IF_NO_PEER_CERT
        case .once: mode = SSL_VERIFY_PEER | SSL_VERIFY_CLIENT_ONCE
        }
        withPointer { SSL_set_verify($0, mode, nil) }
    }

    /// Offers a session for resumption.
    package func setSession(_ session: SSLSessionHandle) throws(LibraryError) {
        try withPointer { ssl throws(LibraryError) in
            try session.withPointer { pointer throws(LibraryError) in
                try ErrorQueue.check { SSL_set_session(ssl, pointer) }
            }
        }
    }

    /// Narrows the suites of TLS 1.2 and below for the next handshake on this connection.
    package func setCipherList(_ text: String) throws(LibraryError) {
        try withPointer { ssl throws(LibraryError) in
            try ErrorQueue.check { SSL_set_cipher_list(ssl, text) }
        }
    }

    /// Turns options of this connection on or off.
    package func setOptions(_ options: SSLOptions, enabled: Bool) {
        withPointer { ssl in
            _ = enabled ? SSL_set_options(ssl, options.rawValue) : SSL_clear_options(ssl, options.rawValue)
        }
    }

    /// Asks for a renegotiation; the next read (client) or handshake (server) sends it. TLS 1.2 and below.
    package func startRenegotiation(abbreviated: Bool) throws(LibraryError) {
        try withPointer { ssl throws(LibraryError) in
            try ErrorQueue.check { abbreviated ? SSL_renegotiate_abbreviated(ssl) : SSL_renegotiate(ssl) }
        }
    }

    /// Schedules a TLS 1.3 key update; the next handshake or write sends it.
    package func startKeyUpdate(requestPeer: Bool) throws(LibraryError) {
        try withPointer { ssl throws(LibraryError) in
            try ErrorQueue.check {
                SSL_key_update(ssl, requestPeer ? SSL_KEY_UPDATE_REQUESTED : SSL_KEY_UPDATE_NOT_REQUESTED)
            }
        }
    }

    /// Schedules a TLS 1.3 request for the client's certificate; the next handshake sends it.
    package func startPostHandshakeAuthentication() throws(LibraryError) {
        try withPointer { ssl throws(LibraryError) in
            try ErrorQueue.check { SSL_verify_client_post_handshake(ssl) }
        }
    }

    /// Whether a handshake is under way.
    package var isInHandshake: Bool { withPointer { SSL_in_init($0) == 1 } }
    /// Whether our close_notify (or a fatal alert) was sent.
    package var hasSentShutdown: Bool { withPointer { SSL_get_shutdown($0) & SSL_SENT_SHUTDOWN != 0 } }

    /// Encrypts bytes although our close_notify is out, which RFC 8446 section 6.1 forbids: to see how a peer takes it.
    package func writeAfterShutdown(_ bytes: [UInt8]) -> CallOutcome {
        let flags = withPointer { SSL_get_shutdown($0) }
        withPointer { SSL_set_shutdown($0, flags & ~SSL_SENT_SHUTDOWN) }
        defer { withPointer { SSL_set_shutdown($0, flags) } }
        return write(bytes)
    }
}
