import COpenSSL

/// The signature of a certificate request.
package enum X509RequestSignature {
    /// Whether the request (PKCS#10, DER) is signed with the key that it holds. Nil when libcrypto knows too little to tell: the way
    /// of signing, its hash, or the kind of key.
    package static func isValid(der: [UInt8]) -> Bool? {
        ErrorQueue.clear()
        defer { ErrorQueue.clear() }
        let request = der.withUnsafeBufferPointer { buffer in
            var cursor = buffer.baseAddress
            return d2i_X509_REQ(nil, &cursor, buffer.count)
        }
        guard let request else { return nil }
        defer { X509_REQ_free(request) }
        guard let key = X509_REQ_get0_pubkey(request), knows(X509_REQ_get_signature_nid(request)) else { return nil }
        return X509_REQ_verify(request, key) == 1
    }

    /// Whether a way of signing can be verified. Some, such as Ed25519, have no hash of their own.
    private static func knows(_ algorithm: Int32) -> Bool {
        var (hash, key): (Int32, Int32) = (0, 0)
        guard algorithm != NID_undef, OBJ_find_sigid_algs(algorithm, &hash, &key) == 1 else { return false }
        return hash == NID_undef || EVP_get_digestbyname(OBJ_nid2sn(hash)) != nil
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
