import LibSSL
import TLSParameters
import TLSWire
import Testing

@testable import ClassicTLS

/// What either end makes of a peer that does not end as it should: that goes on after its close_notify or after a failure, or
/// takes back a renegotiation that it began.
@Suite struct HostileEndTests {
    static let versions: [ProtocolVersion] = [.ssl3, .tls10, .tls11, .tls12]
    static let roles: [EndpointRole] = [.client, .server]

    /// A channel that stands, seen from the end that is sent to.
    private func channel(
        _ version: ProtocolVersion,
        _ role: EndpointRole
    ) throws -> (link: ClassicLink, victim: ClassicConnection, peer: ClassicConnection) {
        let (client, server) = ClassicConfiguration.pair(version, [.TLS_RSA_WITH_AES_128_CBC_SHA])
        let link = try ClassicLink(client, server)
        let outcomes = link.handshake()
        try #require(outcomes.client == .done && outcomes.server == .done)
        let isClient = role == .client
        return (link, isClient ? link.client : link.server, isClient ? link.server : link.client)
    }

    private func carry(_ peer: ClassicConnection, _ victim: ClassicConnection) {
        for record in ClassicLink.records(peer.takeOutput()) { victim.feed(record) }
    }

    @Test(arguments: versions, roles) func whatFailedHoldsNothing(
        _ version: ProtocolVersion,
        _ role: EndpointRole
    ) throws {
        let (_, victim, peer) = try channel(version, role)
        // The beginning of a message, data, and a record that is not what was sent: nobody will have the rest.
        let type: HandshakeType = role == .client ? .hello_request : .client_hello
        try peer.sendRecords(.handshake, [type.rawValue, 0, 1])
        try peer.sendRecords(.application_data, [1])
        carry(peer, victim)
        victim.feed(ContentType.application_data.record(counting(48), version))
        victim.feed(ContentType.application_data.record(counting(48), version))
        var data: [UInt8] = []
        #expect(victim.read(into: &data) == .done && data == [1])
        let outcome = victim.read(into: &data)
        guard case .failed(let failure) = outcome else {
            Issue.record("\(outcome)")
            return
        }
        #expect(failure.alert == .bad_record_mac)
        _ = victim.takeOutput()
        try peer.sendRecords(.application_data, [2])
        carry(peer, victim)
        #expect(victim.inbox.isEmpty && victim.plaintext.isEmpty && victim.assembler.buffered == 0)
        // Nor does it say anything more, whatever it is asked for.
        #expect(throws: failure) { try victim.startRenegotiation(abbreviated: false) }
        #expect(victim.shutdown() == outcome && victim.write([3]) == outcome && victim.handshake() == outcome)
        #expect(victim.read(into: &data) == outcome && data == [1])
        #expect(victim.takeOutput().isEmpty)
    }

    @Test(arguments: versions, roles) func nothingIsHeardAfterCloseNotify(
        _ version: ProtocolVersion,
        _ role: EndpointRole
    ) throws {
        let close = [AlertLevel.warning.rawValue, AlertDescription.close_notify.rawValue]
        let fatal = [AlertLevel.fatal.rawValue, AlertDescription.internal_error.rawValue]
        for content in [close, close + fatal, close + [1]] {
            let (_, victim, peer) = try channel(version, role)
            try peer.sendRecords(.application_data, [1])
            try peer.sendRecords(.alert, content)
            try peer.sendRecords(.application_data, [2])
            carry(peer, victim)
            var data: [UInt8] = []
            #expect(victim.read(into: &data) == .done)
            #expect(victim.read(into: &data) == .closed)
            try peer.sendRecords(.alert, fatal)
            carry(peer, victim)
            #expect(victim.read(into: &data) == .closed && data == [1])
            #expect(victim.inbox.isEmpty)
            // Its own part goes on until it says so.
            #expect(victim.write([3]) == .done && victim.shutdown() == .done)
        }
    }

    @Test(arguments: versions, roles) func aHandshakeEndsWithCloseNotify(
        _ version: ProtocolVersion,
        _ role: EndpointRole
    ) throws {
        let (client, server) = ClassicConfiguration.pair(version, [.TLS_RSA_WITH_AES_128_CBC_SHA])
        let link = try ClassicLink(client, server)
        let victim = role == .client ? link.client : link.server
        #expect(victim.handshake() == .wantsRead)
        victim.feed(ContentType.alert.record([1, 0], version))
        victim.feed(ContentType.handshake.record([0], version))
        #expect(victim.handshake() == .closed)
        #expect(victim.handshake() == .closed)
    }

    @Test(arguments: versions, roles) func aRenegotiationThatBeganIsNotRefused(
        _ version: ProtocolVersion,
        _ role: EndpointRole
    ) throws {
        let (link, victim, peer) = try channel(version, role)
        try link.client.startRenegotiation(abbreviated: false)
        var nothing: [UInt8] = []
        carry(link.client, link.server)
        #expect(link.server.read(into: &nothing) == .wantsRead)
        if role == .client {
            carry(link.server, link.client)
            #expect(link.client.read(into: &nothing) == .wantsRead)
        }
        // Keys are about to change, or have changed: there is no channel any more that could go on as it was.
        try peer.sendRecords(.alert, [AlertLevel.warning.rawValue, AlertDescription.no_renegotiation.rawValue])
        try peer.sendRecords(.application_data, [1])
        carry(peer, victim)
        guard case .failed(let failure) = victim.read(into: &nothing) else {
            Issue.record("it goes on")
            return
        }
        #expect(failure.alert == .unexpected_message && nothing.isEmpty && victim.refusals == 0)
    }
}
