import Glibc
import LibSSL

extension Identity {
    /// Makes a key on P-256 and a certificate signed with it, in memory.
    ///
    /// The certificate is a leaf (`CA:FALSE`, `digitalSignature`, server and client authentication). Everyone who is told to
    /// trust exactly this certificate does so whether or not it calls itself an authority, except those who refuse an authority
    /// as a leaf; and whoever installs it does not install an authority.
    ///
    /// - Parameters:
    ///   - names: the DNS names (`*.` in front is allowed) and IP addresses it is for, at least one; the first becomes the
    ///     common name.
    ///   - days: how long it is valid. It begins an hour before now, for clocks that are slow.
    ///   - now: Unix seconds; nil for the system's clock.
    /// - Throws: `bad-argument` for a name that can't stand in a certificate, or no names.
    public static func selfSigned(
        names: [String],
        days: Int = 30,
        now: Int64? = nil
    ) throws(CertificateError) -> Identity {
        guard !names.isEmpty, names.count <= 1000 else {
            throw CertificateError(.badArgument, "a certificate needs 1 to 1000 names")
        }
        guard (1...36_500).contains(days) else {
            throw CertificateError(.badArgument, "a certificate is valid for 1 to 36500 days")
        }
        let alternatives = try names.map { name throws(CertificateError) in try alternative(name) }
        let key = try PrivateKey.generateP256()
        let moment = now ?? Int64(time(nil))
        var serial = try library { () throws(LibraryError) in try Library.randomBytes(count: 16) }
        // Positive, and never zero or shortened (RFC 5280 §4.1.2.2).
        serial[0] = serial[0] & 0x7F | 0x40
        let keyIdentifier = try library { () throws(LibraryError) in
            // RFC 7093 §2 method 1: 160 bits of the SHA-256 of the key.
            Array(try X509Digest.sha256(key.subjectPublicKeyInfo).prefix(20))
        }
        let common = names.first { $0.utf8.count <= 64 } ?? "sechan"
        let subject = DERWriter.name([(OID(encoded: [0x55, 0x04, 0x03]), DERTag.utf8String, Array(common.utf8))])
        var builder = CertificateBuilder(subjectPublicKeyInfo: key.subjectPublicKeyInfo)
        builder.serial = serial
        builder.issuer = subject
        builder.subject = subject
        builder.notBefore = DERWriter.time(moment - 3600)
        builder.notAfter = DERWriter.time(moment + Int64(days) * 86_400)
        builder.extensions = [
            CertificateBuilder.basicConstraints(isCA: false),
            CertificateBuilder.keyUsage(0x80),
            CertificateBuilder.extendedKeyUsage(["1.3.6.1.5.5.7.3.1", "1.3.6.1.5.5.7.3.2"]),
            CertificateBuilder.subjectKeyIdentifier(keyIdentifier),
            CertificateBuilder.alternativeNames(alternatives),
        ]
        return try Identity(chain: [builder.signed(by: key)], key: key)
    }

    private static func alternative(_ name: String) throws(CertificateError) -> (tag: UInt8, value: [UInt8]) {
        if let address = IPAddress.bytes(name) { return (DERTag.context(7), address) }
        let labels = (name.hasPrefix("*.") ? name.dropFirst(2) : name[...]).split(
            separator: ".",
            omittingEmptySubsequences: false
        )
        let isName =
            name.utf8.count <= 253
            && labels.allSatisfy { label in
                (1...63).contains(label.utf8.count)
                    && label.utf8.allSatisfy { byte in
                        switch byte {
                        case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, UInt8(ascii: "-"), UInt8(ascii: "_"): true
                        default: false
                        }
                    }
            }
        guard isName else {
            throw CertificateError(.badArgument, "a name is neither an address nor a DNS name in ASCII")
        }
        return (DERTag.context(2), Array(name.utf8))
    }
}
