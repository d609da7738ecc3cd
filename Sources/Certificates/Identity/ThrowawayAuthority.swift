/// An authority made in memory to sign a server's certificates: its certificate can be given away, its key ends with the
/// process and is never written.
public struct ThrowawayAuthority: Sendable {
    /// The authority's own certificate, for clients to trust.
    public let certificate: Certificate
    private let key: PrivateKey
    private let now: Int64?

    /// Makes an authority on P-256.
    ///
    /// - Parameters:
    ///   - days: how long it is valid.
    ///   - now: Unix seconds; nil for the system's clock.
    /// - Throws: `bad-argument` for impossible days, `library`.
    public init(days: Int = 30, now: Int64? = nil) throws(CertificateError) {
        key = try KeyKind.ecdsa.generate()
        var builder = try MadeCertificate.builder(for: key, days: days, now: now)
        // Two runs have two authorities of different names: a client that trusts one must not try its key on the other's.
        let mark = builder.serial.prefix(4).map { byte in
            let digits = String(byte, radix: 16)
            return digits.count == 1 ? "0" + digits : digits
        }
        builder.subject = MadeCertificate.subject(["sechan throwaway CA \(mark.joined())"])
        builder.issuer = builder.subject
        builder.extensions += [
            CertificateBuilder.basicConstraints(isCA: true, pathLength: 0),
            // keyCertSign and cRLSign.
            CertificateBuilder.keyUsage(0x06),
        ]
        certificate = try builder.signed(by: key)
        self.now = now
    }

    /// A key and a certificate for it, signed by this authority. The chain to send is the leaf alone: whoever trusts the
    /// authority has its certificate.
    ///
    /// - Throws: as `Identity.selfSigned`.
    public func issue(
        names: [String],
        kind: KeyKind = .ecdsa,
        days: Int = 30
    ) throws(CertificateError) -> Identity {
        let alternatives = try MadeCertificate.alternatives(names)
        let leaf = try kind.generate()
        var builder = try MadeCertificate.builder(for: leaf, days: days, now: now)
        builder.subject = MadeCertificate.subject(names)
        builder.issuer = certificate.subject.der
        builder.extensions += MadeCertificate.leafExtensions(kind, alternatives)
        builder.extensions.append(
            CertificateBuilder.authorityKeyIdentifier(try MadeCertificate.keyIdentifier(of: key))
        )
        return try Identity(chain: [builder.signed(by: key)], key: leaf)
    }
}
