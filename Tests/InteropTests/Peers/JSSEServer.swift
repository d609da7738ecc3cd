/// Java's own TLS implementation, with everything enabled that it still has in it.
///
/// `JSSEServer.java` is run straight from source; a security properties file re-opens what the JDK switches off
/// (SSL 3.0, hellos in the format of SSL 2.0, TLS 1.0 and 1.1, NULL, anonymous, export, RC4, DES, 3DES).
struct JSSEServer: Peer {
    /// Security properties that switch nothing off.
    static let openProperties = """
        jdk.tls.disabledAlgorithms=
        jdk.tls.legacyAlgorithms=
        jdk.certpath.disabledAlgorithms=
        """

    private let server: ScriptServer
    private let directory: TemporaryDirectory
    var port: Int { server.port }
    var log: String { server.log }

    /// - Parameters:
    ///   - protocols: Java's names, for instance `TLSv1.2`; everything that is supported when empty.
    ///   - suites: Java's names; everything that is supported when empty.
    ///   - echo: how many bytes to send back before it closes; 0 for a server that answers requests.
    ///   - renews: whether it asks for a new handshake in the middle of those.
    init(
        identities: [TestPKI.Entity],
        protocols: [String] = [],
        suites: [String] = [],
        requireClientCertificate: Bool = false,
        echo: Int = 0,
        renews: Bool = false
    ) async throws {
        directory = try TemporaryDirectory()
        let properties = try directory.write(Self.openProperties, to: "open.security")
        var stores: [String] = []
        for (number, identity) in identities.enumerated() {
            let store = directory.file("\(number).p12")
            try await Tool.openssl.run([
                "pkcs12", "-export", "-in", identity.certificate, "-inkey", identity.key, "-name", "identity\(number)",
                "-passout", "pass:changeit", "-out", store,
            ]).succeeded()
            stores.append(store)
        }
        server = try await ScriptServer(
            Tool.java.path(),
            [
                "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xshare:auto",
                "-Djava.security.properties=\(properties)", "-Djdk.tls.ephemeralDHKeySize=2048",
                ScriptServer.path("JSSEServer.java"), stores.joined(separator: ","), protocols.joined(separator: ","),
                suites.joined(separator: ","),
                requireClientCertificate ? "need" : "none", String(echo),
            ] + (renews ? ["renew"] : [])
        )
    }

    func stop() async { await server.stop() }
}
