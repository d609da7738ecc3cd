import ArgumentParser
import Diagnostics
import Reporting

/// How an inspection is told: in one format to standard output or to `-o`'s file, and in as many as are wanted to files of their
/// own.
struct ReportOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "How results are written: \(ReportFormat.allCases.map(\.name).joined(separator: ", ")).",
            valueName: "format"
        ),
        completion: .list(ReportFormat.allCases.map(\.name))
    )
    var format: String?

    @Option(
        name: .customLong("report"),
        help: ArgumentHelp(
            "Write a report in this format to this file too; may be given several times.",
            valueName: "format:file"
        )
    )
    var reports: [String] = []

    @OptionGroup var colour: ColourOptions
    @OptionGroup var destination: DestinationOptions

    func validate() throws {
        try colour.check(format: format ?? OutputFormat.text.rawValue)
    }

    /// Where a list goes that is no report.
    ///
    /// - Throws: `RequestProblem` if a file can't be made.
    func listWriter() throws(RequestProblem) -> ReportWriter {
        let isText = reports.isEmpty && format ?? OutputFormat.text.rawValue == OutputFormat.text.rawValue
        return ReportWriter(format: isText ? .text : .json, file: try destination.checked(), colour: colour.choice)
    }

    /// Where everything goes. Every file can be made, or was there already.
    ///
    /// - Parameter saved: a file for the reports in JSON, beside what was asked for; nil for none.
    /// - Throws: `RequestProblem` for a format that there isn't, two reports in one place, and a file that can't be made.
    func plan(saving saved: String? = nil) throws(RequestProblem) -> ReportPlan {
        var outputs: [ReportPlan.Output] = []
        for report in reports { outputs.append(try Self.output(report)) }
        let standard = outputs.count { $0.file == nil }
        // A report that goes to standard output takes the place of the text.
        if standard == 0 || format != nil || destination.file != nil {
            let file = destination.file == "-" ? nil : destination.file
            outputs.insert(
                ReportPlan.Output(format: try Self.format(format ?? ReportFormat.text.name), file: file),
                at: 0
            )
        }
        guard outputs.count(where: { $0.file == nil }) <= 1 else {
            throw RequestProblem(
                reason: "two reports can't both go to standard output",
                hint: "give one of them a file: --report json:report.json"
            )
        }
        if let saved { outputs.append(ReportPlan.Output(format: .json, file: saved)) }
        var seen: Set<String> = []
        for file in outputs.compactMap(\.file) {
            guard seen.insert(file).inserted else {
                throw RequestProblem(
                    reason: "two reports can't both go to '\(file)'",
                    hint: "give each a file of its own"
                )
            }
            try WholeFile.check(file)
        }
        return ReportPlan(outputs: outputs, colour: colour.choice)
    }

    /// `FORMAT:FILE`; `-` stands for standard output.
    private static func output(_ text: String) throws(RequestProblem) -> ReportPlan.Output {
        guard let colon = text.firstIndex(of: ":"), text.index(after: colon) < text.endIndex else {
            throw RequestProblem(
                reason:
                    "--report '\(text)' lacks the \(text.contains(":") ? "file behind its colon" : "colon between format and file")",
                hint: "write it as in --report html:report.html"
            )
        }
        let file = String(text[text.index(after: colon)...])
        return ReportPlan.Output(format: try format(String(text[..<colon])), file: file == "-" ? nil : file)
    }

    private static func format(_ name: String) throws(RequestProblem) -> ReportFormat {
        if let format = ReportFormat(rawValue: name) { return format }
        let names = ReportFormat.allCases.map(\.name)
        let nearest = NearestNames.of(name, among: names).first
        throw RequestProblem(
            reason: "there is no format '\(name)'",
            hint: nearest.map { "did you mean '\($0)'?" } ?? "the formats are \(names.joined(separator: ", "))"
        )
    }
}
