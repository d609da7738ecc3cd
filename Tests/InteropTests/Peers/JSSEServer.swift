import Foundation

/// Java's own TLS implementation, with everything enabled that it still has in it.
///
/// `JSSEServer.java` is run straight from source; a security properties file re-opens what the JDK switches off
/// (TLS 1.0 and 1.1, NULL, anonymous, export, RC4, DES, 3DES).
struct JSSEServer: Peer {
    let port: Int
    private let process: ChildProcess
    private let directory: TemporaryDirectory
    var log: String { process.stdout + process.stderr }

    /// - Parameters:
    ///   - protocols: Java's names, for instance `TLSv1.2`; everything that is supported when empty.
    ///   - suites: Java's names; everything that is supported when empty.
    init(
        identities: [TestPKI.Entity],
        protocols: [String] = [],
        suites: [String] = [],
        requireClientCertificate: Bool = false
    ) async throws {
        directory = try TemporaryDirectory()
        let properties = try directory.write(
            """
            jdk.tls.disabledAlgorithms=
            jdk.tls.legacyAlgorithms=
            jdk.certpath.disabledAlgorithms=
            """,
            to: "open.security"
        )
        var stores: [String] = []
        for (number, identity) in identities.enumerated() {
            let store = directory.file("\(number).p12")
            try await Tool.openssl.run([
                "pkcs12", "-export", "-in", identity.certificate, "-inkey", identity.key, "-name", "identity\(number)",
                "-passout", "pass:changeit", "-out", store,
            ]).succeeded()
            stores.append(store)
        }
        let source = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent(
            "JSSEServer.java"
        )
        process = try ChildProcess(
            Tool.java.path(),
            [
                "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xshare:auto",
                "-Djava.security.properties=\(properties)", "-Djdk.tls.ephemeralDHKeySize=2048",
                source.path, stores.joined(separator: ","), protocols.joined(separator: ","),
                suites.joined(separator: ","),
                requireClientCertificate ? "need" : "none",
            ],
            input: .open
        )
        try await process.waitForOutput(timeout: .seconds(60)) { Self.port(in: $0.stdout) != nil }
        guard let port = Self.port(in: process.stdout) else { throw InteropError("JSSEServer.java named no port") }
        self.port = port
    }

    func stop() async { await process.stop() }

    /// "LISTENING 40123" → 40123.
    private static func port(in text: String) -> Int? {
        guard text.hasSuffix("\n") || text.contains("\n") else { return nil }
        return text.split(separator: "\n").first { $0.hasPrefix("LISTENING ") }.flatMap { Int($0.dropFirst(10)) }
    }
}
