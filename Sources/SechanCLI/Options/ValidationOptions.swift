public import ArgumentParser
public import Diagnostics

/// How the peer's certificate is judged.
struct ValidationOptions: ParsableArguments {
    @Option(
        name: .customLong("ca"),
        help: ArgumentHelp("Trust the certificates in this file as well.", valueName: "file"),
        completion: .file()
    )
    var files: [String] = []

    @Option(
        name: .customLong("ca-dir"),
        help: ArgumentHelp("Trust the certificates in this hashed directory as well.", valueName: "directory"),
        completion: .directory
    )
    var directories: [String] = []

    @Flag(name: .customLong("no-system-trust"), help: "Do not trust the system's own certificates.")
    var noSystemTrust = false

    @Option(
        help: ArgumentHelp(
            "Refuse a bad certificate during the handshake, judge it afterwards, or not at all.",
            valueName: "auto|manual|none"
        )
    )
    var verify: VerificationSetting = .auto

    @Option(
        name: .customLong("verify-name"),
        help: ArgumentHelp("Expect this name in the certificate instead of the target's host.", valueName: "name")
    )
    var verifyName: String?

    @Flag(name: .customLong("no-name-check"), help: "Accept a certificate for any name.")
    var noNameCheck = false

    @Option(
        name: .customLong("at-time"),
        help: ArgumentHelp(
            "Judge validity at this time: seconds since 1970 or 2026-11-22T16:00:00Z.",
            valueName: "time"
        )
    )
    var atTime: TimeArgument?

    @Option(
        help: ArgumentHelp(
            "Which certificates must be shown not to be revoked, by --crl, a stapled response or --fetch.",
            valueName: "none|end|chain|exclude-root"
        )
    )
    var revocation: RevocationSetting?

    @Option(
        name: .customLong("crl"),
        help: ArgumentHelp("Look certificates up in this list of revoked ones, PEM or DER.", valueName: "file"),
        completion: .file()
    )
    var revocationLists: [String] = []

    @Flag(help: "Ask the OCSP responders and lists that certificates name, over plain http: traffic to others.")
    var fetch = false

    @Flag(
        name: .customLong("ignore-no-revocation"),
        help: "Let a certificate pass that names no place to ask whether it is revoked."
    )
    var ignoreNoRevocation = false

    @Flag(
        name: .customLong("ignore-revocation-offline"),
        help: "Let a certificate pass that names such a place, when no current answer is at hand."
    )
    var ignoreRevocationOffline = false

    func validate() throws {
        try checkRevocation()
        if verifyName != nil, noNameCheck {
            throw ValidationError("--verify-name and --no-name-check exclude each other")
        }
        guard verify == .none else { return }
        let idle: [(Bool, String)] = [
            (!files.isEmpty, "--ca"), (!directories.isEmpty, "--ca-dir"), (noSystemTrust, "--no-system-trust"),
            (verifyName != nil, "--verify-name"), (noNameCheck, "--no-name-check"), (atTime != nil, "--at-time"),
            (revocation != nil, "--revocation"),
        ]
        if let (_, name) = idle.first(where: \.0) { throw ValidationError("\(name) has no effect with --verify none") }
    }

    private func checkRevocation() throws {
        guard revocation == nil || revocation == RevocationSetting.none else { return }
        let idle: [(Bool, String)] = [
            (!revocationLists.isEmpty, "--crl"), (fetch, "--fetch"), (ignoreNoRevocation, "--ignore-no-revocation"),
            (ignoreRevocationOffline, "--ignore-revocation-offline"),
        ]
        if let (_, name) = idle.first(where: \.0) {
            throw ValidationError("\(name) has no effect without --revocation end, chain or exclude-root")
        }
    }

    /// The settings for the engine.
    var settings: ValidationSettings {
        var settings = ValidationSettings()
        settings.files = files
        settings.directories = directories
        settings.system = !noSystemTrust
        settings.mode = verify
        settings.name = noNameCheck ? .unchecked : verifyName.map { .name($0) } ?? .fromTarget
        settings.time = atTime?.seconds
        settings.revocation = revocation ?? .none
        settings.revocationLists = revocationLists
        settings.fetches = fetch
        settings.ignoresMissingRevocation = ignoreNoRevocation
        settings.ignoresOfflineRevocation = ignoreRevocationOffline
        return settings
    }
}

extension VerificationSetting: ExpressibleByArgument {}
extension RevocationSetting: ExpressibleByArgument {}
