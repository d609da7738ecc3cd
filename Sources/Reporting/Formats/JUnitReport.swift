import Diagnostics
import TLSParameters

/// JUnit's XML as every continuous integration reads it: a suite a target, a case a finding, rule and check.
///
/// What has to be mended is a failure, what isn't known is skipped with the reason, and a target that could not be inspected is an
/// error.
enum JUnitReport {
    static func render(_ reports: [Report<InspectResult>]) -> String {
        let suites = reports.map { Suite($0) }
        let sum = suites.reduce(into: Counts()) { $0.add($1.counts) }
        let seconds = suites.reduce(0) { $0 + $1.seconds }
        var xml = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
        xml += "<testsuites name=\"sechan inspect\"\(sum.attributes) time=\"\(decimal(seconds))\">\n"
        for suite in suites { xml += suite.xml }
        return xml + "</testsuites>\n"
    }

    private struct Counts {
        var tests = 0
        var failures = 0
        var errors = 0
        var skipped = 0

        mutating func add(_ other: Counts) {
            tests += other.tests
            failures += other.failures
            errors += other.errors
            skipped += other.skipped
        }

        var attributes: String {
            " tests=\"\(tests)\" failures=\"\(failures)\" errors=\"\(errors)\" skipped=\"\(skipped)\""
        }
    }

    private struct Suite {
        var counts = Counts()
        var seconds: Double
        private var name: String
        private var startedAt: String
        private var cases = ""

        init(_ report: Report<InspectResult>) {
            seconds = report.spent.seconds
            name = report.targetName.encoded(for: .xml)
            startedAt = report.startedAt
            var entries = ReportEntry.all(report)
            if entries.last?.kind != .run {
                cases += "    <testcase classname=\"\(name)\" name=\"run\" time=\"\(decimal(seconds))\"/>\n"
                counts.tests += 1
            } else if let run = entries.popLast() {
                add(run, seconds: seconds)
            }
            for entry in entries { add(entry, seconds: 0) }
        }

        private mutating func add(_ entry: ReportEntry, seconds: Double) {
            counts.tests += 1
            let start =
                "    <testcase classname=\"\(name)\" name=\"\(PeerText(entry.uniqueID).encoded(for: .xml))\" time=\"\(decimal(seconds))\""
            let message =
                (entry.reason.map { PeerText(bytes: entry.statement.bytes + Array(": ".utf8) + $0.bytes) }
                ?? entry.statement)
                .encoded(for: .xml)
            let type = PeerText(entry.severity?.rawValue ?? entry.verdict).encoded(for: .xml)
            switch entry.outcome {
            case .passed:
                cases += start + "/>\n"
            case .failed:
                counts.failures += 1
                cases +=
                    start
                    + ">\n      <failure type=\"\(type)\" message=\"\(message)\">\(details(entry))</failure>\n    </testcase>\n"
            case .open where entry.kind == .run:
                counts.errors += 1
                cases +=
                    start
                    + ">\n      <error type=\"\(type)\" message=\"\(message)\">\(details(entry))</error>\n    </testcase>\n"
            case .open, .skipped:
                counts.skipped += 1
                cases += start + ">\n      <skipped message=\"\(message)\"/>\n    </testcase>\n"
            case .noted:
                cases +=
                    start
                    + ">\n      <system-out>\(type): \(message)\n\(details(entry))</system-out>\n    </testcase>\n"
            }
        }

        private func details(_ entry: ReportEntry) -> String {
            var lines: [String] = []
            if let evidence = entry.shortEvidence { lines.append("evidence: " + evidence.encoded(for: .xml)) }
            if let remedy = entry.remedy { lines.append("remedy: " + remedy.encoded(for: .xml)) }
            if !entry.references.isEmpty {
                lines.append("references: " + PeerText(entry.references.joined(separator: ", ")).encoded(for: .xml))
            }
            return lines.joined(separator: "\n")
        }

        var xml: String {
            // JUnit's own schema wants the time without its zone.
            let time = startedAt.hasSuffix("Z") ? String(startedAt.dropLast()) : startedAt
            return "  <testsuite name=\"\(name)\"\(counts.attributes) time=\"\(decimal(seconds))\""
                + " timestamp=\"\(PeerText(time).encoded(for: .xml))\">\n\(cases)  </testsuite>\n"
        }
    }

    private static func decimal(_ seconds: Double) -> String {
        Seconds.decimal(seconds)
    }
}
