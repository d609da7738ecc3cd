import LibSSL

/// What proves in SSL 3.0 that both ends saw the same handshake: Finished, and CertificateVerify, which is made likewise.
enum SSL3Finished {
    /// `CLNT` or `SRVR` (RFC 6101 section 5.6.9).
    static func sender(_ role: EndpointRole) -> [UInt8] {
        Array((role == .client ? "CLNT" : "SRVR").utf8)
    }

    /// The 36 bytes of Finished: MD5 and then SHA (RFC 6101 section 5.6.9).
    static func verifyData(
        messages: [UInt8],
        sender role: EndpointRole,
        masterSecret: [UInt8]
    ) throws(LibraryError) -> [UInt8] {
        let sender = sender(role)
        return try hash(.md5, messages: messages, sender: sender, masterSecret: masterSecret)
            + hash(.sha1, messages: messages, sender: sender, masterSecret: masterSecret)
    }

    /// What a CertificateVerify signs (RFC 6101 section 5.6.8): 36 bytes with RSA, the 20 of SHA with other keys.
    static func certificateVerifyHash(
        messages: [UInt8],
        masterSecret: [UInt8],
        isRSA: Bool
    ) throws(LibraryError) -> [UInt8] {
        let sha = try hash(.sha1, messages: messages, sender: [], masterSecret: masterSecret)
        guard isRSA else { return sha }
        return try hash(.md5, messages: messages, sender: [], masterSecret: masterSecret) + sha
    }

    /// hash(master_secret + pad2 + hash(handshake_messages + sender + master_secret + pad1)).
    private static func hash(
        _ hash: HashFunction,
        messages: [UInt8],
        sender: [UInt8],
        masterSecret: [UInt8]
    ) throws(LibraryError) -> [UInt8] {
        let inner = try hash.hash(messages, sender, masterSecret, SSL3Pad.first(hash))
        return try hash.hash(masterSecret, SSL3Pad.second(hash), inner)
    }
}
