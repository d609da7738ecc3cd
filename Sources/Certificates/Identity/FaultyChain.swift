import Glibc
import LibSSL

/// A chain under a throwaway root that is right but for what was asked to be wrong: who trusts the root sees that and nothing
/// else. The keys of root and intermediates are gone once it is made.
package struct FaultyChain: Sendable {
    /// What the server shows.
    package let identity: Identity
    /// The root that clients are to trust. A self-signed leaf doesn't lead there.
    package let root: Certificate
    /// The OCSP answer to staple, DER; nil for none.
    package let staple: [UInt8]?

    private static let day: Int64 = 86_400
    /// Certificates that only fill up have about this size.
    private static let paddingSize = 16_000

    /// Makes keys and certificates.
    ///
    /// - Parameters:
    ///   - names: what the leaf is for, as for ``Identity/selfSigned(names:days:now:)``.
    ///   - faults: what to do wrong.
    ///   - now: Unix seconds; nil for the system's clock.
    /// - Throws: `bad-argument` for a name that can't stand in a certificate, or no names.
    package init(names: [String], faults: ChainFaults, now: Int64? = nil) throws(CertificateError) {
        let alternatives = try MadeCertificate.alternatives(names)
        let now = now ?? Int64(time(nil))
        // Two runs have authorities of different names, so that a client never tries the key of one on the other's.
        let tag = hex(try library { () throws(LibraryError) in try Library.randomBytes(count: 4) })
        let root = try Issuer(name: "sechan throwaway root \(tag)", now: now)
        let rootCertificate = try root.certificate(signedBy: root)

        // The one that signs the leaf first.
        var intermediates: [(issuer: Issuer, certificate: Certificate)] = []
        var above = root
        for number in (1...(faults.swapsIntermediates ? 2 : 1)).reversed() {
            let issuer = try Issuer(name: "sechan throwaway intermediate \(number) \(tag)", now: now)
            intermediates.insert((issuer, try issuer.certificate(signedBy: above)), at: 0)
            above = issuer
        }

        let kind = faults.hasWeakKey ? KeyKind.rsa : .ecdsa
        let key = try faults.hasWeakKey ? PrivateKey.generateRSA(bits: 1024) : kind.generate()
        let subject = MadeCertificate.subject(names)
        let keyIdentifier = try MadeCertificate.keyIdentifier(of: key)
        var builder = try MadeCertificate.builder(for: key, days: 1, now: now)
        builder.subject = subject
        builder.issuer = faults.isSelfSigned ? subject : above.name
        let (notBefore, notAfter) = Self.validity(faults.validity, now)
        builder.notBefore = DERWriter.time(notBefore)
        builder.notAfter = DERWriter.time(notAfter)
        builder.usesSHA1 = faults.isSignedWithSHA1
        builder.extensions += MadeCertificate.leafExtensions(kind, alternatives)
        builder.extensions.append(
            CertificateBuilder.authorityKeyIdentifier(faults.isSelfSigned ? keyIdentifier : above.keyIdentifier)
        )
        if faults.demandsStaple { builder.extensions.append(CertificateBuilder.mustStaple()) }
        let leaf = try builder.signed(by: faults.isSelfSigned ? key : above.key)

        var chain = [leaf]
        if !faults.isSelfSigned, !faults.omitsIntermediate {
            let upwards = intermediates.map(\.certificate)
            chain += faults.swapsIntermediates ? upwards.reversed() : upwards
        }
        chain += try Self.padding(faults.padding, root: root, tag: tag)
        identity = try Identity(chain: chain, key: key)
        self.root = rootCertificate
        staple =
            try faults.isRevoked
            ? OCSPAnswer(revoked: leaf, since: now - Self.day, at: now).signed(by: above.key, of: above.name) : nil
    }

    private static func validity(_ validity: ChainFaults.Validity, _ now: Int64) -> (Int64, Int64) {
        switch validity {
        case .current: (now - 3600, now + 30 * day)
        case .past: (now - 60 * day, now - 30 * day)
        case .future: (now + 30 * day, now + 60 * day)
        }
    }

    private static func padding(_ bytes: Int, root: Issuer, tag: String) throws(CertificateError) -> [Certificate] {
        var certificates: [Certificate] = []
        while certificates.count * paddingSize < bytes {
            var filler = root
            filler.name = MadeCertificate.subject(["sechan throwaway filler \(certificates.count + 1) \(tag)"])
            certificates.append(try filler.certificate(signedBy: root, comment: paddingSize))
        }
        return certificates
    }
}

/// An authority of a throwaway chain.
private struct Issuer {
    /// The DER of its name.
    var name: [UInt8]
    let key: PrivateKey
    let keyIdentifier: [UInt8]
    let now: Int64

    init(name: String, now: Int64) throws(CertificateError) {
        self.name = MadeCertificate.subject([name])
        self.now = now
        key = try KeyKind.ecdsa.generate()
        keyIdentifier = try MadeCertificate.keyIdentifier(of: key)
    }

    /// Its certificate, valid for years on either side, so that only the leaf's dates matter.
    func certificate(signedBy issuer: Issuer, comment: Int = 0) throws(CertificateError) -> Certificate {
        var builder = try MadeCertificate.builder(for: key, days: 1, now: now)
        builder.issuer = issuer.name
        builder.subject = name
        builder.notBefore = DERWriter.time(now - 365 * 86_400)
        builder.notAfter = DERWriter.time(now + 3650 * 86_400)
        builder.extensions += [
            CertificateBuilder.basicConstraints(isCA: true),
            CertificateBuilder.keyUsage(0x06),
            CertificateBuilder.authorityKeyIdentifier(issuer.keyIdentifier),
        ]
        if comment > 0 {
            // nsComment: any text, and of no meaning to anybody.
            let text = [UInt8](repeating: UInt8(ascii: "x"), count: comment)
            builder.extensions.append(
                DERWriter.extension(
                    OID("2.16.840.1.113730.1.13") ?? OID(encoded: []),
                    critical: false,
                    DERWriter.element(DERTag.ia5String, text)
                )
            )
        }
        return try builder.signed(by: issuer.key)
    }
}

extension PrivateKey {
    /// A new RSA key.
    package static func generateRSA(bits: UInt32) throws(CertificateError) -> PrivateKey {
        let handle = try library(.library, "can't make a key") { () throws(LibraryError) in
            try PKeyHandle.generate(rsaBits: bits)
        }
        return try PrivateKey(handle: handle)
    }
}
