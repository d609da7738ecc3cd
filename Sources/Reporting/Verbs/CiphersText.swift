public import Diagnostics
import TLSParameters

/// Renders a server's versions and suites, and what else was asked for.
public enum CiphersText {
    /// The answer in one line, a line a version, what is wrong, a table a version in the server's order, and the details.
    public static func document(_ report: Report<CiphersResult>) -> TextDocument {
        var document = TextDocument()
        guard let result = report.result else { return document }
        document.line(headline(report, result))
        VersionsText.addVerdicts(result.versions, to: &document)
        CiphersExpectationText.add(
            result.expectation,
            isIncomplete: report.status.exit == .incomplete,
            to: &document
        )
        FindingsText.add(report.findings, to: &document)
        VersionsText.addTables(result, to: &document)
        CiphersDetailsText.add(result, to: &document)
        document.section("notes") { rows in
            for note in result.notes { rows.row("-", StyledText(note)) }
        }
        CiphersEvidenceText.add(result, to: &document)
        document.section("spent") { rows in
            rows.row("connections", "\(report.spent.connections)")
            rows.row("round trips", "\(report.spent.roundTrips)")
            rows.row("bytes", "\(report.spent.bytesSent) sent, \(report.spent.bytesReceived) received")
            rows.row("time", StyledText(Seconds.text(report.spent.seconds)))
            if !report.spent.slowdowns.isEmpty { rows.row("slowed down", slowdown(report.spent)) }
        }
        if let next = next(result) {
            document.section("not asked for") { rows in rows.row("-", StyledText(next)) }
        }
        return document
    }

    /// Since when, why, and to what.
    private static func slowdown(_ spent: Spending) -> StyledText {
        var text = spent.slowedAfter.map { "after \($0) connections: " } ?? ""
        text += spent.slowdowns.map(words).joined(separator: "; ")
        if let rate = spent.rate, rate.isFinite, rate > 0 {
            text +=
                "; then \(rate < 10 ? "\((rate * 10).rounded() / 10)" : "\(Int(min(rate, 1e6)))") connections a second"
        }
        return StyledText(text, .weak)
    }

    private static func words(_ slowdown: String) -> String {
        switch slowdown {
        case "throttled": "the server stopped taking connections after it had taken some"
        case "crowded": "the server answers few connections at once"
        case "local-resources": "this machine ran short of sockets"
        default: slowdown
        }
    }

    /// What this run did not ask for, and the option that does; nil if it asked for everything.
    private static func next(_ result: CiphersResult) -> String? {
        let isSpoken = result.versions.contains { $0.verdict == "supported" }
        guard isSpoken, result.everySuite, result.aspects.isEmpty else { return nil }
        return "groups, signature schemes, extensions, tolerance, fingerprints: add --with all"
    }

    private static func headline(_ report: Report<CiphersResult>, _ result: CiphersResult) -> StyledText {
        let target = report.target.map { $0.input } ?? ""
        let spoken = result.versions.filter { $0.verdict == "supported" }
        guard !spoken.isEmpty else { return "\(target, .strong): \(nothing(result))" }
        let suites = Set(spoken.flatMap { $0.suites.map(\.suite) })
        let isOpen = result.versions.contains { !$0.complete || $0.verdict == "inconclusive" }
        var line: StyledText =
            """
            \(target, .strong): \(spoken.map(\.version).joined(separator: ", "), .strong) with \
            \(isOpen ? "at least " : "")\(suites.count) \(suites.count == 1 ? "suite" : "suites")
            """
        if let weakest = suites.compactMap(\.bits).min(), let strongest = suites.compactMap(\.bits).max() {
            line = line + ", weakest \(Self.bits(weakest)), strongest \(Self.bits(strongest))"
        }
        guard isOpen || report.status.exit == .incomplete else { return line }
        // A status that speaks of something else, such as a list that was violated, leaves the words to this line.
        let reason = report.status.exit == .violation ? nil : report.status.reason
        return line + StyledText("; incomplete: \(reason ?? "not all that was asked for was answered")", .weak)
    }

    /// What to say where no version was found to be supported.
    private static func nothing(_ result: CiphersResult) -> String {
        let verdicts = Set(result.versions.map(\.verdict))
        if verdicts == ["rejected"] {
            let answers = Set(result.versions.compactMap(\.answer)).sorted()
            return "every version asked for is refused"
                + (answers.isEmpty ? "" : ", with \(answers.joined(separator: " or "))")
        }
        guard verdicts.contains("none-accepted") else { return "no version was found to be supported" }
        return verdicts.contains("inconclusive")
            ? "none of the suites asked for was found to be accepted" : "none of the suites asked for is accepted"
    }

    private static func bits(_ bits: Int) -> StyledText {
        StyledText(bits == 0 ? "no encryption" : "\(bits) bits", bits < 112 ? .bad : bits < 128 ? .weak : .good)
    }
}
