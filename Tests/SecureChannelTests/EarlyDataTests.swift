import TLSParameters
import Testing

@testable import SecureChannel

/// 0-RTT (RFC 8446 section 2.3), both ends ours.
@Suite("Early data")
struct EarlyDataTests {
    private struct Ends {
        let client: AcquiredCredential
        let server: AcquiredCredential

        init(maximum: UInt32) throws {
            client = try Fixtures.clientCredential([.tls13]).acquire()
            var server = Fixtures.serverCredential([.tls13])
            server.maximumEarlyData = maximum
            self.server = try server.acquire()
        }

        func connect(
            _ session: SavedSession? = nil,
            _ data: String = "",
            chunk: Int = .max,
            to other: AcquiredCredential? = nil
        ) throws -> Link {
            var options = ContextOptions()
            options.session = session
            options.earlyData = Array(data.utf8)
            var export = ExportRequest(label: "EXPORTER-early", context: [1], count: 32)
            export.isEarly = true
            options.exports = [export]
            var serverOptions = ContextOptions()
            serverOptions.exports = [export]
            let link = Link(
                client: End(try client.makeContext(options)),
                server: End(try (other ?? server).makeContext(serverOptions)),
                chunk: chunk
            )
            link.connect()
            return link
        }

        func session() throws -> SavedSession {
            let link = try connect()
            #expect(try link.echo())
            // libssl's server forgets the session of a connection that was not closed, and one that takes early data keeps
            // all of them itself, against replays.
            for end in [link.client, link.server] {
                end.outbox += end.context.shutDown()
                link.run()
            }
            return try #require(link.client.context.sessions.last)
        }
    }

    @Test(arguments: [Int.max, 1, 7])
    func isTaken(_ chunk: Int) throws {
        let ends = try Ends(maximum: 4_096)
        let session = try ends.session()
        #expect(session.maximumEarlyData == 4_096)
        let link = try ends.connect(session, "GET / HTTP/1.0", chunk: chunk)
        #expect(link.isEstablished)
        let client = try #require(link.client.context.attributes.session.earlyData)
        let server = try #require(link.server.context.attributes.session.earlyData)
        #expect(client == EarlyDataAttributes(status: .accepted, byteCount: 14, maximum: 4_096))
        #expect(server == client)
        #expect(link.client.context.attributes.transport.plaintextSent == 14)
        var nothing: [UInt8] = []
        // Nothing that arrives later is needed for it to come out.
        let out = link.server.plaintext + link.server.context.unprotect(&nothing).plaintext
        #expect(out == Array("GET / HTTP/1.0".utf8))
        #expect(try link.echo())
        #expect(link.client.context.attributes.session.resumed)
        let export = try #require(link.client.context.attributes.exports.first)
        #expect(export.isEarly && export.material?.bytes.count == 32)
        #expect(link.server.context.attributes.exports.first == export)
        let full = try #require(try ends.connect().client.context.attributes.exports.first)
        #expect(full.material == nil && full.problem != nil)
    }

    @Test func isRefusedByAServerThatDoesNotKnowTheSession() throws {
        let ends = try Ends(maximum: 4_096)
        let session = try ends.session()
        let link = try ends.connect(session, "early", to: try Ends(maximum: 4_096).server)
        #expect(link.isEstablished)
        #expect(link.client.context.attributes.session.earlyData?.status == .rejected)
        #expect(link.server.context.attributes.session.earlyData?.status == .rejected)
        #expect(link.server.context.attributes.session.earlyData?.byteCount == 0)
        #expect(try link.echo())
        #expect(!link.client.context.attributes.session.resumed)
    }

    @Test func isRefusedTheSecondTime() throws {
        let ends = try Ends(maximum: 4_096)
        let session = try ends.session()
        let first = try ends.connect(session, "early")
        #expect(first.client.context.attributes.session.earlyData?.status == .accepted)
        let second = try ends.connect(session, "early")
        #expect(second.client.context.attributes.session.earlyData?.status == .rejected, "that would be a replay")
        #expect(try second.echo())
    }

    @Test func isNeitherAllowedNorOfferedByDefault() throws {
        let ends = try Ends(maximum: 0)
        let session = try ends.session()
        #expect(session.maximumEarlyData == 0)
        #expect(try ends.connect(session).client.context.attributes.session.earlyData == nil)
        let forced = try ends.connect(session, "early")
        #expect(!forced.isEstablished, "libssl refuses to send it")
        #expect(forced.client.failure != nil)
    }

    @Test func aLargeAmountComesInSeveralRecords() throws {
        let ends = try Ends(maximum: 100_000)
        let session = try ends.session()
        let text = String(repeating: "0123456789", count: 5_000)
        let link = try ends.connect(session, text)
        var nothing: [UInt8] = []
        let out = link.server.plaintext + link.server.context.unprotect(&nothing).plaintext
        let isWhole = out == Array(text.utf8)
        #expect(isWhole, "\(out.count) bytes")
        #expect(link.server.context.attributes.session.earlyData?.byteCount == 50_000)
    }
}
