import Certificates
import SecureChannel
import TLSParameters

/// One way through a lifecycle: how a session is opened, what changes on it, and how it ends.
struct Lifecycle: Sendable, CustomStringConvertible {
    enum Opening: String, Sendable, CaseIterable {
        case full
        case sessionID
        case ticket
        case psk
        /// A pre-shared key, and data with the hello.
        case earlyData
    }

    enum Change: String, Sendable, CaseIterable {
        case none
        case renegotiationByTheClient
        case abbreviatedByTheClient
        case renegotiationByTheServer
        case certificateByRenegotiation
        case refusedByTheServer
        case refusedByTheClient
        case keyUpdate
        case keyUpdateRequested
        case keyUpdateByTheServer
        case postHandshakeAuthentication
        case postHandshakeAuthenticationWithoutCertificate
    }

    /// Which engine carries the client, and which the server.
    enum Engines: String, Sendable, CaseIterable {
        case libssl = "libssl, libssl"
        case classic = "classic, classic"
        case classicClient = "classic, libssl"
        case classicServer = "libssl, classic"

        var client: EngineChoice { self == .classic || self == .classicClient ? .classic : .libssl }
        var server: EngineChoice { self == .classic || self == .classicServer ? .classic : .libssl }

        /// What both have.
        var versions: [ProtocolVersion] {
            switch self {
            case .libssl: [.tls10, .tls11, .tls12, .tls13]
            case .classic: [.ssl3, .tls10, .tls11, .tls12]
            case .classicClient, .classicServer: [.tls10, .tls11, .tls12]
            }
        }
    }

    enum Closing: String, Sendable, CaseIterable {
        case clientFirst
        case serverFirst
        case atTheSameTime
        case onlyTheClient
        case onlyTheServer
        case lateData
        case dataBehindCloseNotify
        case cutOffByTheServer
        case cutOffByTheClient
    }

    var engines: Engines
    var version: ProtocolVersion
    var opening: Opening
    var change: Change
    var closing: Closing
    /// How many bytes are delivered at a time.
    var chunk: Int

    var description: String {
        let way = chunk == .max ? "whole" : "\(chunk) at a time"
        return "\(engines.rawValue), \(version.name), \(opening), \(change), \(closing), \(way)"
    }

    /// Whether an end is unusable after the change: libssl can't go on after a refusal, and SSL 3.0 refuses by a fatal alert.
    var breaks: Bool {
        switch change {
        case .refusedByTheServer: version == .ssl3 || engines.client == .libssl
        case .refusedByTheClient: version == .ssl3 || engines.server == .libssl
        default: false
        }
    }

    /// The openings that a version has; servers of the classic engine give no tickets.
    static func openings(_ version: ProtocolVersion, _ engines: Engines) -> [Opening] {
        if version == .tls13 { return [.full, .psk, .earlyData] }
        return engines.server == .classic ? [.full, .sessionID] : [.full, .sessionID, .ticket]
    }

    /// The ends that are tried after a change: all of them. A byte at a time, and with the classic engine, they take turns with
    /// the openings, so that each change of a version still meets each end.
    var closings: [Closing] {
        let openings = Self.openings(version, engines)
        guard chunk == 1 || engines != .libssl, let turn = openings.firstIndex(of: opening),
            let number = Self.changes(version).firstIndex(of: change)
        else { return Closing.allCases }
        return Closing.allCases.enumerated().filter { ($0.offset + number) % openings.count == turn }.map(\.element)
    }

    /// The changes that a version has.
    static func changes(_ version: ProtocolVersion) -> [Change] {
        Change.allCases.filter { change in
            switch change {
            case .none: true
            case .keyUpdate, .keyUpdateRequested, .keyUpdateByTheServer, .postHandshakeAuthentication,
                .postHandshakeAuthenticationWithoutCertificate:
                version == .tls13
            default: version < .tls13
            }
        }
    }
}

/// Two acquired credentials for a lifecycle, and sessions to resume: made once, for what they cost.
final class LifecycleEnds {
    /// What is sent early.
    static let earlyData = Array("early".utf8)

    private let client: AcquiredCredential
    private let server: AcquiredCredential
    private let opening: Lifecycle.Opening

    /// Whom the client shows when it is asked: SSL 3.0 has no word for elliptic curves.
    static func identity(_ version: ProtocolVersion) -> Identity {
        version == .ssl3 ? Fixtures.rsa : Fixtures.client
    }

    init(_ cycle: Lifecycle) throws {
        let (version, opening, change) = (cycle.version, cycle.opening, cycle.change)
        self.opening = opening
        var client = Fixtures.clientCredential([version])
        var server = Fixtures.serverCredential([version])
        client.engine = cycle.engines.client
        server.engine = cycle.engines.server
        client.usesSessionTickets = opening != .sessionID
        server.usesSessionTickets = opening != .sessionID
        client.allowsPostHandshakeAuthentication = true
        if opening == .earlyData { server.maximumEarlyData = 4_096 }
        if change == .certificateByRenegotiation || change == .postHandshakeAuthentication {
            client.identities = [Self.identity(version)]
        }
        server.allowsClientRenegotiation = change == .renegotiationByTheClient || change == .abbreviatedByTheClient
        client.refusesRenegotiation = change == .refusedByTheClient
        self.client = try client.acquire()
        self.server = try server.acquire()
    }

    /// Two ends whose handshake is over, opened as the lifecycle says.
    func link(chunk: Int) throws -> Link {
        guard opening != .full else { return try connect(nil, chunk: chunk) }
        let first = try connect(nil, chunk: .max)
        _ = try first.echo()
        // A clean end: a server forgets the ids of sessions whose connection broke.
        first.client.outbox += first.client.context.shutDown()
        first.run()
        first.server.outbox += first.server.context.shutDown()
        first.run()
        return try connect(first.client.context.sessions.last, chunk: chunk)
    }

    private func connect(_ session: SavedSession?, chunk: Int) throws -> Link {
        var options = ContextOptions()
        options.session = session
        if opening == .earlyData, session != nil { options.earlyData = Self.earlyData }
        let link = Link(
            client: End(try client.makeContext(options)),
            server: End(try server.makeContext()),
            chunk: chunk
        )
        link.connect()
        return link
    }
}

extension End {
    /// The legs from `start` on, as `>established` or `<continue-needed`: of those that follow each other in one direction only
    /// the last, since a token that is delivered in pieces makes a leg of each record.
    func legs(from start: Int = 0) -> [String] {
        var shape: [String] = []
        for leg in context.legs.dropFirst(start) {
            let text = (leg.direction == .sent ? ">" : "<") + leg.status
            if shape.last?.first == text.first { shape[shape.count - 1] = text } else { shape.append(text) }
        }
        return shape
    }
}
