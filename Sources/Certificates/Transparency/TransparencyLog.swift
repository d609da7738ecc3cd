import LibSSL

/// A log of certificates (RFC 6962) that is known here.
struct TransparencyLog {
    let name: String
    let `operator`: String
    /// What Chrome makes of it: `qualified`, `usable`, `readonly`, `retired`, `rejected`, `pending`; Apple's word where Chrome
    /// has none.
    let state: String
    /// The DER of its SubjectPublicKeyInfo.
    let key: [UInt8]

    /// The SubjectPublicKeyInfo of a key on P-256 up to its point, in base 64.
    private static let p256 = "MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAE"

    /// The log of that identifier, the SHA-256 of its key.
    static func find(id: [UInt8]) -> TransparencyLog? {
        let wanted = Base64.encode(id)
        return table.withUTF8Buffer { text in
            for line in text.split(separator: UInt8(ascii: "\n")) where line.starts(with: wanted.utf8) {
                let fields = line.split(separator: UInt8(ascii: "|")).map { String(decoding: $0, as: UTF8.self) }
                guard fields.count == 5, let key = Base64.decode((fields[4].count < 100 ? p256 : "") + fields[4]) else {
                    return nil
                }
                return TransparencyLog(name: fields[3], operator: fields[2], state: fields[1], key: key)
            }
            return nil
        }
    }
}
