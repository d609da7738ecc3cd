import COpenSSL

extension SSLContextHandle {
    /// Adds a certificate with its key and the rest of its chain; one of the same key type is replaced.
    package func use(
        certificate: X509Handle,
        key: PKeyHandle,
        chain: [X509Handle]
    ) throws(LibraryError) {
        try withPointer { context throws(LibraryError) in
            try Self.withBorrowed(certificate, key, chain) { leaf, key, chain in
                SSL_CTX_use_cert_and_key(context, leaf, key, chain, 1)
            }
        }
    }

    /// Adds an authority to those a server tells its clients it accepts.
    package func addAcceptedIssuer(_ certificate: X509Handle) throws(LibraryError) {
        try withPointer { context throws(LibraryError) in
            try certificate.withPointer { SSL_CTX_add_client_CA(context, $0) }.orThrow()
        }
    }

    /// Lends a certificate, its key and a stack of the chain for one call, which takes references of its own.
    static func withBorrowed(
        _ certificate: X509Handle,
        _ key: PKeyHandle,
        _ chain: [X509Handle],
        _ body: (OpaquePointer, OpaquePointer, OpaquePointer?) -> Int32
    ) throws(LibraryError) {
        ErrorQueue.clear()
        guard let stack = OPENSSL_sk_new_null() else { throw ErrorQueue.drain() }
        // Frees the stack only: the certificates in it stay with their handles.
        defer { OPENSSL_sk_free(stack) }
        for link in chain {
            let pushed = link.withPointer { OPENSSL_sk_push(stack, UnsafeRawPointer($0)) }
            guard pushed > 0 else { throw ErrorQueue.drain() }
        }
        let result = withExtendedLifetime(chain) {
            certificate.withPointer { leaf in key.withPointer { body(leaf, $0, stack) } }
        }
        try result.orThrow()
    }
}

extension SSLHandle {
    /// Sets the certificate of this connection alone.
    package func use(certificate: X509Handle, key: PKeyHandle, chain: [X509Handle]) throws(LibraryError) {
        try withPointer { ssl throws(LibraryError) in
            try SSLContextHandle.withBorrowed(certificate, key, chain) { leaf, key, chain in
                SSL_use_cert_and_key(ssl, leaf, key, chain, 1)
            }
        }
    }
}

extension Int32 {
    /// Throws what the error queue says unless the call returned 1 or more.
    fileprivate func orThrow() throws(LibraryError) {
        guard self > 0 else { throw ErrorQueue.drain() }
    }
}
