import Certificates
import TLSParameters

extension LeafSummary {
    /// How many of a certificate's names are listed; hosting providers put hundreds into one.
    private static let nameLimit = 16

    /// What the bytes of a certificate say; that they are none is said, not an error.
    init(index: Int, der: [UInt8]) {
        self.init(index: index, bytes: der.count)
        do throws(CertificateError) {
            let certificate = try Certificate(der: der)
            subject = certificate.subject.text
            names = certificate.subjectAlternativeNames.prefix(Self.nameLimit).map(\.value)
            key = certificate.publicKey.algorithm
            keyBits = certificate.publicKey.bits
            curve = certificate.publicKey.curve
            signature = certificate.signatureAlgorithm.name
            notBefore = certificate.notBefore.text
            notAfter = certificate.notAfter.text
            sha256 = certificate.sha256
        } catch {
            problem = error.text
        }
    }
}
