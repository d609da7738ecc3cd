/// An authority whose certificates say where to ask whether they are revoked, and the server that is asked: `openssl ocsp`
/// behind plain HTTP, and a list. Serial number 17 is in order, 18 is revoked.
final class AskedAuthority: Sendable {
    let root: TestPKI.Entity
    private let directory: TemporaryDirectory
    private let server: ScriptServer

    init() async throws {
        let directory = try TemporaryDirectory()
        self.directory = directory
        root = TestPKI.Entity(certificate: directory.file("root.pem"), key: directory.file("root.key"))
        try await Self.openssl([
            "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-keyout", root.key,
            "-out",
            root.certificate, "-days", "30", "-subj", "/CN=asked root", "-addext",
            "keyUsage=critical,keyCertSign,cRLSign",
        ])
        let index = try directory.write(
            """
            V\t400101000000Z\t\t11\tunknown\t/CN=good
            R\t400101000000Z\t260101000000Z,keyCompromise\t12\tunknown\t/CN=revoked

            """,
            to: "index.txt"
        )
        let configuration = try directory.write(
            "[ca]\ndefault_ca=d\n[d]\ndatabase=\(index)\ndefault_md=sha256\ndefault_crl_days=7\nunique_subject=no\n",
            to: "ca.conf"
        )
        let list = directory.file("list.der")
        try await Self.openssl([
            "ca", "-config", configuration, "-gencrl", "-keyfile", root.key, "-cert", root.certificate, "-out",
            directory.file("list.pem"),
        ])
        try await Self.openssl(["crl", "-in", directory.file("list.pem"), "-outform", "DER", "-out", list])
        let command = [
            try Tool.openssl.path(), "ocsp", "-index", index, "-CA", root.certificate, "-rsigner", root.certificate,
            "-rkey",
            root.key, "-reqin", directory.file("request"), "-respout", directory.file("response"), "-noverify",
        ]
        server = try await ScriptServer(
            ProjectPaths.python(),
            [ScriptServer.path("revocation_server.py"), directory.path, command.joined(separator: " "), list]
        )
    }

    func stop() async { await server.stop() }

    /// What was asked for so far, such as `POST /ocsp`.
    var asked: [String] {
        server.log.split(separator: "\n").filter { $0.hasPrefix("ASKED ") }
            .map { $0.split(separator: " ")[1...2].joined(separator: " ") }
    }

    /// Issues a certificate that names these paths of the server as places to ask, or these URLs.
    func leaf(revoked: Bool = false, ocsp: String? = nil, list: String? = nil) async throws -> TestPKI.Entity {
        func url(_ place: String) -> String { place.contains(":") ? place : "http://127.0.0.1:\(server.port)\(place)" }
        let name = revoked ? "revoked" : "good"
        let stem = "\(name)-\((ocsp ?? "") + (list ?? ""))".replacing("/", with: "_").replacing(":", with: "_")
        let entity = TestPKI.Entity(certificate: directory.file("\(stem).pem"), key: directory.file("\(stem).key"))
        let request = directory.file("\(stem).csr")
        let extensions = try directory.write(
            "subjectAltName=DNS:localhost,IP:127.0.0.1\n"
                + (ocsp.map { "authorityInfoAccess=OCSP;URI:\(url($0))\n" } ?? "")
                + (list.map { "crlDistributionPoints=URI:\(url($0))\n" } ?? ""),
            to: "\(stem).ext"
        )
        try await Self.openssl([
            "req", "-new", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-keyout", entity.key,
            "-out",
            request, "-subj", "/CN=\(name)",
        ])
        try await Self.openssl([
            "x509", "-req", "-in", request, "-CA", root.certificate, "-CAkey", root.key, "-set_serial",
            revoked ? "18" : "17", "-days", "20", "-extfile", extensions, "-out", entity.certificate,
        ])
        return entity
    }

    private static func openssl(_ arguments: [String]) async throws {
        try await Tool.openssl.run(arguments).succeeded()
    }
}
