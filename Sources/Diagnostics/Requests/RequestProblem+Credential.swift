import SecureChannel
import TLSParameters

extension RequestProblem {
    /// A credential that can't be acquired, with the option to change.
    init(credential error: CredentialError) {
        let hint: String? =
            switch error.kind {
            case .needsClassicEngine:
                "leave out --engine libssl, or name tls1.0 or newer with --protocol"
            case .protocolGap where error.versions.contains(.ssl2):
                "name one version with --protocol, such as ssl2"
            case .protocolGap:
                "a client of libssl would silently offer the oldest of them alone; name a range, or run once for each"
            case .noProtocol, .protocolUnavailable:
                "choose from ssl2, ssl3, tls1.0, tls1.1, tls1.2 and tls1.3 with --protocol"
            case .badCipherList:
                "suites that libssl has lost are reached by their names only, such as TLS_RSA_WITH_RC4_128_SHA;"
                    + " 'sechan ciphers' lists all, and what needs --legacy"
            case .suiteUnavailable, .noSuite:
                "'sechan ciphers' lists what each engine can speak, and what needs --legacy"
            case .groupUnavailable: "name others with --groups, or leave out a --disable"
            case .signatureSchemeUnavailable: "name others with --sigalgs, or leave out a --disable"
            case .badIdentity, .noIdentity: "check the files of --cert and --key"
            case .extensionUnavailable: "give --send-ext a type that this libssl knows nothing of, once"
            case .noExtensions: "leave out what needs extensions, or speak TLS 1.0 or newer without --ssl2-hello"
            case .badTrust: "check the files of --ca and --ca-dir"
            default: nil
            }
        self.init(reason: error.text, hint: hint)
    }
}
