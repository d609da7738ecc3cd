public import Diagnostics
import SecureChannel
import TLSParameters

/// The line of a monitoring plugin (Nagios, Icinga, Naemon, …): a state, a sentence, and numbers behind a bar.
public enum NagiosReport {
    /// The four states of the plugins' interface; its number is the exit status of a plugin.
    public enum State: Int32, Sendable, Comparable {
        /// All is well.
        case ok = 0
        /// Something should be mended.
        case warning = 1
        /// Something must be mended, or nobody gets a session at all.
        case critical = 2
        /// It could not be told.
        case unknown = 3

        /// `OK`, `WARNING`, …
        var name: String {
            switch self {
            case .ok: "OK"
            case .warning: "WARNING"
            case .critical: "CRITICAL"
            case .unknown: "UNKNOWN"
            }
        }

        /// How much it matters: an unknown state is better than a bad one, and worse than a good one.
        private var rank: Int {
            switch self {
            case .ok: 0
            case .unknown: 1
            case .warning: 2
            case .critical: 3
            }
        }

        /// By how much it matters.
        public static func < (left: State, right: State) -> Bool { left.rank < right.rank }
    }

    /// The state of one report.
    ///
    /// Critical: no session, a certificate that was not accepted, a finding or a violated rule of high severity. Warning: one of
    /// medium severity, or any other violation. Unknown: the run was cut short, or failed by our own fault.
    public static func state(_ report: Report<InspectResult>) -> State {
        let failed = ReportEntry.all(report).filter { $0.outcome == .failed }
        if failed.contains(where: { $0.severity == .high }) { return .critical }
        switch report.status.exit {
        case .unreachable, .noSession, .certificate: return .critical
        case .usage, .internalFault, .interrupted: return .unknown
        case .violation: return .warning
        case .ok, .incomplete:
            if !failed.isEmpty { return .warning }
            return report.status.exit == .ok ? .ok : .unknown
        }
    }

    /// The worst state of several reports.
    public static func state(_ reports: [Report<InspectResult>]) -> State {
        reports.map { state($0) }.max() ?? .unknown
    }

    /// One line for one target; for several, a line with the worst state and then one for each.
    static func render(_ reports: [Report<InspectResult>]) -> String {
        guard reports.count != 1, !reports.isEmpty else {
            return reports.map { report in
                "TLS \(state(report).name) - \(sentence(report)) | \(numbers([report]))\n"
            }.joined()
        }
        let counts = [State.critical, .warning, .unknown, .ok].compactMap { state -> String? in
            let count = reports.count { Self.state($0) == state }
            return count == 0 ? nil : "\(count) \(state.name)"
        }
        let first = "TLS \(state(reports).name) - \(reports.count) targets: \(counts.joined(separator: ", "))"
        let lines = reports.map { "[\(state($0).name)] \(sentence($0))\n" }
        return "\(first) | \(numbers(reports))\n" + lines.joined()
    }

    private static func sentence(_ report: Report<InspectResult>) -> String {
        var parts: [String] = []
        if let name = report.result?.attributes?.protocol?.name { parts.append(PeerText(name).encoded(for: .nagios)) }
        parts.append(FindingsText.count(report.findings).map { "findings: \($0)" } ?? "no findings")
        if let judgement = report.result?.judgement {
            parts.append(PeerText("\(judgement.policy.id): \(judgement.summary)").encoded(for: .nagios))
        }
        if let first = firstToExpire(report), let days = first.daysLeft {
            parts.append(
                "certificate " + (CertificateText.expired(first) ?? "valid for \(days) day\(days == 1 ? "" : "s")")
            )
        }
        let worst = ReportEntry.all(report).first { $0.outcome == .failed && $0.kind != .run }
        if let worst { parts.append(worst.statement.excerpt(200).encoded(for: .nagios)) }
        if let reason = report.status.reason, report.status.exit != .violation || worst == nil {
            parts.append(PeerText(reason).excerpt(200).encoded(for: .nagios))
        }
        return report.targetName.excerpt(200).encoded(for: .nagios) + ": " + parts.joined(separator: ", ")
    }

    /// `'label'=value[unit];[warning];[critical];[minimum];[maximum]`, of all the reports together.
    private static func numbers(_ reports: [Report<InspectResult>]) -> String {
        var numbers: [String] = []
        if let days = reports.compactMap({ firstToExpire($0)?.daysLeft }).min() { numbers.append("'days'=\(days)") }
        for severity in Finding.Severity.allCases.reversed() {
            let count = reports.reduce(0) { $0 + $1.findings.count { $0.severity == severity } }
            let limit = severity == .high ? ";;0" : severity == .medium ? ";0;" : ";;"
            numbers.append("'\(severity.rawValue)'=\(count)\(limit);0")
        }
        let judgements = reports.compactMap { $0.result?.judgement }
        if !judgements.isEmpty {
            let violated = judgements.reduce(0) { $0 + $1.violations.count }
            numbers.append("'violated'=\(violated);0;;0")
        }
        let seconds = reports.reduce(0) { $0 + $1.spent.seconds }
        numbers.append("'seconds'=\(Seconds.decimal(seconds))s;;;0")
        return numbers.joined(separator: " ")
    }

    /// The first of the certificates that were sent to expire.
    private static func firstToExpire(_ report: Report<InspectResult>) -> CertificateReport? {
        report.result?.certificates.filter { $0.daysLeft != nil }.min { $0.daysLeft ?? 0 < $1.daysLeft ?? 0 }
    }
}
