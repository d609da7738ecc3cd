import COpenSSL
import COpenSSLShims

/// A server name with the certificates that belong to it.
package struct ServerNameEntry {
    /// The name.
    package let pattern: ServerNamePattern
    /// The certificates, each with its key and the rest of its chain; empty shows the context's own.
    package let identities: [(certificate: X509Handle, key: PKeyHandle, chain: [X509Handle])]

    /// A name and its certificates.
    package init(
        name: String,
        identities: [(certificate: X509Handle, key: PKeyHandle, chain: [X509Handle])]
    ) {
        pattern = ServerNamePattern(name)
        self.identities = identities
    }
}

extension SSLContextHandle {
    /// Gives a server certificates by the name that clients ask for (RFC 6066 section 3).
    ///
    /// - Parameter strict: whether a client that asks for another name is refused with unrecognized_name; else it gets the
    ///   context's own certificates. A client that asks for none always does.
    package func setServerNames(_ names: [ServerNameEntry], strict: Bool) {
        callbackState.serverNames = names
        callbackState.refusesUnknownNames = strict
        withPointer { _ = sechan_SSL_CTX_set_tlsext_servername_callback($0, serverNameThunk, nil) }
        hearClientHellos()
    }

    /// Gives a server the OCSP response to staple to its own certificates, for clients that ask (RFC 6066 section 8).
    package func setStaple(_ response: [UInt8]) {
        callbackState.staple = response
        withPointer { _ = sechan_SSL_CTX_set_tlsext_status_cb($0, stapleThunk) }
    }
}

/// `SSL_CTX_set_tlsext_servername_callback(3)`.
private func serverNameThunk(
    _ ssl: OpaquePointer?,
    _ alert: UnsafeMutablePointer<Int32>?,
    _: UnsafeMutableRawPointer?
) -> Int32 {
    // libssl has refused names with a NUL.
    guard let handle = SSLHandle.from(ssl), let sent = SSL_get_servername(ssl, TLSEXT_NAMETYPE_host_name) else {
        return SSL_TLSEXT_ERR_NOACK
    }
    let asked = String(cString: sent)
    let state = handle.context.callbackState
    guard let entry = state.serverNames.first(where: { $0.pattern.matches(asked) }) else {
        guard state.refusesUnknownNames else { return SSL_TLSEXT_ERR_NOACK }
        alert?.pointee = SSL_AD_UNRECOGNIZED_NAME
        return SSL_TLSEXT_ERR_ALERT_FATAL
    }
    do throws(LibraryError) {
        try handle.show(entry)
        return SSL_TLSEXT_ERR_OK
    } catch {
        alert?.pointee = SSL_AD_INTERNAL_ERROR
        return SSL_TLSEXT_ERR_ALERT_FATAL
    }
}

extension SSLHandle {
    /// Replaces this connection's certificates by those of a name.
    fileprivate func show(_ entry: ServerNameEntry) throws(LibraryError) {
        guard !entry.identities.isEmpty, servedName != entry.pattern.name else { return }
        withPointer { SSL_certs_clear($0) }
        for identity in entry.identities {
            try use(certificate: identity.certificate, key: identity.key, chain: identity.chain)
        }
        servedName = entry.pattern.name
    }
}

/// `SSL_CTX_set_tlsext_status_cb(3)` for a server.
private func stapleThunk(_ ssl: OpaquePointer?, _: UnsafeMutableRawPointer?) -> Int32 {
    guard let ssl, let handle = SSLHandle.from(ssl), handle.servedName == nil else { return SSL_TLSEXT_ERR_NOACK }
    let staple = handle.context.callbackState.staple
    guard !staple.isEmpty, let copy = sechan_OPENSSL_memdup(staple, staple.count) else { return SSL_TLSEXT_ERR_NOACK }
    // libssl frees the copy with the connection.
    _ = sechan_SSL_set_tlsext_status_ocsp_resp(ssl, copy.assumingMemoryBound(to: UInt8.self), staple.count)
    return SSL_TLSEXT_ERR_OK
}
