import Diagnostics
import TLSParameters

/// Findings, worst first, each with why and what to do.
enum FindingsText {
    static func add(_ findings: [Finding], to document: inout TextDocument) {
        document.section("findings") { rows in
            for finding in findings {
                var text = StyledText(finding.statement, tone(finding.severity))
                if !finding.evidence.isEmpty {
                    text =
                        text + " [" + StyledText.joined(finding.evidence.prefix(4).map { StyledText($0) })
                        + StyledText(finding.evidence.count > 4 ? ", …]" : "]")
                }
                if let remedy = finding.remedy { text = text + "; \(remedy)" }
                rows.row(finding.severity.rawValue, text)
            }
        }
    }

    private static func tone(_ severity: Finding.Severity) -> Tone {
        switch severity {
        case .info: .plain
        case .low, .medium: .weak
        case .high: .bad
        }
    }

    /// `2 high, 1 low`, or nothing.
    static func count(_ findings: [Finding]) -> String? {
        guard !findings.isEmpty else { return nil }
        return Finding.Severity.allCases.reversed().compactMap { severity in
            let count = findings.count { $0.severity == severity }
            return count == 0 ? nil : "\(count) \(severity.rawValue)"
        }.joined(separator: ", ")
    }
}
