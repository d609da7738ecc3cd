import SecureChannel
import Synchronization
import TLSParameters
import Testing
import Transport

@testable import Diagnostics

/// The whole of `serve` on loopback.
@Suite("serve: many clients", .timeLimit(.minutes(1)))
struct ServeOperationTests {
    private func operation(_ change: (inout ServeRequest) -> Void = { _ in }) throws -> ServeOperation {
        var request = ServeRequest(listen: "127.0.0.1:0")
        request.timeout = .seconds(45)
        change(&request)
        return try ServeOperation(request)
    }

    /// Runs a server for as long as `body` takes; returns what it reported, the sum last.
    private func serve(
        _ operation: ServeOperation,
        _ body: @escaping @Sendable (SocketEndpoint) async throws -> Void
    ) async throws -> [Report<ServeResult>] {
        let reports = Mutex<[Report<ServeResult>]>([])
        let (addresses, address) = AsyncStream.makeStream(of: SocketEndpoint.self)
        let running = Task {
            try await operation.run(page: ServedTalk.page) { report in
                reports.withLock { $0.append(report) }
                guard let text = report.result?.listener?.address, let colon = text.lastIndex(of: ":") else { return }
                address.yield(.ip(host: "127.0.0.1", port: UInt16(text[text.index(after: colon)...]) ?? 0))
            }
        }
        for await endpoint in addresses {
            try await body(endpoint)
            break
        }
        running.cancel()
        let last = try await running.value
        return reports.withLock { $0 } + [last]
    }

    /// One request; true if it was answered.
    private static func get(_ endpoint: SocketEndpoint) async throws -> Bool {
        let dial = try await Dialer.dial([endpoint], connectTimeout: .seconds(30), deadline: .after(.seconds(45)))
        var credential = Credential(role: .client)
        credential.verification = .none
        let session = Session(stream: dial.stream, context: try credential.acquire().makeContext())
        guard case .established = await session.handshake(deadline: .after(.seconds(45))) else {
            await dial.stream.close()
            return false
        }
        let token = try session.context.protect(Array("GET / HTTP/1.0\r\n\r\n".utf8))
        await session.send(token, deadline: .after(.seconds(45)))
        var bytes: [UInt8] = []
        repeat {
            bytes += await session.unprotect(deadline: .after(.seconds(45))).plaintext
        } while await session.receive(deadline: .after(.seconds(45))) == nil
        await dial.stream.close()
        return bytes.starts(with: "HTTP/1.1 200".utf8)
    }

    private static func silent(_ endpoint: SocketEndpoint) async throws -> any ByteStream {
        try await Dialer.dial([endpoint], connectTimeout: .seconds(30), deadline: .after(.seconds(45))).stream
    }

    @Test("silent clients hold nobody up, and stopping ends them")
    func many() async throws {
        let reports = try await serve(try operation()) { endpoint in
            var silent: [any ByteStream] = []
            for _ in 0..<10 { silent.append(try await Self.silent(endpoint)) }
            let answered = try await withThrowingTaskGroup(of: Bool.self) { group in
                for _ in 0..<20 { group.addTask { try await Self.get(endpoint) } }
                return try await group.reduce(0) { $0 + ($1 ? 1 : 0) }
            }
            #expect(answered == 20)
        }
        #expect(reports.first?.result?.event == .listening)
        let outcomes = reports.compactMap { $0.result?.connection?.outcome }
        #expect(outcomes.count { $0 == .ok } == 20)
        #expect(outcomes.count == 30)
        let totals = try #require(reports.last?.result?.totals)
        #expect(totals.established == 20)
        #expect(totals.failed == 10)
        #expect(totals.requests == 20)
    }

    @Test(
        "a report for a line of text has no legs and no findings, and is right in what it has",
        arguments: [true, false]
    )
    func outlines(everything: Bool) async throws {
        let reports = try await serve(try operation { $0.telling = everything ? .everything : .outline }) { endpoint in
            let answered = try await Self.get(endpoint)
            #expect(answered)
        }
        let report = try #require(reports.first { $0.result?.connection != nil })
        let connection = try #require(report.result?.connection)
        #expect(connection.outcome == .ok)
        #expect(connection.established)
        #expect(connection.requestCount == 1)
        #expect(connection.bytesReceived > 0 && connection.bytesSent > 0)
        #expect(connection.attributes?.version == .tls13)
        #expect(connection.attributes?.suite != nil)
        #expect(connection.attributes?.fingerprints.ja4 != nil)
        #expect(report.events.isEmpty != everything)
        #expect((connection.attributes?.offered == nil) != everything)
        #expect((connection.attributes?.bindings == nil) != everything)
    }

    @Test("where nothing is told of connections they are counted all the same")
    func counted() async throws {
        let reports = try await serve(try operation { $0.telling = .nothing }) { endpoint in
            let answered = try await Self.get(endpoint)
            #expect(answered)
        }
        #expect(!reports.contains { $0.result?.connection != nil })
        #expect(reports.first?.result?.listener != nil)
        let totals = try #require(reports.last?.result?.totals)
        #expect(totals.connections == 1)
        #expect(totals.established == 1)
        #expect(totals.requests == 1)
        #expect(try #require(reports.last).spent.bytesReceived > 0)
    }

    @Test("--count ends it after so many connections")
    func count() async throws {
        let operation = try operation { $0.count = 3 }
        let reports = Mutex(0)
        let last = try await operation.run(page: ServedTalk.page) { report in
            reports.withLock { $0 += 1 }
            guard let text = report.result?.listener?.address, let colon = text.lastIndex(of: ":") else { return }
            let endpoint = SocketEndpoint.ip(host: "127.0.0.1", port: UInt16(text[text.index(after: colon)...]) ?? 0)
            Task { for _ in 0..<3 { _ = try? await Self.get(endpoint) } }
        }
        #expect(last.status == .ok)
        #expect(last.result?.totals?.connections == 3)
        #expect(reports.withLock { $0 } == 4)
    }

    @Test("above the limit a client is turned away at once, and the next finds room again")
    func limit() async throws {
        let reports = try await serve(try operation { $0.maximumClients = 2 }) { endpoint in
            let first = try await Self.silent(endpoint)
            let second = try await Self.silent(endpoint)
            // Reset at once, it may be gone before it was wholly here.
            if let third = try? await Self.silent(endpoint) {
                let end = await third.read(deadline: .after(.seconds(45)))
                #expect(end == .reset)
                await third.close()
            }
            await first.close()
            await second.close()
            var answered = false
            for _ in 0..<50 where !answered {
                answered = (try? await Self.get(endpoint)) ?? false
                if !answered { try await Task.sleep(for: .milliseconds(20)) }
            }
            #expect(answered)
        }
        #expect(reports.last?.result?.totals?.turnedAway ?? 0 >= 1)
        #expect(reports.contains { $0.status.kind == "incomplete:connection-limit" })
    }

    /// Runs a server that is asked to stop once `body` is done.
    private func drain(
        patience: Duration,
        _ body: @escaping @Sendable (SocketEndpoint) async throws -> Void
    ) async throws -> [Report<ServeResult>] {
        let operation = try operation { $0.patience = patience }
        let drain = Drain()
        let reports = Mutex<[Report<ServeResult>]>([])
        let last = try await operation.run(draining: drain, page: ServedTalk.page) { report in
            reports.withLock { $0.append(report) }
            guard let text = report.result?.listener?.address, let colon = text.lastIndex(of: ":") else { return }
            let endpoint = SocketEndpoint.ip(host: "127.0.0.1", port: UInt16(text[text.index(after: colon)...]) ?? 0)
            Task {
                try? await body(endpoint)
                #expect(drain.begin())
                #expect(!drain.begin())
            }
        }
        return reports.withLock { $0 } + [last]
    }

    @Test("asked to stop, it takes nobody new and lets those finish who are there")
    func draining() async throws {
        let reports = try await drain(patience: .seconds(30)) { endpoint in
            let early = try await Self.silent(endpoint)
            // The server has taken it once it answers another.
            #expect(try await Self.get(endpoint))
            Task {
                var isRefused = false
                for _ in 0..<200 where !isRefused {
                    try await Task.sleep(for: .milliseconds(20))
                    isRefused = (try? await Self.silent(endpoint)) == nil
                }
                #expect(isRefused, "it still listens")
                // The one that was there before gets its session.
                await early.close()
            }
        }
        #expect(reports.last?.status == .ok)
        #expect(reports.last?.result?.totals?.established == 1)
        #expect(!reports.contains { $0.result?.connection?.outcome == .interrupted })
    }

    @Test("whoever stays too long is sent away")
    func drainingHasABound() async throws {
        let held = Noted<any ByteStream>()
        let reports = try await drain(patience: .milliseconds(200)) { endpoint in
            held.note(try await Self.silent(endpoint))
            #expect(try await Self.get(endpoint))
        }
        #expect(reports.contains { $0.result?.connection?.outcome == .interrupted })
        #expect(reports.last?.result?.totals?.connections == 2)
        await held.value?.close()
    }

    @Test("a port that is in use is our own mistake")
    func inUse() async throws {
        _ = try await serve(try operation()) { endpoint in
            let other = try operation { $0.listen = endpoint.description }
            let report = try await other.run(page: ServedTalk.page) { _ in }
            #expect(report.status.exit == .usage)
            #expect(report.status.kind == "usage")
            #expect(report.status.reason == "port \(endpoint.port ?? 0) on 127.0.0.1 is in use")
            #expect(report.result == nil)
        }
    }

    @Test("a reader that fails stops it")
    func failingReader() async throws {
        struct Gone: Error {}
        let operation = try operation()
        await #expect(throws: Gone.self) {
            try await operation.run(page: ServedTalk.page) { _ in throw Gone() }
        }
        await #expect(throws: Gone.self) {
            try await operation.run(page: ServedTalk.page) { report in
                guard let text = report.result?.listener?.address, let colon = text.lastIndex(of: ":") else {
                    throw Gone()
                }
                let endpoint = SocketEndpoint.ip(
                    host: "127.0.0.1",
                    port: UInt16(text[text.index(after: colon)...]) ?? 0
                )
                Task { _ = try? await Self.get(endpoint) }
            }
        }
    }
}
