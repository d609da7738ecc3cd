import COpenSSL
import COpenSSLShims

/// Which end of a connection an object serves.
package enum EndpointRole: Hashable, Sendable {
    /// The end that connects.
    case client
    /// The end that accepts.
    case server
}

/// An `SSL_CTX`: configuration shared by many connections.
///
/// Configure it on one thread, then only make connections from it.
package final class SSLContextHandle {
    // C type: SSL_CTX *
    private let context: OpaquePointer
    /// Which end it serves.
    package let role: EndpointRole
    /// What the callbacks need; alive as long as this object, which every connection retains.
    let callbackState = ContextCallbackState()

    /// A context for TLS 1.0 to 1.3 as this libssl can do them, with the system configuration's restrictions of
    /// versions lifted; the caller states its own.
    package init(role: EndpointRole) throws(LibraryError) {
        self.role = role
        context = try ErrorQueue.checkPointer {
            SSL_CTX_new(role == .client ? TLS_client_method() : TLS_server_method())
        }
        // The caller may hand the same data in another buffer after a renegotiation held it up.
        _ = sechan_SSL_CTX_set_mode(context, SECHAN_SSL_MODE_ACCEPT_MOVING_WRITE_BUFFER)
        // A server holds many sessions that are silent most of the time: 34 KiB of buffers each would be kept for nothing.
        if role == .server { _ = sechan_SSL_CTX_set_mode(context, SECHAN_SSL_MODE_RELEASE_BUFFERS) }
        installCallbacks()
    }

    deinit {
        SSL_CTX_free(context)
    }

    /// Lends the C object for one call.
    func withPointer<Result, Failure: Error>(
        _ body: (OpaquePointer) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        try body(context)
    }

    // MARK: Versions, levels and options

    /// Sets the lowest and highest protocol version, as code points from 0x0301 to 0x0304.
    ///
    /// Anything else is refused here: libssl takes 0x0300 without a word and then fails the handshake.
    package func setProtocolRange(minimum: UInt16, maximum: UInt16) throws(LibraryError) {
        guard (0x0301...0x0304).contains(minimum), (0x0301...0x0304).contains(maximum), minimum <= maximum else {
            throw LibraryError(entries: [])
        }
        try ErrorQueue.check { sechan_SSL_CTX_set_min_proto_version(context, Int32(minimum)) }
        try ErrorQueue.check { sechan_SSL_CTX_set_max_proto_version(context, Int32(maximum)) }
    }

    /// The security level, 0 to 5 (`SSL_CTX_set_security_level(3)`).
    package var securityLevel: Int { Int(SSL_CTX_get_security_level(context)) }

    /// Sets the security level.
    package func setSecurityLevel(_ level: Int) {
        SSL_CTX_set_security_level(context, Int32(clamping: level))
    }

    /// Turns options on.
    package func setOptions(_ options: SSLOptions) {
        _ = SSL_CTX_set_options(context, options.rawValue)
    }

    // MARK: Algorithms

    /// Sets the suites of TLS 1.2 and below from an OpenSSL cipher string (`ciphers(1)`). An empty result is an error.
    package func setCipherList(_ text: String) throws(LibraryError) {
        try ErrorQueue.check { SSL_CTX_set_cipher_list(context, text) }
    }

    /// Sets the suites of TLS 1.3 from names joined by colons; the empty string means none.
    package func setCipherSuites13(_ text: String) throws(LibraryError) {
        try ErrorQueue.check { SSL_CTX_set_ciphersuites(context, text) }
    }

    /// The configured suites, those of TLS 1.3 included, whether or not the level allows them.
    package var configuredCiphers: [LibraryCipher] {
        LibraryCipher.list(SSL_CTX_get_ciphers(context))
    }

    /// The configured suites that the security level allows.
    package var ciphersAllowedBySecurityLevel: [LibraryCipher] {
        guard let stack = SSL_CTX_get_ciphers(context), let allows = SSL_CTX_get_security_callback(context) else {
            return configuredCiphers
        }
        let extra = SSL_CTX_get0_security_ex_data(context)
        return (0..<max(0, OPENSSL_sk_num(stack))).compactMap { index in
            guard let cipher = OPENSSL_sk_value(stack, index) else { return nil }
            let bits = SSL_CIPHER_get_bits(OpaquePointer(cipher), nil)
            let allowed = allows(nil, context, SSL_SECOP_CIPHER_SUPPORTED, bits, 0, cipher, extra)
            return allowed == 1 ? LibraryCipher(OpaquePointer(cipher)) : nil
        }
    }

    /// Sets the groups offered or accepted, most wanted first, by OpenSSL's names joined by colons.
    package func setGroups(_ list: String) throws(LibraryError) {
        try ErrorQueue.check { sechan_SSL_CTX_set1_groups_list(context, list) }
    }

    /// Sets the signature schemes this end accepts (and, on a server, signs with), by name, joined by colons.
    package func setSignatureAlgorithms(_ list: String) throws(LibraryError) {
        try ErrorQueue.check { sechan_SSL_CTX_set1_sigalgs_list(context, list) }
    }

    /// Sets the signature schemes for client certificates, by name, joined by colons.
    package func setClientSignatureAlgorithms(_ list: String) throws(LibraryError) {
        try ErrorQueue.check { sechan_SSL_CTX_set1_client_sigalgs_list(context, list) }
    }

    /// Lets a server choose finite-field parameters that suit its certificate.
    package func setAutomaticDH() {
        _ = sechan_SSL_CTX_set_dh_auto(context, 1)
    }

    // MARK: Names and limits

    /// The protocols to negotiate by ALPN (RFC 7301): offered by a client, in the order of a server's preference.
    /// Each is 1 to 255 bytes; others are left out.
    package func setApplicationProtocols(_ protocols: [[UInt8]]) {
        let wire = protocols.filter { (1...255).contains($0.count) }.flatMap { [UInt8($0.count)] + $0 }
        guard !wire.isEmpty else { return }
        switch role {
        case .client:
            // DELIBERATE: this function alone returns 0 for success.
            _ = SSL_CTX_set_alpn_protos(context, wire, UInt32(clamping: wire.count))
        case .server:
            let older = protocols.filter { (1...255).contains($0.count) && $0 != Array("h2".utf8) }
            callbackState.applicationProtocols = wire
            // A server that speaks nothing else says so, and leaves it to the client.
            callbackState.olderApplicationProtocols =
                older.isEmpty ? wire : older.flatMap { [UInt8($0.count)] + $0 }
            installApplicationProtocolChoice()
        }
    }

    /// The largest certificate chain accepted from the peer, in bytes.
    package func setMaximumChainBytes(_ count: Int) {
        _ = sechan_SSL_CTX_set_max_cert_list(context, count)
    }

    // MARK: Sessions

    /// Whether sessions are remembered. A client hands each new one out as bytes; a server keeps them within.
    package func setSessionCaching(_ enabled: Bool) {
        let mode: Int32
        switch (enabled, role) {
        case (false, _): mode = SSL_SESS_CACHE_OFF
        case (true, .client): mode = SSL_SESS_CACHE_CLIENT | SSL_SESS_CACHE_NO_INTERNAL
        case (true, .server): mode = SSL_SESS_CACHE_SERVER
        }
        _ = sechan_SSL_CTX_set_session_cache_mode(context, Int(mode))
    }

    /// How long sessions live, in seconds.
    package func setSessionTimeout(seconds: Int) {
        _ = SSL_CTX_set_timeout(context, seconds)
    }

    /// How many TLS 1.3 tickets a server sends after a full handshake.
    package func setTicketCount(_ count: Int) throws(LibraryError) {
        try ErrorQueue.check { SSL_CTX_set_num_tickets(context, max(0, count)) }
    }

    /// How much early data a server's tickets allow and it reads itself, in bytes; 0 is none (RFC 8446 section 4.2.10).
    package func setMaximumEarlyData(_ count: UInt32) throws(LibraryError) {
        try ErrorQueue.check { SSL_CTX_set_max_early_data(context, count) }
        try ErrorQueue.check { SSL_CTX_set_recv_max_early_data(context, count) }
    }

    /// Names the purpose sessions were made for; a server that asks for certificates can't resume without it.
    package func setSessionIDContext(_ bytes: [UInt8]) throws(LibraryError) {
        callbackState.sessionPurpose = bytes
        try ErrorQueue.check {
            SSL_CTX_set_session_id_context(context, bytes, UInt32(min(bytes.count, 32)))
        }
    }

    // MARK: Pre-shared key

    /// Offers or accepts one external key (RFC 4279, RFC 8446 section 4.2.11).
    package func setPreSharedKey(identity: [UInt8], key: [UInt8]) {
        callbackState.pskIdentity = identity
        callbackState.pskKey = key
        installPreSharedKeyCallbacks()
    }

    // MARK: Post-handshake authentication

    /// Offers to prove the client's identity after the handshake (RFC 8446 section 4.2.6).
    package func setPostHandshakeAuthentication(_ allowed: Bool) {
        SSL_CTX_set_post_handshake_auth(context, allowed ? 1 : 0)
    }
}

/// The switches of `SSL_CTX_set_options(3)` that this project uses.
package struct SSLOptions: OptionSet, Sendable {
    /// The bits of libssl.
    package let rawValue: UInt64
    /// An option set from libssl's bits.
    package init(rawValue: UInt64) {
        self.rawValue = rawValue
    }

    /// A client goes on with servers that lack RFC 5746.
    package static let legacyServerConnect = SSLOptions(rawValue: SECHAN_SSL_OP_LEGACY_SERVER_CONNECT)
    /// A server lets clients renegotiate.
    package static let allowClientRenegotiation = SSLOptions(rawValue: SECHAN_SSL_OP_ALLOW_CLIENT_RENEGOTIATION)
    /// Renegotiation without RFC 5746 is allowed.
    package static let allowUnsafeLegacyRenegotiation =
        SSLOptions(rawValue: SECHAN_SSL_OP_ALLOW_UNSAFE_LEGACY_RENEGOTIATION)
    /// Every renegotiation is refused.
    package static let noRenegotiation = SSLOptions(rawValue: SECHAN_SSL_OP_NO_RENEGOTIATION)
    /// A server that renegotiates makes it a full handshake, so that it can ask for a certificate.
    package static let noResumptionOnRenegotiation =
        SSLOptions(rawValue: SECHAN_SSL_OP_NO_SESSION_RESUMPTION_ON_RENEGOTIATION)
    /// No RFC 5077 tickets (a TLS 1.3 server still sends stateful ones).
    package static let noTicket = SSLOptions(rawValue: SECHAN_SSL_OP_NO_TICKET)
    /// No encrypt-then-MAC (RFC 7366).
    package static let noEncryptThenMAC = SSLOptions(rawValue: SECHAN_SSL_OP_NO_ENCRYPT_THEN_MAC)
    /// No extended master secret (RFC 7627).
    package static let noExtendedMasterSecret = SSLOptions(rawValue: SECHAN_SSL_OP_NO_EXTENDED_MASTER_SECRET)
    /// No TLS 1.1; on a server, also between other versions.
    package static let noTLS11 = SSLOptions(rawValue: SECHAN_SSL_OP_NO_TLSv1_1)
    /// No TLS 1.2; on a server, also between other versions.
    package static let noTLS12 = SSLOptions(rawValue: SECHAN_SSL_OP_NO_TLSv1_2)
    /// The server's order of suites counts.
    package static let serverPreference = SSLOptions(rawValue: SECHAN_SSL_OP_CIPHER_SERVER_PREFERENCE)
}
