import Foundation
import Testing

extension Interop {
    /// Clients of every other TLS implementation at hand get a page of themselves.
    @Suite("serve: everybody's clients", .tags(.binary))
    struct ServeClientsTests {
        /// A client, and how it asks for the page.
        enum Client: String, CaseIterable, Sendable, CustomTestStringConvertible {
            case python = "Python's ssl"
            case node = "Node.js, HTTP/1.1"
            case nodeHTTP2 = "Node.js, HTTP/2"
            case java = "JSSE, HTTP/1.1"
            case javaHTTP2 = "JSSE, HTTP/2"
            case nss = "NSS's tstclnt"

            var testDescription: String { rawValue }

            /// What it asks for by ALPN and gets.
            var applicationProtocol: String {
                switch self {
                case .nodeHTTP2, .javaHTTP2: "h2"
                case .python, .node: "http/1.1"
                case .java, .nss: "none"
                }
            }

            /// Fetches `/` as text; the standard output holds it.
            func get(port: Int, authority: String) async throws -> Finished {
                let url = "https://localhost:\(port)/"
                switch self {
                case .python:
                    let script = """
                        import socket, ssl, sys
                        context = ssl.create_default_context(cafile=sys.argv[2])
                        context.set_alpn_protocols(["http/1.1"])
                        tcp = socket.create_connection(("127.0.0.1", int(sys.argv[1])), 20)
                        with context.wrap_socket(tcp, server_hostname="localhost") as tls:
                            tls.sendall(b"GET / HTTP/1.0\\r\\n\\r\\n")
                            while data := tls.recv(65536): sys.stdout.write(data.decode())
                        """
                    return try await Finished.running(ProjectPaths.python(), ["-c", script, "\(port)", authority])
                case .node:
                    let script = """
                        const [url, ca] = process.argv.slice(1)
                        const options = { ca: require('fs').readFileSync(ca), ALPNProtocols: ['http/1.1'] }
                        require('https').get(url, options, (answer) => answer.pipe(process.stdout))
                        """
                    return try await Finished.running(NodeServer.path(), ["-e", script, url, authority])
                case .nodeHTTP2:
                    let script = """
                        const [url, ca] = process.argv.slice(1)
                        const session = require('http2').connect(url, { ca: require('fs').readFileSync(ca) })
                        const stream = session.request({ ':path': '/' })
                        stream.on('end', () => session.close())
                        stream.pipe(process.stdout)
                        """
                    return try await Finished.running(NodeServer.path(), ["-e", script, url, authority])
                case .java, .javaHTTP2:
                    return try await java(url, authority)
                case .nss:
                    return try await Tool.tstclnt.run(
                        ["-h", "localhost", "-p", "\(port)", "-D", "-o", "-f", "-4"],
                        input: .bytes(Array("GET / HTTP/1.0\r\n\r\n".utf8))
                    )
                }
            }

            private func java(_ url: String, _ authority: String) async throws -> Finished {
                let directory = try TemporaryDirectory()
                let store = directory.file("trust.p12")
                try await Tool.keytool.run([
                    "-importcert", "-noprompt", "-file", authority, "-alias", "ca", "-keystore", store,
                    "-storetype", "PKCS12", "-storepass", "changeit",
                ]).succeeded()
                let source = try directory.write(
                    """
                    import java.net.URI;
                    import java.net.http.*;

                    class Get {
                        public static void main(String[] words) throws Exception {
                            var client = HttpClient.newBuilder().version(HttpClient.Version.valueOf(words[1])).build();
                            var request = HttpRequest.newBuilder(URI.create(words[0])).build();
                            System.out.println(client.send(request, HttpResponse.BodyHandlers.ofString()).body());
                        }
                    }
                    """,
                    to: "Get.java"
                )
                return try await Tool.java.run([
                    "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Djavax.net.ssl.trustStore=\(store)",
                    "-Djavax.net.ssl.trustStorePassword=changeit", source, url,
                    self == .javaHTTP2 ? "HTTP_2" : "HTTP_1_1",
                ])
            }
        }

        @Test("it trusts the authority, and sees its own offer", arguments: Client.allCases)
        func page(client: Client) async throws {
            let directory = try TemporaryDirectory()
            let authority = directory.file("ca.pem")
            try await withPeer(try await SechanServer(["--ca-out", authority])) { server in
                let run = try await client.get(port: server.port, authority: authority)
                #expect(run.stdout.contains("TLS 1.3"), "\(run.transcript)\(server.log)")
                #expect(run.stdout.contains("JA4"), "\(run.transcript)")
                let rows = run.stdout.split(separator: "\n").filter { $0.contains(" ALPN ") }
                #expect(rows.first?.hasSuffix(" \(client.applicationProtocol)") == true, "\(run.transcript)")
            }
        }
    }
}
