import LibSSL
import TLSParameters
import TLSWire
import Testing

@testable import ClassicTLS

/// A client and a server of this engine with nothing between them.
final class ClassicLink {
    let client: ClassicConnection
    let server: ClassicConnection
    var clientEvents: [ConnectionEvent] = []
    var serverEvents: [ConnectionEvent] = []
    /// Changes a record on its way; gets its number, counted over both directions.
    var change: ((Int, [UInt8]) -> [UInt8])?
    private var count = 0

    init(
        _ client: ClassicConfiguration,
        _ server: ClassicConfiguration,
        session: ClassicSession? = nil
    ) throws {
        self.client = try ClassicConnection(configuration: client, session: session)
        self.server = try ClassicConnection(configuration: server)
        for end in [self.client, self.server] { end.now = { 1_000_000 } }
    }

    /// Runs the handshake of both to its end.
    func handshake() -> (client: ClassicOutcome, server: ClassicOutcome) {
        var outcomes = (client.handshake(), server.handshake())
        for _ in 0..<20 {
            let moved = carry()
            outcomes = (client.handshake(), server.handshake())
            if !moved { break }
        }
        return outcomes
    }

    /// Carries what both ends have to say; false if that is nothing.
    @discardableResult func carry() -> Bool {
        let toServer = client.takeOutput()
        let toClient = server.takeOutput()
        for record in Self.records(toServer) { server.feed(changed(record)) }
        for record in Self.records(toClient) { client.feed(changed(record)) }
        clientEvents += client.takeEvents()
        serverEvents += server.takeEvents()
        return !toServer.isEmpty || !toClient.isEmpty
    }

    /// Reads until nothing moves any more.
    func settle() -> (client: [UInt8], server: [UInt8], outcomes: (ClassicOutcome, ClassicOutcome)) {
        var data: (client: [UInt8], server: [UInt8]) = ([], [])
        var outcomes = (ClassicOutcome.wantsRead, ClassicOutcome.wantsRead)
        for _ in 0..<40 {
            let moved = carry()
            repeat { outcomes.0 = client.read(into: &data.client) } while outcomes.0 == .done
            repeat { outcomes.1 = server.read(into: &data.server) } while outcomes.1 == .done
            if !moved { break }
        }
        return (data.client, data.server, outcomes)
    }

    private func changed(_ record: [UInt8]) -> [UInt8] {
        defer { count += 1 }
        return change?(count, record) ?? record
    }

    static func records(_ bytes: [UInt8]) -> [[UInt8]] {
        var rest = bytes[...]
        var records: [[UInt8]] = []
        while let first = rest.first, rest.count >= 2 {
            let start = rest.startIndex
            let length =
                first & 0x80 != 0
                ? 2 + (Int(first & 0x7F) << 8 | Int(rest[start + 1]))
                : 5 + (Int(rest[start + 3]) << 8 | Int(rest[start + 4]))
            records.append(Array(rest.prefix(length)))
            rest = rest.dropFirst(length)
        }
        return records
    }
}

extension ClassicConfiguration {
    /// Both ends of a test: every certificate, one version, these suites.
    static func pair(
        _ version: ProtocolVersion,
        _ suites: [CipherSuite],
        _ change: (inout ClassicConfiguration, inout ClassicConfiguration) -> Void = { _, _ in }
    ) -> (client: ClassicConfiguration, server: ClassicConfiguration) {
        var client = ClassicConfiguration(role: .client)
        var server = ClassicConfiguration(role: .server)
        client.versions = [version]
        server.versions = [version]
        client.suites = suites
        server.suites = suites
        client.serverName = "server.test"
        client.preSharedKey = ClassicFixtures.preSharedKey
        server.preSharedKey = ClassicFixtures.preSharedKey
        server.identities = ClassicFixtures.all
        server.sessions = ClassicSessionCache()
        // Short, for there are thousands of handshakes.
        server.finiteFieldBits = 1_024
        change(&client, &server)
        return (client, server)
    }
}
