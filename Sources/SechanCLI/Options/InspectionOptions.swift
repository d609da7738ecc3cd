import ArgumentParser
import Diagnostics

/// How much of a server is inspected.
struct InspectionOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp("Leave these out: survey, chains, checks, http, clients.", valueName: "list"),
        completion: .list(InspectSettings.Part.allCases.map(\.rawValue))
    )
    var skip: String?

    @Flag(help: "Also run checks that send what no well-behaved client would: Heartbleed, ROBOT and their like.")
    var intrusive = false

    @Flag(name: .customLong("all-addresses"), help: "Ask every address of the name, and compare them.")
    var allAddresses = false

    @Flag(help: "Ask the DNS for CAA, TLSA, HTTPS and MTA-STS records of the name, and validate them.")
    var dns = false

    @Option(help: ArgumentHelp("Ask this resolver instead of the system's.", valueName: "addr[@port]"))
    var resolver: String?

    @Option(
        name: .customLong("dns-anchor"),
        help: ArgumentHelp("Validate with these trust anchors instead of the root's.", valueName: "file"),
        completion: .file()
    )
    var anchor: String?

    func validate() throws {
        guard !dns, let option = resolver != nil ? "--resolver" : anchor != nil ? "--dns-anchor" : nil else { return }
        throw ValidationError("\(option) has no effect without --dns")
    }

    /// The options of this group that were given, by name.
    var given: [String] {
        [(skip != nil, "--skip"), (intrusive, "--intrusive"), (allAddresses, "--all-addresses"), (dns, "--dns")].filter(
            \.0
        ).map(\.1)
    }

    /// The settings for the engine.
    ///
    /// - Throws: `RequestProblem` for a word that is no part.
    func settings(probe: ProbeSettings) throws(RequestProblem) -> InspectSettings {
        var settings = InspectSettings(probe: probe)
        if let skip { try settings.skip(skip) }
        settings.intrusive = intrusive
        settings.allAddresses = allAddresses
        if dns {
            var asked = DNSSettings()
            asked.resolver = resolver
            asked.trustAnchor = anchor
            settings.dns = asked
        }
        return settings
    }
}
