import LibSSL

extension Identity {
    /// Reads an identity from the bytes of a PKCS#12 file (RFC 7292): a key, its certificate, and those that lead to a root.
    ///
    /// Other certificates in the file are left out.
    ///
    /// - Parameter password: asked only when the file can't be read without one; nil for none.
    /// - Throws: `malformed`, `no-key`, `no-certificate`, `malformed-key`, `password-required`, `wrong-password`.
    public init(pkcs12 bytes: [UInt8], password: () -> [UInt8]? = { nil }) throws(CertificateError) {
        let contents = try Self.contents(of: bytes, password: password)
        guard let key = contents.key else {
            throw CertificateError(.noKey, "the PKCS#12 file holds no private key")
        }
        guard let leaf = contents.certificate else {
            throw CertificateError(
                contents.others.isEmpty ? .noCertificate : .keyMismatch,
                "the PKCS#12 file holds no certificate of its private key"
            )
        }
        var found = [try Certificate(der: leaf.der)]
        for other in contents.others {
            // One that can't be read is none that a peer could use.
            if let certificate = try? Certificate(der: other.der) { found.append(certificate) }
        }
        try self.init(chain: ChainOrder(sent: found).path.map { found[$0] }, key: PrivateKey(handle: key))
    }

    /// Whether the bytes begin like a PKCS#12 file: a sequence with the version 3 (RFC 7292 section 4).
    public static func looksLikePKCS12(_ bytes: [UInt8]) -> Bool {
        guard bytes.first == DERTag.sequence, let length = bytes.dropFirst().first else { return false }
        let header = length & 0x80 == 0 ? 2 : 2 + Int(length & 0x7F)
        return bytes.dropFirst(header).starts(with: [DERTag.integer, 1, 3])
    }

    static func contents(
        of bytes: [UInt8],
        password: () -> [UInt8]?
    ) throws(CertificateError) -> PKCS12Contents {
        try KeyEncryption.refuseExcess(inPKCS12: bytes)
        do {
            return try PKCS12Contents(bytes, password: nil, greatestIterations: KeyEncryption.greatestIterations)
        } catch {
            guard case .wrongPassword = error else { throw CertificateError(error) }
        }
        guard let password = password() else {
            throw CertificateError(.passwordRequired, "the PKCS#12 file is encrypted and there is no password")
        }
        guard !password.contains(0) else {
            throw CertificateError(.wrongPassword, "a password of PKCS#12 has no zero byte")
        }
        do {
            return try PKCS12Contents(bytes, password: password, greatestIterations: KeyEncryption.greatestIterations)
        } catch {
            throw CertificateError(error)
        }
    }
}

extension CertificateError {
    fileprivate init(_ error: PKCS12Error) {
        switch error {
        case .malformed: self.init(.malformed, "not a PKCS#12 file")
        case .wrongPassword: self.init(.wrongPassword, "the password does not open the PKCS#12 file")
        case .withoutMAC:
            self.init(
                .malformedKey,
                "the PKCS#12 file is encrypted and has no MAC, which this libcrypto can't open"
            )
        case .tooManyIterations:
            self.init(
                .malformedKey,
                "the PKCS#12 file can't be read: more than \(KeyEncryption.greatestIterations) iterations are refused"
            )
        case .unsupported(let reason):
            self.init(.malformedKey, "the PKCS#12 file can't be read: \(reason.text)")
        }
    }
}
