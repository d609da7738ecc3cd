import Foundation

/// The certificates that peers and tests use, made by the `openssl` command when the first test asks for them.
///
/// Everything but `selfSigned` is issued by one test CA. Names are `localhost`, `127.0.0.1` and `::1` unless said otherwise.
struct TestPKI: Sendable {
    /// A certificate and its key, as paths of PEM files.
    struct Entity: Sendable {
        let certificate: String
        let key: String
    }

    let directory: TemporaryDirectory
    /// The CA's own certificate, to be trusted by `--ca`.
    let authority: Entity
    let rsa: Entity
    let ecdsa: Entity
    /// A DSA key of 2048 bits, for the DSS suites.
    let dsa: Entity
    /// Its validity ended yesterday.
    let expired: Entity
    /// Valid, but for `wrong.example`.
    let wrongName: Entity
    /// An ECDSA certificate that vouches for itself.
    let selfSigned: Entity
    /// A client's certificate.
    let client: Entity
    /// The same with a key that SSL 2.0 knows.
    let rsaClient: Entity

    /// The set that all tests of a run share.
    static func shared() async throws -> TestPKI {
        try await made.value
    }

    private static let made = Task { try await TestPKI() }

    private init() async throws {
        let directory = try TemporaryDirectory()
        directory.removeAtExit()
        self.directory = directory
        let maker = Maker(directory: directory)
        authority = try await maker.authority()
        let local = "DNS:localhost,IP:127.0.0.1,IP:::1"
        let rsaKey = ["-algorithm", "RSA", "-pkeyopt", "rsa_keygen_bits:2048"]
        rsa = try await maker.issue("rsa", key: rsaKey, names: local)
        rsaClient = try await maker.issue("rsa-client", key: rsaKey, names: "DNS:client.example", usage: "clientAuth")
        let ec = ["-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-256"]
        ecdsa = try await maker.issue("ecdsa", key: ec, names: local)
        dsa = try await maker.issue("dsa", key: maker.dsaParameters(), names: local)
        expired = try await maker.issue("expired", key: ec, names: local, from: "-30d", to: "-1d")
        wrongName = try await maker.issue("wrong-name", key: ec, names: "DNS:wrong.example")
        client = try await maker.issue("client", key: ec, names: "DNS:client.example", usage: "clientAuth")
        selfSigned = try await maker.selfSigned("self-signed", key: ec, names: local)
    }
}

/// Drives `openssl genpkey`, `req` and `ca`.
private struct Maker {
    let directory: TemporaryDirectory

    func authority() async throws -> TestPKI.Entity {
        let key = try await self.key("ca", ["-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-256"])
        let certificate = directory.file("ca.pem")
        let request = directory.file("ca.csr")
        // `openssl ca` is the one command of OpenSSL 3.0 that lets a start and an end in the past be chosen.
        try directory.write("", to: "index.txt")
        try directory.write(
            """
            [ca]
            default_ca = test
            [test]
            dir = \(directory.path)
            database = \(directory.file("index.txt"))
            new_certs_dir = \(directory.path)
            certificate = \(certificate)
            private_key = \(key)
            rand_serial = yes
            unique_subject = no
            default_md = sha256
            policy = anything
            copy_extensions = copy
            [anything]
            commonName = supplied
            organizationName = optional
            """,
            to: "ca.conf"
        )
        try await openssl([
            "req", "-new", "-key", key, "-out", request, "-subj", "/O=sechan tests/CN=sechan test CA",
            "-addext", "basicConstraints=critical,CA:TRUE", "-addext", "keyUsage=critical,keyCertSign,cRLSign",
            "-addext", "subjectKeyIdentifier=hash",
        ])
        // It was valid before anything that it signed, so that an expired certificate can be judged for a better day.
        try await openssl([
            "ca", "-batch", "-notext", "-preserveDN", "-selfsign", "-config", directory.file("ca.conf"), "-in", request,
            "-out", certificate, "-startdate", Self.time("-60d"), "-enddate", Self.time("+30d"),
        ])
        return TestPKI.Entity(certificate: certificate, key: key)
    }

    func issue(
        _ name: String,
        key parameters: [String],
        names: String,
        usage: String = "serverAuth",
        from: String = "-1d",
        to: String = "+20d"
    ) async throws -> TestPKI.Entity {
        let key = try await self.key(name, parameters)
        let request = directory.file("\(name).csr")
        let certificate = directory.file("\(name).pem")
        try await openssl([
            "req", "-new", "-key", key, "-out", request, "-subj", "/O=sechan tests/CN=sechan test \(name)",
            "-addext", "subjectAltName=\(names)", "-addext", "extendedKeyUsage=\(usage)",
            "-addext", "basicConstraints=critical,CA:FALSE",
        ])
        try await openssl([
            "ca", "-batch", "-notext", "-config", directory.file("ca.conf"), "-in", request, "-out", certificate,
            "-startdate", Self.time(from), "-enddate", Self.time(to),
        ])
        return TestPKI.Entity(certificate: certificate, key: key)
    }

    func selfSigned(_ name: String, key parameters: [String], names: String) async throws -> TestPKI.Entity {
        let key = try await self.key(name, parameters)
        let certificate = directory.file("\(name).pem")
        try await openssl([
            "req", "-x509", "-new", "-key", key, "-out", certificate, "-days", "30",
            "-subj", "/CN=sechan test \(name)", "-addext", "subjectAltName=\(names)",
        ])
        return TestPKI.Entity(certificate: certificate, key: key)
    }

    func dsaParameters() async throws -> [String] {
        let file = directory.file("dsa.params")
        try await openssl([
            "genpkey", "-genparam", "-algorithm", "DSA", "-pkeyopt", "dsa_paramgen_bits:2048",
            "-pkeyopt", "dsa_paramgen_q_bits:256", "-out", file,
        ])
        return ["-paramfile", file]
    }

    private func key(_ name: String, _ parameters: [String]) async throws -> String {
        let file = directory.file("\(name).key")
        try await openssl(["genpkey", "-out", file] + parameters)
        return file
    }

    private func openssl(_ arguments: [String]) async throws {
        try await Tool.openssl.run(arguments).succeeded()
    }

    /// "+20d" → 20 days from now, as ASN.1 UTCTime.
    private static func time(_ days: String) -> String {
        let count = Double(days.dropLast()) ?? 0
        let formatter = DateFormatter()
        formatter.locale = Locale(identifier: "en_US_POSIX")
        formatter.timeZone = TimeZone(secondsFromGMT: 0)
        formatter.dateFormat = "yyMMddHHmmss'Z'"
        return formatter.string(from: Date(timeIntervalSinceNow: count * 86_400))
    }
}
