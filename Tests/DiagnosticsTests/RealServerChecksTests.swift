import Certificates
import Foundation
import Probing
import SecureChannel
import TLSParameters
import Testing
import Transport

@testable import Diagnostics

/// Servers that are well are found to be well, by the intrusive checks too, and go on serving.
@Suite(.serialized) struct RealServerChecksTests {
    /// A server's program, and how it is started with a key, a certificate and a port.
    struct Program: Sendable, CustomTestStringConvertible {
        var name: String
        var command: [String]
        var testDescription: String { name }
    }

    static let programs = [
        Program(
            name: "OpenSSL",
            command: [
                "openssl", "s_server", "-accept", "127.0.0.1:PORT", "-key", "KEY", "-cert", "CERT", "-cipher", "ALL",
                "-www",
            ]
        ),
        Program(
            name: "OpenSSL, TLS 1.2",
            command: [
                "openssl", "s_server", "-accept", "127.0.0.1:PORT", "-key", "KEY", "-cert", "CERT", "-tls1_2", "-www",
            ]
        ),
        Program(
            name: "GnuTLS",
            command: [
                "gnutls-serv", "-q", "-p", "PORT", "--x509keyfile", "KEY", "--x509certfile", "CERT", "--http",
                "--priority", "NORMAL:+RSA",
            ]
        ),
        Program(
            name: "NSS",
            command: [
                "sh", "-c",
                "certutil -N -d sql:. --empty-password && openssl pkcs12 -export -in CERT -inkey KEY -name rsa -out s.p12 "
                    + "-passout pass:changeit && pk12util -i s.p12 -d sql:. -W changeit -K '' && "
                    + "exec selfserv -u -d sql:. -n rsa -V tls1.0:tls1.3 -H 1 -c :002F:009C:C013:C02F:1301 -p PORT",
            ]
        ),
        Program(
            name: "JSSE",
            command: [
                "sh", "-c",
                "openssl pkcs12 -export -in CERT -inkey KEY -name rsa -out s.p12 -passout pass:changeit && "
                    + "exec java Serving.java PORT",
            ]
        ),
        Program(
            name: "Node.js",
            command: [
                "node", "-e",
                "const fs=require('fs');require('https').createServer({key:fs.readFileSync('KEY'),cert:fs.readFileSync('CERT'),"
                    + "ciphers:'DEFAULT'},(q,s)=>s.end('hello')).listen(PORT,'127.0.0.1')",
            ]
        ),
    ]

    private static let java = """
        import javax.net.ssl.*; import java.io.*; import java.net.*; import java.security.*;
        public class Serving { public static void main(String[] a) throws Exception {
          KeyStore k = KeyStore.getInstance("PKCS12");
          k.load(new FileInputStream("s.p12"), "changeit".toCharArray());
          KeyManagerFactory f = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
          f.init(k, "changeit".toCharArray());
          SSLContext c = SSLContext.getInstance("TLS");
          c.init(f.getKeyManagers(), null, null);
          ServerSocket s = c.getServerSocketFactory().createServerSocket(
              Integer.parseInt(a[0]), 50, InetAddress.getByName("127.0.0.1"));
          while (true) { Socket t = s.accept(); new Thread(() -> {
            try (t) { t.setSoTimeout(20000); while (t.getInputStream().read() >= 0); } catch (IOException e) {}
          }).start(); } } }
        """

    private final class Running {
        let process = Process()
        init(_ program: Program, port: Int, key: String, certificate: String, directory: String) throws {
            process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
            process.arguments = program.command.map {
                $0.replacing("PORT", with: "\(port)").replacing("KEY", with: key).replacing("CERT", with: certificate)
            }
            process.currentDirectoryURL = URL(fileURLWithPath: directory)
            process.standardInput = FileHandle.nullDevice
            process.standardOutput = FileHandle.nullDevice
            process.standardError = FileHandle.nullDevice
            try process.run()
        }
        deinit { kill(process.processIdentifier, SIGKILL) }
    }

    @Test(arguments: programs) func aHealthyServerIsFoundToBeHealthy(_ program: Program) async throws {
        let world = try World(Identity.selfSigned(names: [World.name], kind: .rsa))
        let port = try await LoopbackPeer.deadPort()
        let key = try world.files.write(try world.identity.key.secretPEM())
        _ = try world.files.write(Self.java, to: "Serving.java")
        let running = try Running(program, port: port, key: key, certificate: world.trust, directory: world.files.path)
        let request = try world.request(port: port, timeout: .seconds(60))
        // A survey that began before the server listened would know half of it.
        var isListening = false
        for _ in 0..<300 where !isListening {
            try #require(
                running.process.isRunning,
                "\(program.name) does not run: scripts/install-test-needs installs it"
            )
            try await Task.sleep(for: .milliseconds(100))
            guard let dial = try? await request.reach.dial(deadline: .after(.seconds(5))).report else { continue }
            await dial.stream.close()
            isListening = true
        }
        let result = try #require(try await survey(request).result)
        let opening = try Opening(request, recordsBytes: false) { $0.connectsToLegacyServers = true }
        let run = await CheckRunner(
            opening: opening,
            survey: result,
            probe: ProbeSettings(),
            choice: CheckRunner.Choice(intrusive: true),
            hasAnotherSite: nil,
            addresses: [],
            connect: { deadline throws(TransportError) in
                let report = try await request.reach.dial(deadline: deadline).report
                return ProbeConnection(report.stream, connect: .zero)
            }
        ).run(deadline: .after(.seconds(90)))
        let outcomes = CheckLedger(survey: result).outcomes(findings: run.findings, run: run)
        for id in ["attack.heartbleed", "attack.ccs-injection", "attack.ticketbleed", "key-exchange.ecdh-reuse"] {
            let outcome = try #require(outcomes.first { $0.id == id })
            #expect(outcome.verdict == .absent, "\(program.name): \(outcome)")
        }
        let robot = try #require(outcomes.first { $0.id == "attack.robot" })
        #expect(robot.verdict == .absent, "\(program.name): \(robot)")
        let renegotiation = try #require(outcomes.first { $0.id == "renegotiation.unprotected" })
        #expect(renegotiation.verdict == .absent, "\(program.name): \(renegotiation)")
        // It is still there, and well.
        #expect(running.process.isRunning)
        #expect(try await self.survey(request).result != nil)
    }

    private func survey(_ request: ChannelRequest) async throws -> Report<CiphersResult> {
        try await CiphersOperation(
            target: request.target,
            endpoint: request.endpoint,
            limits: Limits(timeout: .seconds(60), connectTimeout: .seconds(10)),
            probe: ProbeSettings(),
            filter: .everything
        ).run()
    }
}
