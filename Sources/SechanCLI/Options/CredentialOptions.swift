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
        help: ArgumentHelp("Certificate, key and chain to show, in one PKCS#12 file.", valueName: "file"),
        completion: .file()
    )
    var p12: [String] = []

    @Option(
        name: .customLong("cert-dir"),
        help: ArgumentHelp("Show a certificate from this directory.", valueName: "directory"),
        completion: .directory
    )
    var directory: String?

    @Option(help: ArgumentHelp("The one in --cert-dir whose subject contains this.", valueName: "text"))
    var subject: String?

    @Option(help: ArgumentHelp("The one in --cert-dir with this SHA-1 or SHA-256.", valueName: "hex"))
    var thumbprint: String?

    @Option(
        name: .customLong("pass"),
        help: ArgumentHelp(
            "Where the private key's passphrase is: env:NAME, file:PATH or fd:NUMBER.",
            valueName: "source"
        )
    )
    var passphrase: String?

    @Flag(name: .customLong("send-root"), help: "Send the root too, if the chain has it.")
    var sendRoot = false

    @Option(
        help: ArgumentHelp(
            "A key that both ends know, in hexadecimal, or where it is: env:NAME, file:PATH or fd:NUMBER.",
            valueName: "hex|source"
        )
    )
    var psk: String?

    @Option(name: .customLong("psk-identity"), help: ArgumentHelp("The name of that key.", valueName: "name"))
    var pskIdentity: String?

    func validate() throws {
        if certificates.isEmpty {
            if !keys.isEmpty { throw ValidationError("--key has no effect without --cert") }
            if !chains.isEmpty { throw ValidationError("--chain has no effect without --cert") }
        }
        if keys.count > certificates.count { throw ValidationError("there are more --key than --cert") }
        if chains.count > certificates.count { throw ValidationError("there are more --chain than --cert") }
        if directory == nil {
            if subject != nil { throw ValidationError("--subject has no effect without --cert-dir") }
            if thumbprint != nil { throw ValidationError("--thumbprint has no effect without --cert-dir") }
        }
        if subject != nil, thumbprint != nil {
            throw ValidationError("--subject and --thumbprint exclude each other: each names one certificate")
        }
        if psk != nil, pskIdentity == nil {
            throw ValidationError("--psk needs the name that the peer knows the key by: --psk-identity NAME")
        }
        if psk == nil, pskIdentity != nil { throw ValidationError("--psk-identity has no effect without --psk") }
    }

    /// What means something only if there is a certificate.
    func requireCertificate() throws {
        guard certificateOption == nil else { return }
        if sendRoot { throw ValidationError("--send-root has no effect without a certificate to show") }
    }

    /// A passphrase opens the key of a certificate to show. A file may be encrypted itself, so this is asked once there is a peer.
    func requireUseOfPassphrase() throws(RequestProblem) {
        guard passphrase != nil, certificateOption == nil else { return }
        throw RequestProblem(
            reason: "--pass has no effect without a certificate to show",
            hint: "name one with --cert FILE or --p12 FILE, or leave it out"
        )
    }

    /// The certificate that a file's key is compared with: the only option of these that means something for a file.
    func comparedCertificate(for path: String) throws(RequestProblem) -> String? {
        let others = [
            (certificates.count > 1, "a second --cert"), (!keys.isEmpty, "--key"), (!chains.isEmpty, "--chain"),
            (sendRoot, "--send-root"),
        ]
        if let option = others.first(where: \.0)?.1 {
            throw RequestProblem(
                reason: "\(option) has no effect on a file",
                hint: "leave it out, or write \(path):443 if '\(path)' is a host"
            )
        }
        return certificates.first
    }

    /// The option that names a certificate to show; nil without one.
    var certificateOption: String? {
        if !certificates.isEmpty { return "--cert" }
        if !p12.isEmpty { return "--p12" }
        return directory == nil ? nil : "--cert-dir"
    }

    /// The options given here, for those who can't use any.
    var given: [String] {
        [certificateOption, psk == nil ? nil : "--psk"].compactMap { $0 }
    }

    /// The settings for the engine.
    var settings: CredentialSettings {
        var settings = CredentialSettings()
        settings.identities = certificates.indices.map { index in
            IdentityFiles(
                certificate: certificates[index],
                key: index < keys.count ? keys[index] : nil,
                chain: index < chains.count ? chains[index] : nil,
                passphrase: passphrase
            )
        }
        settings.identities += p12.map { IdentityFiles(pkcs12: $0, passphrase: passphrase) }
        settings.search = directory.map { path in
            IdentitySearch(
                directory: IdentityDirectorySetting(path: path, passphrase: passphrase),
                wanted: subject.map { .subject($0) } ?? thumbprint.map { .thumbprint($0) } ?? .only
            )
        }
        if let psk, let pskIdentity {
            settings.preSharedKey = PreSharedKeySetting(key: psk, identity: pskIdentity)
        }
        settings.sendsRoot = sendRoot
        return settings
    }
}
