/// Certificates and keys as NSS's programs want them.
final class NSSDatabase: Sendable {
    private let directory: TemporaryDirectory
    /// What `-d` takes.
    var name: String { "sql:\(directory.path)" }

    init() async throws {
        directory = try TemporaryDirectory()
        try await Tool.certutil.run(["-N", "-d", name, "--empty-password"]).succeeded()
    }

    /// Has a certificate trusted: an authority by the flags `C,,`, a server's own by `P,,`.
    func trust(_ certificate: String, as nickname: String, flags: String = "C,,") async throws {
        try await Tool.certutil.run(["-A", "-d", name, "-n", nickname, "-t", flags, "-i", certificate]).succeeded()
    }

    /// Adds somebody to be.
    func add(_ identity: TestPKI.Entity, as nickname: String) async throws {
        let store = directory.file("\(nickname).p12")
        try await Tool.openssl.run([
            "pkcs12", "-export", "-in", identity.certificate, "-inkey", identity.key, "-name", nickname,
            "-passout", "pass:changeit", "-out", store,
        ]).succeeded()
        try await Tool.pk12util.run(["-i", store, "-d", name, "-W", "changeit", "-K", ""]).succeeded()
    }
}
