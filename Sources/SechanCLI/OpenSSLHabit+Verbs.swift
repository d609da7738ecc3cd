import Diagnostics

/// What differs where another verb than `connect` and `serve` is given options of `openssl`.
extension OpenSSLHabit {
    /// The options that a verb meets, by the command of OpenSSL that they belong to.
    static func tables(_ verb: Verb) -> [(command: String, table: [String: String])] {
        switch verb {
        case .ciphers: return []
        case .serve: return [("s_server", server)]
        case .connect: return [("s_client", client)]
        case .inspect: return [("s_client", addressed(to: verb, without: session, inspecting)), ("x509", x509)]
        case .renegotiate: return [("s_client", addressed(to: verb, without: session, renegotiating))]
        case .shutdown: return [("s_client", addressed(to: verb, without: session, [:]))]
        }
    }

    private static func addressed(
        to verb: Verb,
        without missing: [String: String],
        _ own: [String: String]
    ) -> [String: String] {
        client.mapValues { $0.replacing("'sechan connect example", with: "'sechan \(verb.rawValue) example") }
            .merging(missing) { _, other in other }.merging(own) { _, other in other }
    }

    /// What only `connect` does, because a user sits at it.
    private static let session = [
        "quiet": "leave it out: nothing but the report is written",
        "verify_quiet": "leave it out: nothing but the report is written",
        "showcerts": "write 'sechan inspect TARGET', which shows every certificate",
        "ign_eof": "leave it out: nothing is read from standard input",
        "nocommands": "leave it out: nothing is read from standard input",
        "sess_out": "write 'sechan connect', which saves sessions",
        "sess_in": "write 'sechan connect', which resumes saved sessions",
        "early_data": "write 'sechan connect', which sends early data",
        "keymatexport": "write 'sechan connect', which exports keying material",
    ]

    private static let inspecting = [
        "showcerts": "leave it out: every certificate is shown",
        "status": "leave it out: a stapled OCSP response is shown",
        "tlsextdebug": "write -v, which shows the extensions",
        "ssl2": "leave it out: every version is asked for",
        "ssl3": "leave it out: every version is asked for",
        "verify": "leave it out: a bad certificate is judged, and does not end the inspection",
        "verify_return_error": "leave it out: a bad certificate makes the status 5",
    ]

    private static let renegotiating = [
        "reconnect": "leave it out: a session is resumed on a new connection in any case"
    ]

    /// What `openssl x509` calls it, for files.
    static let x509: [String: String] = [
        "in": "name the file alone, as in 'sechan inspect FILE'",
        "inform": "leave it out: PEM and DER are told apart",
        "noout": "leave it out: nothing is encoded again",
        "text": "leave it out: everything is shown; -v shows more of a session",
        "subject": "leave it out: it is shown",
        "issuer": "leave it out: it is shown",
        "serial": "leave it out: it is shown",
        "dates": "leave it out: they are shown",
        "startdate": "leave it out: it is shown",
        "enddate": "leave it out: it is shown",
        "fingerprint": "leave it out: it is shown",
        "purpose": "leave it out: what the certificate is for is shown",
        "ext": "leave it out: extensions are shown",
        "checkend": "write --expect 'days-left>=30'",
        "checkhost": "write --verify-name NAME",
        "checkip": "write --verify-name ADDR",
        "passin": "write --pass SOURCE, as in --pass env:NAME",
    ]
}
