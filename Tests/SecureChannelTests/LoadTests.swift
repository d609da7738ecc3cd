import SecureChannel
import TLSParameters
import Testing

@Suite("Many connections, much data, odd pieces")
struct LoadTests {
    @Test func oneCredentialServesConnectionsOnManyThreads() async throws {
        let client = try Fixtures.clientCredential().acquire()
        let server = try Fixtures.serverCredential().acquire()
        let stood = try await withThrowingTaskGroup(of: Bool.self) { group in
            for _ in 0..<40 {
                group.addTask {
                    let link = Link(client: End(try client.makeContext()), server: End(try server.makeContext()))
                    link.connect()
                    return try link.isEstablished && link.echo()
                }
            }
            var results: [Bool] = []
            for try await result in group { results.append(result) }
            return results
        }
        #expect(stood.count == 40)
        #expect(stood.allSatisfy { $0 })
    }

    @Test(arguments: [ProtocolVersion.tls10, .tls12, .tls13], [1_000, 16_389, 65_536])
    func aMegabyteArrivesWholeInAnyPieces(_ version: ProtocolVersion, _ chunk: Int) throws {
        let link = try Link(
            client: Fixtures.clientCredential([version]),
            server: Fixtures.serverCredential([version]),
            chunk: chunk
        )
        link.connect()
        let data = (0..<1_000_000).map { UInt8(truncatingIfNeeded: $0 &* 31) }
        try link.client.send(data)
        link.run()
        #expect(link.server.plaintext == data)
        #expect(link.server.context.attributes.transport.plaintextReceived == data.count)
    }

    @Test func renegotiationUnderLoadLosesNothing() throws {
        var server = Fixtures.serverCredential([.tls12])
        server.allowsClientRenegotiation = true
        let link = try Link(client: Fixtures.clientCredential([.tls12]), server: server, chunk: 700)
        link.connect()
        var sent: [UInt8] = []
        var returned: [UInt8] = []
        for round in 0..<10 {
            let block = [UInt8](repeating: UInt8(round), count: 5_000)
            try link.server.send(block)
            returned += block
            link.client.outbox += try link.client.context.renegotiate(.full)
            try link.client.send(block)
            sent += block
            link.run()
        }
        #expect(link.client.failure == nil)
        #expect(link.server.plaintext == sent)
        #expect(link.client.plaintext == returned)
        #expect(link.client.context.attributes.security.renegotiations == 10)
    }

    @Test(arguments: [ProtocolVersion.tls10, .tls12, .tls13])
    func damagedClientFlightsNeverTrapTheServer(_ version: ProtocolVersion) throws {
        let client = try Fixtures.clientCredential([version]).acquire().makeContext()
        let hello = client.start().token
        let acquired = try Fixtures.serverCredential([version]).acquire()
        for round in 0..<200 {
            let server = try acquired.makeContext()
            var damaged = hello
            for _ in 0...(round % 5) { damaged[Int.random(in: 0..<damaged.count)] = UInt8.random(in: 0...255) }
            if round % 4 == 0 { damaged.removeLast(Int.random(in: 0..<damaged.count)) }
            _ = server.step(&damaged)
            _ = server.unprotect(&damaged)
            _ = server.transportEnded()
            _ = server.attributes
            _ = server.shutDown()
        }
    }

    @Test(arguments: [ProtocolVersion.tls10, .tls12, .tls13])
    func noiseOnAStandingChannelNeverTraps(_ version: ProtocolVersion) throws {
        let client = try Fixtures.clientCredential([version]).acquire()
        let server = try Fixtures.serverCredential([version]).acquire()
        for _ in 0..<40 {
            let link = Link(client: End(try client.makeContext()), server: End(try server.makeContext()))
            link.connect()
            var noise = (0..<Int.random(in: 1...600)).map { _ in UInt8.random(in: 0...255) }
            if Bool.random() { noise.replaceSubrange(0..<min(3, noise.count), with: [23, 3, 3]) }
            _ = link.client.context.unprotect(&noise)
            _ = link.client.context.attributes
            _ = link.client.context.transportEnded()
        }
    }
}
