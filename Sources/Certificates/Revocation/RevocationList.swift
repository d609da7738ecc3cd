package import LibSSL

/// A list of revoked certificates (RFC 5280 §5), at hand.
public struct RevocationList: Sendable {
    /// Who made it.
    public let issuer: DistinguishedName
    /// When it was made.
    public let thisUpdate: CertificateTime?
    /// When the next one is due; nil where it doesn't say.
    public let nextUpdate: CertificateTime?
    package let handle: X509CRLHandle

    /// Reads one list in DER.
    ///
    /// - Throws: `malformed`.
    public init(der: [UInt8]) throws(CertificateError) {
        handle = try library(.malformed, "not a list of revoked certificates") { () throws(LibraryError) in
            try X509CRLHandle(der: der)
        }
        do {
            issuer = try DistinguishedName(der: handle.issuer)
        } catch {
            throw CertificateError(.malformed, "the issuer of the list of revoked certificates can't be read")
        }
        thisUpdate = handle.thisUpdate.map { CertificateTime(unixSeconds: $0) }
        nextUpdate = handle.nextUpdate.map { CertificateTime(unixSeconds: $0) }
    }

    /// Reads every list of a file: PEM with anything around it, or one in DER.
    ///
    /// - Throws: `malformed` for one that can't be read, and for a file without any.
    public static func readAll(_ bytes: [UInt8]) throws(CertificateError) -> [RevocationList] {
        guard PEM.isPEM(bytes) else {
            guard bytes.first == DERTag.sequence else {
                throw CertificateError(
                    .malformed,
                    "expected a list of revoked certificates in PEM (-----BEGIN X509 CRL-----) or DER (first byte 0x30)",
                    offset: 0
                )
            }
            return [try RevocationList(der: bytes)]
        }
        let (found, _) = try PEM.blocks(in: bytes) { $0 == "X509 CRL" }
        guard !found.isEmpty else {
            throw CertificateError(.malformed, "expected a PEM block X509 CRL, found other blocks only")
        }
        var lists: [RevocationList] = []
        for block in found {
            do {
                lists.append(try RevocationList(der: block.bytes))
            } catch {
                throw CertificateError(error.kind, error.text, line: block.line)
            }
        }
        return lists
    }
}

extension RevocationList: Hashable {
    /// Whether two are the same object: lists are read once and handed around.
    public static func == (a: Self, b: Self) -> Bool {
        a.handle === b.handle
    }

    /// Hashes the object's identity.
    public func hash(into hasher: inout Hasher) {
        hasher.combine(ObjectIdentifier(handle))
    }
}
