import ArgumentParser
import Diagnostics

/// What we are willing to speak.
struct ProtocolOptions: ParsableArguments {
    @Option(
        name: .customLong("protocol"),
        help: ArgumentHelp(
            "Versions to offer: tls1.0, tls1.1, tls1.2, tls1.3, a list or a range (tls1.0-tls1.2).",
            valueName: "list"
        )
    )
    var protocols: String?

    @Option(
        help: ArgumentHelp(
            "Suites for TLS 1.2 and older: an OpenSSL cipher string, or names or code points of any kind.",
            valueName: "string"
        )
    )
    var ciphers: String?

    @Option(help: ArgumentHelp("Suites for TLS 1.3, by name or code point.", valueName: "list"))
    var ciphersuites: String?

    @Option(help: ArgumentHelp("Groups for key exchange, most wanted first.", valueName: "list"))
    var groups: String?

    @Option(help: ArgumentHelp("Signature schemes, most wanted first.", valueName: "list"))
    var sigalgs: String?

    @Option(help: ArgumentHelp("Application protocols to offer (ALPN), as in h2,http/1.1.", valueName: "list"))
    var alpn: String?

    @Flag(help: "Allow everything that a modern default refuses: TLS 1.0 and 1.1, weak suites, old renegotiation.")
    var legacy = false

    /// The settings for the engine.
    var settings: ProtocolSettings {
        var settings = ProtocolSettings()
        settings.protocols = protocols
        settings.ciphers = ciphers
        settings.ciphersuites = ciphersuites
        settings.groups = groups
        settings.signatureSchemes = sigalgs
        settings.applicationProtocols = alpn
        settings.legacy = legacy
        return settings
    }
}
