import ArgumentParser
import Diagnostics

/// Who we are: the certificate and key that we can show.
struct CredentialOptions: ParsableArguments {
    @Option(
        name: .customLong("cert"),
        help: ArgumentHelp(
            "Certificate to show, PEM or DER. Repeat with --key for a second kind of key.",
            valueName: "file"
        ),
        completion: .file()
    )
    var certificates: [String] = []

    @Option(
        name: .customLong("key"),
        help: ArgumentHelp("Private key of the certificate; the certificate's own file by default.", valueName: "file"),
        completion: .file()
    )
    var keys: [String] = []

    @Option(
        name: .customLong("chain"),
        help: ArgumentHelp("Intermediate certificates to send with it.", valueName: "file"),
        completion: .file()
    )
    var chains: [String] = []

    @Option(
        name: .customLong("pass"),
        help: ArgumentHelp(
            "Where the private key's passphrase is: env:NAME, file:PATH or fd:NUMBER.",
            valueName: "source"
        )
    )
    var passphrase: String?

    func validate() throws {
        if certificates.isEmpty {
            if !keys.isEmpty { throw ValidationError("--key has no effect without --cert") }
            if !chains.isEmpty { throw ValidationError("--chain has no effect without --cert") }
            if passphrase != nil { throw ValidationError("--pass has no effect without --cert") }
        }
        if keys.count > certificates.count { throw ValidationError("there are more --key than --cert") }
        if chains.count > certificates.count { throw ValidationError("there are more --chain than --cert") }
    }

    /// The files of each identity, in the order given.
    var identities: [IdentityFiles] {
        certificates.indices.map { index in
            IdentityFiles(
                certificate: certificates[index],
                key: index < keys.count ? keys[index] : nil,
                chain: index < chains.count ? chains[index] : nil,
                passphrase: passphrase
            )
        }
    }
}
