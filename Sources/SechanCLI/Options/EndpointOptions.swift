import ArgumentParser
import Diagnostics

/// Where to connect to, and which name to ask for.
struct EndpointOptions: ParsableArguments {
    @Option(
        name: .customLong("connect-to"),
        help: ArgumentHelp("Dial this address instead of the target's own.", valueName: "addr[:port]")
    )
    var connectTo: String?

    @Option(help: ArgumentHelp("Send this server name instead of the target's host.", valueName: "name"))
    var sni: String?

    @Flag(name: .customLong("no-sni"), help: "Send no server name.")
    var noSNI = false

    @Flag(name: [.customShort("4"), .customLong("ipv4")], help: "Use IPv4 addresses only.")
    var ipv4 = false

    @Flag(name: [.customShort("6"), .customLong("ipv6")], help: "Use IPv6 addresses only.")
    var ipv6 = false

    @Option(help: ArgumentHelp("Connect from this address of this machine.", valueName: "addr"))
    var bind: String?

    @Option(
        help: ArgumentHelp(
            "Ask for TLS in this protocol first, or in the one that the port or the greeting tells.",
            valueName: "protocol|auto"
        ),
        completion: .list(["auto"] + EndpointSettings.starttlsNames)
    )
    var starttls: String?

    @Option(
        help: ArgumentHelp(
            "Go through this proxy, which looks up the target's name: http://[name:password@]host:port or socks5://...",
            valueName: "url"
        )
    )
    var proxy: String?

    func validate() throws {
        if sni != nil, noSNI { throw ValidationError("--sni and --no-sni exclude each other") }
        if ipv4, ipv6 { throw ValidationError("-4 and -6 exclude each other") }
    }

    /// The options of this group that were given, by name.
    var given: [String] {
        let given: [(Bool, String)] = [
            (connectTo != nil, "--connect-to"), (sni != nil, "--sni"), (noSNI, "--no-sni"), (ipv4, "--ipv4"),
            (ipv6, "--ipv6"), (bind != nil, "--bind"), (starttls != nil, "--starttls"), (proxy != nil, "--proxy"),
        ]
        return given.filter(\.0).map(\.1)
    }

    /// The settings for the engine.
    var settings: EndpointSettings {
        var settings = EndpointSettings()
        settings.connectTo = connectTo
        settings.serverName = noSNI ? .none : sni.map { .name($0) } ?? .fromTarget
        settings.family = ipv4 ? .ipv4 : ipv6 ? .ipv6 : .any
        settings.bind = bind
        settings.starttls = starttls
        settings.proxy = proxy.map { ProxySetting($0) }
        return settings
    }
}
