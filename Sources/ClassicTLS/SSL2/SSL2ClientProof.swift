import LibSSL

/// What a client of SSL 2.0 signs to show that a certificate is its own: with MD5 and RSA, the key material, the server's
/// challenge and the server's certificate (draft-hickman-netscape-ssl-00 section 5.5, CLIENT-CERTIFICATE).
struct SSL2ClientProof {
    var material: SSL2KeyMaterial
    var challenge: [UInt8]
    var serverCertificate: [UInt8]

    private var hash: [UInt8] {
        get throws(LibraryError) { try HashFunction.md5.hash(material.bytes, challenge, serverCertificate) }
    }

    func sign(with key: PKeyHandle) throws(LibraryError) -> [UInt8] {
        try key.sign(hash: hash, .md5)
    }

    func isValid(_ signature: [UInt8], for key: PKeyHandle) throws(LibraryError) -> Bool {
        key.isValid(signature, overHash: try hash, .md5)
    }
}
