public import Certificates
import Diagnostics
public import SecureChannel

/// Renders what a user asks of a session that stands.
public enum SessionText {
    /// What is known of the connection now.
    public static func attributes(_ attributes: ConnectionAttributes) -> TextDocument {
        var document = TextDocument()
        AttributesText.add(attributes, to: &document)
        AttributesText.addDetails(attributes, to: &document)
        return document
    }

    /// The peer's certificates, leaf first, and how they were judged.
    public static func certificates(_ certificates: [Certificate], _ validation: ChainValidation?) -> TextDocument {
        var document = TextDocument()
        let now = validation?.time.unixSeconds ?? Timestamp.now
        CertificateText.add(certificates.map { CertificateReport($0, now: now) }, to: &document)
        CertificateText.add(validation, order: ChainOrder(sent: certificates), to: &document)
        return document
    }
}
