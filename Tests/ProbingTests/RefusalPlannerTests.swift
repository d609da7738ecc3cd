import TLSParameters
import TLSWire
import Testing

@testable import Probing

/// What a second look asks.
@Suite struct RefusalPlannerTests {
    private static func hellos(
        _ change: (inout RefusalPlanner.Configuration) -> Void = { _ in }
    ) throws
        -> [ProbeRequest]
    {
        var configuration = RefusalPlanner.Configuration(
            serverName: "a.example",
            random: .init(repeating: 7, count: 32)
        )
        change(&configuration)
        var planner = RefusalPlanner(configuration)
        let requests = planner.requests()
        #expect(planner.requests().isEmpty)
        #expect(!planner.isFinished)
        return requests
    }

    private static func hello(_ request: ProbeRequest) throws -> ClientHello {
        var parser = RecordParser()
        parser.append(request.bytes)
        guard let record = try parser.next() else {
            throw WireError(offset: 0, kind: .truncated(needed: 1), field: "x")
        }
        var assembler = HandshakeAssembler()
        assembler.append(record.fragment)
        guard let message = try assembler.next() else {
            throw WireError(offset: 0, kind: .truncated(needed: 1), field: "x")
        }
        return try ClientHello(message)
    }

    @Test func asksForEachVersionAlone() throws {
        let requests = try Self.hellos()
        #expect(requests.count == 6)
        #expect(try Self.hello(requests[0]).supportedVersions == [.tls13])
        for (index, version) in [ProtocolVersion.tls12, .tls11, .tls10, .ssl3].enumerated() {
            let hello = try Self.hello(requests[index + 1])
            #expect(hello.legacyVersion == version)
            #expect(hello.cipherSuites.count >= 30 && hello.cipherSuites.count <= 66)
            #expect(hello.serverName != nil || version == .ssl3)
        }
        #expect(requests[5].bytes.starts(with: [0x80]))
        // Keys that were agreed on before are offered last.
        let suites = try Self.hello(requests[1]).cipherSuites
        #expect(suites.last?.facts.map { $0.authentication == .psk || $0.isAnonymous } == true)
        #expect(suites.first?.facts?.authentication != .psk)
    }

    @Test func variesLengthAndName() throws {
        let requests = try Self.hellos {
            $0.helloLength = 700
            $0.otherName = .some(nil)
        }
        #expect(requests.count == 9)
        let (short, long, nameless) = (requests[0], requests[1], requests[8])
        #expect(try Self.hello(nameless).serverName == nil)
        #expect(short.bytes.count < 256)
        #expect(long.bytes.count == 700)
        var padded = try Self.hello(long)
        let brief = try Self.hello(short)
        padded.extensions?.removeAll { $0.type == .padding }
        padded.random = brief.random
        #expect(padded == brief)
        #expect(try Self.hellos { $0.helloLength = 200 }.count == 6)
    }

    /// Weak suites are asked for in the versions that the server speaks and takes no other suite in.
    @Test func asksForWeakSuitesWhereOthersAreRefused() throws {
        var planner = RefusalPlanner(RefusalPlanner.Configuration(serverName: nil))
        for request in planner.requests() {
            let isSpoken = request.id.rawValue == 1
            let description: AlertDescription = isSpoken ? .handshake_failure : .protocol_version
            planner.observe(request.id, .alert(Alert(level: .fatal, description: description)))
        }
        #expect(!planner.isFinished)
        let more = planner.requests()
        #expect(more.count == 1 && planner.requests().isEmpty)
        let hello = try Self.hello(try #require(more.first))
        #expect(hello.legacyVersion == .tls12)
        #expect(hello.cipherSuites.count <= 66)
        for name in ["DES-CBC3-SHA", "RC4-SHA", "NULL-SHA256", "ADH-AES128-SHA256", "AECDH-AES128-SHA", "NULL-SHA"] {
            let suite = try #require(CipherSuite(named: name))
            #expect(hello.cipherSuites.contains(suite), "\(name)")
        }
        planner.observe(try #require(more.first).id, .alert(Alert(level: .fatal, description: .handshake_failure)))
        #expect(planner.isFinished)
        #expect(planner.outcome[.weak(.tls12)] != nil)
    }

    @Test func offersExportSuitesInOldVersions() throws {
        var planner = RefusalPlanner(RefusalPlanner.Configuration(serverName: nil))
        let requests = planner.requests()
        let ssl3 = try #require(requests.first { (try? Self.hello($0).legacyVersion) == .ssl3 })
        planner.observe(ssl3.id, .alert(Alert(level: .fatal, description: .handshake_failure)))
        let hello = try Self.hello(try #require(planner.requests().first))
        for name in ["EXP-RC4-MD5", "EXP-DES-CBC-SHA", "DES-CBC-SHA", "ADH-RC4-MD5"] {
            let suite = try #require(CipherSuite(named: name))
            #expect(hello.cipherSuites.contains(suite), "\(name)")
        }
    }

    @Test func isFinishedWithTheLastAnswer() throws {
        var planner = RefusalPlanner(RefusalPlanner.Configuration(serverName: nil))
        let requests = planner.requests()
        for request in requests {
            #expect(!planner.isFinished)
            planner.observe(request.id, .closed)
        }
        #expect(planner.isFinished)
        #expect(planner.outcome[.version(.tls12)] == .closed)
        planner.observe(ProbeRequest.ID(rawValue: 99), .reset)
        #expect(planner.outcome.count == requests.count)
    }
}
