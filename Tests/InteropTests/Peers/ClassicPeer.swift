/// Real servers that speak what the classic engine is for, each at one version of its own choosing.
enum ClassicPeer: String, CaseIterable, Sendable {
    case jsse = "JSSE"
    case tlslite = "tlslite-ng"
    case nss = "selfserv"
    case gnutls = "gnutls-serv"
    case openssl = "s_server"

    /// The name of the pre-shared key that s_server has.
    static let keyName = "Client_identity"

    /// The versions that it has, in sechan's spelling.
    var versions: [String] {
        switch self {
        case .jsse, .tlslite, .nss: ["ssl3", "tls1.0", "tls1.1", "tls1.2"]
        case .gnutls, .openssl: ["tls1.0", "tls1.1", "tls1.2"]
        }
    }

    /// Java's name of a version.
    static func java(_ version: String) -> String {
        switch version {
        case "ssl3": "SSLv3"
        case "tls1.0": "TLSv1"
        default: "TLSv" + version.dropFirst(3)
        }
    }

    /// A DSA certificate of 1024 and 160 bits that vouches for itself: JSSE makes no SHA-1 signatures with longer keys.
    static func shortDSA() async throws -> TestPKI.Entity { try await madeDSA.value }

    private static let madeDSA = Task {
        let directory = try TemporaryDirectory()
        directory.removeAtExit()
        let entity = TestPKI.Entity(certificate: directory.file("dsa.pem"), key: directory.file("dsa.key"))
        let parameters = directory.file("dsa.params")
        try await Tool.openssl.run([
            "genpkey", "-genparam", "-algorithm", "DSA", "-pkeyopt", "dsa_paramgen_bits:1024",
            "-pkeyopt", "dsa_paramgen_q_bits:160", "-out", parameters,
        ]).succeeded()
        try await Tool.openssl.run(["genpkey", "-paramfile", parameters, "-out", entity.key]).succeeded()
        try await Tool.openssl.run([
            "req", "-x509", "-key", entity.key, "-out", entity.certificate, "-days", "30", "-subj", "/CN=localhost",
        ]).succeeded()
        return entity
    }

    /// Starts it with all its suites; it answers requests, or sends `echo` bytes back.
    func start(_ version: String, echo: Int = 0) async throws -> any Peer {
        let pki = try await TestPKI.shared()
        switch self {
        case .jsse:
            return try await JSSEServer(
                identities: [pki.rsa, pki.ecdsa, Self.shortDSA()],
                protocols: [Self.java(version)],
                echo: echo
            )
        case .tlslite:
            return try await TLSLiteServer.start(
                rsa: pki.rsa,
                ecdsa: pki.ecdsa,
                versions: [version],
                options: echo > 0 ? ["--echo", "--count", "\(echo)"] : ["--sessions", "--page"]
            )
        case .nss: return try await NSSServer(rsa: pki.rsa, ecdsa: pki.ecdsa, versions: "\(version):\(version)")
        case .gnutls:
            return try await GnuTLSServer(
                identities: [pki.rsa, pki.ecdsa],
                priority: GnuTLSServer.everythingWithNULL,
                echo: echo > 0
            )
        case .openssl:
            return try await OpenSSLServer(
                identities: [pki.rsa, pki.ecdsa],
                cipher: OpenSSLServer.everyCipher,
                psk: true,
                service: echo > 0 ? .reverse : .www,
                options: [LifecycleClient.opensslVersion(version)]
            )
        }
    }

    /// JSSE's client, ClassicClient.java, with everything enabled.
    static func javaClient(_ words: [String]) async throws -> Finished {
        let directory = try TemporaryDirectory()
        let properties = try directory.write(JSSEServer.openProperties, to: "open.security")
        return try await Tool.java.run(
            [
                "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Djava.security.properties=\(properties)",
                ScriptServer.path("ClassicClient.java"),
            ] + words,
            timeout: .seconds(120)
        ).succeeded()
    }

    /// How sechan is told to speak with it.
    static func options(_ version: String, _ suites: [String]) -> [String] {
        [
            "--engine", "classic", "--legacy", "--protocol", version, "--verify", "none",
            "--ciphers", suites.joined(separator: ","),
            "--psk", OpenSSLServer.presharedKey, "--psk-identity", keyName,
        ]
    }

    /// Whether the classic engine has a suite, by its name: it lacks these ciphers.
    static func isInEngine(_ suite: String) -> Bool {
        !["CCM", "CHACHA20", "IDEA", "KRB5", "SCSV", "GOST"].contains { suite.contains($0) }
    }
}
