import ArgumentParser

/// A certificate for whoever asks for one: a client's choice only, since a server says which authorities it accepts.
struct AutomaticCertificateOption: ParsableArguments {
    @Option(
        name: .customLong("auto-cert"),
        help: ArgumentHelp(
            "If the server asks, show one from this directory that is from an authority it accepts.",
            valueName: "directory"
        ),
        completion: .directory
    )
    var directory: String?
}
