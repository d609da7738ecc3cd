import Diagnostics

/// Recognises the options of `openssl s_client`, `s_server` and `x509`, which fingers type by themselves, and names ours.
enum OpenSSLHabit {
    /// Checks the words of a command line, up to `--`.
    ///
    /// - Throws: `RequestProblem` that names our option.
    static func check(_ arguments: [String]) throws(RequestProblem) {
        guard let verb = arguments.first.flatMap(Verb.init(rawValue:)) else { return }
        let tables = tables(verb)
        for word in arguments.dropFirst().prefix(while: { $0 != "--" }) where word.utf8.count > 2 {
            guard word.hasPrefix("-"), !word.hasPrefix("--") else { continue }
            let name = String(word.dropFirst())
            guard let found = tables.first(where: { $0.table[name] != nil }), let advice = found.table[name] else {
                continue
            }
            throw RequestProblem(
                reason: "'\(word)' is an option of 'openssl \(found.command)'",
                hint: "\(advice); options here have two hyphens, and 'sechan \(verb.rawValue) --help' lists them"
            )
        }
    }

    /// What `openssl s_client` calls it, and what to write here.
    static let client: [String: String] = [
        "connect": "write the target alone, as in 'sechan connect example.com:443'",
        "host": "write the target alone, as in 'sechan connect example.com:443'",
        "port": "write the target alone, as in 'sechan connect example.com:443'",
        "unix": "write the target as unix:/path/to/socket",
        "bind": "write --bind ADDR",
        "proxy": "write --proxy http://HOST:PORT",
        "servername": "write --sni NAME; the target's name is sent by itself",
        "noservername": "write --no-sni",
        "verify": "write --verify manual to go on with a bad certificate; it is judged by itself",
        "verify_return_error": "leave it out: a bad certificate ends the handshake unless --verify manual is given",
        "verify_hostname": "write --verify-name NAME; the target's name is checked by itself",
        "verify_ip": "write --verify-name ADDR",
        "verify_quiet": "write --quiet",
        "attime": "write --at-time TIME",
        "CAfile": "write --ca FILE",
        "CApath": "write --ca-dir DIRECTORY",
        "no-CAfile": "write --no-system-trust",
        "no-CApath": "write --no-system-trust",
        "cert": "write --cert FILE",
        "key": "write --key FILE",
        "cert_chain": "write --chain FILE",
        "pass": "write --pass SOURCE, as in --pass env:NAME",
        "showcerts": "write --certs-out FILE; 'sechan inspect' shows every certificate",
        "starttls": "write --starttls PROTOCOL, or the target as smtp://example.com",
        "xmpphost": "write --sni NAME",
        "cipher": "write --ciphers STRING",
        "ciphersuites": "write --ciphersuites LIST",
        "groups": "write --groups LIST",
        "curves": "write --groups LIST",
        "sigalgs": "write --sigalgs LIST",
        "alpn": "write --alpn LIST",
        "nextprotoneg": "write --alpn LIST; NPN is no more",
        "tls1": "write --protocol tls1.0",
        "tls1_1": "write --protocol tls1.1",
        "tls1_2": "write --protocol tls1.2",
        "tls1_3": "write --protocol tls1.3",
        "ssl2": "write --protocol ssl2",
        "ssl3": "write --protocol ssl3",
        "no_tls1": "write --protocol tls1.1-tls1.3",
        "no_tls1_1": "write --protocol tls1.2-tls1.3",
        "no_tls1_2": "write --protocol tls1.3",
        "no_tls1_3": "write --protocol tls1.0-tls1.2",
        "legacy_renegotiation": "write --legacy",
        "legacy_server_connect": "write --legacy",
        "quiet": "write --quiet",
        "ign_eof": "write --hold",
        "no_ign_eof": "leave it out: that is how it is by itself",
        "brief": "leave it out: the output is brief by itself",
        "msg": "write --trace",
        "state": "write --trace",
        "trace": "write --trace",
        "debug": "write --hex",
        "tlsextdebug": "write 'sechan inspect TARGET', which shows the extensions",
        "status": "write 'sechan inspect TARGET', which shows a stapled OCSP response",
        "prexit": "leave it out: the end of a session is shown by itself",
        "nocommands": "write --escape none; without a terminal nothing is a command",
        "reconnect": "write 'sechan renegotiate TARGET', which resumes the session on a new connection",
        "timeout": "write --timeout DURATION",
        "sess_out": "write --session-out FILE",
        "sess_in": "write --session-in FILE",
        "early_data": "write --early-data FILE",
        "keylogfile": "write --keylog FILE",
        "keymatexport": "write --export LABEL:LENGTH",
    ]

    /// What `openssl s_server` calls it, and what to write here.
    static let server: [String: String] = [
        "accept": "write --listen ADDR:PORT",
        "port": "write --listen ADDR:PORT",
        "cert": "write --cert FILE",
        "key": "write --key FILE",
        "cert_chain": "write --chain FILE",
        "pass": "write --pass SOURCE, as in --pass env:NAME",
        "CAfile": "write --client-ca FILE",
        "cipher": "write --ciphers STRING",
        "ciphersuites": "write --ciphersuites LIST",
        "groups": "write --groups LIST",
        "curves": "write --groups LIST",
        "sigalgs": "write --sigalgs LIST",
        "alpn": "write --alpn LIST",
        "ssl3": "write --protocol ssl3",
        "tls1": "write --protocol tls1.0",
        "tls1_1": "write --protocol tls1.1",
        "tls1_2": "write --protocol tls1.2",
        "tls1_3": "write --protocol tls1.3",
        "naccept": "write --count N",
    ]
}
