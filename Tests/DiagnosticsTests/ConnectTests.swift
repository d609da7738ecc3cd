import Certificates
import SecureChannel
import TLSParameters
import Testing
import Transport

@testable import Diagnostics

@Suite struct ConnectTests {
    private let world: World

    init() throws {
        world = try World()
    }

    @Test(arguments: [ProtocolVersion.tls12, .tls13])
    func reportsACleanSession(_ version: ProtocolVersion) async throws {
        let report = try await LoopbackPeer.run(try Scripts.tls(world.server([version]))) { peer in
            try await ConnectOperation.run(try world.request(peer))
        }
        #expect(report.status == .ok)
        #expect(report.verb == .connect)
        #expect(report.target?.host == World.name)
        #expect(report.target?.address == "127.0.0.1")
        #expect(report.target?.sni == World.name)
        let result = try #require(report.result)
        #expect(result.established)
        #expect(result.attributes?.version == version)
        #expect(result.attributes?.peer.validation?.isTrusted == true)
        #expect(result.attributes?.close.closeNotifySent == true)
        #expect(result.certificates == [world.identity.certificate])
        #expect(result.dial?.attempts.map(\.outcome) == ["connected"])
        #expect(result.relay?.ending == .endOfInput)
        #expect(!report.events.isEmpty)
        #expect(report.spent.connections == 1)
        #expect(report.spent.bytesSent > 0)
        #expect(report.spent.bytesReceived > 0)
    }

    @Test func worksOneByteAtATime() async throws {
        let script = try Scripts.tls(world.server(), trickling: true, talk: Scripts.echo)
        let ends = ScriptedEnds([Array("hello".utf8)])
        let report = try await LoopbackPeer.run(script) { peer in
            try await ConnectOperation.run(
                try world.request(peer),
                relay: ends,
                limits: RelayLimits(answer: .seconds(4), idle: nil, hold: false)
            )
        }
        #expect(report.status == .ok)
        #expect(ends.bytes == Array("hello".utf8))
    }

    @Test func tellsWhatStandsBeforeItRelays() async throws {
        let standing = Noted<Report<ConnectResult>>()
        let final = try await LoopbackPeer.run(try Scripts.tls(world.server())) { peer in
            let operation = try ConnectOperation(
                channel: try world.request(peer),
                relay: .generous,
                recordsBytes: false
            )
            return await operation.run(relay: ScriptedEnds()) { standing.note($0) }
        }
        #expect(standing.value?.result?.established == true)
        #expect(standing.value?.result?.relay == nil)
        #expect(final.result?.relay?.legsBefore == standing.value?.events.count)
    }

    @Test func tellsNothingBeforeASessionStands() async throws {
        let standing = Noted<Bool>()
        _ = try await LoopbackPeer.run(Scripts.answer([])) { peer in
            let operation = try ConnectOperation(
                channel: try world.request(peer),
                relay: .generous,
                recordsBytes: false
            )
            return await operation.run(relay: ScriptedEnds()) { _ in standing.note(true) }
        }
        #expect(standing.value == nil)
    }

    @Test func keepsTheBytesOfLegsOnlyWhenAsked() async throws {
        for records in [true, false] {
            let report = try await LoopbackPeer.run(try Scripts.tls(world.server())) { peer in
                let operation = try ConnectOperation(
                    channel: try world.request(peer),
                    relay: .generous,
                    recordsBytes: records
                )
                return await operation.run(relay: ScriptedEnds()) { _ in }
            }
            #expect(report.events.contains { !$0.bytes.isEmpty } == records)
            #expect(report.events.allSatisfy { $0.byteCount > 0 })
        }
    }

    @Test func sendsTheNameItIsTold() async throws {
        let world = try World(names: [World.name, "other.test"])
        for (setting, sni) in [
            (EndpointSettings.ServerName.fromTarget, World.name), (.name("other.test"), "other.test"), (.none, nil),
        ] as [(EndpointSettings.ServerName, String?)] {
            let seen = Noted<String?>()
            let script = try Scripts.tls(world.server()) { session in
                seen.note(session.context.attributes.names.sni?.encoded(for: .json))
                await Scripts.closePolitely(session)
            }
            let report = try await LoopbackPeer.run(script) { peer in
                try await ConnectOperation.run(try world.request(peer) { $0.endpoint.serverName = setting })
            }
            #expect(report.status == .ok)
            #expect(report.target?.sni == sni)
            #expect(seen.value == .some(sni))
        }
    }
}
