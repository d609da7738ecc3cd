import SecureChannel
import TLSParameters
import Testing

@Suite("Shutdown: who closed, how, and what was lost")
struct ShutdownTests {
    private func standing(_ version: ProtocolVersion) throws -> Link {
        let link = try Link(client: Fixtures.clientCredential([version]), server: Fixtures.serverCredential([version]))
        link.connect()
        try #require(link.isEstablished)
        return link
    }

    @Test(arguments: [ProtocolVersion.tls10, .tls12, .tls13])
    func lateDataIsReadAfterOurCloseNotify(_ version: ProtocolVersion) throws {
        let link = try standing(version)
        try link.server.send(Array("late".utf8))
        // A second SSL_shutdown with this unread would fail fatally.
        link.client.outbox += link.client.context.shutDown()
        link.run()
        #expect(link.client.plaintext == Array("late".utf8))
        #expect(link.client.context.attributes.close.lateBytes == 4)
        // The peer may go on writing, and reply in its own time.
        try link.server.send(Array("later".utf8))
        link.server.outbox += link.server.context.shutDown()
        link.run()
        let close = link.client.context.attributes.close
        #expect(close.lateBytes == 9)
        #expect(close.closeNotifySent && close.closeNotifyReceived)
        #expect(link.client.context.transportEnded() == .clean)
    }

    @Test(arguments: [ProtocolVersion.tls10, .tls12, .tls13])
    func aTransportThatEndsWithoutCloseNotifyIsTruncation(_ version: ProtocolVersion) throws {
        let link = try standing(version)
        #expect(link.client.context.transportEnded() == .truncated)
        #expect(link.client.context.attributes.close.ending == .truncated)
        #expect(link.client.context.attributes.failure == nil, "how a channel ends is a result, not a failure")
        #expect(throws: ContextFailure.self) { _ = try link.client.context.protect([1]) }
        #expect(link.client.context.transportEnded() == .truncated, "and stays so")
    }

    @Test func anEndDuringTheHandshakeIsAFailure() throws {
        let client = try Fixtures.clientCredential().acquire().makeContext()
        _ = client.start()
        #expect(client.transportEnded() == .duringHandshake)
        #expect(client.attributes.failure?.kind == .truncated)
        #expect(client.shutDown().isEmpty)
    }

    @Test func aCloseNotifyOfTLS13HidesInARecordOfData() throws {
        let link = try standing(.tls13)
        let token = link.client.context.shutDown()
        #expect(token.first == 23)
        let record = link.client.context.legs.last?.records.last
        #expect(record?.type?.name == "application_data")
        #expect(record?.innerType?.name == "alert")
        #expect(record?.messages.first?.detail == "warning close_notify")
    }

    @Test func useAfterCloseIsAnErrorOfOurs() throws {
        let link = try standing(.tls12)
        _ = link.client.context.shutDown()
        do {
            _ = try link.client.context.protect([1])
            Issue.record("accepted")
        } catch {
            #expect(error.kind == .closed)
            #expect(error.schannelStatus.name == "SEC_E_CONTEXT_EXPIRED")
        }
    }

    @Test func dataBehindACloseNotifyStaysInTheInput() throws {
        let link = try standing(.tls12)
        var bytes = link.server.context.shutDown() + [1, 2, 3]
        let result = link.client.context.unprotect(&bytes)
        guard case .contextExpired = result.status else {
            Issue.record("\(result.status)")
            return
        }
        #expect(bytes == [1, 2, 3])
    }
}
