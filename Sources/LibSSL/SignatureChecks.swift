import COpenSSL

/// The signature of a certificate request.
package enum X509RequestSignature {
    /// Whether the request (PKCS#10, DER) is signed with the key that it holds.
    package static func isValid(der: [UInt8]) -> Bool {
        ErrorQueue.clear()
        defer { ErrorQueue.clear() }
        let request = der.withUnsafeBufferPointer { buffer in
            var cursor = buffer.baseAddress
            return d2i_X509_REQ(nil, &cursor, buffer.count)
        }
        guard let request else { return false }
        defer { X509_REQ_free(request) }
        guard let key = X509_REQ_get0_pubkey(request) else { return false }
        return X509_REQ_verify(request, key) == 1
    }
}

/// Signatures over bytes that are no certificate's.
package enum SignatureCheck {
    /// Whether `signature` over `message`, with SHA-256, was made with the key of this SubjectPublicKeyInfo: ECDSA, or RSA with
    /// PKCS#1 v1.5. Nil when the key can't be read.
    package static func isValid(
        _ signature: [UInt8],
        over message: [UInt8],
        subjectPublicKeyInfo: [UInt8]
    ) -> Bool? {
        ErrorQueue.clear()
        defer { ErrorQueue.clear() }
        let key = subjectPublicKeyInfo.withUnsafeBufferPointer { buffer in
            var cursor = buffer.baseAddress
            return d2i_PUBKEY(nil, &cursor, buffer.count)
        }
        guard let key else { return nil }
        defer { EVP_PKEY_free(key) }
        guard let context = EVP_MD_CTX_new() else { return nil }
        defer { EVP_MD_CTX_free(context) }
        guard EVP_DigestVerifyInit_ex(context, nil, "SHA256", nil, nil, key, nil) == 1 else { return nil }
        return EVP_DigestVerify(context, signature, signature.count, message, message.count) == 1
    }
}
