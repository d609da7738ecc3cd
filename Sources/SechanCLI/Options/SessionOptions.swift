import ArgumentParser
import Diagnostics
import Glibc
import TLSParameters

/// What a session takes from an earlier one, and leaves for a later one.
struct SessionOptions: ParsableArguments {
    @Option(
        name: .customLong("session-in"),
        help: ArgumentHelp("Resume the session in this file.", valueName: "file"),
        completion: .file()
    )
    var sessionIn: String?

    @Option(
        name: .customLong("session-out"),
        help: ArgumentHelp("Save the session in this file, which only its owner may read.", valueName: "file"),
        completion: .file()
    )
    var sessionOut: String?

    @Option(
        help: ArgumentHelp(
            "Resume the last session with the server from this directory, and keep the new one there.",
            valueName: "directory"
        ),
        completion: .directory
    )
    var cache: String?

    @Option(
        name: .customLong("early-data"),
        help: ArgumentHelp(
            "Send the content of this file with the hello (TLS 1.3); whoever records it may send it again.",
            valueName: "file"
        ),
        completion: .file()
    )
    var earlyData: String?

    @Option(
        help: ArgumentHelp(
            "Show keying material that both ends can derive, such as EXPORTER-test:32; repeatable.",
            valueName: "label[:context]:length|eap"
        )
    )
    var export: [String] = []

    @Option(
        name: .customLong("export-early"),
        help: ArgumentHelp(
            "Show keying material of the secret that early data is sent under; repeatable.",
            valueName: "label[:context]:length"
        )
    )
    var exportEarly: [String] = []

    @Flag(name: .customLong("reveal-secrets"), help: "Show the session's secrets.")
    var revealSecrets = false

    func validate() throws {
        if cache != nil, let option = sessionIn != nil ? "--session-in" : sessionOut != nil ? "--session-out" : nil {
            throw ValidationError("--cache and \(option) exclude each other")
        }
        if earlyData != nil, sessionIn == nil, cache == nil {
            throw ValidationError("--early-data has no effect without --session-in or --cache")
        }
        if !exportEarly.isEmpty, earlyData == nil {
            throw ValidationError("--export-early has no effect without --early-data")
        }
    }

    /// Adds these options to a request.
    func apply(to request: inout ChannelRequest) {
        request.session.resume = sessionIn
        request.session.save = sessionOut
        request.session.cache = cache
        request.session.earlyData = earlyData
        request.session.exports = export
        request.session.earlyExports = exportEarly
        request.session.revealsSecrets = revealSecrets
    }
}

/// Where the secrets of sessions go, for programs that decrypt what was recorded.
struct KeyLogOptions: ParsableArguments {
    @Option(
        name: .customLong("keylog"),
        help: ArgumentHelp(
            "Append the secrets of sessions to this file, which only its owner may read.",
            valueName: "file"
        ),
        completion: .file()
    )
    var file: String?

    /// The file that was named: here or, as other programs do it, in the environment.
    var path: String? {
        if let file { return file }
        guard let value = getenv("SSLKEYLOGFILE") else { return nil }
        let path = String(cString: value)
        return path.isEmpty ? nil : path
    }

    /// Says on standard error that secrets leave the process, so that nobody overlooks it. For when nothing can stop the run
    /// any more.
    func warn() {
        guard let path else { return }
        let by = file == nil ? " (SSLKEYLOGFILE)" : ""
        let name = PeerText(path).encoded(for: .terminal)
        Streams.complain("warning: the secrets of this session are written to \(name)\(by)")
    }
}
