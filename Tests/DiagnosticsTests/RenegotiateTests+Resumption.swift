import SecureChannel
import TLSParameters
import Testing

@testable import Diagnostics

/// A session is resumed after its connection was lost.
extension RenegotiateTests {
    @Test func resumesAsOftenAsAskedInEveryWay() async throws {
        let report = try await renegotiate(try Scripts.tls(world.server([.tls12]))) {
            $0.reconnect = 2
            $0.rate = 1_000
        }
        let rows = (report.result?.attempts ?? []).filter { $0.action == .resumption }
        #expect(rows.prefix(2).map(\.detail) == ["ticket", "ticket"])
        #expect(rows.dropFirst(2).first?.detail?.contains("session-id") == true)
        #expect(Set(rows.map(\.connection)).count == rows.count)
    }

    @Test func ticketsOfTLS13AreUsedOnce() async throws {
        let report = try await renegotiate(try Scripts.tls(world.server([.tls13]))) { $0.reconnect = 3 }
        #expect(answers(report, .resumption) == [.honoured, .honoured, .honoured])
    }

    @Test(arguments: [(ProtocolVersion.tls12, "ticket"), (.tls13, "psk")])
    func resumesByTicket(_ version: ProtocolVersion, mechanism: String) async throws {
        let report = try await renegotiate(try Scripts.tls(world.server([version])))
        let resumption = try #require(attempt(report, .resumption))
        #expect(resumption.answer == .honoured)
        #expect(resumption.detail == mechanism)
        #expect(resumption.roundTrips == 1)
        #expect((resumption.bytes ?? 0) > 0)
        #expect(report.result?.summary.contains("resumes a lost session by \(mechanism)") == true)
    }

    @Test func resumesBySessionID() async throws {
        var server = world.server([.tls12])
        server.usesSessionTickets = false
        let report = try await renegotiate(try Scripts.tls(server))
        #expect(attempt(report, .resumption)?.answer == .honoured)
        #expect(attempt(report, .resumption)?.detail == "session-id")
    }

    /// Each connection is served with other ticket keys, as by machines that don't share them.
    @Test(arguments: [ProtocolVersion.tls12, .tls13])
    func makesAFullHandshakeWhereTheTicketIsStrange(_ version: ProtocolVersion) async throws {
        let credentials = try (0..<3).map { _ in try world.server([version]).acquire() }
        let report = try await renegotiate { stream, number in
            await Scripts.serve(stream, credentials[number % 3])
        }
        #expect(attempt(report, .resumption)?.answer == .fullHandshake)
        #expect(report.result?.summary.contains("does not resume a lost session") == true)
    }

    @Test func saysThatThereIsNothingToResume() async throws {
        var server = world.server([.tls12])
        server.usesSessionTickets = false
        server.remembersSessions = false
        let report = try await renegotiate(try Scripts.tls(server))
        #expect(attempt(report, .resumption)?.answer == .notTried)
        #expect(attempt(report, .resumption)?.detail == "the server gave no session to resume")
    }
}
