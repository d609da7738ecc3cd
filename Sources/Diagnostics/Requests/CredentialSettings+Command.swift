extension CredentialSettings {
    /// The options that name the same credentials. A key that was given as it is isn't repeated.
    var options: [[String]] {
        var options: [[String]] = []
        for files in identities {
            options.append([files.isPKCS12 ? "--p12" : "--cert", files.certificate])
            if let key = files.key { options.append(["--key", key]) }
            if let chain = files.chain { options.append(["--chain", chain]) }
        }
        if let search {
            options.append(["--cert-dir", search.directory.path])
            switch search.wanted {
            case .only: break
            case .subject(let text): options.append(["--subject", text])
            case .thumbprint(let text): options.append(["--thumbprint", text])
            }
        }
        if let automatic { options.append(["--auto-cert", automatic.path]) }
        let sources = identities.map(\.passphrase) + [search?.directory.passphrase, automatic?.passphrase]
        if let source = sources.compactMap({ $0 }).first { options.append(["--pass", source]) }
        if sendsRoot { options.append(["--send-root"]) }
        if let preSharedKey {
            options.append(["--psk", preSharedKey.isSource ? preSharedKey.key : "HEX"])
            options.append(["--psk-identity", preSharedKey.identity])
        }
        return options
    }
}
