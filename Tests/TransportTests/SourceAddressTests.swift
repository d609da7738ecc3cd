import Testing
import Transport

/// Connections that come from a chosen address.
@Suite struct SourceAddressTests {
    private let patience = Deadline.after(.seconds(20))

    @Test func connectsFromTheAddressItIsGiven() async throws {
        let listener = try await Listener.bind(host: "127.0.0.1", port: 0)
        // All of 127.0.0.0/8 is this machine's.
        let source = SocketEndpoint.ip(host: "127.0.0.9", port: 0)
        let report = try await Dialer.dial(
            [listener.endpoint],
            from: source,
            connectTimeout: .seconds(10),
            deadline: patience
        )
        #expect(report.stream.local.host == "127.0.0.9")
        var accepted = listener.connections.makeAsyncIterator()
        let other = await accepted.next()
        #expect(other?.remote.host == "127.0.0.9")
        #expect(other?.remote.port == report.stream.local.port)
        await report.stream.close()
        await other?.close()
        await listener.close()
    }

    @Test func tellsWhetherAnAddressIsOfThisMachine() throws {
        try SocketEndpoint.ip(host: "127.0.0.1", port: 0).checkBindable()
        // The port does not matter.
        try SocketEndpoint.ip(host: "127.0.0.1", port: 1).checkBindable()
        for host in ["192.0.2.1", "2001:db8::1", "not an address"] {
            #expect(throws: TransportError.self) {
                try SocketEndpoint.ip(host: host, port: 0).checkBindable()
            }
        }
    }
}
