import Foundation
import Probing
import TLSParameters
import TLSWire
import Testing
import Transport

/// `openssl s_server`, one connection at a time. Without a certificate all that it can do is PSK and anonymous suites.
final class OpenSSLServer {
    static let path = ["/usr/bin/openssl", "/usr/local/bin/openssl"].first(
        where: FileManager.default.isExecutableFile(atPath:)
    )

    let process = Process()
    private let input = Pipe()
    let port: UInt16

    init(_ arguments: [String], certificate: [String] = ["-nocert"]) throws {
        process.executableURL = URL(
            fileURLWithPath: try #require(Self.path, "no openssl command: install the package openssl")
        )
        process.arguments = ["s_server", "-accept", "127.0.0.1:0"] + certificate + arguments
        let output = Pipe()
        // s_server leaves when its standard input ends.
        process.standardInput = input
        process.standardOutput = output
        process.standardError = FileHandle.nullDevice
        try process.run()
        var text = ""
        var found: UInt16?
        while found == nil {
            let data = output.fileHandleForReading.availableData
            guard !data.isEmpty else { break }
            text += String(decoding: data, as: UTF8.self)
            // "ACCEPT 127.0.0.1:40123"
            guard let line = text.split(separator: "\n").first(where: { $0.hasPrefix("ACCEPT ") }),
                text.hasSuffix("\n"), let colon = line.lastIndex(of: ":")
            else { continue }
            found = UInt16(line[line.index(after: colon)...])
        }
        port = try #require(found)
        // Nobody reads on: a full pipe would stop the server.
        output.fileHandleForReading.readabilityHandler = { _ = $0.availableData }
    }

    deinit {
        // SIGTERM may be blocked in what inherits our threads' signal masks.
        kill(process.processIdentifier, SIGKILL)
    }

    var dial: ProbeRunner.Dial {
        let endpoint = SocketEndpoint.ip(host: "127.0.0.1", port: port)
        return { (deadline: Deadline) async throws(TransportError) -> any ByteStream in
            try await Dialer.dial([endpoint], connectTimeout: .seconds(5), deadline: deadline).stream
        }
    }
}

@Suite(.serialized) struct OpenSSLServerTests {
    static let arguments = ["-psk", "0102030405060708", "-cipher", "ALL:eNULL:aNULL:@SECLEVEL=0"]

    @Test func pskAndAnonymousSuitesOneByOneAndAllAtOnce() async throws {
        let server = try OpenSSLServer(Self.arguments)
        let (outcome, spending) = await ProbeRunner(dial: server.dial).run(SurveyPlanner())
        #expect(outcome.reachability == .tls)
        #expect(outcome.isComplete, "\(outcome.versions.map(\.notes))")
        let found = Dictionary(uniqueKeysWithValues: outcome.versions.map { ($0.version, $0.suites.map(\.suite)) })
        #expect(found[.tls12]?.contains(.TLS_PSK_WITH_AES_128_CBC_SHA) == true)
        #expect(spending.connections <= found.values.reduce(0) { $0 + $1.count } + 50)

        // One suite a connection, without any of the planner's cleverness.
        for version in [ProtocolVersion.tls10, .tls12] {
            var accepted: Set<CipherSuite> = []
            for facts in CipherSuite.registry where facts.mayAppear(in: version) {
                if await accepts(facts.suite, version, server.dial) { accepted.insert(facts.suite) }
            }
            #expect(Set(found[version] ?? []) == accepted, "\(version)")
        }
    }

    private func accepts(_ suite: CipherSuite, _ version: ProtocolVersion, _ dial: ProbeRunner.Dial) async -> Bool {
        guard let stream = try? await dial(.after(.seconds(5))) else { return false }
        let template = ClientHelloTemplate(versions: [version], cipherSuites: [suite])
        try? await stream.write(template.record(random: SimulatedServer.random), deadline: .after(.seconds(5)))
        var reader = FlightReader(goal: .serverHello)
        var answer: Observation?
        while answer == nil {
            switch await stream.read(deadline: .after(.seconds(5))) {
            case .bytes(let bytes): answer = reader.append(bytes)
            case let ending: answer = reader.end(ending)
            }
        }
        await stream.abort()
        return answer?.chosen?.cipherSuite == suite && answer?.chosen?.selectedVersion == version
    }
}
