import LibSSL

/// A certificate chain with the private key of its leaf: what one side of a handshake shows of itself.
public struct Identity: Sendable {
    /// The chain to send, the leaf first.
    public let chain: [Certificate]
    /// The key of the leaf.
    public let key: PrivateKey

    /// The certificate the key belongs to.
    public let certificate: Certificate

    /// A chain and its key.
    ///
    /// - Throws: `no-certificate` for an empty chain, `key-mismatch` when the key is another's.
    public init(chain: [Certificate], key: PrivateKey) throws(CertificateError) {
        guard let leaf = chain.first else { throw CertificateError(.noCertificate, "an identity needs a certificate") }
        guard key.handle.matches(try leaf.handle()) else {
            let other = chain.dropFirst().contains { (try? $0.handle()).map(key.handle.matches) ?? false }
            throw CertificateError(
                .keyMismatch,
                "the private key does not belong to the certificate"
                    + (other ? ", but to a later one of the chain: the leaf must come first" : "")
            )
        }
        self.chain = chain
        self.key = key
        certificate = leaf
    }

    /// Reads an identity from the bytes of files.
    ///
    /// - Parameters:
    ///   - certificatePEM: the certificate, perhaps with its chain after it; PEM or DER.
    ///   - keyPEM: the key, PKCS#8 or traditional, PEM or DER; nil to take it from `certificatePEM`.
    ///   - chainPEM: further certificates of the chain.
    ///   - password: asked only when the key is encrypted; the bytes of the password, or nil for none.
    /// - Throws: `no-certificate`, `no-key`, `malformed`, `malformed-key`, `password-required`, `wrong-password`,
    ///   `key-mismatch`.
    public init(
        certificatePEM: [UInt8],
        keyPEM: [UInt8]? = nil,
        chainPEM: [UInt8]? = nil,
        password: () -> [UInt8]? = { nil }
    ) throws(CertificateError) {
        var chain = try Certificate.readAll(certificatePEM)
        if let chainPEM {
            for certificate in try Certificate.readAll(chainPEM) where !chain.contains(certificate) {
                chain.append(certificate)
            }
        }
        try self.init(chain: chain, key: PrivateKey(pem: keyPEM ?? certificatePEM, password: password))
    }

    /// Whether a root stands at the end of the chain, behind the leaf.
    public var includesRoot: Bool { chain.count > 1 && chain.last?.isSelfSigned == true }

    /// The chain as it is sent: peers have their own copy of a root, so it is left out unless it is wanted.
    public func chain(withRoot: Bool) -> [Certificate] {
        includesRoot && !withRoot ? chain.dropLast() : chain
    }

    /// The chain in PEM, the leaf first.
    public var chainPEM: String { chain.map(\.pem).joined() }
}

extension PrivateKey {
    /// Reads the first private key of a file: PKCS#8, encrypted or not, or traditional; PEM or DER.
    ///
    /// - Throws: `no-key`, `malformed-key`, `password-required`, `wrong-password`.
    public init(pem bytes: [UInt8], password: () -> [UInt8]? = { nil }) throws(CertificateError) {
        let isPEM = PEM.isPEM(bytes)
        if isPEM, !PEM.labels(in: bytes).contains(where: { $0.hasSuffix("PRIVATE KEY") }) {
            throw CertificateError(.noKey, "expected a PEM block PRIVATE KEY, found none")
        }
        try KeyEncryption.refuseExcess(in: bytes, isPEM: isPEM)
        let handle: PKeyHandle
        do {
            handle = try PKeyHandle.read(bytes, isPEM: isPEM, password: password)
        } catch {
            switch error {
            case .passwordRequired:
                throw CertificateError(.passwordRequired, "the private key is encrypted and there is no password")
            case .wrongPassword:
                throw CertificateError(.wrongPassword, "the password does not open the private key")
            case .noKey:
                throw CertificateError(.noKey, "expected a private key, found none")
            case .malformed(let reason):
                throw CertificateError(.malformedKey, "the private key can't be read: \(reason.text)")
            }
        }
        try self.init(handle: handle)
    }

    /// A new key on the curve P-256.
    package static func generateP256() throws(CertificateError) -> PrivateKey {
        try KeyKind.ecdsa.generate()
    }

    /// PKCS#8 in PEM. A secret: for handing to another program, never for a report.
    package func secretPEM() throws(CertificateError) -> String {
        let der = try library(.library, "can't write the key") { () throws(LibraryError) in try handle.pkcs8() }
        return PEM.encode(der, label: "PRIVATE KEY")
    }
}
