import Certificates
import Diagnostics
import TLSParameters

/// Certificates, how they stand to each other, and how they were judged.
enum CertificateText {
    /// A section a certificate, leaf first.
    static func add(_ certificates: [CertificateReport], to document: inout TextDocument) {
        for (depth, report) in certificates.enumerated() {
            let title = depth == 0 ? "certificate 0 (leaf)" : "certificate \(depth)"
            document.section(title) { rows in add(report, isLeaf: depth == 0, to: &rows) }
        }
    }

    /// The rows of a leaf.
    static func addLeaf(_ report: CertificateReport, to rows: inout TextDocument.Rows) {
        add(report, isLeaf: true, to: &rows)
    }

    private static func add(_ report: CertificateReport, isLeaf: Bool, to rows: inout TextDocument.Rows) {
        let certificate = report.certificate
        let facts = certificate.extensionFacts
        rows.row("subject", name(certificate.subject))
        rows.row("issuer", certificate.isSelfSigned ? "itself (self-signed)" : name(certificate.issuer))
        rows.row("names", StyledText.joined(facts.subjectAlternativeNames.map { name($0) }))
        rows.row("valid from", StyledText(certificate.notBefore.text))
        rows.row("valid until", validity(report))
        rows.row("key", StyledText(key(certificate.publicKey)))
        rows.row("signature", StyledText(certificate.signatureAlgorithm.name))
        rows.row("usage", StyledText(certificate.keyUsage.joined(separator: ", ")))
        rows.row("for", StyledText(certificate.extendedKeyUsage.map(\.name).joined(separator: ", ")))
        if certificate.isCA {
            rows.row("authority", StyledText("yes" + (certificate.pathLength.map { ", path length \($0)" } ?? "")))
        }
        if facts.sctCount > 0 { rows.row("timestamps", "\(facts.sctCount) embedded") }
        if facts.mustStaple { rows.row("must staple", "yes") }
        rows.row("serial", StyledText(certificate.serialHex))
        rows.row("SHA-256", StyledText(certificate.sha256))
        if isLeaf { rows.row("SPKI pin", StyledText("sha256//\(certificate.spkiPin)")) }
        for defect in certificate.defects { rows.row("defect", StyledText("\(defect.field): \(defect.text)", .weak)) }
    }

    static func name(_ name: DistinguishedName) -> StyledText {
        name.isEmpty ? StyledText("(empty)", .faint) : StyledText(name.text)
    }

    /// The name as it is written, and what an internationalised one means beside it.
    static func name(_ name: GeneralName) -> StyledText {
        guard let unicode = name.unicode else { return StyledText(name.value) }
        return StyledText(name.value) + " (" + StyledText(unicode) + ")"
    }

    /// `RSA 2048 bits`, `EC P-256`, `Ed25519`.
    static func key(_ key: PublicKeyFacts) -> String {
        var text = key.algorithm
        if let curve = key.curve {
            text += " \(curve)"
        } else if let bits = key.bits, !text.contains("\(bits)") {
            text += " \(bits) bits"
        }
        if let exponent = key.exponent, exponent != "65537" { text += ", exponent \(exponent)" }
        return text
    }

    private static func validity(_ report: CertificateReport) -> StyledText {
        let date = StyledText(report.certificate.notAfter.text)
        guard let days = report.daysLeft else { return date }
        if let whole = report.lifetimeDays, days > whole {
            return date + " (" + StyledText("not valid yet", .bad) + ")"
        }
        if let past = expired(report) { return date + " (" + StyledText(past, .bad) + ")" }
        switch days {
        case ..<14: return date + " (" + StyledText("\(plural(days, "day")) left", .weak) + ")"
        default:
            let share = report.percentLeft.map { ", \($0)%" } ?? ""
            return date + " (" + StyledText("\(plural(days, "day")) left\(share)", .good) + ")"
        }
    }

    /// How long ago it expired; nil if it hasn't.
    static func expired(_ report: CertificateReport) -> String? {
        report.daysExpired.map { $0 == 0 ? "expired less than a day ago" : "expired \(plural($0, "day")) ago" }
    }

    private static func plural(_ count: Int, _ noun: String) -> String {
        "\(count) \(noun)\(count == 1 ? "" : "s")"
    }

    static func add(_ order: ChainOrder, to rows: inout TextDocument.Rows) {
        if !order.isOrdered { rows.row("order", StyledText("certificates were sent out of order", .weak)) }
        if !order.superfluous.isEmpty {
            rows.row(
                "superfluous",
                StyledText("certificate \(order.superfluous.map(String.init).joined(separator: ", "))", .weak)
            )
        }
        if order.includesRoot { rows.row("root", StyledText("sent along; clients use their own copy", .faint)) }
    }
}
