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
        var planner = DetailsPlanner(everythingOf: server.suites, serverName: "www.example.org")
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
}
