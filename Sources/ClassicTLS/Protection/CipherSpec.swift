package import LibSSL
package import TLSParameters

/// What a suite does to records: the cipher with its sizes, and the hash of the MAC (RFC 5246 appendix C, RFC 6101 appendix C).
package struct CipherSpec: Hashable, Sendable {
    /// How the cipher works.
    package enum Mode: Hashable, Sendable {
        /// No encryption.
        case null
        /// A stream cipher: RC4.
        case stream
        /// A block cipher in CBC mode, with blocks of so many bytes.
        case cbc(block: Int)
        /// Galois/Counter Mode (RFC 5288).
        case gcm
    }

    /// How the cipher works.
    package let mode: Mode
    /// libcrypto's name of the cipher; empty for NULL.
    package let cipher: String
    /// Bytes taken from the key block.
    package let keyMaterial: Int
    /// Bytes of the key in the end: more than the material in export suites.
    package let keyCount: Int
    /// Bytes of the IV: a block in CBC, the implicit part of the nonce in GCM.
    package let ivCount: Int
    /// The hash of the MAC; nil with GCM and with the suite that protects nothing.
    package let mac: HashFunction?
    /// Whether the key is derived as RFC 2246 section 6.3.1 has it for export.
    package let isExport: Bool

    /// The protection of a suite; nil for a cipher or a MAC that this engine lacks.
    package init?(suite: CipherSuite) {
        guard let facts = suite.facts, facts.firstVersion != .tls13 else { return nil }
        self.init(cipher: facts.cipher, mac: facts.mac, isExport: facts.isExport)
    }

    /// The protection of a cipher and a MAC by the names of ``CipherSuiteFacts``; nil for what this engine lacks.
    package init?(cipher name: String, mac macName: String, isExport: Bool) {
        guard let row = Self.ciphers[name] else { return nil }
        switch macName {
        case "AEAD", "NULL": mac = nil
        case "MD5": mac = .md5
        case "SHA1": mac = .sha1
        case "SHA256": mac = .sha256
        case "SHA384": mac = .sha384
        default: return nil
        }
        guard (macName == "AEAD") == (row.mode == .gcm) else { return nil }
        mode = row.mode
        cipher = row.cipher
        keyMaterial = isExport ? row.exportMaterial : row.key
        keyCount = row.key
        ivCount = row.iv
        // Also of DES in the suites with 1024-bit keys, which keep its whole key.
        self.isExport = isExport && row.mode != .null
    }

    private struct Row {
        var cipher: String
        var mode: Mode
        var key: Int
        var iv: Int
        /// What an export suite takes from the key block; the whole key where the suite was exportable as it was.
        var exportMaterial: Int
    }

    private static func cbc(_ cipher: String, key: Int, block: Int, material: Int? = nil) -> Row {
        Row(cipher: cipher, mode: .cbc(block: block), key: key, iv: block, exportMaterial: material ?? key)
    }

    private static func gcm(_ cipher: String, key: Int) -> Row {
        Row(cipher: cipher, mode: .gcm, key: key, iv: 4, exportMaterial: key)
    }

    private static func rc4(material: Int) -> Row {
        Row(cipher: "RC4", mode: .stream, key: 16, iv: 0, exportMaterial: material)
    }

    private static let ciphers: [String: Row] = [
        "NULL": Row(cipher: "", mode: .null, key: 0, iv: 0, exportMaterial: 0),
        "RC4-128": rc4(material: 16),
        "RC4-56": rc4(material: 7),
        "RC4-40": rc4(material: 5),
        // The final key has 16 bytes, all of which count (RFC 2246 appendix C: expanded key material).
        "RC2-CBC-128": cbc("RC2-CBC", key: 16, block: 8),
        "RC2-CBC-56": cbc("RC2-CBC", key: 16, block: 8, material: 7),
        "RC2-CBC-40": cbc("RC2-CBC", key: 16, block: 8, material: 5),
        "DES-CBC-40": cbc("DES-CBC", key: 8, block: 8, material: 5),
        "DES-CBC": cbc("DES-CBC", key: 8, block: 8),
        "3DES-EDE-CBC": cbc("DES-EDE3-CBC", key: 24, block: 8),
        "SEED-CBC": cbc("SEED-CBC", key: 16, block: 16),
        "CAMELLIA-128-CBC": cbc("CAMELLIA-128-CBC", key: 16, block: 16),
        "CAMELLIA-256-CBC": cbc("CAMELLIA-256-CBC", key: 32, block: 16),
        "ARIA-128-CBC": cbc("ARIA-128-CBC", key: 16, block: 16),
        "ARIA-256-CBC": cbc("ARIA-256-CBC", key: 32, block: 16),
        "AES-128-CBC": cbc("AES-128-CBC", key: 16, block: 16),
        "AES-256-CBC": cbc("AES-256-CBC", key: 32, block: 16),
        "AES-128-GCM": gcm("AES-128-GCM", key: 16),
        "AES-256-GCM": gcm("AES-256-GCM", key: 32),
        "ARIA-128-GCM": gcm("ARIA-128-GCM", key: 16),
        "ARIA-256-GCM": gcm("ARIA-256-GCM", key: 32),
    ]
}
