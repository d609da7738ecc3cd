import ArgumentParser
import Diagnostics

/// How much of a server is inspected.
struct InspectionOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp("Leave these out: survey, chains, checks, http, clients.", valueName: "list"),
        completion: .list(InspectSettings.Part.allCases.map(\.rawValue))
    )
    var skip: String?

    @Flag(name: .customLong("all-addresses"), help: "Ask every address of the name, and compare them.")
    var allAddresses = false

    /// The options of this group that were given, by name.
    var given: [String] {
        [(skip != nil, "--skip"), (allAddresses, "--all-addresses")].filter(\.0).map(\.1)
    }

    /// The settings for the engine.
    ///
    /// - Throws: `RequestProblem` for a word that is no part.
    func settings(probe: ProbeSettings) throws(RequestProblem) -> InspectSettings {
        var settings = InspectSettings(probe: probe)
        if let skip { try settings.skip(skip) }
        settings.allAddresses = allAddresses
        return settings
    }
}
