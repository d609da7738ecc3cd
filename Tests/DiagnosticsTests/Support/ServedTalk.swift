import Certificates
import SecureChannel
import TLSParameters
import Testing
import Transport

@testable import Diagnostics

/// One client of `serve`, in memory: a server made from a request, and a session with it.
enum ServedTalk {
    /// What a page says in these tests: enough to tell that it was made from the right report.
    static let page: PageRenderer = { report, format in
        let connection = report.result?.connection
        let names = connection?.attributes?.offered?.versions.map(\.name).joined(separator: " ") ?? "none"
        return "\(format.rawValue) \(connection?.outcome.rawValue ?? "-") \(connection?.requestCount ?? 0) \(names)\n"
    }

    /// A server that does what the request says.
    static func setup(_ request: ServeRequest) throws -> ServerSetup {
        let identity = try ServerIdentity(request, place: ListenPlace(parsing: "0"))
        let services = try ServerServices(request)
        return ServerSetup(
            credential: try request.acquire(identity),
            mode: request.mode,
            timeout: request.timeout,
            address: .ip(host: "127.0.0.1", port: 4433),
            site: HTTPSite(pem: identity.trustPEM, page: page, files: services.files),
            accounts: services.accounts,
            renegotiation: request.renegotiation,
            identification: request.timeout,
            keyLog: services.keyLog
        )
    }

    /// A server with these changes to the defaults.
    static func setup(_ change: (inout ServeRequest) throws -> Void = { _ in }) throws -> ServerSetup {
        var request = ServeRequest(listen: "0")
        request.timeout = .seconds(45)
        try change(&request)
        return try setup(request)
    }

    /// A client that trusts the server.
    static func client(_ setup: ServerSetup, _ change: (inout Credential) -> Void = { _ in }) throws -> Credential {
        var credential = Credential(role: .client)
        credential.trust = TrustAnchors(
            system: false,
            certificates: try Certificate.readAll(Array(setup.site.pem.utf8))
        )
        credential.verifyName = .dns("localhost")
        credential.serverName = "localhost"
        change(&credential)
        return credential
    }

    /// What came of a session, at both ends.
    struct Outcome {
        /// What the client read.
        var text: String
        var report: Report<ServeResult>
        var connection: ServedConnection
        var sessions: [SavedSession]
        /// The client's.
        var attributes: ConnectionAttributes
    }

    /// Has a session with the server, sends each text, and reads to the end, or until `enough` bytes came.
    static func talk(
        _ setup: ServerSetup,
        _ credential: Credential,
        _ texts: [String] = [],
        resuming saved: SavedSession? = nil,
        early: String = "",
        enough: Int = .max,
        finish: (Session) async -> Void = { session in
            _ = await session.sendCloseNotify(deadline: .after(.seconds(45)))
            await session.stream.close()
        }
    ) async throws -> Outcome {
        let (near, far) = InMemoryStream.pair()
        async let serving = ServedClient(number: 1, stream: far, setup: setup).serve()
        var options = ContextOptions()
        options.session = saved
        options.earlyData = Array(early.utf8)
        let session = Session(stream: near, context: try credential.acquire().makeContext(options))
        var bytes: [UInt8] = []
        if case .established = await session.handshake(deadline: .after(.seconds(45))) {
            for text in texts {
                guard let token = try? session.context.protect(Array(text.utf8)) else { break }
                await session.send(token, deadline: .after(.seconds(45)))
            }
            while bytes.count < enough {
                let result = await session.unprotect(deadline: .after(.seconds(45)))
                bytes += result.plaintext
                if case .contextExpired = result.status { break }
                if case .failed = result.status { break }
                if !result.plaintext.isEmpty { continue }
                if await session.receive(deadline: .after(.seconds(45))) != nil { break }
            }
        }
        await finish(session)
        let report = try #require(await serving.report).value
        return Outcome(
            text: String(decoding: bytes, as: UTF8.self),
            report: report,
            connection: try #require(report.result?.connection),
            sessions: session.context.sessions,
            attributes: session.context.attributes
        )
    }
}
