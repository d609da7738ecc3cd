import SecureChannel
import Synchronization
import TLSParameters
import Testing
import Transport

@testable import Diagnostics

@Suite("A handshake whose last words don't get out")
struct SessionWriteTests {
    /// A server in memory at the other end of a stream that takes only so many writes.
    // SAFETY: one task at a time uses it.
    private final class Narrow: ByteStream, @unchecked Sendable {
        let remote = SocketEndpoint.unix(path: "peer")
        let local = SocketEndpoint.unix(path: "here")
        private let server: any SecurityContext
        private var writes: Int
        private var answer: [UInt8] = []
        private let error: TransportError.Kind

        init(_ server: any SecurityContext, writes: Int, error: TransportError.Kind) {
            self.server = server
            self.writes = writes
            self.error = error
        }

        func read(deadline: Deadline) async -> ReadOutcome {
            defer { answer = [] }
            return answer.isEmpty ? .timedOut : .bytes(answer)
        }

        func write(_ bytes: [UInt8], deadline: Deadline) async throws(TransportError) {
            guard writes > 0 else { throw TransportError(error, detail: "no room") }
            writes -= 1
            var input = bytes
            answer += server.step(&input).token
        }

        func closeOutput() async {}
        func close() async {}
        func abort() async {}
    }

    @Test(arguments: [(TransportError.Kind.timedOut, false), (.cancelled, false), (.reset, true)])
    func isNoSession(_ error: TransportError.Kind, _ stands: Bool) async throws {
        let world = try World()
        let server = try world.server([.tls13]).acquire().makeContext()
        var credential = Credential(role: .client)
        credential.protocols = [.tls13]
        credential.verification = .none
        let context = try credential.acquire().makeContext()
        let session = Session(stream: Narrow(server, writes: 1, error: error), context: context)
        let outcome = await session.handshake(deadline: Scripts.patience)
        switch outcome {
        // A peer that has gone may have said why, which is read next.
        case .established: #expect(stands)
        case .ended(.timedOut): #expect(error == .timedOut)
        case .ended(.failed(let failure)): #expect(failure.kind == error && !stands)
        default: Issue.record("\(outcome)")
        }
    }
}

@Suite("A session that joins what it sends")
struct JoinedWriteTests {
    /// A client in memory that says something along with its last words.
    // SAFETY: one task at a time uses it.
    private final class Eager: ByteStream, @unchecked Sendable {
        let remote = SocketEndpoint.unix(path: "peer")
        let local = SocketEndpoint.unix(path: "here")
        let client: any SecurityContext
        private(set) var writes = 0
        private(set) var heard: [UInt8] = []
        private var answer: [UInt8]

        init(_ client: any SecurityContext) {
            self.client = client
            answer = client.start().token
        }

        func read(deadline: Deadline) async -> ReadOutcome {
            defer { answer = [] }
            return answer.isEmpty ? .timedOut : .bytes(answer)
        }

        func write(_ bytes: [UInt8], deadline: Deadline) async throws(TransportError) {
            writes += 1
            var input = bytes
            guard client.version == nil || heard.isEmpty && writes == 1 else {
                heard += client.unprotect(&input).plaintext
                return
            }
            answer += client.step(&input).token
            answer += (try? client.protect(Array("question".utf8))) ?? []
        }

        func closeOutput() async {}
        func close() async {}
        func abort() async {}
    }

    private func session(joins: Bool) async throws -> (Session, Eager) {
        let world = try World()
        var credential = Credential(role: .client)
        credential.protocols = [.tls13]
        credential.verification = .none
        let client = Eager(try credential.acquire().makeContext())
        let server = try world.server([.tls13]).acquire().makeContext()
        let session = Session(stream: client, context: server, joinsWrites: joins)
        guard case .established = await session.handshake(deadline: Scripts.patience) else {
            Issue.record("no session")
            return (session, client)
        }
        #expect(await session.unprotect(deadline: Scripts.patience).plaintext == Array("question".utf8))
        return (session, client)
    }

    @Test(arguments: [false, true])
    func ticketsGoOutWithTheAnswer(_ joins: Bool) async throws {
        let (session, client) = try await session(joins: joins)
        #expect(client.writes == (joins ? 1 : 2))
        let error = await session.send(try session.context.protect(Array("answer".utf8)), deadline: Scripts.patience)
        #expect(error == nil)
        #expect(client.writes == (joins ? 2 : 3))
        #expect(client.heard == Array("answer".utf8))
        #expect(client.client.sessions.count == 2)
    }

    @Test func nothingIsHeldWhileTheSessionWaits() async throws {
        let (session, client) = try await session(joins: true)
        #expect(await session.receive(deadline: Scripts.patience) == .timedOut)
        #expect(client.writes == 2)
        #expect(client.client.sessions.count == 2)
    }

    @Test func nothingIsLostWhenTheSessionEnds() async throws {
        let (session, client) = try await session(joins: true)
        await session.close(after: session.context.shutDown(), deadline: Scripts.patience)
        #expect(client.writes == 2)
        #expect(client.client.sessions.count == 2)
        #expect(client.client.attributes.close.closeNotifyReceived)
    }
}
