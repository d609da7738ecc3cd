import Foundation

/// A client that does more than connect: it resumes, sends early data, renews, shows its certificate late, or ends as told.
enum LifecycleClient: String, CaseIterable, Sendable {
    case openssl = "s_client"
    case gnutls = "gnutls-cli"
    case nss = "tstclnt"
    case jsse = "JSSE"
    case node = "Node.js"
    case python = "Python's ssl"
    case curl

    static let page = "GET / HTTP/1.0\r\n\r\n"

    /// GnuTLS's priorities for one version in sechan's spelling.
    static func gnutlsPriority(_ version: String) -> String {
        "NORMAL:-VERS-ALL:+VERS-\(version.uppercased()):%VERIFY_ALLOW_SIGN_WITH_SHA1"
    }

    /// "-tls1_2" for "tls1.2".
    static func opensslVersion(_ version: String) -> String {
        version == "tls1.0" ? "-tls1" : "-" + version.replacing(".", with: "_")
    }

    /// A script of ours in Python, with a way to go.
    static func python(_ port: Int, _ authority: String, _ version: String, _ words: [String]) async throws -> Finished
    {
        let name = "TLSv" + version.dropFirst(3).replacing(".", with: "_")
        return try await Finished.running(
            ProjectPaths.python(),
            [ScriptServer.path("lifecycle_client.py"), "\(port)", authority, name] + words
        )
    }

    /// A script of ours for Node.js, with a way to go.
    static func node(_ port: Int, _ authority: String, _ version: String, _ way: String) async throws -> Finished {
        try await Finished.running(
            NodeServer.path(),
            [ScriptServer.path("lifecycle_client.js"), "\(port)", authority, "TLSv" + version.dropFirst(3), way]
        )
    }

    /// A program of ours for JSSE, with a way to go.
    static func java(_ port: Int, _ authority: String, _ version: String, _ way: String) async throws -> Finished {
        let directory = try TemporaryDirectory()
        let store = directory.file("trust.p12")
        try await Tool.keytool.run([
            "-importcert", "-noprompt", "-file", authority, "-alias", "ca", "-keystore", store,
            "-storetype", "PKCS12", "-storepass", "changeit",
        ]).succeeded()
        return try await Tool.java.run([
            "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Djavax.net.ssl.trustStore=\(store)",
            "-Djavax.net.ssl.trustStorePassword=changeit", ScriptServer.path("LifecycleClient.java"), "\(port)",
            "TLSv" + version.dropFirst(3), way,
        ])
    }

    /// NSS's client with a database that has the authority, and perhaps somebody to be.
    static func nss(
        _ port: Int,
        _ authority: String,
        _ version: String,
        identity: TestPKI.Entity? = nil,
        _ options: [String]
    ) async throws -> Finished {
        let database = try await NSSDatabase()
        try await database.trust(authority, as: "ca")
        if let identity { try await database.add(identity, as: "client") }
        let directory = try TemporaryDirectory()
        let request = try directory.write(page, to: "request")
        return try await Tool.tstclnt.run(
            ["-h", "localhost", "-4", "-p", "\(port)", "-d", database.name, "-V", "\(version):\(version)"]
                + ["-A", request] + (identity == nil ? [] : ["-n", "client"]) + options
        )
    }
}
