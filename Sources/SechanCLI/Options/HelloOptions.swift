import ArgumentParser
import Diagnostics

/// What goes into a hello beyond the protocols, or stays out of it.
struct HelloOptions: ParsableArguments {
    @Option(
        name: .customLong("send-ext"),
        help: ArgumentHelp(
            "Add this extension to the hello, by name or number, with these bytes. May be repeated.",
            valueName: "type:hex"
        )
    )
    var added: [String] = []

    @Option(
        name: .customLong("no-ext"),
        help: ArgumentHelp(
            "Leave an extension out: \(HelloSettings.omissibleNames.joined(separator: ", ")). May be repeated.",
            valueName: "name"
        ),
        completion: .list(HelloSettings.omissibleNames)
    )
    var omitted: [String] = []

    @Option(
        name: .customLong("max-fragment"),
        parsing: .unconditional,
        help: ArgumentHelp("Ask for records of at most 512, 1024, 2048 or 4096 bytes.", valueName: "bytes")
    )
    var maximumFragment: Int?

    @Flag(
        name: .customLong("ssl2-hello"),
        help: "Send the first hello in the format of SSL 2.0, without extensions, as old clients did; up to TLS 1.2."
    )
    var ssl2Hello = false

    @Flag(name: .customLong("no-renegotiation"), help: "Refuse the server's requests to renegotiate.")
    var noRenegotiation = false

    /// The settings for the engine.
    var settings: HelloSettings {
        var settings = HelloSettings()
        settings.added = added
        settings.omitted = omitted
        settings.maximumFragment = maximumFragment
        settings.usesSSL2Format = ssl2Hello
        settings.refusesRenegotiation = noRenegotiation
        return settings
    }
}
