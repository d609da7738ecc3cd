import COpenSSL

/// One suite as this libssl knows it.
package struct LibraryCipher: Hashable, Sendable {
    /// The two-byte code point.
    package let codePoint: UInt16
    /// OpenSSL's own name.
    package let name: String
    /// The IANA name as libssl spells it.
    package let standardName: String
    /// Strength in bits, 0 for NULL.
    package let strengthBits: Int
    /// Whether it is an AEAD.
    package let isAEAD: Bool
    /// True for the suites of TLS 1.3, which have a list of their own.
    package let isTLS13: Bool

    init?(_ cipher: OpaquePointer) {
        guard let name = SSL_CIPHER_get_name(cipher) else { return nil }
        codePoint = SSL_CIPHER_get_protocol_id(cipher)
        self.name = String(cString: name)
        standardName = SSL_CIPHER_standard_name(cipher).map { String(cString: $0) } ?? ""
        strengthBits = Int(SSL_CIPHER_get_bits(cipher, nil))
        isAEAD = SSL_CIPHER_is_aead(cipher) == 1
        isTLS13 = String(cString: SSL_CIPHER_get_version(cipher)) == "TLSv1.3"
    }

    /// The suites in a borrowed `STACK_OF(SSL_CIPHER)`.
    static func list(_ stack: OpaquePointer?) -> [LibraryCipher] {
        guard let stack else { return [] }
        return (0..<max(0, OPENSSL_sk_num(stack))).compactMap { index in
            OPENSSL_sk_value(stack, index).flatMap { LibraryCipher(OpaquePointer($0)) }
        }
    }
}

/// Which suites this libssl can do at all, and up to which security level it lets them be used.
package enum CipherTable {
    /// A suite and the strictest level at which libssl still offers it.
    package struct Entry: Hashable, Sendable {
        /// The suite.
        package let cipher: LibraryCipher
        /// 0 to 5: the highest `@SECLEVEL` at which the suite is still usable by its own strength.
        package let highestSecurityLevel: Int
    }

    /// The code points of every suite that this libssl knows, asked once. Empty if it can't even say that.
    package static let codePoints: Set<UInt16> = {
        do throws(LibraryError) {
            return Set(try entries(with: SSLContextHandle(role: .client)).map(\.cipher.codePoint))
        } catch {
            return []
        }
    }()

    /// The whole table, in libssl's order. Costs six passes over about 150 suites: under a millisecond.
    ///
    /// - Parameter context: a context for this purpose alone: its protocols, suites and level are changed. Making one costs
    ///   more than the passes.
    package static func entries(with context: SSLContextHandle) throws(LibraryError) -> [Entry] {
        var order: [LibraryCipher] = []
        var highest: [UInt16: Int] = [:]
        // PSK and SRP suites are left out of a client's list unless a key could be had, so the answer is taken from the
        // configured list, filtered by level, rather than from what a hello would offer.
        try context.setProtocolRange(minimum: 0x0301, maximum: 0x0304)
        context.setSecurityLevel(0)
        try context.setCipherList("ALL:COMPLEMENTOFALL")
        try context.setCipherSuites13(allTLS13)
        for cipher in context.configuredCiphers {
            order.append(cipher)
            highest[cipher.codePoint] = 0
        }
        for level in 1...5 {
            context.setSecurityLevel(level)
            for cipher in context.ciphersAllowedBySecurityLevel {
                highest[cipher.codePoint] = level
            }
        }
        return order.map { Entry(cipher: $0, highestSecurityLevel: highest[$0.codePoint] ?? 0) }
    }

    /// Every TLS 1.3 suite that OpenSSL 3.0 has, in its own spelling.
    package static let allTLS13 =
        "TLS_AES_256_GCM_SHA384:TLS_CHACHA20_POLY1305_SHA256:TLS_AES_128_GCM_SHA256:"
        + "TLS_AES_128_CCM_SHA256:TLS_AES_128_CCM_8_SHA256"
}
