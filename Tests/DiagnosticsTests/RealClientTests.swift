import Certificates
import Foundation
import SecureChannel
import TLSParameters
import Testing
import Transport

@testable import Diagnostics

/// What is predicted of a client is what the client itself negotiates, with servers of several kinds.
@Suite(.serialized) struct RealClientTests {
    /// A client that runs here: its row in the table, and how it is started.
    struct Client: Sendable, CustomTestStringConvertible {
        var profile: String
        var command: [String]
        /// Whether its hello has to be the table's; a browser's changes every month.
        var isFixed = true
        var testDescription: String { profile }
    }

    static let clients = [
        Client(
            profile: "OpenSSL 3.0",
            command: ["openssl", "s_client", "-connect", "127.0.0.1:PORT", "-servername", "localhost"]
        ),
        Client(profile: "curl 7.88 with OpenSSL 3.0", command: ["curl", "-skm", "10", "https://localhost:PORT/"]),
        Client(profile: "GnuTLS 3.7.9", command: ["gnutls-cli", "--insecure", "-p", "PORT", "localhost"]),
        Client(profile: "NSS 3.87", command: ["tstclnt", "-h", "127.0.0.1", "-p", "PORT", "-D", "-o"]),
        Client(
            profile: "Python 3.11 with OpenSSL 3.0",
            command: [
                "/usr/bin/python3", "-c",
                // The list that Python itself is built with; Debian leaves the choice to OpenSSL.
                "import ssl,socket;c=ssl.create_default_context();c.check_hostname=False;c.verify_mode=0;"
                    + "c.set_ciphers('@SECLEVEL=2:ECDH+AESGCM:ECDH+CHACHA20:ECDH+AES:DHE+AES:!aNULL:!eNULL:!aDSS:!SHA1:!AESCCM');"
                    + "c.wrap_socket(socket.create_connection(('127.0.0.1',PORT),10),server_hostname='localhost')",
            ]
        ),
        Client(
            profile: "Node.js 20",
            command: [
                "node", "-e",
                "require('tls').connect({host:'127.0.0.1',port:PORT,servername:'localhost',rejectUnauthorized:false},"
                    + "function(){this.end()}).on('error',()=>process.exit(1)).on('close',()=>process.exit(0))",
            ]
        ),
        Client(profile: "Java 17.0.15", command: ["java", "Trusting.java", "PORT"]),
        Client(
            profile: "Chromium 156",
            command: [
                "chromium-headless-shell", "--no-sandbox", "--disable-gpu", "--ignore-certificate-errors", "--dump-dom",
                "--timeout=5000", "https://localhost:PORT/",
            ],
            isFixed: false
        ),
    ]

    private static let java = """
        import javax.net.ssl.*; import java.security.cert.X509Certificate;
        public class Trusting { public static void main(String[] a) throws Exception {
          SSLContext c = SSLContext.getInstance("TLS");
          c.init(null, new TrustManager[]{ new X509ExtendedTrustManager() {
            public void checkClientTrusted(X509Certificate[] x, String s) {}
            public void checkServerTrusted(X509Certificate[] x, String s) {}
            public void checkClientTrusted(X509Certificate[] x, String s, java.net.Socket t) {}
            public void checkServerTrusted(X509Certificate[] x, String s, java.net.Socket t) {}
            public void checkClientTrusted(X509Certificate[] x, String s, SSLEngine e) {}
            public void checkServerTrusted(X509Certificate[] x, String s, SSLEngine e) {}
            public X509Certificate[] getAcceptedIssuers() { return new X509Certificate[0]; } } }, null);
          SSLSocket s = (SSLSocket) c.getSocketFactory().createSocket("127.0.0.1", Integer.parseInt(a[0]));
          s.startHandshake(); s.close(); } }
        """

    /// Servers, each by what is otherwise than usual.
    private static let servers: [(String, KeyKind, @Sendable (inout Credential) -> Void)] = [
        ("usual", .ecdsa, { _ in }),
        (
            "TLS 1.2, own order", .rsa,
            {
                $0.protocols = [.tls12]
                $0.cipherList =
                    "ECDHE-RSA-AES256-SHA384:ECDHE-RSA-AES256-GCM-SHA384:ECDHE-RSA-AES128-GCM-SHA256:AES128-SHA"
                $0.prefersOwnOrder = true
            }
        ),
        (
            "TLS 1.2, the client's order", .rsa,
            {
                $0.protocols = [.tls12]
                $0.cipherList =
                    "ECDHE-RSA-AES256-SHA384:ECDHE-RSA-AES256-GCM-SHA384:ECDHE-RSA-AES128-GCM-SHA256:AES128-SHA"
            }
        ),
        (
            "TLS 1.3, secp384r1 alone", .ecdsa,
            {
                $0.protocols = [.tls13]
                $0.groups = [.secp384r1]
            }
        ),
        (
            "TLS 1.2, no forward secrecy", .rsa,
            {
                $0.protocols = [.tls12]
                $0.cipherList = "AES256-SHA256:AES128-GCM-SHA256"
            }
        ),
        (
            "TLS 1.2, CAMELLIA alone", .rsa,
            {
                $0.protocols = [.tls12]
                $0.cipherList = "CAMELLIA128-SHA256:@SECLEVEL=0"
            }
        ),
    ]

    @Test(arguments: clients) func negotiatesWhatIsPredicted(_ client: Client) async throws {
        let profile = try #require(ClientProfile.all.first { $0.name == client.profile })
        for (name, kind, change) in Self.servers {
            let world = try World(Identity.selfSigned(names: [World.name, "localhost"], kind: kind))
            _ = try world.files.write(Self.java, to: "Trusting.java")
            var credential = world.server()
            change(&credential)
            let acquired = try credential.acquire()
            let seen = Noted<ConnectionAttributes>()
            let offered = Noted<OfferAttributes>()
            let script: LoopbackPeer.Script = { stream, _ in
                guard let context = try? acquired.makeContext(ContextOptions()) else { return }
                let session = Session(stream: stream, context: context)
                let outcome = await session.handshake(deadline: Scripts.patience)
                if let offer = context.attributes.offered { offered.note(offer) }
                guard case .established = outcome else {
                    await stream.closeOutput()
                    return await Scripts.drain(stream)
                }
                seen.note(context.attributes)
                _ = await session.sendCloseNotify(deadline: Scripts.patience)
                await stream.closeOutput()
                await Scripts.drain(stream)
            }
            try await LoopbackPeer.run(script) { peer in
                let survey = try await self.survey(world, peer)
                let fate = ClientSimulation(survey: survey).fate(profile)
                try await Self.run(client.command, port: peer.port, in: world.files.path)
                let found = seen.value
                let context = "\(client.profile), \(name): \(fate)"
                #expect((fate.verdict == .connects) == (found != nil), "\(context)")
                #expect(fate.verdict != .undetermined, "\(context)")
                guard let found, fate.verdict == .connects else { return }
                #expect(fate.version == found.version?.id, "\(context)")
                if let suite = fate.suite { #expect(suite == found.suite?.name, "\(context)") }
                if let group = fate.group { #expect(group == found.keyExchange?.group?.name, "\(context)") }
                #expect(fate.suite != nil, "\(context)")
                guard client.isFixed, let offer = offered.value else { return }
                let suites = offer.suites.filter { !$0.isGREASE && $0.number != 0xFF }.map(\.number)
                #expect(suites == profile.suites.map(\.rawValue), "\(client.profile)")
            }
        }
    }

    private func survey(_ world: World, _ peer: LoopbackPeer) async throws -> CiphersResult {
        let request = try world.request(peer)
        var survey = SurveyRequest()
        try survey.find("groups")
        let operation = try CiphersOperation(
            target: request.target,
            endpoint: request.endpoint,
            limits: Limits(timeout: .seconds(60), connectTimeout: .seconds(10)),
            probe: ProbeSettings(probeTimeout: .seconds(10)),
            filter: .everything,
            survey: survey
        )
        return try #require(await operation.run().result)
    }

    /// Runs a client to its end, or for half a minute.
    private static func run(_ command: [String], port: Int, in directory: String) async throws {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = command.map { $0.replacing("PORT", with: "\(port)") }
        process.currentDirectoryURL = URL(fileURLWithPath: directory)
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = FileHandle.nullDevice
        process.standardError = FileHandle.nullDevice
        try process.run()
        for _ in 0..<600 where process.isRunning { try await Task.sleep(for: .milliseconds(50)) }
        if process.isRunning { kill(process.processIdentifier, SIGKILL) }
        process.waitUntilExit()
        // 127 is env's word for a command that isn't there.
        try #require(
            process.terminationStatus != 127,
            "\(command[0]) is missing: scripts/install-test-needs installs it"
        )
    }
}
