import Foundation
import Testing

/// Where an inspection's reports go, and what is said when they can't.
@Suite("Reports in files") struct ReportOptionTests {
    /// Runs `inspect` against a port that nobody listens on, in a folder of its own.
    private func inspect(_ arguments: String, _ look: (RunningTool, URL) throws -> Void) throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent(
            "sechan-reports-\(UUID().uuidString)"
        )
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let tool = try RunningTool.sechan()
        let script = "cd '\(folder.path)' && exec '\(tool)' inspect --connect-to 127.0.0.1:1 \(arguments) localhost"
        try look(try RunningTool.run("sh", ["-c", script]), folder)
    }

    private func files(_ folder: URL) throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
    }

    @Test func severalAtOnce() throws {
        let arguments = "--format csv --report json:a.json --report junit:b.xml --report html:c.html"
        try inspect(arguments) { run, folder throws in
            #expect(run.status == 3)
            #expect(run.output.hasPrefix("\"target\",\"address\""))
            #expect(try files(folder) == ["a.json", "b.xml", "c.html"])
            #expect(
                try String(contentsOf: folder.appendingPathComponent("b.xml"), encoding: .utf8).contains(
                    "<error type=\"refused\""
                )
            )
        }
    }

    @Test func aReportMayTakeThePlaceOfTheText() throws {
        try inspect("--report ndjson:-") { run, _ throws in
            #expect(run.output.hasPrefix("{\"events\""))
            #expect(run.output.split(separator: "\n").count == 1)
        }
    }

    @Test(arguments: [
        ("--format jason", "there is no format 'jason'", "did you mean 'json'?"),
        ("--report sarfi:x", "there is no format 'sarfi'", "did you mean 'sarif'?"),
        (
            "--report json", "--report 'json' lacks the colon between format and file",
            "write it as in --report html:report.html"
        ),
        (
            "--report json:", "--report 'json:' lacks the file behind its colon",
            "write it as in --report html:report.html"
        ),
        (
            "--report json:- --report csv:-", "two reports can't both go to standard output",
            "give one of them a file: --report json:report.json"
        ),
        (
            "--format text --report csv:-", "two reports can't both go to standard output",
            "give one of them a file: --report json:report.json"
        ),
        ("--report json:x --report csv:x", "two reports can't both go to 'x'", "give each a file of its own"),
        ("-o x --report csv:x", "two reports can't both go to 'x'", "give each a file of its own"),
        (
            "--report csv:nowhere/x", "can't write to 'nowhere/x': No such file or directory",
            "name a file in a directory that you may write to"
        ),
    ])
    func isFoundBeforeTheRun(_ arguments: String, _ reason: String, _ hint: String) throws {
        try inspect("\(arguments) --report html:kept.html") { run, folder throws in
            #expect(run.status == 2)
            #expect(run.complaints == "sechan: \(reason)\nsechan: hint: \(hint)\n")
            #expect(try files(folder) == [], "nothing is left behind")
        }
    }

    @Test func oneThatFailsDoesNotStopTheOthers() throws {
        try inspect("--report csv:/dev/full --report json:b.json") { run, folder throws in
            #expect(run.status == 3, "the run's own status is worse")
            #expect(run.complaints.hasPrefix("sechan: can't write to '/dev/full': No space left on device\n"))
            #expect(run.complaints.contains("refused"))
            #expect(try files(folder) == ["b.json"])
        }
    }

    @Test func aPluginsLineHasAPluginsStatus() throws {
        try inspect("--format nagios") { run, _ throws in
            #expect(run.output.hasPrefix("TLS CRITICAL - localhost:443: "))
            #expect(run.status == 2)
        }
        try inspect("--report nagios:line.txt") { run, _ in #expect(run.status == 3) }
    }

    /// A plugin that says OK, and could not write what else it was asked for, doesn't know that all is well.
    @Test func aPluginsLineMindsWhatIsNotWritten() throws {
        let tool = try RunningTool.sechan()
        let key = "openssl ecparam -name prime256v1 -genkey -noout"
        let plugin = "'\(tool)' inspect --format nagios"
        let good = try RunningTool.run("sh", ["-c", "\(key) | \(plugin) -"])
        #expect(good.status == 0 && good.output.hasPrefix("TLS OK - "), "\(good.complaints)")
        let full = try RunningTool.run("sh", ["-c", "\(key) | \(plugin) --report csv:/dev/full -"])
        #expect(full.status == 3 && full.complaints.contains("No space left on device"), "\(full.complaints)")
    }
}
