import Diagnostics
import Testing

/// Every fault of `serve` is in its manual page and in `--fault list`, with its leg and number, and no other is.
@Suite("Faults")
struct FaultReferenceTests {
    @Test("the manual page has an entry for every fault, and for no other")
    func manualPage() throws {
        let lines = try ProjectFiles.text("man/sechan-serve.1").split(separator: "\n").map(String.init)
        let part = lines.drop { $0 != ".Ss Faults" }.dropFirst().prefix { !$0.hasPrefix(".Ss ") }
        let entries = part.filter { $0.hasPrefix(".It Cm ") }
        let written = entries.map { entry -> String in
            String(entry.dropFirst(".It Cm ".count))
                .replacing(" Ns Oo @ Ns Ar leg Oc", with: "[@leg]")
                .replacing(" Ns Op : Ns Ar ", with: "[:") + (entry.contains(" Op : ") ? "]" : "")
        }
        #expect(written == FaultKind.allCases.map(\.syntax))
    }

    @Test("--fault list has a line for each")
    func list() throws {
        let run = try RunningTool.run(RunningTool.sechan(), ["serve", "--fault", "list"])
        #expect(run.status == 0 && run.complaints == "")
        let lines = run.output.split(separator: "\n").map { $0.drop { $0 == " " } }
        for kind in FaultKind.allCases {
            let line = lines.first { $0.hasPrefix(kind.syntax + " ") }
            #expect(line?.contains(kind.effect) == true && line?.contains(kind.advice) == true, "\(kind)")
        }
    }

    @Test("the list is given alone")
    func alone() throws {
        for more in [["--fault", "expired"], ["--format", "json"]] {
            let run = try RunningTool.run(RunningTool.sechan(), ["serve", "--fault", "list"] + more)
            #expect(run.status == 2 && run.output == "")
        }
    }
}
