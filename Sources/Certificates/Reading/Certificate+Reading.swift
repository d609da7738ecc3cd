extension Certificate {
    /// Reads every certificate of a file: PEM with anything around it, or one certificate in DER.
    ///
    /// - Throws: `no-certificate` when there is none, `malformed` with the line and byte when one can't be read.
    public static func readAll(_ bytes: [UInt8]) throws(CertificateError) -> [Certificate] {
        guard !bytes.isEmpty else {
            throw CertificateError(.noCertificate, "expected a certificate, the input is empty")
        }
        guard PEM.isPEM(bytes) else { return [try readDER(bytes)] }
        let labels: Set = ["CERTIFICATE", "X509 CERTIFICATE", "TRUSTED CERTIFICATE"]
        let (found, passedOver) = try PEM.blocks(in: bytes) { labels.contains($0) }
        guard !found.isEmpty else {
            let others = passedOver.filter { knownLabels.contains($0) }
            throw CertificateError(
                .noCertificate,
                "expected a PEM block CERTIFICATE"
                    + (others.isEmpty ? ", found other blocks only" : ", found \(others.joined(separator: ", "))")
            )
        }
        var certificates: [Certificate] = []
        for block in found {
            var der = block.bytes
            if block.label == "TRUSTED CERTIFICATE" {
                // OpenSSL's own form: the certificate, then its notes on trust, which are not ours to read.
                var reader = DERReader(der[...])
                if let first = try? reader.element("a certificate") { der = Array(first.whole) }
            }
            do {
                certificates.append(try Certificate(reading: der))
            } catch {
                throw CertificateError(
                    .malformed,
                    "not a certificate: \(error.text)",
                    offset: error.offset,
                    line: block.line
                )
            }
        }
        return certificates
    }

    private static func readDER(_ bytes: [UInt8]) throws(CertificateError) -> Certificate {
        guard bytes.first == DERTag.sequence else {
            throw CertificateError(
                .noCertificate,
                "expected a certificate in PEM (-----BEGIN CERTIFICATE-----) or DER (first byte 0x30)",
                offset: 0
            )
        }
        return try Certificate(der: bytes)
    }

    /// Labels that may be named in an error: the rest of the file's text may be anything.
    private static let knownLabels: Set = [
        "PRIVATE KEY", "ENCRYPTED PRIVATE KEY", "RSA PRIVATE KEY", "EC PRIVATE KEY", "DSA PRIVATE KEY", "EC PARAMETERS",
        "PUBLIC KEY", "CERTIFICATE REQUEST", "NEW CERTIFICATE REQUEST", "X509 CRL", "PKCS7", "CMS", "DH PARAMETERS",
        "OPENSSH PRIVATE KEY",
    ]
}
