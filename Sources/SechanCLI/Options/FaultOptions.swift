import ArgumentParser
import Diagnostics
import Glibc
import Reporting

/// What a server does wrong on purpose.
struct FaultOptions: ParsableArguments {
    @Option(
        name: .customLong("fault"),
        help: ArgumentHelp(
            "Do this wrong on purpose, to see what clients make of it. 'list' shows all there is.",
            valueName: "name[@leg][:number]"
        ),
        completion: .list(["list"] + FaultKind.allCases.map(\.rawValue))
    )
    var faults: [String] = []

    /// The faults, without contradictions.
    func plan() throws(RequestProblem) -> FaultPlan {
        try FaultPlan(parsing: faults)
    }

    /// Shows the faults there are, if that is what was asked for.
    func showsList(_ output: ServeOutputOptions) throws -> Bool {
        guard faults.contains("list") else { return false }
        guard faults.count == 1 else {
            throw RequestProblem(
                reason: "--fault list shows what there is, and does nothing else",
                hint: "give it alone"
            )
        }
        guard output.format == .text else {
            throw RequestProblem(
                reason: "--format \(output.format) has no effect with --fault list",
                hint: "leave it out: the list is text"
            )
        }
        try Streams.write(FaultsText.list.text(output.writer.style), to: STDOUT_FILENO)
        return true
    }
}
