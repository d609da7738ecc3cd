import TLSParameters
import TLSWire
import Testing
import Transport

@testable import Probing

@Suite("Secure renegotiation asked for in two ways")
struct RenegotiationInfoTests {
    private static let suite = CipherSuite(rawValue: 0xC02F)

    private static func planner(_ version: ProtocolVersion = .tls12) -> RenegotiationInfoPlanner {
        RenegotiationInfoPlanner(version: version, suite: suite, serverName: "server.test", seed: 1)
    }

    private static func hello(_ version: ProtocolVersion = .tls12, info: Bool) -> Observation {
        let hello = ServerHello(
            legacyVersion: version,
            random: [UInt8](repeating: 7, count: 32),
            sessionID: [],
            cipherSuite: suite,
            compressionMethod: .NULL,
            extensions: info ? [Extension(RenegotiationInfo())] : []
        )
        return .serverHello(hello, FlightParts())
    }

    @Test(arguments: [ProtocolVersion.tls10, .tls11, .tls12])
    func eachHelloAsksInOneWay(_ version: ProtocolVersion) throws {
        var planner = Self.planner(version)
        let requests = planner.requests()
        #expect(planner.requests().isEmpty, "each is handed out once")
        let hellos = try requests.map { request in
            var parser = HandshakeAssembler()
            parser.append(Array(request.bytes.dropFirst(5)))
            return try ClientHello(#require(try parser.next()))
        }
        let scsv = CipherSuite(rawValue: 0x00FF)
        #expect(hellos.map { $0.cipherSuites.contains(scsv) } == [false, true])
        #expect(hellos.map { $0.extensions?.first(.renegotiation_info) != nil } == [true, false])
        #expect(hellos.allSatisfy { $0.legacyVersion == version })
    }

    @Test func answersAreVerdicts() {
        var planner = Self.planner()
        let ids = planner.requests().map(\.id)
        #expect(!planner.isFinished)
        planner.observe(ids[0], Self.hello(info: true))
        planner.observe(ids[1], Self.hello(info: false))
        #expect(planner.isFinished)
        #expect(planner.outcome.extension == .supported)
        #expect(planner.outcome.signallingSuite == .rejected)
    }

    @Test(arguments: [Observation.timedOut, .closed, .reset, .notAsked(.deadline)])
    func whatIsNoServerHelloSaysNothing(_ observation: Observation) {
        var planner = Self.planner()
        for request in planner.requests() { planner.observe(request.id, observation) }
        #expect(planner.isFinished)
        #expect(planner.outcome.extension.id == "inconclusive")
        #expect(planner.outcome.signallingSuite.id == "inconclusive")
    }

    @Test func anotherVersionIsNoAnswer() {
        var planner = Self.planner()
        for request in planner.requests() { planner.observe(request.id, Self.hello(.tls11, info: true)) }
        #expect(planner.outcome.extension.id == "inconclusive")
    }
}
