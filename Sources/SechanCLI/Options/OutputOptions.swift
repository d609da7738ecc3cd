import ArgumentParser
import Reporting

/// How results are written.
struct OutputOptions: ParsableArguments {
    @Option(help: ArgumentHelp("How results are written.", valueName: "text|json"))
    var format: OutputFormat = .text

    @Option(help: ArgumentHelp("Use colour.", valueName: "auto|always|never"))
    var color: ColourChoice?

    func validate() throws {
        if color == .always, format != .text {
            throw ValidationError("--color always has no effect with --format \(format)")
        }
    }

    /// Writes to `destination`.
    func writer(_ destination: DestinationOptions) -> ReportWriter {
        ReportWriter(format: format, file: destination.file, colour: color ?? .auto)
    }

    /// Writes to standard output.
    var writer: ReportWriter {
        ReportWriter(format: format, file: nil, colour: color ?? .auto)
    }
}

/// Where results are written, for verbs that write one document.
struct DestinationOptions: ParsableArguments {
    @Option(
        name: [.customShort("o"), .customLong("output")],
        help: ArgumentHelp("Write results to this file; it appears whole or not at all.", valueName: "file"),
        completion: .file()
    )
    var file: String?
}

/// Which of the lifecycle's bytes are shown.
struct TraceOptions: ParsableArguments {
    @Flag(help: "Show the legs of the handshake, record by record.")
    var trace = false

    @Flag(help: "Show the bytes of each leg too.")
    var hex = false
}

/// The formats that a report can take.
enum OutputFormat: String, ExpressibleByArgument, CaseIterable {
    case text
    case json
}

/// When to use colour.
enum ColourChoice: String, ExpressibleByArgument, CaseIterable {
    case auto
    case always
    case never
}
