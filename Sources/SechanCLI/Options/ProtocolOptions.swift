public import ArgumentParser
public import Diagnostics

/// What we are willing to speak.
struct ProtocolOptions: ParsableArguments {
    @Option(
        name: .customLong("protocol"),
        help: ArgumentHelp(
            "Versions to speak: ssl2, ssl3, tls1.0, tls1.1, tls1.2, tls1.3, a list or a range (tls1.0-tls1.2).",
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

    @Option(
        name: .customLong("min-strength"),
        parsing: .unconditional,
        help: ArgumentHelp("Only suites of at least this strength.", valueName: "bits")
    )
    var minStrength: Int?

    @Option(
        name: .customLong("max-strength"),
        parsing: .unconditional,
        help: ArgumentHelp("Only suites of at most this strength.", valueName: "bits")
    )
    var maxStrength: Int?

    @Option(
        name: .customLong("null-cipher"),
        help: ArgumentHelp("Offer suites that encrypt nothing, after the others or alone.", valueName: "allow|only")
    )
    var nullCipher: NullSuiteSetting?

    @Option(
        help: ArgumentHelp(
            "Do without an algorithm, as in cipher:CBC or key-exchange:DHE:0-2047. May be repeated.",
            valueName: "kind:algorithm[:min-max]"
        )
    )
    var disable: [String] = []

    @Option(help: ArgumentHelp("Application protocols to offer (ALPN), as in h2,http/1.1.", valueName: "list"))
    var alpn: String?

    @Flag(help: "Allow everything that a modern default refuses: TLS 1.0 and 1.1, weak suites, old renegotiation.")
    var legacy = false

    @Option(
        help: ArgumentHelp(
            "Who carries the session: libssl, or sechan's own for what that lost; auto takes libssl where it can do it.",
            valueName: "auto|libssl|classic"
        )
    )
    var engine: EngineSetting = .auto

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
        settings.engine = engine
        settings.minimumStrength = minStrength
        settings.maximumStrength = maxStrength
        settings.nullSuites = nullCipher
        settings.disabled = disable
        return settings
    }
}

extension NullSuiteSetting: ExpressibleByArgument {}
extension EngineSetting: ExpressibleByArgument {}
