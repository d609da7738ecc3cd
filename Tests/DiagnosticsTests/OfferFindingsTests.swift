import SecureChannel
import TLSParameters
import Testing
import Transport

@testable import Diagnostics

/// What `serve` thinks of an offer.
@Suite("serve: what an offer shows", .timeLimit(.minutes(1)))
struct OfferFindingsTests {
    private func findings(_ change: (inout Credential) -> Void) async throws -> [Finding] {
        let setup = try ServedTalk.setup { $0.protocols.legacy = true }
        let outcome = try await ServedTalk.talk(
            setup,
            try ServedTalk.client(setup, change),
            ["GET / HTTP/1.0\r\n\r\n"]
        )
        #expect(outcome.report.findings.allSatisfy { isOneClearLine($0.statement) })
        return outcome.report.findings
    }

    @Test("a modern client without post-quantum groups has only that, and suites for old servers")
    func modern() async throws {
        let found = try await findings { $0.protocols = [.tls13] }
        #expect(Set(found.map(\.id)).subtracting(["offer.weak-signature"]) == ["offer.no-post-quantum"])
    }

    @Test("an old one is told all that is wrong, worst first")
    func old() async throws {
        let found = try await findings {
            $0.protocols = [.tls10, .tls11, .tls12]
            $0.legacy = true
            $0.serverName = nil
            $0.cipherList = "eNULL:aNULL:AES128-SHA:@SECLEVEL=0"
        }
        let ids = Set(found.map(\.id))
        #expect(
            ids.isSuperset(of: [
                "offer.no-tls13", "offer.null", "offer.anonymous", "offer.no-forward-secrecy", "offer.no-server-name",
            ])
        )
        #expect(found.map(\.severity) == found.map(\.severity).sorted(by: >))
        #expect(!ids.contains("offer.no-secure-renegotiation"))
        let null = try #require(found.first { $0.id == "offer.null" })
        #expect(null.evidence.contains { $0.encoded(for: .json).contains("NULL") })
    }

    @Test("TLS 1.0 alone is obsolete")
    func obsolete() async throws {
        let found = try await findings {
            $0.protocols = [.tls10]
            $0.legacy = true
        }
        #expect(found.contains { $0.id == "offer.obsolete" && $0.evidence == [PeerText("tls1.0")] })
    }
}
