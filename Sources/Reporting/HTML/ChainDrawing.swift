import Certificates
import Diagnostics
import TLSParameters

/// The chain of certificates, leaf first, each signed by the one below it.
struct ChainDrawing {
    /// One certificate of the drawing.
    private struct Box {
        var title: String
        var lines: [String]
        /// A class of the style sheet; the words say the same.
        var tone: String
        var wasSent: Bool
    }

    private let boxes: [Box]
    private let id: String

    private static let width = 340
    private static let height = 74
    private static let gap = 34
    /// Longer chains are somebody's experiment.
    private static let most = 12

    init(_ result: InspectResult, id: String) {
        self.id = id
        let path = result.validation?.verifiedChain ?? []
        var boxes = result.certificates.prefix(Self.most).enumerated().map { Self.box($1, depth: $0) }
        // What the verifier added from the trusted ones, which nobody sent.
        for link in path where !link.wasSent {
            boxes.append(
                Box(
                    title: Self.cut(link.subject, 38),
                    lines: ["from the trusted certificates"],
                    tone: "good",
                    wasSent: false
                )
            )
        }
        self.boxes = boxes
    }

    var html: String {
        guard !boxes.isEmpty else { return "" }
        let height = boxes.count * (Self.height + Self.gap) - Self.gap + 8
        var svg =
            "<svg class=\"drawing\" viewBox=\"0 0 \(Self.width) \(height)\" role=\"img\" aria-labelledby=\"\(id)-t \(id)-d\">\n"
        svg += "<title id=\"\(id)-t\">Chain of certificates</title>\n<desc id=\"\(id)-d\">\(x(description))</desc>\n"
        for (index, box) in boxes.enumerated() {
            let y = 4 + index * (Self.height + Self.gap)
            svg +=
                "<g class=\"box \(box.tone)\(box.wasSent ? "" : " local")\"><rect x=\"4\" y=\"\(y)\" width=\"332\" height=\"\(Self.height)\" rx=\"8\"/>"
            svg += "<text class=\"end\" x=\"16\" y=\"\(y + 24)\">\(x(box.title))</text>"
            for (number, line) in box.lines.prefix(2).enumerated() {
                svg += "<text class=\"small\" x=\"16\" y=\"\(y + 44 + number * 17)\">\(x(line))</text>"
            }
            svg += "</g>\n"
            guard index < boxes.count - 1 else { continue }
            let start = y + Self.height
            svg +=
                "<g class=\"received\"><line x1=\"40\" y1=\"\(start)\" x2=\"40\" y2=\"\(start + Self.gap)\"/>"
                + "<polygon points=\"36,\(start + 8) 40,\(start) 44,\(start + 8)\"/>"
                + "<text class=\"small\" x=\"54\" y=\"\(start + 21)\">\(boxes[index + 1].wasSent ? "next as sent" : "signed by")</text></g>\n"
        }
        return "<figure>\(svg)</svg></figure>\n"
    }

    private func x(_ text: String) -> String { HTMLReport.x(text) }

    private var description: String {
        let sent = boxes.count(where: \.wasSent)
        return
            "\(HTMLReport.count(sent, "certificate")) sent, \(boxes.count - sent) added from the trusted ones, leaf first: "
            + boxes.map(\.title).joined(separator: "; ") + ". The lists below have each in full."
    }

    private static func box(_ report: CertificateReport, depth: Int) -> Box {
        let certificate = report.certificate
        let name = certificate.subject.commonName ?? certificate.subject.text
        let fallback = certificate.subjectAlternativeNames.first?.value ?? PeerText("(no name)")
        var (validity, tone) = ("validity unknown", "open")
        if let days = report.daysLeft {
            if let whole = report.lifetimeDays, days > whole {
                (validity, tone) = ("not valid yet", "bad")
            } else if let past = CertificateText.expired(report) {
                (validity, tone) = (past, "bad")
            } else {
                (validity, tone) = ("\(HTMLReport.count(days, "day")) left", days < 14 ? "weak" : "good")
            }
        }
        let role = depth == 0 ? "leaf" : certificate.isSelfSigned ? "root, sent along" : "intermediate"
        return Box(
            title: cut(name.isEmpty ? fallback : name, 38),
            lines: [
                cut(
                    PeerText(
                        "\(role) · \(CertificateText.key(certificate.publicKey)) · \(certificate.signatureAlgorithm.name)"
                    ),
                    52
                ), validity,
            ],
            tone: tone,
            wasSent: true
        )
    }

    private static func cut(_ text: PeerText, _ limit: Int) -> String {
        let shown = text.excerpt(400).encoded(for: .terminal)
        return shown.count > limit ? String(shown.prefix(limit - 1)) + "…" : shown
    }
}
