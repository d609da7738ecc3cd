import Foundation
import Testing

extension Interop {
    /// Sessions of `sechan connect` with everybody's TLS, at every version that they still have.
    @Suite("connect, peers", .tags(.binary))
    struct ConnectPeersTests {
        private static let size = 1 << 20

        @Test("A megabyte goes there and comes back, and the session ends clean", arguments: EchoPeer.all)
        func echoes(peer kind: EchoPeer) async throws {
            let pki = try await TestPKI.shared()
            let directory = try TemporaryDirectory()
            let bytes = EchoPeer.data(Self.size)
            let request = kind.request(for: bytes)
            let file = try directory.write(request, to: "request")
            let report = directory.file("report.json")
            try await withPeer(AnyPeer(try await kind.start(request.count))) { peer in
                let process = try Sechan.start(
                    ["connect", "--ca", pki.authority.certificate, "--send", file, "--answer-timeout", "30s"]
                        + kind.options + ["--format", "json", "-o", report, peer.namedTarget]
                )
                let run = Finished(process, try await process.wait(timeout: .seconds(60)))
                #expect(run.status == 0, "\(run.stderr)\(peer.log)")
                #expect(process.stdoutBytes == kind.answer(to: bytes))
                let json = try JSONValue(parsing: directory.text("report.json"))
                let relay = json["result"]["relay"]
                #expect(relay["ending"].string == "close-notify", "\(run.stderr)")
                #expect(relay["bytesSent"].int == request.count)
                #expect(relay["bytesUnsent"].int == 0)
                #expect(json["result"]["attributes"]["protocol"]["version"].string == kind.version)
                #expect(json["result"]["attributes"]["close"]["closeNotifySent"] == .bool(true))
                let validation = try await SchemaValidator.validate(directory.text("report.json"))
                #expect(validation.status == 0, "\(validation.transcript)")
            }
        }

        /// Web servers, each at one version.
        enum WebServer: String, CaseIterable, Sendable {
            case nginx
            case apache
            case gnutls = "gnutls-serv"
            case nss = "selfserv"

            func start(_ version: String, page: [UInt8]) async throws -> any Peer {
                let pki = try await TestPKI.shared()
                let number = version.dropFirst("tls1.".count)
                let name = number == "0" ? "TLSv1" : "TLSv1.\(number)"
                switch self {
                case .nginx:
                    let directory = try TemporaryDirectory()
                    directory.removeAtExit()
                    try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: directory.path)
                    try directory.write(page, to: "page")
                    return try await NginxServer(
                        identities: [pki.rsa],
                        protocols: name,
                        ciphers: "DEFAULT@SECLEVEL=0",
                        directives: ["location = /page { root \(directory.path); }"]
                    )
                case .apache:
                    return try await ApacheServer(
                        identity: pki.rsa,
                        protocols: "-all +\(name)",
                        files: ["page": page]
                    )
                case .gnutls:
                    return try await GnuTLSServer(
                        identities: [pki.rsa],
                        priority: "NORMAL:-VERS-ALL:+VERS-TLS1.\(number):%VERIFY_ALLOW_SIGN_WITH_SHA1"
                    )
                case .nss:
                    return try await NSSServer(rsa: pki.rsa, ecdsa: pki.ecdsa, versions: "\(version):\(version)")
                }
            }

            /// Whether it serves files that tests put there.
            var servesFiles: Bool { self == .nginx || self == .apache }
        }

        @Test(
            "A page is asked for and comes in full",
            arguments: WebServer.allCases,
            ["tls1.0", "tls1.1", "tls1.2", "tls1.3"]
        )
        func gets(kind: WebServer, version: String) async throws {
            let pki = try await TestPKI.shared()
            let page = EchoPeer.data(Self.size)
            let options = version < "tls1.2" ? ["--legacy", "--protocol", version] : []
            try await withPeer(AnyPeer(try await kind.start(version, page: page))) { peer in
                let process = try Sechan.start(
                    ["connect", "-q", "--ca", pki.authority.certificate, "--get", kind.servesFiles ? "/page" : "/"]
                        + options + [peer.namedTarget]
                )
                let run = Finished(process, try await process.wait(timeout: .seconds(60)))
                #expect(run.status == 0, "\(run.stderr)\(peer.log)")
                let answer = process.stdoutBytes
                #expect(answer.starts(with: "HTTP/1.".utf8), "\(run.stderr)")
                if kind.servesFiles { #expect(answer.suffix(page.count).elementsEqual(page)) }
                let report = try await Sechan.report(
                    "connect",
                    ["--ca", pki.authority.certificate, "--get", "/"] + options + [peer.namedTarget]
                )
                #expect(report.exit == 0, report.transcript)
                #expect(report.result["attributes"]["protocol"]["version"].string == version, report.transcript)
                #expect(report.result["relay"]["answer"]["complete"] == .bool(true), report.transcript)
                try await report.expectValid()
            }
        }

        @Test("An answer that is cut short is told from one that is whole", .tags(.odd))
        func cutShort() async throws {
            let pki = try await TestPKI.shared()
            // s_server -HTTP ends a file with the session, and says so; a length that was promised is another matter.
            let server = try await OpenSSLServer(identities: [pki.rsa], service: .print, options: ["-tls1_3"])
            try await withPeer(server) { peer in
                async let run = Sechan.run([
                    "connect", "-q", "--ca", pki.authority.certificate, "--get", "/", "--answer-timeout", "2s",
                    peer.namedTarget,
                ])
                // It prints the request, and says what it is told to.
                for _ in 0..<500 where !peer.log.contains("Connection: close") {
                    try await Task.sleep(for: .milliseconds(10))
                }
                try peer.type("HTTP/1.0 200 OK\nContent-Length: 100\n\nhalf of it")
                let ended = try await run
                #expect(ended.status == 6, "\(ended.transcript)")
                #expect(ended.stderr.contains("of 100 bytes of its body"), "\(ended.transcript)")
            }
        }
    }
}
