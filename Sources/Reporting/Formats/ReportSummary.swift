import Diagnostics
import TLSParameters

/// The answer to "is this all right?", for documents that begin with it.
struct ReportSummary {
    /// What the answer is.
    enum Tone {
        case good
        case weak
        case bad
        case open
    }

    var tone: Tone
    /// One or two words: `all right`, `to be mended`, …
    var word: String
    /// What the word rests on, a part each.
    var parts: [PeerText]

    init(_ report: Report<InspectResult>, countsFindings: Bool = true) {
        let entries = ReportEntry.all(report)
        let failed = entries.filter { $0.outcome == .failed }
        switch report.status.exit {
        case .unreachable, .noSession, .usage, .internalFault, .interrupted:
            tone = .open
            word = report.result == nil ? "not inspected" : "incomplete"
        default:
            if failed.contains(where: { $0.severity == .high }) {
                tone = .bad
                word = "must be mended"
            } else if !failed.isEmpty || report.status.exit == .violation {
                tone = .weak
                word = "should be mended"
            } else if report.status.exit == .incomplete {
                tone = .open
                word = "incomplete"
            } else {
                tone = .good
                word = "all right"
            }
        }
        parts = []
        if let reason = report.status.reason { parts.append(PeerText(reason).excerpt(400)) }
        if countsFindings, report.result != nil {
            parts.append(PeerText(FindingsText.count(report.findings).map { "findings: \($0)" } ?? "no findings"))
        }
        if let judgement = report.result?.judgement {
            let grade = judgement.grade.map { ", grade \($0.letter)" } ?? ""
            parts.append(
                PeerText(
                    "\(judgement.policy.name) \(judgement.policy.version): "
                        + judgement.summary + grade
                )
            )
        }
        let open = entries.count { $0.outcome == .open && $0.kind != .run }
        if open > 0 { parts.append(PeerText("\(open) not determined")) }
    }

    /// What the parts come to in one line.
    func sentence(_ encoder: PeerText.Encoder) -> String {
        parts.map { $0.encoded(for: encoder) }.joined(separator: "; ")
    }
}
