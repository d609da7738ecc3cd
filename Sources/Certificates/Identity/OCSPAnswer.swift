import LibSSL

// RFC 6960 §4.2.1
//
//     OCSPResponse ::= SEQUENCE { responseStatus ENUMERATED, responseBytes [0] EXPLICIT ResponseBytes OPTIONAL }
//     ResponseBytes ::= SEQUENCE { responseType OBJECT IDENTIFIER, response OCTET STRING }
//     BasicOCSPResponse ::= SEQUENCE { tbsResponseData ResponseData, signatureAlgorithm, signature BIT STRING, … }
//     ResponseData ::= SEQUENCE { …, responderID ResponderID, producedAt GeneralizedTime, responses SEQUENCE OF SingleResponse, … }
//     SingleResponse ::= SEQUENCE { certID CertID, certStatus CertStatus, thisUpdate, nextUpdate [0] EXPLICIT …, … }

/// Writes an OCSP answer about one certificate, signed by the certificate's own issuer.
struct OCSPAnswer {
    private let certificate: Certificate
    private let revokedSince: Int64
    private let now: Int64

    /// An answer that a certificate is revoked, for its key was lost.
    init(revoked certificate: Certificate, since: Int64, at now: Int64) {
        self.certificate = certificate
        revokedSince = since
        self.now = now
    }

    /// The whole response in DER.
    func signed(by key: PrivateKey, of issuer: [UInt8]) throws(CertificateError) -> [UInt8] {
        let data = DERWriter.sequence(
            DERWriter.element(DERTag.constructed(1), issuer),
            DERWriter.generalizedTime(now),
            DERWriter.sequence(
                DERWriter.sequence(
                    try identifier(key, issuer),
                    DERWriter.element(
                        DERTag.constructed(1),
                        DERWriter.generalizedTime(revokedSince)
                            // CRLReason keyCompromise (RFC 5280 §5.3.1)
                            + DERWriter.element(DERTag.constructed(0), DERWriter.element(Self.enumerated, [1]))
                    ),
                    DERWriter.generalizedTime(now - 3600),
                    DERWriter.element(DERTag.constructed(0), DERWriter.generalizedTime(now + 7 * 86_400))
                )
            )
        )
        let (algorithm, digest) = CertificateBuilder.algorithm(of: key.facts)
        let signature = try library(.library, "can't sign") { () throws(LibraryError) in
            try key.handle.sign(data, digest: digest)
        }
        let basic = DERWriter.sequence(data, algorithm, DERWriter.bitString(signature))
        return DERWriter.sequence(
            DERWriter.element(Self.enumerated, [0]),
            DERWriter.element(
                DERTag.constructed(0),
                DERWriter.sequence(
                    DERWriter.oid(OID("1.3.6.1.5.5.7.48.1.1") ?? OID(encoded: [])),
                    DERWriter.element(DERTag.octetString, basic)
                )
            )
        )
    }

    private static let enumerated: UInt8 = 0x0A

    /// `CertID`, by SHA-1 as everybody does (RFC 5019 §2.1.1): the issuer's name, the bits of its key, and the serial number.
    private func identifier(_ key: PrivateKey, _ issuer: [UInt8]) throws(CertificateError) -> [UInt8] {
        var reader = DERReader(key.subjectPublicKeyInfo[...])
        let bits: ArraySlice<UInt8>
        do throws(DERError) {
            var fields = try reader.inside("the public key")
            _ = try fields.element("its algorithm")
            bits = try fields.bitString("its bits").bytes
        } catch {
            throw CertificateError(.malformedKey, "the public half of the key can't be read: \(error.text)")
        }
        let (nameHash, keyHash) = try library { () throws(LibraryError) in
            (try X509Digest.sha1(issuer), try X509Digest.sha1(bits))
        }
        return DERWriter.sequence(
            DERWriter.sequence(DERWriter.oid(OID("1.3.14.3.2.26") ?? OID(encoded: [])), [DERTag.null, 0]),
            DERWriter.element(DERTag.octetString, nameHash),
            DERWriter.element(DERTag.octetString, keyHash),
            DERWriter.element(DERTag.integer, certificate.serial)
        )
    }
}
