import Synchronization
import Testing
import Transport

@testable import Diagnostics

@Suite struct AddressChoiceTests {
    private static let all = (1...3).map { SocketEndpoint.ip(host: "192.0.2.\($0)", port: 443) }
    private static var patience: Deadline { .after(.seconds(60)) }

    /// A stream from an address; nothing is ever said on it.
    private final class Stream: ByteStream {
        let remote: SocketEndpoint
        let local = SocketEndpoint.unix(path: "test")
        init(_ remote: SocketEndpoint) { self.remote = remote }
        func read(deadline: Deadline) async -> ReadOutcome { .end }
        func write(_ bytes: [UInt8], deadline: Deadline) async throws(TransportError) {}
        func closeOutput() async {}
        func close() async {}
        func abort() async {}
    }

    /// A network in which the first address answers only from the second connection on: dialled side by side, two
    /// connections would end up at two machines.
    private final class Network: Sendable {
        private let calls = Mutex<[[SocketEndpoint]]>([])
        var asked: [[SocketEndpoint]] { calls.withLock { $0 } }
        let failsFirst: Bool

        init(failsFirst: Bool = false) { self.failsFirst = failsFirst }

        func dial(_ endpoints: [SocketEndpoint]) async throws(TransportError) -> DialReport {
            let number = calls.withLock { calls in
                calls.append(endpoints)
                return calls.count
            }
            // Time for the others to come.
            if number == 1 { try? await Task.sleep(for: .milliseconds(50)) }
            if number == 1, failsFirst { throw TransportError(.refused, detail: "connection refused") }
            guard let endpoint = number == 1 ? endpoints.dropFirst().first : endpoints.first else {
                throw TransportError(.other, detail: "no address")
            }
            return DialReport(stream: Stream(endpoint), attempts: [], connect: .zero)
        }
    }

    private func remotes(_ choice: AddressChoice, _ count: Int) async -> [SocketEndpoint?] {
        await withTaskGroup(of: SocketEndpoint?.self) { group in
            for _ in 0..<count {
                group.addTask { try? await choice.dial(deadline: Self.patience).stream.remote }
            }
            return await group.reduce(into: []) { $0.append($1) }
        }
    }

    @Test func firstConnectionChoosesForAll() async {
        let network = Network()
        let choice = AddressChoice(Self.all) { endpoints, _ throws(TransportError) in try await network.dial(endpoints)
        }
        #expect(choice.chosen == nil)
        #expect(await remotes(choice, 8) == Array(repeating: Self.all[1], count: 8))
        #expect(choice.chosen == Self.all[1])
        #expect(network.asked.count == 8)
        #expect(network.asked.first == Self.all)
        #expect(network.asked.dropFirst().allSatisfy { $0 == [Self.all[1]] })
    }

    @Test func thoseWhoWaitFailWithTheFirstAndTheNextTriesAgain() async throws {
        let network = Network(failsFirst: true)
        let choice = AddressChoice(Self.all) { endpoints, _ throws(TransportError) in try await network.dial(endpoints)
        }
        async let first = remotes(choice, 1)
        while network.asked.isEmpty { try await Task.sleep(for: .milliseconds(1)) }
        let others = await remotes(choice, 3)
        #expect(await first == [nil])
        #expect(others == [nil, nil, nil])
        #expect(choice.chosen == nil)
        #expect(try await choice.dial(deadline: Self.patience).stream.remote == Self.all[0])
    }
}
