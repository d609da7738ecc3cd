import TLSParameters
import TLSWire
import Testing

@testable import Probing

@Suite struct DetailsBudgetTests {
    /// nginx with OpenSSL 3.0, as it comes: X25519 to ffdhe8192 in TLS 1.3, the curves in TLS 1.2, no SHA-1.
    static func nginx(_ authentications: [Authentication], serverOrder: Bool) -> DetailsServer {
        var server = DetailsServer()
        let rsa: [UInt16] = [0xC02F, 0xC030, 0xCCA8]
        let ecdsa: [UInt16] = [0xC02B, 0xC02C, 0xCCA9]
        let six = authentications.count > 1 ? ecdsa + rsa : rsa + [0xC027, 0xC028, 0xC013]
        server.suites[.tls12] = six.map { CipherSuite(rawValue: $0) }
        server.suites[.tls13] = DetailsGroupTests.modernSuites
        server.classicGroups = [.x25519, .secp256r1, .x448, .secp521r1, .secp384r1]
        server.modernGroups = server.classicGroups + [.ffdhe2048, .ffdhe3072, .ffdhe4096, .ffdhe6144, .ffdhe8192]
        server.certificateCurve = .secp256r1
        server.groupsAreServers = serverOrder
        server.schemesAreServers = serverOrder
        server.schemes = [
            .ecdsa_secp256r1_sha256, .ecdsa_secp384r1_sha384, .ecdsa_secp521r1_sha512,
            .rsa_pss_rsae_sha256, .rsa_pss_rsae_sha384, .rsa_pss_rsae_sha512,
            .rsa_pkcs1_sha256, .rsa_pkcs1_sha384, .rsa_pkcs1_sha512, .ecdsa_sha224, .rsa_pkcs1_sha224,
        ]
        server.modernSchemes = [.rsa_pss_rsae_sha256, .rsa_pss_rsae_sha384, .rsa_pss_rsae_sha512]
        if authentications.count > 1 { server.modernSchemes?.append(.ecdsa_secp256r1_sha256) }
        server.features = [
            .extendedMasterSecret, .encryptThenMAC, .renegotiationInfo, .renegotiationSCSV, .sessionTicket, .sessionID,
            .maxFragmentLength, .ssl2FormatHello, .fallbackSCSV,
        ]
        server.protocols = ["h2", "http/1.1", "http/1.0", "http/0.9"]
        return server
    }

    @Test(arguments: [[Authentication.rsa], [.ecdsa, .rsa]], [true, false])
    func everythingIsCheap(_ authentications: [Authentication], _ serverOrder: Bool) {
        let server = Self.nginx(authentications, serverOrder: serverOrder)
        var planner = InquiryPlanner(everythingOf: server.suites, serverName: "www.example.org")
        var pending = planner.requests()
        while !pending.isEmpty, planner.requestCount < 500 {
            let request = pending.removeFirst()
            planner.observe(request.id, server.answer(request))
            pending += planner.requests()
        }
        #expect(planner.isFinished)
        #expect(planner.requestCount <= 70)
        #expect(planner.depth <= 14)
        let groups = planner.find(GroupInquiry.self)?.outcome
        #expect(groups.map { Set(DetailsGroupTests.found($0)) } == Set(server.modernGroups))
        #expect(groups?.isComplete == true)
        let features = planner.find(ToleranceInquiry.self)?.features ?? []
        #expect(features.count == DetailsToleranceTests.asked.count)
        #expect(features.allSatisfy { $0.verdict == .supported })
        #expect(planner.find(ApplicationProtocolInquiry.self)?.protocols == server.protocols)
    }

    /// Whatever is answered, all of it ends, and soon.
    @Test(arguments: 0..<60) func anythingAtAllEnds(_ seed: Int) {
        var random = Seeded(seed)
        let known = Self.nginx([.ecdsa, .rsa], serverOrder: true)
        var planner = InquiryPlanner(
            everythingOf: seed % 4 == 0 ? known.suites.filter { $0.key == .tls13 } : known.suites
        )
        var pending = planner.requests()
        while !pending.isEmpty, planner.requestCount < 3_000 {
            let request = pending.remove(at: Int.random(in: pending.indices, using: &random))
            planner.observe(request.id, Self.anything(request, &random))
            pending += planner.requests()
        }
        #expect(planner.isFinished)
        #expect(planner.requestCount < 1_500)
        let features = planner.inquiries.compactMap { ($0 as? ToleranceInquiry)?.features }.flatMap { $0 }
        #expect(Set(features.map(\.feature)) == Set(DetailsToleranceTests.asked))
    }

    private static func anything(_ request: ProbeRequest, _ random: inout Seeded) -> Observation {
        let wild: [Observation] = [
            .closed, .reset, .timedOut, .notTLS(prefix: [1, 2, 3]), .pctServerHello, .pctError(code: 1),
            .ssl2Error(SSL2Error(errorCode: SSL2ErrorCode(rawValue: 1))), .notAsked(.connectionLimit),
            .alert(Alert(level: .fatal, description: .no_application_protocol)),
            .alert(Alert(level: .fatal, description: .inappropriate_fallback)),
            .undecodable(WireError(offset: 0, kind: .tooMany(limit: 1), field: "x"), prefix: [22]),
        ]
        if Int.random(in: 0..<4, using: &random) == 0, let answer = wild.randomElement(using: &random) { return answer }
        var server = nginx([.ecdsa, .rsa], serverOrder: Bool.random(using: &random))
        server.modernGroups = DetailsGroupTests.modern.shuffled(using: &random)
        server.classicGroups = DetailsGroupTests.curves.shuffled(using: &random)
        server.modernSchemes = Array(SignatureScheme.all.shuffled(using: &random).prefix(20))
        server.schemes = SignatureScheme.all.shuffled(using: &random)
        server.protocols = Array(ApplicationProtocolInquiry.names.shuffled(using: &random).prefix(9))
        server.takesAnyProtocol = Int.random(in: 0..<5, using: &random) == 0
        server.features = Set(ServerFeature.allCases.filter { _ in Bool.random(using: &random) })
        server.sentinel = DetailsServer.Sentinel.allCases.randomElement(using: &random) ?? .right
        server.intolerances = Set(
            DetailsToleranceTests.asked.filter { _ in Int.random(in: 0..<6, using: &random) == 0 }
        )
        return server.answer(request)
    }

    /// What isn't a test of sizes stays away from 256 to 511 bytes, names no address, and repeats nothing.
    @Test(arguments: ["www.example.org", "192.0.2.1", "2001:db8::1"]) func hellosAreWellMannered(_ name: String) throws
    {
        let server = Self.nginx([.ecdsa, .rsa], serverOrder: true)
        let inquiries = InquiryPlanner(everythingOf: server.suites, serverName: name).inquiries
        var planner = InquiryPlanner(inquiries.filter { !($0 is ToleranceInquiry) })
        var pending = planner.requests()
        while !pending.isEmpty, planner.requestCount < 500 {
            let request = pending.removeFirst()
            planner.observe(request.id, server.answer(request))
            pending += planner.requests()
            // The format of SSL 2.0.
            guard request.bytes.first == 0x16 else { continue }
            let hello = try #require(SimulatedServer.hello(request.bytes))
            #expect(!(256..<512).contains(hello.handshakeMessage().bytes.count))
            #expect((hello.extensions ?? []).duplicateTypes.isEmpty)
            #expect(Set(hello.groups).count == hello.groups.count)
            #expect(Set(hello.cipherSuites).count == hello.cipherSuites.count)
            #expect(hello.keyShareGroups.map { shares in hello.groups.filter(shares.contains) == shares } ?? true)
            if hello.extensions != nil { #expect((hello.serverName != nil) == name.hasSuffix(".org")) }
        }
        #expect(planner.isFinished)
    }
}
