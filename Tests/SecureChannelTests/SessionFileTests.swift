import Certificates
import SecureChannel
import TLSParameters
import Testing

@Suite("Session files: what is saved can be resumed, and nothing else can")
struct SessionFileTests {
    private static func session(_ version: ProtocolVersion) throws -> (SavedSession, AcquiredCredential) {
        let server = try Fixtures.serverCredential([version]).acquire()
        let client = try Fixtures.clientCredential([version]).acquire()
        let link = Link(client: End(try client.makeContext()), server: End(try server.makeContext()))
        link.connect()
        _ = try link.echo()
        return (try #require(link.client.context.sessions.last), server)
    }

    @Test(arguments: [ProtocolVersion.tls10, .tls12, .tls13])
    func aFileBringsTheSessionBack(_ version: ProtocolVersion) throws {
        let (session, server) = try Self.session(version)
        let back = try SavedSession(file: Array(session.fileText.utf8))
        #expect(back == session)
        #expect(back.serverName == "server.test")
        #expect(back.peerChain.count == 1)
        var options = ContextOptions()
        options.session = back
        let client = try Fixtures.clientCredential([version]).acquire()
        let link = Link(client: End(try client.makeContext(options)), server: End(try server.makeContext()))
        link.connect()
        #expect(link.client.context.attributes.session.resumed)
        #expect(link.client.context.attributes.peer.validation?.isTrusted == true)
    }

    @Test func aStapleIsKept() throws {
        var (session, _) = try Self.session(.tls13)
        #expect(session.staple == nil)
        session.staple = [0x30, 3, 0x0A, 1, 6]
        #expect(try SavedSession(file: Array(session.fileText.utf8)) == session)
    }

    @Test func theTextAroundItIsForPeople() throws {
        let (session, _) = try Self.session(.tls13)
        let lines = session.fileText.split(separator: "\n")
        #expect(lines.contains("Protocol: TLS 1.3"))
        #expect(lines.contains("Server name: server.test"))
        #expect(lines.contains { $0.hasPrefix("Expires: 2") })
        #expect(lines.contains("-----BEGIN SSL SESSION PARAMETERS-----"))
        // What another program wrote has the block alone, perhaps with text of its own.
        let block = try #require(session.fileText.firstRange(of: "-----BEGIN CERTIFICATE")).lowerBound
        let bare = try SavedSession(file: Array(session.fileText[..<block].utf8))
        #expect(bare.bytes == session.bytes)
        #expect(bare.peerChain == session.peerChain, "the session itself has the leaf")
        #expect(try SavedSession(file: session.bytes).bytes == session.bytes)
    }

    @Test(arguments: ["", "text", "-----BEGIN CERTIFICATE-----\nMAA=\n-----END CERTIFICATE-----\n"])
    func whatHoldsNoSessionIsRefused(_ text: String) {
        #expect(throws: CredentialError.self) { try SavedSession(file: Array(text.utf8)) }
    }

    @Test func brokenFilesAreRefused() throws {
        let (session, _) = try Self.session(.tls12)
        let text = session.fileText
        for broken in [text + text, String(text.dropLast(40)), text.replacing("MI", with: "M!")] {
            #expect(throws: CredentialError.self) { try SavedSession(file: Array(broken.utf8)) }
        }
        let other = "-----BEGIN SSL SESSION PARAMETERS-----\nMAMCAQE=\n-----END SSL SESSION PARAMETERS-----\n"
        #expect(throws: CredentialError.self) { try SavedSession(file: Array(other.utf8)) }
    }

    @Test func itExpiresWhenTheServerSaid() throws {
        var server = Fixtures.serverCredential([.tls13])
        server.sessionLifespan = 60
        let link = try Link(client: Fixtures.clientCredential([.tls13]), server: server)
        link.connect()
        let session = try #require(link.client.context.sessions.last)
        #expect(session.expires == session.created + 60)
        #expect(link.client.context.attributes.session.expires == session.expires)
    }

    @Test func sessionsAndSecretsAreHandedOutAtOnce() throws {
        let seen = Collected()
        var options = ContextOptions()
        options.sessionSink = { seen.sessions.append($0) }
        options.keyLogSink = { seen.lines.append($0) }
        let link = try Link(client: Fixtures.clientCredential(), server: Fixtures.serverCredential(), options: options)
        link.connect()
        #expect(seen.sessions == link.client.context.sessions)
        #expect(seen.sessions.count == 2)
        #expect(seen.lines.contains { $0.hasPrefix("SERVER_TRAFFIC_SECRET_0 ") })
        #expect(link.client.context.keyLog.isEmpty, "a file is no leave to show them")
        #expect(link.client.context.attributes.secrets == nil)
    }

    // SAFETY: used by one test on one thread.
    private final class Collected: @unchecked Sendable {
        var sessions: [SavedSession] = []
        var lines: [String] = []
    }
}
