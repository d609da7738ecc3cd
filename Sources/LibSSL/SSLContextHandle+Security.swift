import COpenSSL

extension SSLContextHandle {
    /// Refuses a peer's Diffie-Hellman parameters whose prime has one of these sizes in bits, beside what the security
    /// level refuses. For connections made from now on; before TLS 1.3, which has named groups only.
    package func refuseEphemeralDH(bits: [ClosedRange<Int>]) {
        guard !bits.isEmpty else { return }
        callbackState.refusedDHBits = bits
        withPointer { context in
            callbackState.defaultSecurity = SSL_CTX_get_security_callback(context)
            // SAFETY: `callbackState` lives as long as this object, and every connection retains this object.
            SSL_CTX_set0_security_ex_data(context, Unmanaged.passUnretained(callbackState).toOpaque())
            SSL_CTX_set_security_callback(context, securityThunk)
        }
    }
}

/// `SSL_CTX_set_security_callback(3)`: 1 allows. For ephemeral keys `other` is the `EVP_PKEY` itself.
private func securityThunk(
    _ ssl: OpaquePointer?,
    _ context: OpaquePointer?,
    _ operation: Int32,
    _ bits: Int32,
    _ nid: Int32,
    _ other: UnsafeMutableRawPointer?,
    _ extra: UnsafeMutableRawPointer?
) -> Int32 {
    guard let extra else { return 0 }
    // SAFETY: the context that owns this state set it as the argument, and outlives every connection that calls back.
    let state = Unmanaged<ContextCallbackState>.fromOpaque(extra).takeUnretainedValue()
    if operation == SSL_SECOP_TMP_DH, let other {
        let key = OpaquePointer(other)
        let size = Int(EVP_PKEY_get_bits(key))
        if state.refusedDHBits.contains(where: { $0.contains(size) }) { return 0 }
    }
    return state.defaultSecurity?(ssl, context, operation, bits, nid, other, nil) ?? 1
}
