/// How an encrypted PKCS#8 key asks to be opened (RFC 5958 section 3, RFC 8018), read before anything is computed.
enum KeyEncryption {
    /// Ten seconds or so of PBKDF2; what tools write is at most a million.
    static let greatestIterations = 10_000_000
    /// scrypt touches 128·N·r·p bytes (RFC 7914 section 2); the usual N = 16384, r = 8, p = 1 is 16 MiB.
    static let greatestScryptBytes = 1 << 30

    /// Refuses keys whose password would take minutes or gigabytes to try.
    ///
    /// - Throws: `malformed-key`.
    static func refuseExcess(in bytes: [UInt8], isPEM: Bool) throws(CertificateError) {
        guard isPEM else { return try check(bytes) }
        let label = "ENCRYPTED PRIVATE KEY"
        guard let blocks = try? PEM.blocks(in: bytes, wanted: { $0 == label }).found else { return }
        for block in blocks { try check(block.bytes) }
    }

    private static func check(_ der: [UInt8]) throws(CertificateError) {
        do throws(DERError) {
            var reader = DERReader(der[...])
            var info = try reader.inside("EncryptedPrivateKeyInfo")
            // An unencrypted key begins with its version.
            guard info.nextTag == DERTag.sequence else { return }
            try checkAlgorithm(info.inside("the encryption's algorithm"))
        } catch {
            throw CertificateError(
                .malformedKey,
                "the private key can't be read: \(error.text)",
                offset: error.offset
            )
        }
    }

    static func checkAlgorithm(_ algorithm: DERReader, isDerivation: Bool = false) throws(DERError) {
        var algorithm = algorithm
        let oid = try algorithm.oid("the encryption's name").dotted
        let start = algorithm.offset
        switch oid {
        case "1.2.840.113549.1.5.13" where !isDerivation:  // PBES2: the derivation, then the cipher
            var schemes = try algorithm.inside("the parameters of PBES2")
            try checkAlgorithm(schemes.inside("the key derivation"), isDerivation: true)
        case "1.3.6.1.4.1.11591.4.11":  // scrypt (RFC 7914 section 7)
            var parameters = try algorithm.inside("the parameters of scrypt")
            _ = try parameters.element("the salt")
            var work = 128
            for name in ["N", "r", "p"] {
                let value = try parameters.smallInteger("scrypt's \(name)")
                let (product, overflow) = work.multipliedReportingOverflow(by: max(1, value))
                work = overflow ? .max : product
            }
            guard work <= greatestScryptBytes else {
                throw DERError("scrypt over more than \(greatestScryptBytes >> 20) MiB is refused", at: start)
            }
        case let oid where oid.hasPrefix("1.2.840.113549.1.5.") || oid.hasPrefix("1.2.840.113549.1.12.1."):
            // PBKDF2 (RFC 8018 appendix A.2), PBES1 (A.3), the schemes of PKCS#12 (RFC 7292 appendix C): salt, iterations.
            try checkIterations(algorithm.inside("the parameters"))
        default: break
        }
    }

    private static func checkIterations(_ parameters: DERReader) throws(DERError) {
        var parameters = parameters
        _ = try parameters.element("the salt")
        let start = parameters.offset
        let count = try parameters.smallInteger("the number of iterations")
        guard count <= greatestIterations else {
            throw DERError("more than \(greatestIterations) iterations are refused", at: start)
        }
    }
}
