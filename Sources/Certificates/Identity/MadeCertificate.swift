import Glibc
import LibSSL

/// What the certificates made in memory have in common.
enum MadeCertificate {
    /// A builder with a serial number, dates and the key's identifier; subject and issuer are still to be set.
    static func builder(for key: PrivateKey, days: Int, now: Int64?) throws(CertificateError) -> CertificateBuilder {
        guard (1...36_500).contains(days) else {
            throw CertificateError(.badArgument, "a certificate is valid for 1 to 36500 days")
        }
        let moment = now ?? Int64(time(nil))
        var builder = CertificateBuilder(subjectPublicKeyInfo: key.subjectPublicKeyInfo)
        builder.serial = try library { () throws(LibraryError) in try Library.randomBytes(count: 16) }
        // Positive, and never zero or shortened (RFC 5280 §4.1.2.2).
        builder.serial[0] = builder.serial[0] & 0x7F | 0x40
        builder.notBefore = DERWriter.time(moment - 3600)
        builder.notAfter = DERWriter.time(moment + Int64(days) * 86_400)
        builder.extensions = [CertificateBuilder.subjectKeyIdentifier(try keyIdentifier(of: key))]
        return builder
    }

    /// The DER of a name whose common name is the first of `names` that fits.
    static func subject(_ names: [String]) -> [UInt8] {
        let common = names.first { $0.utf8.count <= 64 } ?? "sechan"
        return DERWriter.name([(OID(encoded: [0x55, 0x04, 0x03]), DERTag.utf8String, Array(common.utf8))])
    }

    /// What makes a certificate one of a server (and, for tests, of a client).
    static func leafExtensions(_ kind: KeyKind, _ alternatives: [(tag: UInt8, value: [UInt8])]) -> [[UInt8]] {
        [
            CertificateBuilder.basicConstraints(isCA: false),
            CertificateBuilder.keyUsage(kind.leafUsage),
            CertificateBuilder.extendedKeyUsage(["1.3.6.1.5.5.7.3.1", "1.3.6.1.5.5.7.3.2"]),
            CertificateBuilder.alternativeNames(alternatives),
        ]
    }

    /// RFC 7093 §2 method 1: 160 bits of the SHA-256 of the key.
    static func keyIdentifier(of key: PrivateKey) throws(CertificateError) -> [UInt8] {
        try library { () throws(LibraryError) in
            Array(try X509Digest.sha256(key.subjectPublicKeyInfo).prefix(20))
        }
    }

    /// Host names and addresses as alternative names.
    ///
    /// - Throws: `bad-argument` for one that can't stand in a certificate, or for none.
    static func alternatives(_ names: [String]) throws(CertificateError) -> [(tag: UInt8, value: [UInt8])] {
        guard !names.isEmpty, names.count <= 1000 else {
            throw CertificateError(.badArgument, "a certificate needs 1 to 1000 names")
        }
        return try names.map { name throws(CertificateError) in try alternative(name) }
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
