/// `gnutls-serv`. It can't be bound to one address, so it listens on all; tests reach it by loopback.
struct GnuTLSServer: Peer {
    /// All that GnuTLS can still negotiate together with TLS 1.3: TLS 1.0 and 1.1, anonymous key exchange, RC4 and 3DES.
    static let everything =
        "NORMAL:-VERS-ALL:+VERS-TLS1.3:+VERS-TLS1.2:+VERS-TLS1.1:+VERS-TLS1.0:+CIPHER-ALL:+ARCFOUR-128:+3DES-CBC:+MAC-ALL:+MD5"
        + ":+ANON-DH:+ANON-ECDH:+DHE-RSA:+RSA:%VERIFY_ALLOW_SIGN_WITH_SHA1"
    /// The same with NULL ciphers, up to TLS 1.2: GnuTLS refuses every TLS 1.3 handshake once NULL is among the ciphers.
    static let everythingWithNULL =
        "NORMAL:-VERS-ALL:+VERS-TLS1.2:+VERS-TLS1.1:+VERS-TLS1.0:+CIPHER-ALL:+NULL:+ARCFOUR-128:+3DES-CBC:+MAC-ALL:+MD5"
        + ":+ANON-DH:+ANON-ECDH:+DHE-RSA:+RSA:%VERIFY_ALLOW_SIGN_WITH_SHA1"

    let port: Int
    private let process: ChildProcess
    var log: String { process.stdout + process.stderr }

    /// - Parameters:
    ///   - priority: a GnuTLS priority string; GnuTLS's own default when nil.
    ///   - echo: sends lines back; answers HTTP otherwise.
    ///   - options: more options of `gnutls-serv`, for instance `--require-client-cert`.
    init(
        identities: [TestPKI.Entity],
        priority: String? = nil,
        echo: Bool = false,
        options: [String] = ["--disable-client-cert"]
    ) async throws {
        var arguments = [echo ? "--echo" : "--http"]
        for identity in identities {
            arguments += ["--x509certfile=\(identity.certificate)", "--x509keyfile=\(identity.key)"]
        }
        if let priority { arguments.append("--priority=\(priority)") }
        let executable = try Tool.gnutlsServ.path()
        let all = arguments + options
        (process, port) = try await startingOnFreePort { port in
            try ChildProcess(executable, all + ["--port=\(port)"])
        }
    }

    func stop() async { await process.stop() }
}
