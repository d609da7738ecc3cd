package import LibSSL

/// A private key, held by libcrypto. Has no text and no encoding on purpose: secrets don't get into reports by accident.
public struct PrivateKey: Sendable {
    /// What is known of its public half.
    public let facts: PublicKeyFacts
    /// The DER of its public half (SubjectPublicKeyInfo).
    public let subjectPublicKeyInfo: [UInt8]
    package let handle: PKeyHandle

    package init(handle: PKeyHandle) throws(CertificateError) {
        self.handle = handle
        subjectPublicKeyInfo = try library { () throws(LibraryError) in try handle.subjectPublicKeyInfo() }
        var reader = DERReader(subjectPublicKeyInfo[...])
        var defects: [CertificateDefect] = []
        do {
            facts = try PublicKeyFacts(subjectPublicKeyInfo: reader.element("the public key"), defects: &defects)
        } catch {
            throw CertificateError(.malformedKey, "the public half of the key can't be read: \(error.text)")
        }
    }
}

extension PrivateKey: CustomStringConvertible {
    /// The algorithm and size, nothing of the key.
    public var description: String {
        "private key (\(facts.algorithm)\(facts.bits.map { " \($0) bits" } ?? ""))"
    }
}
