import COpenSSL
import COpenSSLShims

/// What key exchange and signatures before TLS 1.3 do with keys.
extension PKeyHandle {
    /// An RSA public key from its numbers, big-endian.
    package static func publicKey(modulus: [UInt8], exponent: [UInt8]) throws(LibraryError) -> PKeyHandle {
        let builder = try ErrorQueue.checkPointer { OSSL_PARAM_BLD_new() }
        defer { OSSL_PARAM_BLD_free(builder) }
        let n = BN_bin2bn(modulus, Int32(clamping: modulus.count), nil)
        let e = BN_bin2bn(exponent, Int32(clamping: exponent.count), nil)
        defer {
            BN_free(n)
            BN_free(e)
        }
        // The builder keeps pointers to the names, which have to last until it is done.
        let names = (Array(OSSL_PKEY_PARAM_RSA_N.utf8CString), Array(OSSL_PKEY_PARAM_RSA_E.utf8CString))
        let key = try names.0.withUnsafeBufferPointer { modulusName throws(LibraryError) in
            try names.1.withUnsafeBufferPointer { exponentName throws(LibraryError) in
                try ErrorQueue.check { OSSL_PARAM_BLD_push_BN(builder, modulusName.baseAddress, n) }
                try ErrorQueue.check { OSSL_PARAM_BLD_push_BN(builder, exponentName.baseAddress, e) }
                let context = try ErrorQueue.checkPointer { EVP_PKEY_CTX_new_from_name(nil, "RSA", nil) }
                defer { EVP_PKEY_CTX_free(context) }
                try ErrorQueue.check { EVP_PKEY_fromdata_init(context) }
                guard let parameters = OSSL_PARAM_BLD_to_param(builder) else { throw ErrorQueue.drain() }
                defer { OSSL_PARAM_free(parameters) }
                var key: OpaquePointer?
                try ErrorQueue.check { EVP_PKEY_fromdata(context, &key, SECHAN_EVP_PKEY_PUBLIC_KEY, parameters) }
                return key
            }
        }
        guard let key else { throw LibraryError(entries: []) }
        return PKeyHandle(takingOwnership: key)
    }

    /// The key of a certificate (DER).
    package static func publicKey(ofCertificate der: [UInt8]) throws(LibraryError) -> PKeyHandle {
        let certificate = try X509Handle(der: der)
        return PKeyHandle(
            takingOwnership: try ErrorQueue.checkPointer { certificate.withPointer { X509_get_pubkey($0) } }
        )
    }

    /// The algorithm: `RSA`, `RSA-PSS`, `DSA`, `EC`, `ED25519`, …; nil for one without a name.
    package var algorithmName: String? {
        withPointer { key in EVP_PKEY_get0_type_name(key).map { String(cString: $0) } }
    }

    /// The size in bits.
    package var bitCount: Int { withPointer { Int(EVP_PKEY_get_bits($0)) } }

    /// The modulus and the public exponent of an RSA key, big-endian without leading zeros; nil for other keys.
    package var rsaNumbers: (modulus: [UInt8], exponent: [UInt8])? {
        guard let n = number(OSSL_PKEY_PARAM_RSA_N), let e = number(OSSL_PKEY_PARAM_RSA_E) else { return nil }
        return (n, e)
    }

    private func number(_ name: String) -> [UInt8]? {
        withPointer { key in
            ErrorQueue.clear()
            defer { ErrorQueue.clear() }
            var number: OpaquePointer?
            guard EVP_PKEY_get_bn_param(key, name, &number) == 1, let number else { return nil }
            defer { BN_free(number) }
            return FiniteFieldGroup.bytes(of: number)
        }
    }

    // MARK: RSA encryption

    /// PKCS#1 v1.5 encryption to this public key (RFC 8017 section 7.2.1).
    package func encrypt(_ message: [UInt8]) throws(LibraryError) -> [UInt8] {
        try operate(message, padding: RSA_PKCS1_PADDING, begin: EVP_PKEY_encrypt_init, EVP_PKEY_encrypt)
    }

    /// The RSA operation of a public key and nothing else, on a block as long as the modulus.
    package func encryptRaw(_ block: [UInt8]) throws(LibraryError) -> [UInt8] {
        try operate(block, padding: RSA_NO_PADDING, begin: EVP_PKEY_encrypt_init, EVP_PKEY_encrypt)
    }

    /// The RSA operation of a private key and nothing else: the padding is still there, as long as the modulus.
    ///
    /// - Throws: for a ciphertext of another length, or not below the modulus.
    package func decryptRaw(_ ciphertext: [UInt8]) throws(LibraryError) -> [UInt8] {
        try operate(ciphertext, padding: RSA_NO_PADDING, begin: EVP_PKEY_decrypt_init, EVP_PKEY_decrypt)
    }

    // MARK: Signatures over hashes

    /// Signs a hash: PKCS#1 v1.5 with RSA (without DigestInfo over MD5-SHA1), PSS with RSA if `usesPSS`, DSA or ECDSA in DER.
    package func sign(
        hash: [UInt8],
        _ function: HashFunction,
        usesPSS: Bool = false
    ) throws(LibraryError) -> [UInt8] {
        try operate(
            hash,
            padding: padding(usesPSS),
            hash: function,
            begin: EVP_PKEY_sign_init,
            EVP_PKEY_sign
        )
    }

    /// Whether a signature over a hash was made with the private half of this key.
    package func isValid(
        _ signature: [UInt8],
        overHash hash: [UInt8],
        _ function: HashFunction,
        usesPSS: Bool = false
    ) -> Bool {
        do throws(LibraryError) {
            let context = try operation(
                padding: padding(usesPSS),
                hash: function,
                begin: EVP_PKEY_verify_init
            )
            defer {
                EVP_PKEY_CTX_free(context)
                ErrorQueue.clear()
            }
            return EVP_PKEY_verify(context, signature, signature.count, hash, hash.count) == 1
        } catch {
            return false
        }
    }

    /// Whether a signature over a message was made with the private half of this key, which brings its own hash (EdDSA).
    package func isValid(_ signature: [UInt8], over message: [UInt8]) -> Bool {
        withPointer { key in
            ErrorQueue.clear()
            defer { ErrorQueue.clear() }
            guard let context = EVP_MD_CTX_new() else { return false }
            defer { EVP_MD_CTX_free(context) }
            guard EVP_DigestVerifyInit_ex(context, nil, nil, nil, nil, key, nil) == 1 else { return false }
            return EVP_DigestVerify(context, signature, signature.count, message, message.count) == 1
        }
    }

    private func padding(_ usesPSS: Bool) -> Int32? {
        guard let name = algorithmName, name.hasPrefix("RSA") else { return nil }
        return usesPSS ? RSA_PKCS1_PSS_PADDING : RSA_PKCS1_PADDING
    }

    // MARK: One operation

    private typealias Work = (
        OpaquePointer?, UnsafeMutablePointer<UInt8>?, UnsafeMutablePointer<Int>?, UnsafePointer<UInt8>?, Int
    ) -> Int32

    private func operate(
        _ input: [UInt8],
        padding: Int32?,
        hash: HashFunction? = nil,
        begin: (OpaquePointer?) -> Int32,
        _ work: Work
    ) throws(LibraryError) -> [UInt8] {
        let context = try operation(padding: padding, hash: hash, begin: begin)
        defer { EVP_PKEY_CTX_free(context) }
        var count = 0
        try ErrorQueue.check { work(context, nil, &count, input, input.count) }
        var out = [UInt8](repeating: 0, count: count)
        try ErrorQueue.check { work(context, &out, &count, input, input.count) }
        return Array(out.prefix(count))
    }

    private func operation(
        padding: Int32?,
        hash: HashFunction?,
        begin: (OpaquePointer?) -> Int32
    ) throws(LibraryError) -> OpaquePointer {
        let context = try withPointer { key in
            Result { () throws(LibraryError) in
                try ErrorQueue.checkPointer { EVP_PKEY_CTX_new_from_pkey(nil, key, nil) }
            }
        }.get()
        do throws(LibraryError) {
            try ErrorQueue.check { begin(context) }
            if let padding { try ErrorQueue.check { EVP_PKEY_CTX_set_rsa_padding(context, padding) } }
            if padding == RSA_PKCS1_PSS_PADDING {
                // As long as the hash (RFC 8446 section 4.2.3).
                try ErrorQueue.check { EVP_PKEY_CTX_set_rsa_pss_saltlen(context, RSA_PSS_SALTLEN_DIGEST) }
            }
            if let hash {
                try ErrorQueue.check { EVP_PKEY_CTX_set_signature_md(context, hash.algorithm) }
            }
            return context
        } catch {
            EVP_PKEY_CTX_free(context)
            throw error
        }
    }
}
