import TLSParameters
import Testing
import Transport

@testable import Diagnostics

/// What is said of a server that doesn't get as far as answering inside TLS.
@Suite struct PipeliningCheckTests {
    private static let id = "starttls.command-injection"

    /// Speaks SMTP up to its go-ahead, and then does as `rest` says.
    private static func smtp(_ rest: @escaping LoopbackPeer.Script) -> LoopbackPeer.Script {
        { stream, number in
            for line in ["220 mail.example ESMTP\r\n", "250-mail.example\r\n250 STARTTLS\r\n", "220 ready\r\n"] {
                try? await stream.write(Array(line.utf8), deadline: Scripts.patience)
                guard line != "220 ready\r\n" else { break }
                guard case .bytes = await stream.read(deadline: Scripts.patience) else { return }
            }
            await rest(stream, number)
        }
    }

    private func outcome(
        scheme: String = "smtp",
        timeout: Duration = .seconds(20),
        _ script: @escaping LoopbackPeer.Script
    ) async throws -> CheckOutcome {
        let world = try World()
        let run = try await LoopbackPeer.run(script) { peer in
            var request = try world.request(peer)
            request.target = try Target(parsing: "\(scheme)://\(World.name):\(peer.port)")
            return await PipeliningCheck(
                opening: try Opening(request, recordsBytes: false),
                addresses: [],
                answerTimeout: .milliseconds(300),
                deadline: .after(timeout)
            ).run()
        }
        #expect(run.findings.isEmpty)
        return try #require(run.outcomes.first { $0.id == Self.id })
    }

    @Test func aServerThatEndsOrdinarySessionsTooIsNotCleared() async throws {
        let closing = try await outcome(Self.smtp { _, _ in })
        #expect(closing.verdict == .undetermined && closing.intrusive)
    }

    @Test func silenceIsNotHealth() async throws {
        #expect(try await outcome(timeout: .seconds(1), Self.smtp(Scripts.silence)).verdict == .undetermined)
        #expect(try await outcome(timeout: .seconds(1), Scripts.silence).verdict == .undetermined)
        // TLS stands, and nothing is said there.
        let world = try World()
        let quiet = try Scripts.tls(world.server()) { session in await Scripts.drain(session.stream) }
        let reason = "the server did not answer inside TLS in a way that tells"
        #expect(try await outcome(Self.smtp(quiet)).reason == reason)
    }

    @Test func protocolsWithoutSuchACommandAreLeftAlone() async throws {
        let outcome = try await outcome(scheme: "ldap") { _, _ in Issue.record("it was asked") }
        #expect(outcome.verdict == .notApplicable)
    }
}
