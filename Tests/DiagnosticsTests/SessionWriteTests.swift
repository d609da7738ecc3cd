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
