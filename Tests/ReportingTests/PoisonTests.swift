import Diagnostics
import TLSParameters
import Testing

@testable import Reporting

/// One certificate whose names hold everything that ever deceived a reader, and the same text wherever else a peer may write:
/// no format lets it steer anything, and every format still parses.
@Suite(.serialized) struct PoisonTests {
    private static let short = Samples.poison
    /// The same, with a megabyte behind it.
    private static let long = Samples.poison + String(repeating: "A", count: 1_000_000)
    /// Made once: a megabyte takes its time.
    private static let reports = Result { [short: try report(short), long: try report(long)] }

    private static func report(_ text: String) throws -> Report<InspectResult> {
        // libcrypto takes names of up to a megabyte; alternative names may be longer.
        let identity = try Samples.identity(named: Samples.poison, alternativeName: text)
        var report = try Samples.inspection(text: text, identity: identity)
        report.target?.host = "evil\(Samples.poison).test"
        report.status = RunStatus(exit: .certificate, kind: "verify:name", reason: "wrong name: \(text)", hint: text)
        return report
    }

    private func render(_ format: ReportFormat, _ text: String) throws -> String {
        try format.render(
            [#require(Self.reports.get()[text]), Samples.unreachable()],
            places: [ReportPlace(file: "targets\(Samples.poison).txt", line: 3)],
            style: TextStyle(colour: false, columns: 100),
            text: InspectText(verbose: true, trace: true, hex: true, explain: true).document
        )
    }

    /// Characters that steer a terminal or hide; a line's end is ours where the format has lines.
    private func harmful(_ text: String) -> [String] {
        var found: Set<String> = []
        for scalar in text.unicodeScalars where scalar.value >= 0x7f || scalar.value < 0x20 && scalar != "\n" {
            if PeerText(String(scalar)).encoded(for: .terminal) != String(scalar) {
                found.insert(String(scalar.value, radix: 16))
            }
        }
        return found.sorted()
    }

    @Test("no control character reaches any output, and every format still parses", arguments: ReportFormat.allCases)
    func poison(format: ReportFormat) throws {
        try check(try render(format, Self.short), as: format, Self.short)
        // Folding a megabyte into lines is for the release build to bear.
        guard format != .text else { return }
        let long = try render(format, Self.long)
        try check(long, as: format, Self.long)
        guard ![.json, .ndjson, .testsslCSV].contains(format) else { return }
        #expect(long.utf8.count < 300_000, "only what is to be whole is as long as a peer likes")
    }

    private func check(_ rendered: String, as format: ReportFormat, _ text: String) throws {
        #expect(harmful(rendered) == [], "\(format.name)")
        switch format {
        case .text:
            #expect(!rendered.split(separator: "\n").contains { $0.hasPrefix("::") })
        case .json:
            #expect(try ForeignReader.jq(".targets | length", rendered) == "2\n")
            // Nothing is lost: the very characters come back.
            #expect(try ForeignReader.jq(".targets[0].result.http.server", rendered) == text + "\n")
        case .ndjson:
            #expect(try ForeignReader.jq(".schema", rendered) == "sechan/1\nsechan/1\n")
        case .junit:
            try ForeignReader.xmllint(rendered)
            #expect(try ForeignReader.read(rendered, as: "junit").count > 10)
        default:
            #expect(try ForeignReader.read(rendered, as: format.rawValue).count > 1)
        }
    }
}
