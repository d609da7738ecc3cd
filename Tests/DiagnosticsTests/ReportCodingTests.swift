import Foundation
import SecureChannel
import Testing
import Transport

@testable import Diagnostics

/// What is written can be read, and writing it again gives the same bytes: nothing is lost, and nothing depends on chance.
@Suite struct ReportCodingTests {
    private let world: World

    init() throws {
        world = try World()
    }

    private func expectRoundTrip<Outcome>(_ report: Report<Outcome>) throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes, .prettyPrinted]
        let first = try encoder.encode(report)
        let read = try JSONDecoder().decode(Report<Outcome>.self, from: first)
        let second = try encoder.encode(read)
        let before = String(decoding: first, as: UTF8.self).split(separator: "\n")
        let after = String(decoding: second, as: UTF8.self).split(separator: "\n")
        #expect(before.count == after.count)
        for (one, other) in zip(before, after) where one != other {
            Issue.record("\(report.verb.rawValue): \(one) became \(other)")
            break
        }
    }

    private func channel<Value: Sendable>(_ body: (ChannelRequest) async throws -> Value) async throws -> Value {
        try await LoopbackPeer.run(try Scripts.tls(world.server())) { peer in
            try await body(try world.request(peer))
        }
    }

    @Test func connect() async throws {
        try expectRoundTrip(try await channel { try await ConnectOperation.run($0) })
        try expectRoundTrip(
            try await channel { request in
                var request = request
                request.validation.files = []
                return try await ConnectOperation.run(request)
            }
        )
        try expectRoundTrip(
            try await ConnectOperation.run(try world.request(port: try await LoopbackPeer.deadPort()))
        )
    }

    @Test func inspect() async throws {
        try expectRoundTrip(
            try await channel {
                await (try InspectOperation(channel: $0, settings: .session, recordsBytes: true)).run()
            }
        )
        try expectRoundTrip(
            try await InspectFileOperation(path: world.trust, validation: ValidationSettings()).run()
        )
    }

    @Test func shutdown() async throws {
        try expectRoundTrip(
            try await channel {
                await (try ShutdownOperation(channel: $0, answerTimeout: .seconds(20), recordsBytes: false)).run()
            }
        )
    }

    @Test func renegotiate() async throws {
        try expectRoundTrip(
            try await channel {
                await (try RenegotiateOperation(channel: $0, recordsBytes: false)).run()
            }
        )
    }

    @Test func ciphers() async throws {
        let report = try await channel { request in
            await
                (try CiphersOperation(
                    target: request.target,
                    endpoint: request.endpoint,
                    limits: request.limits,
                    probe: ProbeSettings(probeTimeout: .seconds(10), concurrency: 4, maxConnections: 200),
                    filter: .everything
                )).run()
        }
        #expect(report.result != nil)
        try expectRoundTrip(report)
        try expectRoundTrip(try LocalCiphersOperation(filter: .everything).run())
    }

    @Test func serve() async throws {
        var request = ServeRequest(listen: "127.0.0.1:0")
        request.count = 1
        let operation = try ServeOperation(request)
        let reports = Noted<[Report<ServeResult>]>()
        let listening = { (report: Report<ServeResult>) in
            reports.note((reports.value ?? []) + [report])
            guard let address = report.result?.listener?.address,
                let port = Int(address.split(separator: ":").last ?? "")
            else { return }
            let client = try world.request(port: port) { $0.validation.mode = .none }
            Task { try await ConnectOperation.run(client) }
        }
        let sum = try await operation.run(page: { _, _ in "page" }, event: listening)
        for report in reports.value ?? [] { try expectRoundTrip(report) }
        #expect(reports.value?.count == 2)
        #expect(sum.result?.totals?.established == 1)
        try expectRoundTrip(sum)
    }
}
