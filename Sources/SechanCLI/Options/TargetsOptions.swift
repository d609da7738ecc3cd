import ArgumentParser
import Diagnostics

/// Targets from a file.
struct TargetsOptions: ParsableArguments {
    @Option(
        name: .customLong("targets"),
        help: ArgumentHelp(
            "Read targets from this file, one a line with options of its own behind it; - is standard input.",
            valueName: "file"
        ),
        completion: .file()
    )
    var file: String?

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp("Targets asked at once; 8 by default.", valueName: "n")
    )
    var parallel: Int?

    func validate() throws {
        if let parallel, !(1...256).contains(parallel) {
            throw ValidationError("--parallel takes a number from 1 to 256")
        }
    }

    /// How many targets are asked at once.
    var width: Int { parallel ?? 8 }

    /// Options that mean something for the whole run only, and may not stand behind a target of a list.
    static let shared: Set<String> = [
        "--targets", "--parallel", "--format", "--report", "--output", "-o", "--color", "--verbose", "-v", "--trace",
        "--hex",
        "--explain", "--ci", "--policy", "--expect", "--waivers", "--baseline", "--fail-on", "--exit-zero", "--save",
        "--help", "-h", "--version",
    ]

    /// The words of the command line that hold for every target: all but the name of the list.
    static func words(_ arguments: [String]) -> [String] {
        var words: [String] = []
        var skipsNext = false
        for argument in arguments {
            if skipsNext {
                skipsNext = false
            } else if argument == "--targets" {
                skipsNext = true
            } else if !argument.hasPrefix("--targets=") {
                words.append(argument)
            }
        }
        return words
    }
}
