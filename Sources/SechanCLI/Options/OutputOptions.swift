import ArgumentParser
import Diagnostics
import Reporting

/// How results are written.
struct OutputOptions: ParsableArguments {
    @Option(help: ArgumentHelp("How results are written.", valueName: "text|json"))
    var format: OutputFormat = .text

    @OptionGroup var colour: ColourOptions

    func validate() throws {
        try colour.check(format: format.rawValue)
    }

    /// Writes to `destination`.
    ///
    /// - Throws: `RequestProblem` if no file can be made there.
    func writer(_ destination: DestinationOptions) throws(RequestProblem) -> ReportWriter {
        ReportWriter(format: format, file: try destination.checked(), colour: colour.choice)
    }

    /// Writes to standard output.
    var writer: ReportWriter {
        ReportWriter(format: format, file: nil, colour: colour.choice)
    }
}

/// How a server's results are written: many reports, one after the other.
struct ServeOutputOptions: ParsableArguments {
    @Option(help: ArgumentHelp("How results are written; json is ndjson here.", valueName: "text|json|ndjson"))
    var format: ServeFormat = .text

    @Flag(name: [.customShort("q"), .customLong("quiet")], help: "Tell nothing of each client, but count them.")
    var quiet = false

    @OptionGroup var colour: ColourOptions

    func validate() throws {
        try colour.check(format: format.rawValue)
    }

    /// What is told of each client.
    var telling: ServeRequest.Telling {
        quiet ? .nothing : format == .text ? .outline : .everything
    }

    /// Writes to standard output.
    var writer: ReportWriter {
        ReportWriter(format: format == .text ? .text : .json, file: nil, colour: colour.choice)
    }
}

/// How the results of a survey are written.
struct SurveyOutputOptions: ParsableArguments {
    @Option(help: ArgumentHelp("How results are written.", valueName: "text|json|testssl-csv"))
    var format: SurveyFormat = .text

    @OptionGroup var colour: ColourOptions

    func validate() throws {
        try colour.check(format: format.rawValue)
    }

    /// Writes to `destination`.
    ///
    /// - Throws: `RequestProblem` if no file can be made there.
    func writer(_ destination: DestinationOptions) throws(RequestProblem) -> ReportWriter {
        ReportWriter(format: format == .json ? .json : .text, file: try destination.checked(), colour: colour.choice)
    }
}

/// When to use colour.
struct ColourOptions: ParsableArguments {
    @Option(help: ArgumentHelp("Use colour.", valueName: "auto|always|never"))
    var color: ColourChoice?

    /// What was chosen, or the default.
    var choice: ColourChoice { color ?? .auto }

    /// Only text has colours.
    func check(format: String) throws {
        if color == .always, format != OutputFormat.text.rawValue {
            throw ValidationError("--color always has no effect with --format \(format)")
        }
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

    /// The file, which can be made; nil for standard output.
    func checked() throws(RequestProblem) -> String? {
        if let file { try WholeFile.check(file) }
        return file
    }
}

/// Which of the lifecycle's bytes are shown.
struct TraceOptions: ParsableArguments {
    @Flag(help: "Show the legs of the handshake, record by record.")
    var trace = false

    @Flag(help: "Show the bytes of each leg too.")
    var hex = false

    @Flag(help: "Show what Schannel would have returned for each leg, and for a failure.")
    var explain = false

    /// Whether the legs are shown.
    var showsLegs: Bool { trace || hex || explain }

    /// The first of these options that was given; nil for none.
    var given: String? {
        explain ? "--explain" : hex ? "--hex" : trace ? "--trace" : nil
    }
}

/// How much of what is known of a connection is shown.
struct VerbosityOptions: ParsableArguments {
    @Flag(name: [.customShort("v"), .customLong("verbose")], help: "Show everything that is known of the connection.")
    var verbose = false
}

/// The formats that a report can take.
enum OutputFormat: String, ExpressibleByArgument, CaseIterable {
    case text
    case json
}

/// The formats that a server's reports can take.
enum ServeFormat: String, ExpressibleByArgument, CaseIterable {
    case text
    case json
    case ndjson
}

/// The formats that the report of a survey can take.
enum SurveyFormat: String, ExpressibleByArgument, CaseIterable {
    case text
    case json
    case testsslCSV = "testssl-csv"
}

/// When to use colour.
enum ColourChoice: String, ExpressibleByArgument, CaseIterable {
    case auto
    case always
    case never
}
