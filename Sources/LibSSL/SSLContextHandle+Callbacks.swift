import COpenSSL
import COpenSSLShims

/// What the callbacks of an `SSL_CTX` read. Written while the context is configured, only read afterwards.
final class ContextCallbackState {
    /// A server's protocols in ALPN wire form, most wanted first.
    var applicationProtocols: [UInt8] = []
    /// The same without HTTP/2, for handshakes that it can't be spoken in.
    var olderApplicationProtocols: [UInt8] = []
    /// The identity of the pre-shared key.
    var pskIdentity: [UInt8] = []
    /// The pre-shared key.
    var pskKey: [UInt8] = []
    /// The names that a server has certificates for, in the order in which they are tried.
    var serverNames: [ServerNameEntry] = []
    /// What a server's sessions are marked with, whatever the name.
    var sessionPurpose: [UInt8] = []
    /// Whether a server refuses clients that ask for another name.
    var refusesUnknownNames = false
    /// The OCSP response that goes with a server's default certificates, in DER.
    var staple: [UInt8] = []
    /// What a server allows with each application protocol.
    var applicationProtocolLimits: [ApplicationProtocolLimits] = []
    /// The extensions that a client adds to its hellos.
    var extensionContents: [ExtensionContent] = []
    /// What a server's tickets are sealed with, the first, and opened with.
    var ticketKeys: [TicketKey] = []
    /// Sizes of a Diffie-Hellman prime, in bits, that are refused whatever the security level.
    var refusedDHBits: [ClosedRange<Int>] = []
    /// libssl's own security callback, which decides the rest.
    var defaultSecurity: SecurityCallback?

    /// `SSL_CTX_set_security_callback(3)`.
    typealias SecurityCallback =
        @convention(c) (
            OpaquePointer?, OpaquePointer?, Int32, Int32, Int32, UnsafeMutableRawPointer?, UnsafeMutableRawPointer?
        ) -> Int32
}

extension SSLContextHandle {
    /// The callbacks every context has. They find their connection through the `SSL`.
    func installCallbacks() {
        withPointer { context in
            SSL_CTX_set_cert_verify_callback(context, verifyThunk, nil)
            SSL_CTX_sess_set_new_cb(context, newSessionThunk)
            if role == .client {
                SSL_CTX_set_cert_cb(context, certificateThunk, nil)
                _ = sechan_SSL_CTX_set_tlsext_status_cb(context, stapleThunk)
            }
        }
    }

    /// Has libssl hand out secrets in the NSS key log format to the connections that ask for them.
    package func enableKeyLog() {
        withPointer { context in
            SSL_CTX_set_keylog_callback(context) { ssl, line in
                guard let line, let handle = SSLHandle.from(ssl), handle.revealsSecrets else { return }
                handle.events.append(.keyLog(String(cString: line)))
            }
        }
    }

    func installApplicationProtocolChoice() {
        withPointer { context in
            // SAFETY: `callbackState` lives as long as this object, and every connection retains this object.
            SSL_CTX_set_alpn_select_cb(
                context,
                chooseApplicationProtocolThunk,
                Unmanaged.passUnretained(callbackState).toOpaque()
            )
        }
    }

    func installPreSharedKeyCallbacks() {
        withPointer { context in
            switch role {
            case .client: SSL_CTX_set_psk_client_callback(context, pskClientThunk)
            case .server: SSL_CTX_set_psk_server_callback(context, pskServerThunk)
            }
        }
    }
}

/// `SSL_CTX_set_cert_verify_callback(3)`: 1 goes on, 0 fails with the alert that fits the error set.
private func verifyThunk(_ store: OpaquePointer?, _: UnsafeMutableRawPointer?) -> Int32 {
    guard let store,
        let ssl = X509_STORE_CTX_get_ex_data(store, SSL_get_ex_data_X509_STORE_CTX_idx()),
        let handle = SSLHandle.from(OpaquePointer(ssl))
    else { return 0 }
    let chain = DERList.certificates(X509_STORE_CTX_get0_untrusted(store))
    let verdict = handle.verifyPeer?(chain) ?? .accept
    switch verdict {
    case .accept:
        X509_STORE_CTX_set_error(store, X509_V_OK)
        return 1
    case .wait:
        // With an error in the queue libssl would take the pause for a failure.
        ErrorQueue.clear()
        X509_STORE_CTX_set_error(store, X509_V_OK)
        return sechan_SSL_set_retry_verify(OpaquePointer(ssl)) > 0 ? 1 : 0
    case .reject(let code):
        X509_STORE_CTX_set_error(store, code == X509_V_OK ? X509_V_ERR_APPLICATION_VERIFICATION : code)
        return 0
    }
}

/// `SSL_CTX_sess_set_new_cb(3)`: serialised at once, because a later break spoils the session in memory.
private func newSessionThunk(_ ssl: OpaquePointer?, _ session: OpaquePointer?) -> Int32 {
    if let session, let handle = SSLHandle.from(ssl), handle.context.role == .client {
        handle.events.append(.newSession(SSLSessionHandle.serialise(session)))
    }
    return 0  // no reference was kept
}

/// `SSL_CTX_set_cert_cb(3)`: -1 pauses the handshake so that the caller can look for a certificate.
private func certificateThunk(_ ssl: OpaquePointer?, _: UnsafeMutableRawPointer?) -> Int32 {
    guard let handle = SSLHandle.from(ssl) else { return 0 }
    return handle.shouldPauseForCertificate() ? -1 : 1
}

/// Whether HTTP/2 may be spoken: in TLS 1.2 clients refuse it without ephemeral keys and an AEAD (RFC 9113 section 9.2.2).
private func allowsHTTP2(_ ssl: OpaquePointer?) -> Bool {
    guard let ssl, SSL_version(ssl) < TLS1_3_VERSION, let cipher = SSL_get_pending_cipher(ssl) else { return true }
    let exchange = SSL_CIPHER_get_kx_nid(cipher)
    return SSL_version(ssl) == TLS1_2_VERSION && SSL_CIPHER_is_aead(cipher) == 1
        && (exchange == NID_kx_ecdhe || exchange == NID_kx_dhe)
}

/// `SSL_CTX_set_tlsext_status_cb(3)` on a client that asked for a response: 0 ends the handshake.
private func stapleThunk(_ ssl: OpaquePointer?, _: UnsafeMutableRawPointer?) -> Int32 {
    SSLHandle.from(ssl)?.acceptsStaple?() ?? true ? 1 : 0
}

private func chooseApplicationProtocolThunk(
    _ ssl: OpaquePointer?,
    _ chosen: UnsafeMutablePointer<UnsafePointer<UInt8>?>?,
    _ chosenLength: UnsafeMutablePointer<UInt8>?,
    _ offered: UnsafePointer<UInt8>?,
    _ offeredLength: UInt32,
    _ argument: UnsafeMutableRawPointer?
) -> Int32 {
    guard let chosen, let chosenLength, let offered, let argument else { return SSL_TLSEXT_ERR_ALERT_FATAL }
    // SAFETY: the context that owns this state set it as the argument, and outlives every connection that calls back.
    let state = Unmanaged<ContextCallbackState>.fromOpaque(argument).takeUnretainedValue()
    var selection: UnsafeMutablePointer<UInt8>?
    let wanted = allowsHTTP2(ssl) ? state.applicationProtocols : state.olderApplicationProtocols
    let outcome = wanted.withUnsafeBufferPointer { ours in
        let result = SSL_select_next_proto(
            &selection,
            chosenLength,
            ours.baseAddress,
            UInt32(clamping: ours.count),
            offered,
            offeredLength
        )
        // The selection may point into `ours`; libssl copies it only after this callback, so point into `offered`.
        if result == OPENSSL_NPN_NEGOTIATED, let selection {
            let wanted = UnsafeBufferPointer(start: selection, count: Int(chosenLength.pointee))
            chosen.pointee = position(of: wanted, in: UnsafeBufferPointer(start: offered, count: Int(offeredLength)))
        }
        return result
    }
    // RFC 7301 section 3.2: no overlap is the fatal alert no_application_protocol.
    return outcome == OPENSSL_NPN_NEGOTIATED && chosen.pointee != nil
        ? SSL_TLSEXT_ERR_OK : SSL_TLSEXT_ERR_ALERT_FATAL
}

/// Where a protocol name starts in a list in ALPN wire form.
private func position(
    of name: UnsafeBufferPointer<UInt8>,
    in list: UnsafeBufferPointer<UInt8>
) -> UnsafePointer<UInt8>? {
    var offset = 0
    while offset < list.count {
        let length = Int(list[offset])
        guard length <= list.count - offset - 1 else { return nil }
        let candidate = UnsafeBufferPointer(rebasing: list[(offset + 1)..<(offset + 1 + length)])
        if candidate.elementsEqual(name) { return candidate.baseAddress }
        offset += 1 + length
    }
    return nil
}

private func pskClientThunk(
    _ ssl: OpaquePointer?,
    _: UnsafePointer<CChar>?,
    _ identity: UnsafeMutablePointer<CChar>?,
    _ identityCapacity: UInt32,
    _ key: UnsafeMutablePointer<UInt8>?,
    _ keyCapacity: UInt32
) -> UInt32 {
    guard let state = SSLHandle.from(ssl)?.context.callbackState, let identity, let key,
        state.pskIdentity.count < Int(identityCapacity), state.pskKey.count <= Int(keyCapacity)
    else { return 0 }
    for (index, byte) in state.pskIdentity.enumerated() { identity[index] = CChar(bitPattern: byte) }
    identity[state.pskIdentity.count] = 0
    for (index, byte) in state.pskKey.enumerated() { key[index] = byte }
    return UInt32(clamping: state.pskKey.count)
}

private func pskServerThunk(
    _ ssl: OpaquePointer?,
    _ identity: UnsafePointer<CChar>?,
    _ key: UnsafeMutablePointer<UInt8>?,
    _ keyCapacity: UInt32
) -> UInt32 {
    guard let state = SSLHandle.from(ssl)?.context.callbackState, let identity, let key,
        [UInt8](String(cString: identity).utf8) == state.pskIdentity, state.pskKey.count <= Int(keyCapacity)
    else { return 0 }
    for (index, byte) in state.pskKey.enumerated() { key[index] = byte }
    return UInt32(clamping: state.pskKey.count)
}
