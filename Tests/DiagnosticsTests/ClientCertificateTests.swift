import Certificates
import SecureChannel
import TLSParameters
import Testing
import Transport

@testable import Diagnostics

/// In TLS 1.3 a client is done before the server has judged its certificate: a refusal that comes late is still one.
@Suite struct ClientCertificateTests {
    private let world: World
    private let client: IdentityFiles
    private let trusted: Certificate

    init() throws {
        world = try World()
        (client, trusted) = try world.clientIdentity()
    }

    private func server(_ version: ProtocolVersion, trusting: [Certificate], required: Bool = true) -> Credential {
        var credential = world.server([version])
        credential.clientAuthentication = required ? .require : .request
        credential.trust = TrustAnchors(system: false, certificates: trusting)
        return credential
    }

    private func connect(_ server: Credential, as identities: [IdentityFiles]) async throws -> Report<ConnectResult> {
        try await LoopbackPeer.run(try Scripts.tls(server)) { peer in
            try await ConnectOperation.run(try world.request(peer) { $0.credentials.identities = identities })
        }
    }

    @Test(arguments: [ProtocolVersion.tls12, .tls13])
    func isAcceptedWithTheRightOne(_ version: ProtocolVersion) async throws {
        let report = try await connect(server(version, trusting: [trusted]), as: [client])
        #expect(report.status == .ok)
        #expect(report.result?.attributes?.clientAuthentication.requested == true)
        #expect(report.result?.attributes?.clientAuthentication.certificatesSent == 1)
        #expect(report.result?.attributes?.clientAuthentication.accepted == true)
    }

    @Test(arguments: [(ProtocolVersion.tls12, "alert:handshake_failure"), (.tls13, "alert:certificate_required")])
    func isRefusedWithoutOne(_ version: ProtocolVersion, kind: String) async throws {
        let report = try await connect(server(version, trusting: [trusted]), as: [])
        #expect(report.status.exit == .noSession)
        #expect(report.status.kind == kind)
        #expect(report.result?.established == false)
        #expect(report.result?.relay == nil)
        if version == .tls13 { #expect(report.status.hint?.contains("--cert") == true) }
    }

    @Test(arguments: [ProtocolVersion.tls12, .tls13])
    func isRefusedWithAStrangersOne(_ version: ProtocolVersion) async throws {
        let other = try Identity.selfSigned(names: ["somebody.test"]).certificate
        let report = try await connect(server(version, trusting: [other]), as: [client])
        #expect(report.status.exit == .noSession)
        #expect(report.status.kind.hasPrefix("alert:"))
        #expect(report.status.hint?.contains("--cert") == true)
        #expect(report.result?.attributes?.clientAuthentication.accepted != true)
    }

    @Test(arguments: [ProtocolVersion.tls12, .tls13])
    func isWelcomeWithoutWhereItIsOptional(_ version: ProtocolVersion) async throws {
        let report = try await connect(server(version, trusting: [trusted], required: false), as: [])
        #expect(report.status == .ok)
        #expect(report.result?.attributes?.clientAuthentication.requested == true)
        #expect(report.result?.relay?.ending == .endOfInput)
    }

    /// No ticket, no data: nothing tells acceptance from a long thought, so the session counts.
    @Test func countsSilenceAsASession() async throws {
        var server = server(.tls13, trusting: [trusted])
        server.usesSessionTickets = false
        server.ticketCount = 0
        let report = try await connect(server, as: [client])
        #expect(report.status == .ok)
    }

    @Test func losesNoDataThatCameWithTheVerdict() async throws {
        let ends = ScriptedEnds(ends: false)
        let script = try Scripts.tls(server(.tls13, trusting: [trusted])) { session in
            await Scripts.say("welcome", session)
            _ = await session.sendCloseNotify(deadline: Scripts.patience)
            await session.stream.closeOutput()
            await Scripts.drain(session.stream)
        }
        let report = try await LoopbackPeer.run(script) { peer in
            try await ConnectOperation.run(
                try world.request(peer) { $0.credentials.identities = [client] },
                relay: ends
            )
        }
        #expect(report.status == .ok)
        #expect(report.result?.relay?.ending == .closeNotify)
        #expect(ends.bytes == Array("welcome".utf8))
    }

    /// A server that says no by ending the connection, without an alert.
    @Test(arguments: [true, false])
    func noticesARefusalWithoutWords(_ resets: Bool) async throws {
        var server = server(.tls13, trusting: [], required: false)
        server.ticketCount = 0
        server.usesSessionTickets = false
        let report = try await LoopbackPeer.run(
            try Scripts.tls(server) { session in
                if resets { await session.stream.abort() } else { await session.stream.close() }
            }
        ) { peer in
            try await ConnectOperation.run(try world.request(peer))
        }
        #expect(report.status.exit == .noSession)
        #expect(report.status.kind == (resets ? "reset" : "closed"))
        #expect(report.status.hint?.contains("--cert") == true)
    }

    @Test func everyVerbHearsTheLateRefusal() async throws {
        try await LoopbackPeer.run(try Scripts.tls(server(.tls13, trusting: [trusted]))) { peer in
            let request = try world.request(peer)
            let inspect = await (try InspectOperation(channel: request, settings: .session, recordsBytes: false)).run()
            #expect(inspect.status.kind == "alert:certificate_required")
            #expect(inspect.result?.certificates.count == 1)
            let shutdown = await
                (try ShutdownOperation(channel: request, answerTimeout: .seconds(5), recordsBytes: false)).run()
            #expect(shutdown.status.kind == "alert:certificate_required")
            let renegotiate = await (try RenegotiateOperation(channel: request, recordsBytes: false)).run()
            #expect(renegotiate.status.kind == "alert:certificate_required")
        }
    }
}
