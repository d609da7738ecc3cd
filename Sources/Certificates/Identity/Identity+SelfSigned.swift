extension Identity {
    /// Makes a key and a certificate signed with it, in memory.
    ///
    /// The certificate is a leaf (`CA:FALSE`, server and client authentication). Everyone who is told to trust exactly this
    /// certificate does so whether or not it calls itself an authority, except those who refuse an authority as a leaf; and
    /// whoever installs it does not install an authority.
    ///
    /// - Parameters:
    ///   - names: the DNS names (`*.` in front is allowed) and IP addresses it is for, at least one; the first becomes the
    ///     common name.
    ///   - kind: the kind of key.
    ///   - days: how long it is valid. It begins an hour before now, for clocks that are slow.
    ///   - now: Unix seconds; nil for the system's clock.
    /// - Throws: `bad-argument` for a name that can't stand in a certificate, or no names.
    public static func selfSigned(
        names: [String],
        kind: KeyKind = .ecdsa,
        days: Int = 30,
        now: Int64? = nil
    ) throws(CertificateError) -> Identity {
        let alternatives = try MadeCertificate.alternatives(names)
        let key = try kind.generate()
        var builder = try MadeCertificate.builder(for: key, days: days, now: now)
        builder.subject = MadeCertificate.subject(names)
        builder.issuer = builder.subject
        builder.extensions += MadeCertificate.leafExtensions(kind, alternatives)
        return try Identity(chain: [builder.signed(by: key)], key: key)
    }
}
