import Foundation
import Probing
import TLSParameters
import TLSWire
import Testing

/// Holds JARM against the PyPI package pyjarm (`Tests/InteropTests/Oracles/jarm_reference.py`): its hellos, and what both
/// make of the same servers.
@Suite("JARM beside pyjarm", .serialized) struct JARMOracleTests {
    static let root = String(#filePath.dropLast("/Tests/ProbingTests/JARMOracleTests.swift".count))

    /// What the reference prints.
    static func reference(_ arguments: [String]) throws -> String {
        let python =
            ProcessInfo.processInfo.environment["SECHAN_TEST_PYTHON"] ?? "\(root)/.build-tests/venv/bin/python"
        try #require(
            FileManager.default.isExecutableFile(atPath: python),
            "\(python) was not found: run scripts/install-test-needs"
        )
        let process = Process()
        process.executableURL = URL(fileURLWithPath: python)
        process.arguments = ["\(root)/Tests/InteropTests/Oracles/jarm_reference.py"] + arguments
        let output = Pipe()
        process.standardOutput = output
        process.standardInput = FileHandle.nullDevice
        try process.run()
        let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        process.waitUntilExit()
        try #require(process.terminationStatus == 0)
        return text.trimmingCharacters(in: .whitespacesAndNewlines)
    }

    // MARK: The hellos

    @Test("the ten hellos are the reference's, but for what it draws by chance")
    func hellos() throws {
        let data = Data(try Self.reference(["hellos", "a.example"]).utf8)
        let theirs = try JSONDecoder().decode([String].self, from: data).map(Self.bytes)
        let ours = JARM.probes(serverName: "a.example").map(\.bytes)
        #expect(theirs.count == ours.count)
        for (their, our) in zip(theirs, ours) {
            #expect(try Self.settled(their) == Self.settled(our))
            #expect(their.prefix(5) == our.prefix(5))
        }
    }

    private static func bytes(_ hex: String) -> [UInt8] {
        let digits = hex.compactMap(\.hexDigitValue)
        return stride(from: 0, to: digits.count - 1, by: 2).map { UInt8(digits[$0] << 4 | digits[$0 + 1]) }
    }

    /// The hello with fixed values where chance has a say.
    private static func settled(_ record: [UInt8]) throws -> ClientHello {
        var hello = try ClientHello(HandshakeMessage(bytes: Array(record.dropFirst(5))))
        #expect(hello.random.count == 32 && hello.sessionID.count == 32)
        hello.random = []
        hello.sessionID = []
        hello.cipherSuites = hello.cipherSuites.map { $0.isGREASE ? CipherSuite(rawValue: 0x0A0A) : $0 }
        hello.extensions = try hello.extensions.map { list in try list.map(settled) }
        return hello
    }

    private static func settled(_ element: Extension) throws -> Extension {
        switch element.type {
        case .key_share:
            let entries = try element.decode(ClientKeyShares.self).entries.map { entry in
                KeyShareEntry(
                    group: entry.group.isGREASE ? NamedGroup(rawValue: 0x0A0A) : entry.group,
                    keyExchange: [UInt8](repeating: 0, count: entry.keyExchange.count)
                )
            }
            return Extension(ClientKeyShares(entries: entries))
        case .supported_versions:
            let versions = try element.decode(SupportedVersions.self).versions
            return Extension(
                SupportedVersions(versions: versions.map { $0.isGREASE ? ProtocolVersion(rawValue: 0x0A0A) : $0 })
            )
        case let type where type.isGREASE:
            return Extension(type: ExtensionType(rawValue: 0x0A0A), data: element.data)
        default: return element
        }
    }

    // MARK: The fingerprint

    /// A throwaway identity for the server.
    private static func certificate(_ kind: [String]) throws -> (directory: URL, arguments: [String]) {
        let directory = FileManager.default.temporaryDirectory.appendingPathComponent(
            "sechan-jarm-\(UUID().uuidString)"
        )
        try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
        let key = directory.appendingPathComponent("key.pem").path
        let file = directory.appendingPathComponent("certificate.pem").path
        let process = Process()
        process.executableURL = URL(
            fileURLWithPath: try #require(OpenSSLServer.path, "no openssl command: install the package openssl")
        )
        process.arguments =
            ["req", "-x509", "-nodes", "-subj", "/CN=a.example", "-days", "9", "-keyout", key, "-out", file] + kind
        process.standardError = FileHandle.nullDevice
        try process.run()
        process.waitUntilExit()
        try #require(process.terminationStatus == 0)
        return (directory, ["-key", key, "-cert", file])
    }

    static let rsa = ["-newkey", "rsa:2048"]
    static let ecdsa = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256"]

    /// Kinds of key and options of `s_server`: every version, one version, ALPN, few suites, a forced HelloRetryRequest,
    /// SNI acknowledged, the server's own preference.
    static let servers: [(key: [String], options: [String])] = [
        (rsa, []),
        (ecdsa, []),
        (rsa, ["-cipher", "ALL:@SECLEVEL=0", "-serverpref", "-alpn", "h2,http/1.1"]),
        (rsa, ["-tls1_2", "-alpn", "http/1.1"]),
        (rsa, ["-tls1_3", "-ciphersuites", "TLS_CHACHA20_POLY1305_SHA256", "-alpn", "hq"]),
        (rsa, ["-tls1_1", "-cipher", "AES256-SHA:@SECLEVEL=0"]),
        (rsa, ["-tls1_2", "-cipher", "AES128-SHA"]),
        (ecdsa, ["-groups", "P-384:P-521"]),
        (rsa, ["-no_tls1_3", "-no_ticket", "-servername", "a.example", "-cert2", "CERT", "-key2", "KEY"]),
        (rsa, ["-tls1", "-cipher", "AES128-SHA"]),
    ]

    @Test("the same fingerprint of the same server", arguments: servers)
    func fingerprint(_ kind: [String], _ options: [String]) async throws {
        let identity = try Self.certificate(kind)
        defer { try? FileManager.default.removeItem(at: identity.directory) }
        let options = options.map { $0 == "CERT" ? identity.arguments[3] : $0 == "KEY" ? identity.arguments[1] : $0 }
        let server = try OpenSSLServer(options, certificate: identity.arguments)
        let theirs = try Self.reference(["scan", "a.example", String(server.port)])
        let configuration = SurveyConfiguration(serverName: "a.example", aspects: [.fingerprints])
        let (outcome, _) = await ProbeRunner(dial: server.dial).run(SurveyPlanner(configuration))
        #expect(theirs.utf8.count == 62)
        // A server that refuses everything, as the last one does, gets no fingerprint: the reference's zeros are nobody's.
        let expected = theirs == JARM.emptyFingerprint ? nil : theirs
        #expect(outcome.details.jarm == expected, "s_server \(options): \(outcome.details.jarmDoubt ?? "")")
    }
}
