import LibSSL

/// Writes and signs a certificate. Takes what it is given: odd values make odd certificates, which is what tests want.
package struct CertificateBuilder {
    /// 0 for v1, 2 for v3.
    package var version: UInt8 = 2
    /// The content of the INTEGER.
    package var serial: [UInt8] = [1]
    /// The DER of the names.
    package var issuer: [UInt8] = DERWriter.name([])
    package var subject: [UInt8] = DERWriter.name([])
    /// The DER of the dates.
    package var notBefore: [UInt8] = DERWriter.time(0)
    package var notAfter: [UInt8] = DERWriter.time(4_102_444_799)
    /// The DER of the subject's public key.
    package var subjectPublicKeyInfo: [UInt8]
    /// Ready extensions.
    package var extensions: [[UInt8]] = []
    /// Whether the signature is made with SHA-1, which nobody should accept any more.
    package var usesSHA1 = false

    package init(subjectPublicKeyInfo: [UInt8]) {
        self.subjectPublicKeyInfo = subjectPublicKeyInfo
    }

    /// The signed certificate. The algorithm follows from the key: ECDSA or RSA with SHA-256 (or SHA-1), else the key's own.
    package func signed(by key: PrivateKey) throws(CertificateError) -> Certificate {
        let (algorithm, digest) = Self.algorithm(of: key.facts, usesSHA1: usesSHA1)
        let tbs = DERWriter.sequence(
            version == 0 ? [] : DERWriter.element(DERTag.constructed(0), DERWriter.element(DERTag.integer, [version])),
            DERWriter.element(DERTag.integer, serial),
            algorithm,
            issuer,
            DERWriter.sequence(notBefore, notAfter),
            subject,
            subjectPublicKeyInfo,
            extensions.isEmpty
                ? []
                : DERWriter.element(
                    DERTag.constructed(3),
                    DERWriter.element(DERTag.sequence, Array(extensions.joined()))
                )
        )
        let signature = try library(.library, "can't sign") { () throws(LibraryError) in
            try key.handle.sign(tbs, digest: digest)
        }
        return try Certificate(der: DERWriter.sequence(tbs, algorithm, DERWriter.bitString(signature)))
    }

    /// How a key signs: the DER of the algorithm's identifier, and libcrypto's name for the hash.
    static func algorithm(of key: PublicKeyFacts, usesSHA1: Bool = false) -> (identifier: [UInt8], digest: String?) {
        func identifier(_ dotted: String, _ parameters: [UInt8] = []) -> [UInt8] {
            DERWriter.sequence(DERWriter.oid(OID(dotted) ?? OID(encoded: [])), parameters)
        }
        return switch key.algorithm {
        case "EC" where usesSHA1: (identifier("1.2.840.10045.4.1"), "SHA1")
        case "RSA" where usesSHA1: (identifier("1.2.840.113549.1.1.5", [DERTag.null, 0]), "SHA1")
        case "EC": (identifier("1.2.840.10045.4.3.2"), "SHA256")
        case "RSA": (identifier("1.2.840.113549.1.1.11", [DERTag.null, 0]), "SHA256")
        case "Ed448": (identifier("1.3.101.113"), nil)
        default: (identifier("1.3.101.112"), nil)
        }
    }
}

extension CertificateBuilder {
    /// `subjectAltName` from names ready to write.
    package static func alternativeNames(_ names: [(tag: UInt8, value: [UInt8])], critical: Bool = false) -> [UInt8] {
        let list = names.flatMap { DERWriter.element($0.tag, $0.value) }
        return DERWriter.extension(
            OID(encoded: [0x55, 0x1D, 0x11]),
            critical: critical,
            DERWriter.element(DERTag.sequence, list)
        )
    }

    /// `basicConstraints`.
    package static func basicConstraints(isCA: Bool, pathLength: UInt8? = nil) -> [UInt8] {
        DERWriter.extension(
            OID(encoded: [0x55, 0x1D, 0x13]),
            critical: true,
            DERWriter.sequence(
                isCA ? DERWriter.element(DERTag.boolean, [0xFF]) : [],
                pathLength.map { DERWriter.element(DERTag.integer, [$0]) } ?? []
            )
        )
    }

    /// `keyUsage` with the bits of its first byte, the highest first.
    package static func keyUsage(_ bits: UInt8) -> [UInt8] {
        let unused = UInt8(bits == 0 ? 0 : bits.trailingZeroBitCount)
        return DERWriter.extension(
            OID(encoded: [0x55, 0x1D, 0x0F]),
            critical: true,
            DERWriter.bitString([bits], unused: unused)
        )
    }

    /// `extKeyUsage`.
    package static func extendedKeyUsage(_ purposes: [String]) -> [UInt8] {
        let list = purposes.compactMap { OID($0) }.flatMap { DERWriter.oid($0) }
        return DERWriter.extension(
            OID(encoded: [0x55, 0x1D, 0x25]),
            critical: false,
            DERWriter.element(DERTag.sequence, list)
        )
    }

    /// `authorityKeyIdentifier` with the identifier of the issuer's key (RFC 5280 §4.2.1.1).
    package static func authorityKeyIdentifier(_ bytes: [UInt8]) -> [UInt8] {
        DERWriter.extension(
            OID(encoded: [0x55, 0x1D, 0x23]),
            critical: false,
            DERWriter.sequence(DERWriter.element(DERTag.context(0), bytes))
        )
    }

    /// `subjectKeyIdentifier`.
    package static func subjectKeyIdentifier(_ bytes: [UInt8]) -> [UInt8] {
        DERWriter.extension(
            OID(encoded: [0x55, 0x1D, 0x0E]),
            critical: false,
            DERWriter.element(DERTag.octetString, bytes)
        )
    }

    /// `tlsFeature` with status_request: the promise to staple an OCSP answer (RFC 7633).
    package static func mustStaple() -> [UInt8] {
        DERWriter.extension(
            OID("1.3.6.1.5.5.7.1.24") ?? OID(encoded: []),
            critical: false,
            DERWriter.sequence(DERWriter.element(DERTag.integer, [5]))
        )
    }
}
