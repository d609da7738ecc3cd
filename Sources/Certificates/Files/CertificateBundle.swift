/// A bundle of certificates: the certificates of a SignedData without anything signed (PKCS#7, RFC 5652 §5).
struct CertificateBundle {
    let certificates: [Certificate]

    /// ```
    /// ContentInfo ::= SEQUENCE { contentType OBJECT IDENTIFIER, content [0] EXPLICIT ANY }
    /// SignedData ::= SEQUENCE { version INTEGER, digestAlgorithms SET, encapContentInfo SEQUENCE,
    ///      certificates [0] IMPLICIT SET OF CertificateChoices OPTIONAL, crls [1] IMPLICIT SET OPTIONAL, signerInfos SET }
    /// ```
    init(der: [UInt8]) throws(CertificateError) {
        let found: [(der: [UInt8], offset: Int)]
        do throws(DERError) {
            found = try Self.certificates(in: der)
        } catch {
            throw CertificateError(.malformed, "not a PKCS#7 bundle: \(error.text)", offset: error.offset)
        }
        var certificates: [Certificate] = []
        for item in found {
            do throws(CertificateError) {
                certificates.append(try Certificate(der: item.der))
            } catch {
                throw CertificateError(error.kind, error.text, offset: error.offset.map { $0 + item.offset })
            }
        }
        guard !certificates.isEmpty else {
            throw CertificateError(.noCertificate, "the PKCS#7 bundle holds no certificate")
        }
        self.certificates = certificates
    }

    private static func certificates(in der: [UInt8]) throws(DERError) -> [(der: [UInt8], offset: Int)] {
        var file = DERReader(der[...])
        var info = try file.inside("a PKCS#7 bundle")
        try file.finish("the PKCS#7 bundle")
        let start = info.offset
        guard try info.oid("the type of the content").dotted == "1.2.840.113549.1.7.2" else {
            throw DERError("expected signed data, found another type of content", at: start)
        }
        var explicit = try info.inside(tag: DERTag.constructed(0), "the content")
        var data = try explicit.inside("the signed data")
        _ = try data.smallInteger("the version")
        _ = try data.element(tag: DERTag.set, "the digest algorithms")
        _ = try data.element(tag: DERTag.sequence, "what is signed")
        guard var list = try data.element(ifTag: DERTag.constructed(0), "the certificates").map(DERReader.init) else {
            return []
        }
        var found: [(der: [UInt8], offset: Int)] = []
        while !list.isAtEnd {
            let element = try list.element("a certificate")
            // Attribute certificates have tags of their own.
            if element.tag == DERTag.sequence { found.append((Array(element.whole), element.whole.startIndex)) }
        }
        return found
    }
}
