public import ArgumentParser
public import Diagnostics

/// The certificates that a server makes, and those that it has for names.
struct ServeIdentityOptions: ParsableArguments {
    @Option(
        name: .customLong("name"),
        help: ArgumentHelp("A name for the certificate made in memory, beside localhost.", valueName: "name")
    )
    var names: [String] = []

    @Option(
        name: .customLong("key-type"),
        help: ArgumentHelp(
            "The kind of key to make; repeat for several: rsa, ecdsa, ed25519. ecdsa by default.",
            valueName: "kind"
        ),
        completion: .list(MadeKeyKind.allCases.map(\.rawValue))
    )
    var keyKinds: [MadeKeyKind] = []

    @Option(
        name: .customLong("cert-out"),
        help: ArgumentHelp(
            "Write the certificate made in memory to this file, PEM, for clients to trust it. Never the key.",
            valueName: "file"
        ),
        completion: .file()
    )
    var certificateFile: String?

    @Option(
        name: .customLong("ca-out"),
        help: ArgumentHelp(
            "Have an authority made in memory sign the certificate, and write the authority's to this file. Never its key.",
            valueName: "file"
        ),
        completion: .file()
    )
    var authorityFile: String?

    @Option(
        name: .customLong("sni"),
        help: ArgumentHelp(
            "Show clients that ask for this name (or *.name) another certificate. Repeat for more.",
            valueName: "name=cert,key"
        )
    )
    var servedNames: [String] = []

    @Flag(
        name: .customLong("sni-strict"),
        help: "Refuse clients that ask for a name of no certificate, with the alert unrecognized_name."
    )
    var refusesUnknownNames = false

    @Option(
        name: .customLong("ocsp"),
        help: ArgumentHelp("Staple this OCSP response, DER, to the certificate.", valueName: "file"),
        completion: .file()
    )
    var staple: String?

    /// Writes the options into a request, beside the certificates from files.
    func apply(_ credentials: CredentialOptions, to request: inout ServeRequest) throws {
        request.names = names
        var kinds: [MadeKeyKind] = []
        for kind in keyKinds where !kinds.contains(kind) { kinds.append(kind) }
        if !kinds.isEmpty { request.keyKinds = kinds }
        request.certificateFile = certificateFile
        request.authorityFile = authorityFile
        request.credentials = credentials.settings
        request.namedIdentities = try servedNames.map {
            try NamedIdentityFiles(parsing: $0, passphrase: credentials.passphrase)
        }
        request.refusesUnknownNames = refusesUnknownNames
        request.stapleFile = staple
    }

    /// Refuses what has no effect beside certificates from files.
    func check(_ credentials: CredentialOptions) throws {
        guard let option = credentials.certificateOption else {
            guard staple == nil else {
                throw ValidationError("--ocsp needs --cert: nobody vouches for a certificate made in memory")
            }
            if servedNames.isEmpty {
                try credentials.requireCertificate()
                try credentials.requireUseOfPassphrase()
            }
            return
        }
        let idle: [(Bool, String, String)] = [
            (!names.isEmpty, "--name", "that certificate has its own names"),
            (!keyKinds.isEmpty, "--key-type", "that certificate has its own key"),
            (certificateFile != nil, "--cert-out", "that certificate is in a file already"),
            (authorityFile != nil, "--ca-out", "that certificate is signed already"),
        ]
        for (isGiven, name, reason) in idle where isGiven {
            throw ValidationError("\(name) has no effect with \(option): \(reason)")
        }
    }
}

extension MadeKeyKind: ExpressibleByArgument {}
