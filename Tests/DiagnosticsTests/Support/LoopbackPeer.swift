import Certificates
import SecureChannel
import Synchronization
import TLSParameters
import Transport

@testable import Diagnostics

/// A server on loopback that does to each connection what its script says.
final class LoopbackPeer: Sendable {
    /// What to do with a connection; the number counts connections from 0.
    typealias Script = @Sendable (_ stream: any ByteStream, _ number: Int) async -> Void

    /// The port that it listens on.
    let port: Int
    private let listener: Listener
    private let task: Task<Void, Never>

    private init(_ listener: Listener, _ script: @escaping Script) {
        self.listener = listener
        port = Int(listener.endpoint.port ?? 0)
        task = Task {
            await withDiscardingTaskGroup { group in
                var number = 0
                for await stream in listener.connections {
                    let current = number
                    number += 1
                    group.addTask {
                        await script(stream, current)
                        await stream.close()
                    }
                }
            }
        }
    }

    /// Listens as long as `body` runs.
    static func run<Value>(
        _ script: @escaping Script,
        _ body: (LoopbackPeer) async throws -> Value
    ) async throws -> Value {
        let peer = LoopbackPeer(try await Listener.bind(host: "127.0.0.1", port: 0), script)
        do {
            let value = try await body(peer)
            await peer.close()
            return value
        } catch {
            await peer.close()
            throw error
        }
    }

    private func close() async {
        await listener.close()
        task.cancel()
        await task.value
    }

    /// A port on which nobody listens: one that was just given back.
    static func deadPort() async throws -> Int {
        let listener = try await Listener.bind(host: "127.0.0.1", port: 0)
        let port = Int(listener.endpoint.port ?? 0)
        await listener.close()
        return port
    }
}

/// Scripts for peers.
enum Scripts {
    /// The longest that any script waits for its client; tests end long before.
    static var patience: Deadline { .after(.seconds(60)) }

    /// Reads the client's first bytes, writes `bytes`, and closes.
    static func answer(_ bytes: [UInt8]) -> LoopbackPeer.Script {
        { stream, _ in
            _ = await stream.read(deadline: patience)
            try? await stream.write(bytes, deadline: patience)
            await stream.closeOutput()
            await drain(stream)
        }
    }

    /// Says nothing, and reads everything.
    static let silence: LoopbackPeer.Script = { stream, _ in await drain(stream) }

    /// Reads until the client ends the connection.
    static func drain(_ stream: any ByteStream) async {
        while case .bytes = await stream.read(deadline: patience) {}
    }

    /// Shakes hands as a server under one credential, and lets `talk` do the rest if that worked.
    static func tls(
        _ credential: Credential,
        trickling: Bool = false,
        talk: @escaping @Sendable (Session) async -> Void = closePolitely
    ) throws -> LoopbackPeer.Script {
        let acquired = try credential.acquire()
        return { stream, _ in await serve(stream, acquired, trickling: trickling, talk: talk) }
    }

    /// One connection under one credential.
    static func serve(
        _ stream: any ByteStream,
        _ credential: AcquiredCredential,
        trickling: Bool = false,
        talk: @Sendable (Session) async -> Void = closePolitely
    ) async {
        guard let context = try? credential.makeContext(ContextOptions()) else { return }
        let stream: any ByteStream = trickling ? FragmentingStream(wrapping: stream) : stream
        let session = Session(stream: stream, context: context)
        switch await session.handshake(deadline: patience) {
        case .established: await talk(session)
        case .failed:
            // The alert is out; a reset on unread bytes must not overtake it.
            await stream.closeOutput()
            await drain(stream)
        case .ended: break
        }
    }

    /// Reads to the client's close_notify, answers it, and ends the connection.
    static let closePolitely: @Sendable (Session) async -> Void = { session in
        await readToEnd(session) { _ in }
        _ = await session.sendCloseNotify(deadline: patience)
        await session.stream.closeOutput()
        await drain(session.stream)
    }

    /// Sends everything back until the client closes, then closes as well.
    static let echo: @Sendable (Session) async -> Void = { session in
        await readToEnd(session) { bytes in
            guard let token = try? session.context.protect(bytes) else { return }
            await session.send(token, deadline: patience)
        }
        _ = await session.sendCloseNotify(deadline: patience)
        await session.stream.closeOutput()
        await drain(session.stream)
    }

    /// Hands over what the client sends until it closes, one way or the other.
    static func readToEnd(_ session: Session, _ take: ([UInt8]) async -> Void) async {
        while true {
            let result = await session.unprotect(deadline: patience)
            if !result.plaintext.isEmpty { await take(result.plaintext) }
            switch result.status {
            case .contextExpired, .failed: return
            default: break
            }
            if await session.receive(deadline: patience) != nil { return }
        }
    }

    /// Sends data through a standing session.
    static func say(_ text: String, _ session: Session) async {
        guard let token = try? session.context.protect(Array(text.utf8)) else { return }
        await session.send(token, deadline: patience)
    }
}

/// Something that is set once from one task and read from another.
final class Noted<Value: Sendable>: Sendable {
    private let store = Mutex<Value?>(nil)

    /// What was noted; nil before.
    var value: Value? { store.withLock { $0 } }

    func update(_ change: (inout Value?) -> Void) {
        store.withLock { change(&$0) }
    }

    func note(_ value: Value) {
        store.withLock { $0 = value }
    }
}
