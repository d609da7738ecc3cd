import LibSSL
import TLSWire

@testable import ClassicTLS

/// Honest sessions, to be resumed.
enum Rehearsal {
    struct Sessions {
        var client: ClassicSession?
        var server: ClassicSession?
    }

    private struct Key: Hashable {
        var version: Script.Version
        var suite: Int
        var options: Set<Option>
    }

    // SAFETY: a fuzz target has one thread.
    private nonisolated(unsafe) static var known: [Key: Sessions] = [:]

    /// What both ends keep of a session that was set up the same way; made once.
    static func sessions(_ setup: Setup) throws -> Sessions {
        let key = Key(
            version: setup.script.version,
            suite: setup.script.suite % (Setup.suites.count + 1),
            options: setup.script.options
        )
        if let sessions = known[key] { return sessions }
        Chance.reset()
        let configurations = try (setup.configuration(), setup.hostileConfiguration())
        let isServer = setup.role == .server
        let client = isServer ? configurations.1 : configurations.0
        let server = isServer ? configurations.0 : configurations.1
        let sessions = try setup.script.version == .ssl2 ? sessionsOfSSL2(client, server) : sessions(client, server)
        if known.count < 1_000 { known[key] = sessions }
        return sessions
    }

    private static func sessions(_ client: ClassicConfiguration, _ server: ClassicConfiguration) throws -> Sessions {
        let client = try ClassicConnection(configuration: client, at: Setup.now, session: nil)
        let server = try ClassicConnection(configuration: server, at: Setup.now, session: nil)
        join(client, server)
        return Sessions(client: client.standing?.session, server: server.standing?.session)
    }

    private static func sessionsOfSSL2(
        _ client: ClassicConfiguration,
        _ server: ClassicConfiguration
    ) throws -> Sessions {
        let client = try SSL2Connection(configuration: client, at: Setup.now, session: nil)
        let server = try SSL2Connection(configuration: server, at: Setup.now, session: nil)
        join(client, server)
        return Sessions(client: client.session, server: server.session)
    }

    private static func join(_ client: any EndUnderTest, _ server: any EndUnderTest) {
        for _ in 0..<8 {
            Chance.next(.hostile)
            _ = client.handshake()
            for record in HostileSession.records(client.takeOutput(), isSSL2: client is SSL2Connection) {
                server.feed(record)
            }
            _ = server.handshake()
            for record in HostileSession.records(server.takeOutput(), isSSL2: server is SSL2Connection) {
                client.feed(record)
            }
        }
    }
}
