import LibSSL

/// A key in a file: what may be told of it, which is nothing of its private half.
public struct FileKey: Hashable, Sendable {
    /// Whether the file holds the private half.
    public var isPrivate: Bool
    /// Whether the file, or this block of it, is encrypted.
    public var isEncrypted: Bool
    /// Algorithm and size; nil for an encrypted key that was not opened.
    public var publicKey: PublicKeyFacts?
    /// SHA-256 of the SubjectPublicKeyInfo, hexadecimal; nil for one that was not opened.
    public var sha256: String?
    /// The same in base 64, as `curl --pinnedpubkey sha256//…` takes it.
    public var spkiPin: String?
    /// The certificates whose key it is, by their places in the report.
    public var certificates: [Int] = []
    /// The items of the file whose key it is besides: requests, and its own other half.
    public var items: [Int] = []
    /// The DER of the SubjectPublicKeyInfo, for what is wrong with it; not part of the encoded form.
    public internal(set) var subjectPublicKeyInfo: [UInt8] = []

    init(_ key: PrivateKey, isEncrypted: Bool) {
        self.init(subjectPublicKeyInfo: key.subjectPublicKeyInfo, facts: key.facts)
        isPrivate = true
        self.isEncrypted = isEncrypted
    }

    /// An encrypted key that stays closed.
    static let closed = Self(isPrivate: true, isEncrypted: true)

    private init(isPrivate: Bool, isEncrypted: Bool) {
        self.isPrivate = isPrivate
        self.isEncrypted = isEncrypted
    }

    init(subjectPublicKeyInfo: [UInt8], facts: PublicKeyFacts) {
        isPrivate = false
        isEncrypted = false
        publicKey = facts
        let digest = (try? X509Digest.sha256(subjectPublicKeyInfo)) ?? []
        sha256 = hex(digest)
        spkiPin = Base64.encode(digest)
        self.subjectPublicKeyInfo = subjectPublicKeyInfo
    }

    /// Reads a public key: SubjectPublicKeyInfo, or the RSAPublicKey of PKCS#1, which is put into one.
    init(publicKey der: [UInt8]) throws(CertificateError) {
        do throws(DERError) {
            var spki = der
            var look = DERReader(der[...])
            let inside = try look.inside("a public key")
            if inside.nextTag == DERTag.integer {
                let rsa = OID("1.2.840.113549.1.1.1") ?? OID(encoded: [])
                spki = DERWriter.sequence(
                    DERWriter.sequence(DERWriter.oid(rsa), [DERTag.null, 0]),
                    DERWriter.bitString(der)
                )
            }
            var reader = DERReader(spki[...])
            var defects: [CertificateDefect] = []
            let element = try reader.element(tag: DERTag.sequence, "a public key")
            try reader.finish("the public key")
            let facts = try PublicKeyFacts(subjectPublicKeyInfo: element, defects: &defects)
            if let defect = defects.first { throw DERError(defect.text, at: defect.offset ?? 0) }
            self.init(subjectPublicKeyInfo: spki, facts: facts)
        } catch {
            throw CertificateError(.malformedKey, "not a public key: \(error.text)", offset: error.offset)
        }
    }
}

extension FileKey: Codable {
    private enum CodingKeys: CodingKey {
        case isPrivate, isEncrypted, publicKey, sha256, spkiPin, certificates, items
    }

    /// All keys, `null` for what is not known of an encrypted one.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(isPrivate, forKey: .isPrivate)
        try container.encode(isEncrypted, forKey: .isEncrypted)
        try container.encode(publicKey, forKey: .publicKey)
        try container.encode(sha256, forKey: .sha256)
        try container.encode(spkiPin, forKey: .spkiPin)
        try container.encode(certificates, forKey: .certificates)
        try container.encode(items, forKey: .items)
    }
}
