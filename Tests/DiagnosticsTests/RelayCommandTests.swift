import Certificates
import SecureChannel
import Synchronization
import TLSParameters
import Testing
import Transport

@testable import Diagnostics

/// What a user can ask of a session that stands.
@Suite struct RelayCommandTests {
    private let world: World

    init() throws {
        world = try World()
    }

    private func run(
        _ steps: [CommandingEnds.Step],
        _ versions: [ProtocolVersion] = [.tls13],
        change: (inout Credential) -> Void = { _ in },
        talk: @escaping @Sendable (Session) async -> Void = Scripts.echo
    ) async throws -> (Report<ConnectResult>, CommandingEnds) {
        let ends = CommandingEnds(steps)
        var server = world.server(versions)
        change(&server)
        let report = try await LoopbackPeer.run(try Scripts.tls(server, talk: talk)) { peer in
            let operation = try ConnectOperation(
                channel: try world.request(peer),
                relay: .generous,
                recordsBytes: false
            )
            return await operation.run(relay: ends) { _ in }
        }
        return (report, ends)
    }

    @Test func quits() async throws {
        let (report, ends) = try await run([.say("one"), .hear("one"), .command(.quit)])
        #expect(report.status == .ok)
        #expect(report.result?.relay?.ending == .quit)
        #expect(report.result?.attributes?.close.first == .sent)
        #expect(ends.heard == "one")
    }

    @Test func renegotiates() async throws {
        let steps: [CommandingEnds.Step] = [
            .command(.renegotiate), .note("the new handshake is over"), .say("two"), .hear("two"), .command(.quit),
        ]
        let (report, ends) = try await run(steps, [.tls12]) { $0.allowsClientRenegotiation = true }
        #expect(report.status == .ok)
        #expect(report.result?.attributes?.security.renegotiations == 1)
        #expect(ends.notes.first == "a new handshake is asked for")
    }

    @Test func saysThatARefusalEndsTheSession() async throws {
        let (report, _) = try await run([.command(.renegotiate)], [.tls12])
        #expect(report.status.kind == "alert:no_renegotiation")
        #expect(report.status.exit == .noSession)
        #expect(report.result?.relay?.ending == .failed)
        #expect(report.status.reason?.contains("refused the new handshake") == true)
    }

    @Test func updatesKeys() async throws {
        let steps: [CommandingEnds.Step] = [
            .command(.keyupdate), .say("three"), .hear("three"), .note("the peer has new keys, too"), .command(.quit),
        ]
        let (report, _) = try await run(steps)
        #expect(report.status == .ok)
        #expect(report.result?.attributes?.security.keyUpdatesSent == 1)
        #expect(report.result?.attributes?.security.keyUpdatesReceived == 1)
    }

    @Test func keepsASessionThatCanNotDoWhatIsAsked() async throws {
        let modern = try await run([.command(.renegotiate), .say("a"), .hear("a"), .command(.quit)])
        #expect(modern.0.status == .ok)
        #expect(modern.1.notes.contains { $0.contains("TLS 1.3 has no renegotiation") })
        let old = try await run([.command(.keyupdate), .say("b"), .hear("b"), .command(.quit)], [.tls12])
        #expect(old.0.status == .ok)
        #expect(old.1.notes.contains { $0.contains("key update came with TLS 1.3") })
    }

    @Test func showsWhatIsKnown() async throws {
        let (report, ends) = try await run([.command(.attributes), .command(.certificates), .command(.quit)])
        #expect(report.status == .ok)
        #expect(ends.attributes.first?.version == .tls13)
        #expect(ends.certificates == [world.identity.certificate])
    }

    /// The peer still says what it has to say; this end says no more.
    @Test func closesItsOwnDirection() async throws {
        let steps: [CommandingEnds.Step] = [
            .say("x"), .hear("x"), .command(.shutdown), .say("too late"), .hear("x, bye"),
        ]
        let talk: @Sendable (Session) async -> Void = { session in
            await Scripts.readToEnd(session) { bytes in
                guard let token = try? session.context.protect(bytes) else { return }
                await session.send(token, deadline: Scripts.patience)
            }
            await Scripts.say(", bye", session)
            _ = await session.sendCloseNotify(deadline: Scripts.patience)
            await Scripts.drain(session.stream)
        }
        let (report, ends) = try await run(steps, talk: talk)
        #expect(report.status == .ok)
        #expect(report.result?.relay?.ending == .closeNotify)
        #expect(report.result?.relay?.bytesSent == 1)
        #expect(ends.notes.contains { $0.hasPrefix("not sent") })
        #expect(report.result?.attributes?.close.closeNotifySent == true)
    }

    @Test(arguments: [ProtocolVersion.tls12, .tls13])
    func resumesOnANewConnection(_ version: ProtocolVersion) async throws {
        let steps: [CommandingEnds.Step] = [
            .say("before"), .hear("before"), .command(.resume), .note("resumed"), .say(", after"),
            .hear("before, after"),
            .command(.quit),
        ]
        let (report, ends) = try await run(steps, [version])
        #expect(report.status == .ok)
        #expect(report.result?.attributes?.session.resumed == true)
        #expect(report.result?.relay?.bytesSent == 13)
        #expect(report.spent.connections == 2)
        #expect(ends.heard == "before, after")
    }
}

/// A user who follows a script: says, waits for what comes back, and commands.
private final class CommandingEnds: RelayEnds {
    enum Step: Sendable {
        case say(String)
        case command(SessionCommand)
        /// Waits until all that was heard is this.
        case hear(String)
        /// Waits for a note that has this in it.
        case note(String)
    }

    private struct State {
        var steps: [Step]
        var heard: [UInt8] = []
        var notes: [String] = []
        var attributes: [ConnectionAttributes] = []
        var certificates: [Certificate] = []
    }

    let showsData = true
    private let state: Mutex<State>

    init(_ steps: [Step]) {
        state = Mutex(State(steps: steps))
    }

    var heard: String { state.withLock { String(decoding: $0.heard, as: UTF8.self) } }
    var notes: [String] { state.withLock { $0.notes } }
    var attributes: [ConnectionAttributes] { state.withLock { $0.attributes } }
    var certificates: [Certificate] { state.withLock { $0.certificates } }

    func nextInput() async -> RelayInput? {
        while let step = state.withLock({ $0.steps.isEmpty ? nil : $0.steps.removeFirst() }) {
            switch step {
            case .say(let text): return .data(Array(text.utf8))
            case .command(let command): return .command(command)
            case .hear(let text): await wait { $0.heard == text }
            case .note(let text): await wait { $0.notes.contains { $0.contains(text) } }
            }
        }
        // Whoever says nothing more still listens.
        try? await Task.sleep(for: .seconds(60))
        return nil
    }

    private func wait(_ isThere: (CommandingEnds) -> Bool) async {
        for _ in 0..<2_000 where !isThere(self) {
            guard (try? await Task.sleep(for: .milliseconds(10))) != nil else { return }
        }
    }

    func deliver(_ bytes: [UInt8]) async throws {
        state.withLock { $0.heard += bytes }
    }

    func show(_ answer: SessionAnswer) async {
        state.withLock { state in
            switch answer {
            case .note(let text): state.notes.append(text)
            case .attributes(let attributes): state.attributes.append(attributes)
            case .certificates(let certificates, _): state.certificates = certificates
            }
        }
    }
}
