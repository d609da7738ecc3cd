import TLSParameters
import TLSWire
import Testing

@testable import Probing

@Suite struct DetailsExtensionTests {
    static let asked: [ServerFeature] = [
        .extendedMasterSecret, .encryptThenMAC, .renegotiationInfo, .renegotiationSCSV, .sessionTicket, .sessionID,
        .maxFragmentLength, .recordSizeLimit, .heartbeat, .compression, .ocspStapling, .certificateTimestamps,
    ]
    static let suites: [CipherSuite] = [0xC02F, 0xC013, 0x2F].map { CipherSuite(rawValue: $0) }

    static func server(_ random: inout Seeded) -> DetailsServer {
        var server = DetailsServer()
        server.suites[.tls12] = suites
        server.schemes = HelloRecipe.allSchemes
        server.features = Set(asked.filter { _ in Bool.random(using: &random) })
        return server
    }

    @Test(arguments: 0..<200) func featuresAreExact(_ seed: Int) {
        var random = Seeded(seed)
        var server = Self.server(&random)
        // Some refuse a hello for one of its extensions.
        let allergies: [(ExtensionType, ServerFeature)] = [
            (.heartbeat, .heartbeat), (.max_fragment_length, .maxFragmentLength), (.status_request, .ocspStapling),
        ]
        if seed % 3 == 0, let (type, feature) = allergies.randomElement(using: &random) {
            server.allergies = [type]
            server.features.remove(feature)
        }
        let run = DetailsRun(ExtensionInquiry(version: .tls12, suites: Self.suites, isWhole: true), seed: seed) {
            server.answer($0)
        }
        #expect(run.isFinished)
        #expect(run.inquiry.features.map(\.feature) == Self.asked)
        for outcome in run.inquiry.features {
            let isThere = server.features.contains(outcome.feature)
            #expect(outcome.verdict == (isThere ? .supported : .rejected), "\(outcome.feature)")
            #expect(outcome.version == .tls12)
            #expect(outcome.evidence != nil)
        }
        #expect(run.requests.count <= (server.allergies.isEmpty ? 3 : 10))
    }

    @Test func withoutCBC() {
        var server = DetailsServer()
        let suites = [CipherSuite(rawValue: 0xC02F)]
        server.suites[.tls12] = suites
        server.features = [.encryptThenMAC, .sessionID]
        let run = DetailsRun(ExtensionInquiry(version: .tls12, suites: suites, isWhole: true)) { server.answer($0) }
        let features = Dictionary(uniqueKeysWithValues: run.inquiry.features.map { ($0.feature, $0.verdict) })
        #expect(features[.encryptThenMAC]?.id == "inconclusive")
        #expect(features[.sessionID] == .supported)
    }

    @Test func tls13Alone() {
        let inquiry = ExtensionInquiry(version: nil, suites: [], isWhole: true)
        #expect(inquiry.isFinished)
        #expect(inquiry.features.map(\.feature) == Self.asked)
        #expect(inquiry.features.allSatisfy { $0.verdict.id == "inconclusive" })
    }

    @Test func ssl3HasNoExtensions() {
        var server = DetailsServer()
        server.suites[.ssl3] = [.TLS_RSA_WITH_AES_128_CBC_SHA]
        server.features = [.sessionID, .compression]
        let inquiry = ExtensionInquiry(version: .ssl3, suites: [.TLS_RSA_WITH_AES_128_CBC_SHA])
        let run = DetailsRun(inquiry) { server.answer($0) }
        let found = run.inquiry.features.filter { $0.verdict == .supported }.map(\.feature)
        #expect(found == [.sessionID, .compression])
        #expect(run.inquiry.features.first { $0.feature == .heartbeat }?.verdict.id == "inconclusive")
    }

    @Test(arguments: 0..<100) func protocolsAreExact(_ seed: Int) {
        var random = Seeded(seed)
        var server = Self.server(&random)
        let names = ApplicationProtocolInquiry.names
        let own = names.shuffled(using: &random).prefix(Int.random(in: 0...8, using: &random))
        server.protocols = seed % 10 == 0 ? nil : Array(own)
        server.refusesUnknownProtocols = Bool.random(using: &random)
        let inquiry = ApplicationProtocolInquiry(version: .tls12, suites: Self.suites)
        let run = DetailsRun(inquiry, seed: seed) { server.answer($0) }
        #expect(run.isFinished)
        #expect(run.inquiry.protocols == server.protocols ?? [])
        let isThere = server.protocols.map { !$0.isEmpty || server.refusesUnknownProtocols } ?? false
        #expect(run.inquiry.outcome.verdict == (isThere ? .supported : .rejected))
        #expect(run.inquiry.notes.isEmpty)
        #expect(run.requests.count <= own.count + 2)
    }

    @Test(arguments: 0..<100) func protocolsInTLS13(_ seed: Int) {
        var random = Seeded(seed)
        var server = DetailsServer()
        server.suites[.tls13] = DetailsGroupTests.modernSuites
        server.modernGroups = Bool.random(using: &random) ? [.secp521r1] : [.x25519]
        let names = ApplicationProtocolInquiry.names
        let own = names.shuffled(using: &random).prefix(Int.random(in: 0...5, using: &random))
        server.protocols = seed % 5 == 0 ? nil : Array(own)
        let inquiry = ApplicationProtocolInquiry(tls13Suites: DetailsGroupTests.modernSuites)
        let run = DetailsRun(inquiry, seed: seed) { server.answer($0) }
        #expect(run.isFinished)
        #expect(Set(run.inquiry.protocols) == Set(server.protocols ?? []))
        #expect(run.inquiry.outcome.verdict.id == (server.protocols == nil ? "inconclusive" : "supported"))
        #expect(run.requests.count <= 9 + own.count * 10)
    }

    /// With names of its own it takes the client's first only once none of those is left.
    @Test(arguments: [[], ["h2", "http/1.1"]]) func anyProtocolAtAll(_ known: [String]) {
        var server = DetailsServer()
        server.suites[.tls12] = Self.suites
        server.protocols = known
        server.takesAnyProtocol = true
        let run = DetailsRun(ApplicationProtocolInquiry(version: .tls12, suites: Self.suites)) { server.answer($0) }
        #expect(run.isFinished)
        #expect(run.requests.count <= 5)
        #expect(run.inquiry.outcome.verdict == .supported)
        #expect(run.inquiry.notes.contains { $0.contains("takes any application protocol") })
    }

    @Test(arguments: [Observation.closed, .reset, .timedOut, .notTLS(prefix: Array("HTTP/1.1 400".utf8))])
    func refusingEverything(_ refusal: Observation) {
        let one = DetailsRun(ExtensionInquiry(version: .tls12, suites: Self.suites, isWhole: true)) { _ in refusal }
        #expect(one.isFinished)
        #expect(one.requests.count < 60)
        #expect(one.inquiry.features.count == Self.asked.count)
        #expect(!one.inquiry.features.contains { $0.verdict == .supported })
        if refusal == .timedOut { #expect(one.inquiry.features.allSatisfy { $0.verdict.id == "inconclusive" }) }
        let other = DetailsRun(ApplicationProtocolInquiry(version: .tls12, suites: Self.suites)) { _ in refusal }
        #expect(other.isFinished)
        #expect(other.inquiry.protocols.isEmpty)
    }
}
