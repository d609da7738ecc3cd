import COpenSSL

extension X509Handle {
    /// The length of the certificate's RSA modulus in bytes; nil for any other key.
    package var rsaByteCount: Int? {
        ErrorQueue.clear()
        defer { ErrorQueue.clear() }
        guard let key = withPointer({ X509_get0_pubkey($0) }), EVP_PKEY_get_base_id(key) == EVP_PKEY_RSA else {
            return nil
        }
        let count = EVP_PKEY_get_size(key)
        return count > 0 ? Int(count) : nil
    }

    /// A block of the modulus's length raised to the public exponent, without any padding.
    package func rawRSA(_ block: [UInt8]) throws(LibraryError) -> [UInt8] {
        ErrorQueue.clear()
        guard let key = withPointer({ X509_get0_pubkey($0) }) else { throw ErrorQueue.drain() }
        let context = try ErrorQueue.checkPointer { EVP_PKEY_CTX_new(key, nil) }
        defer { EVP_PKEY_CTX_free(context) }
        try ErrorQueue.check { EVP_PKEY_encrypt_init(context) }
        try ErrorQueue.check { EVP_PKEY_CTX_set_rsa_padding(context, RSA_NO_PADDING) }
        var length = 0
        try ErrorQueue.check { EVP_PKEY_encrypt(context, nil, &length, block, block.count) }
        var output = [UInt8](repeating: 0, count: length)
        try ErrorQueue.check { EVP_PKEY_encrypt(context, &output, &length, block, block.count) }
        return Array(output.prefix(length))
    }
}
