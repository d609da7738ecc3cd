import Foundation
import TLSParameters
import TLSWire
import Testing
import Transport

@testable import Probing

/// The inquiries against `openssl s_server`: what they find is what it was told.
@Suite(.serialized) struct DetailsOpenSSLTests {
    /// Self-signed certificates made for the occasion, one of each kind.
    final class Identities {
        let folder: URL

        init() throws {
            folder = FileManager.default.temporaryDirectory.appendingPathComponent(
                "sechan-details-\(UUID().uuidString)"
            )
            try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
            try make("rsa", ["-newkey", "rsa:2048"])
            try make("ec", ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256"])
        }

        deinit { try? FileManager.default.removeItem(at: folder) }

        private func make(_ name: String, _ key: [String]) throws {
            let path = try #require(OpenSSLServer.path, "no openssl command: install the package openssl")
            let process = Process()
            process.executableURL = URL(fileURLWithPath: path)
            process.arguments =
                ["req", "-x509", "-nodes", "-days", "2", "-subj", "/CN=localhost"] + key
                + ["-keyout", file(name, "key"), "-out", file(name, "pem")]
            process.standardError = FileHandle.nullDevice
            try process.run()
            process.waitUntilExit()
            try #require(process.terminationStatus == 0)
        }

        func file(_ name: String, _ kind: String) -> String { folder.appendingPathComponent("\(name).\(kind)").path }

        var rsa: [String] { ["-cert", file("rsa", "pem"), "-key", file("rsa", "key")] }
        var ec: [String] { ["-cert", file("ec", "pem"), "-key", file("ec", "key")] }
        var both: [String] { rsa + ["-dcert", file("ec", "pem"), "-dkey", file("ec", "key")] }
    }

    static let rsaSuites: [CipherSuite] = [0xC02F, 0xC030, 0xC013].map { CipherSuite(rawValue: $0) }
    static let ecSuites: [CipherSuite] = [0xC02B, 0xC02C].map { CipherSuite(rawValue: $0) }
    static let modern = DetailsGroupTests.modernSuites

    private func run(_ inquiries: [any Inquiry], _ server: OpenSSLServer) async -> InquiryPlanner {
        let (planner, _) = await ProbeRunner(dial: server.dial).run(InquiryPlanner(inquiries))
        #expect(planner.isFinished)
        return planner
    }

    @Test func groups() async throws {
        let identities = try Identities()
        let server = try OpenSSLServer(["-groups", "P-384:X448:ffdhe3072:P-256"], certificate: identities.both)
        let inquiries: [any Inquiry] = [
            GroupInquiry(suites: Self.modern),
            ClassicGroupInquiry(version: .tls12, suites: Self.rsaSuites + Self.ecSuites),
        ]
        let planner = await run(inquiries, server)
        let modern = try #require(planner.find(GroupInquiry.self)?.outcome)
        #expect(Set(DetailsGroupTests.found(modern)) == [.secp384r1, .x448, .ffdhe3072, .secp256r1])
        #expect(modern.isComplete, "\(modern.notes)")
        #expect(modern.groups.filter { $0.isPreferred == true }.count == 1)
        let classic = try #require(planner.find(ClassicGroupInquiry.self)?.outcomes)
        #expect(classic.map(\.family) == ["ECDHE RSA", "ECDHE ECDSA"])
        for outcome in classic {
            #expect(
                Set(DetailsGroupTests.found(outcome)) == [.secp384r1, .x448, .secp256r1],
                "\(outcome.family ?? "")"
            )
            #expect(outcome.order == .client, "\(outcome.family ?? "")")
        }
    }

    @Test func theServersOrderOfGroups() async throws {
        let identities = try Identities()
        let arguments = ["-serverpref", "-groups", "P-521:X25519:P-384:P-256"]
        let server = try OpenSSLServer(arguments, certificate: identities.rsa)
        let planner = await run([ClassicGroupInquiry(version: .tls12, suites: Self.rsaSuites)], server)
        let outcome = try #require(planner.find(ClassicGroupInquiry.self)?.outcomes.first)
        #expect(outcome.order == .server)
        #expect(DetailsGroupTests.found(outcome) == [.secp521r1, .x25519, .secp384r1, .secp256r1])
    }

    @Test func signatureSchemes() async throws {
        let identities = try Identities()
        let own = "ECDSA+SHA384:RSA+SHA256:rsa_pss_rsae_sha512:ECDSA+SHA256"
        let server = try OpenSSLServer(["-sigalgs", own], certificate: identities.both)
        let inquiries: [any Inquiry] = [
            SignatureInquiry(suites: Self.rsaSuites + Self.ecSuites), ModernSignatureInquiry(suites: Self.modern),
        ]
        let planner = await run(inquiries, server)
        let classic = try #require(planner.find(SignatureInquiry.self)?.outcome)
        let expected: Set<SignatureScheme> = [
            .ecdsa_secp384r1_sha384, .rsa_pkcs1_sha256, .rsa_pss_rsae_sha512, .ecdsa_secp256r1_sha256,
        ]
        #expect(Set(DetailsSignatureTests.found(classic)) == expected)
        #expect(classic.isComplete, "\(classic.notes)")
        let modern = try #require(planner.find(ModernSignatureInquiry.self)?.outcome)
        let possible = modern.schemes.filter { $0.verdict != .rejected }
        // TLS 1.3 has no PKCS #1, and ties the hash to the curve of the key.
        #expect(Set(possible.map(\.scheme)) == [.rsa_pss_rsae_sha512, .ecdsa_secp256r1_sha256])
        #expect(possible.allSatisfy { $0.verdict == .inconclusive(reason: ModernSignatureInquiry.unprovenReason) })
    }

    @Test(arguments: [true, false]) func extensions(_ hasTickets: Bool) async throws {
        let identities = try Identities()
        // Its context is OpenSSL's: stapling needs a response, compression a library, heartbeat an older version.
        let arguments = ["-alpn", "http/1.1,h2,dot"] + (hasTickets ? [] : ["-no_ticket"])
        let server = try OpenSSLServer(arguments, certificate: identities.rsa)
        let inquiries: [any Inquiry] = [
            ExtensionInquiry(version: .tls12, suites: Self.rsaSuites),
            ApplicationProtocolInquiry(version: .tls12, suites: Self.rsaSuites),
        ]
        let planner = await run(inquiries, server)
        let outcome = try #require(planner.find(ExtensionInquiry.self)?.features)
        let found = outcome.filter { $0.verdict == .supported }.map(\.feature)
        #expect(outcome.allSatisfy { $0.verdict == .supported || $0.verdict == .rejected })
        var expected: Set<ServerFeature> = [
            .extendedMasterSecret, .encryptThenMAC, .renegotiationInfo, .renegotiationSCSV, .sessionID,
            .maxFragmentLength,
        ]
        if hasTickets { expected.insert(.sessionTicket) }
        #expect(Set(found) == expected)
        let protocols = try #require(planner.find(ApplicationProtocolInquiry.self))
        #expect(Set(protocols.protocols) == ["h2", "http/1.1", "dot"])
        #expect(protocols.outcome.verdict == .supported)
    }

    /// `-status_file` has the server send whatever the file holds.
    @Test(arguments: [true, false]) func stapling(_ hasResponse: Bool) async throws {
        let identities = try Identities()
        let response = identities.folder.appendingPathComponent("response.der")
        // OCSPResponse with the status tryLater (RFC 6960 §4.2.1).
        try Data([0x30, 0x03, 0x0A, 0x01, 0x03]).write(to: response)
        let arguments = hasResponse ? ["-status_file", response.path] : []
        let server = try OpenSSLServer(arguments, certificate: identities.rsa)
        let planner = await run([ExtensionInquiry(version: .tls12, suites: Self.rsaSuites)], server)
        let features = try #require(planner.find(ExtensionInquiry.self)?.features)
        let outcome = try #require(features.first { $0.feature == .ocspStapling })
        #expect(outcome.verdict == (hasResponse ? .supported : .rejected))
        #expect(outcome.detail == nil)
    }

    @Test func toleranceAndDowngrade() async throws {
        let identities = try Identities()
        // Without signature_algorithms, for which the format has no room, a client of TLS 1.2 takes SHA-1 (RFC 5246 §7.4.1.4.1).
        let server = try OpenSSLServer(["-cipher", "ALL:@SECLEVEL=0"], certificate: identities.rsa)
        let suites: [ProtocolVersion: [CipherSuite]] = [
            .tls12: Self.rsaSuites + [0x2F, 0x9C].map { CipherSuite(rawValue: $0) }, .tls13: Self.modern,
        ]
        let inquiries: [any Inquiry] = [ToleranceInquiry(suites: suites), DowngradeInquiry(suites: suites)]
        let planner = await run(inquiries, server)
        let tolerance = try #require(planner.find(ToleranceInquiry.self)?.features)
        #expect(tolerance.map(\.feature) == DetailsToleranceTests.asked)
        for outcome in tolerance { #expect(outcome.verdict == .supported, "\(outcome)") }
        let downgrade = try #require(planner.find(DowngradeInquiry.self)?.features)
        for outcome in downgrade { #expect(outcome.verdict == .supported, "\(outcome)") }
        #expect(Set(downgrade.map(\.feature)) == [.fallbackSCSV, .downgradeSentinel, .ssl2FormatHello])
    }

    @Test(arguments: [true, false]) func everythingIsCheap(_ prefersItsOwn: Bool) async throws {
        let identities = try Identities()
        let arguments = (prefersItsOwn ? ["-serverpref"] : []) + ["-alpn", "h2,http/1.1,http/1.0,http/0.9"]
        let server = try OpenSSLServer(arguments, certificate: identities.both)
        let suites: [ProtocolVersion: [CipherSuite]] = [.tls12: Self.rsaSuites + Self.ecSuites, .tls13: Self.modern]
        let planner = InquiryPlanner(everythingOf: suites)
        let (done, spending) = await ProbeRunner(dial: server.dial).run(planner)
        #expect(done.isFinished)
        #expect(spending.connections <= 70)
        #expect(done.depth <= 14)
    }
}
