import Certificates

extension IdentityFiles {
    /// Reads the files.
    ///
    /// - Throws: `RequestProblem` that names the file and what is wrong with it.
    func identity(_ passphrases: Passphrases = Passphrases()) throws(RequestProblem) -> Identity {
        if isPKCS12 { return try openPKCS12(passphrases) }
        let certificateBytes = try InputFile.read(certificate)
        let keyBytes = try key.map { path throws(RequestProblem) in try InputFile.read(path) }
        let chainBytes = try chain.map { path throws(RequestProblem) in try InputFile.read(path) }
        if let chain, let chainBytes { try Self.check(chain: chainBytes, from: chain) }
        let password = try passphrases.read(passphrase)
        guard !Identity.looksLikePKCS12(certificateBytes) else {
            throw RequestProblem(reason: "\(certificate): it is a PKCS#12 file", hint: "name it with --p12 FILE")
        }
        do {
            return try Identity(
                certificatePEM: certificateBytes,
                keyPEM: keyBytes,
                chainPEM: chainBytes,
                password: { password }
            )
        } catch {
            throw RequestProblem(reason: "\(place(of: error)): \(error)", hint: hint(for: error))
        }
    }

    private func openPKCS12(_ passphrases: Passphrases) throws(RequestProblem) -> Identity {
        let bytes = try InputFile.read(certificate)
        let password = try passphrases.read(passphrase)
        do {
            return try Identity(pkcs12: bytes, password: { password })
        } catch {
            throw RequestProblem(reason: "\(certificate): \(error)", hint: hint(forPKCS12: error))
        }
    }

    private func hint(forPKCS12 error: CertificateError) -> String? {
        switch error.kind {
        case .malformed: "--p12 takes a PKCS#12 file (.p12, .pfx); PEM and DER go with --cert FILE --key FILE"
        case .noKey, .noCertificate, .keyMismatch: "export it again with the private key and its certificate"
        case .malformedKey: "'openssl pkcs12 -info' shows what it asks for"
        default: hint(for: error)
        }
    }

    /// Reads the chain's file by itself: an error of the whole would blame the certificate's.
    private static func check(chain bytes: [UInt8], from path: String) throws(RequestProblem) {
        do {
            _ = try Certificate.readAll(bytes)
        } catch {
            throw RequestProblem(
                reason: "\(path): \(error)",
                hint: "the file of --chain should hold certificates, PEM or DER"
            )
        }
    }

    private func place(of error: CertificateError) -> String {
        switch error.kind {
        case .noKey, .malformedKey, .passwordRequired, .wrongPassword: key ?? certificate
        case .keyMismatch: key.map { "\(certificate) and \($0)" } ?? certificate
        default: certificate
        }
    }

    private func hint(for error: CertificateError) -> String? {
        switch error.kind {
        case .noKey: key == nil ? "name the private key's file with --key FILE" : "the file should hold a private key"
        case .malformedKey: "the file should hold a private key, PKCS#8 or traditional, PEM or DER"
        case .passwordRequired: "give the passphrase with --pass env:NAME, file:PATH or fd:NUMBER"
        case .wrongPassword: "check the passphrase that --pass leads to"
        case .keyMismatch: "name the key that belongs to this certificate with --key FILE"
        case .noCertificate, .malformed: "the file should hold certificates, PEM or DER"
        default: nil
        }
    }
}
