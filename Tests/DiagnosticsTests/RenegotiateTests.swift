import Certificates
import SecureChannel
import TLSParameters
import Testing
import Transport

@testable import Diagnostics

@Suite struct RenegotiateTests {
    let world: World

    init() throws {
        world = try World()
    }

    func renegotiate(
        _ script: @escaping LoopbackPeer.Script,
        answerTimeout: Duration = .seconds(20),
        asURL: Bool = false,
        _ adjust: (inout RenegotiateRequest) -> Void = { _ in },
        channel: (inout ChannelRequest) -> Void = { _ in }
    ) async throws -> Report<RenegotiateResult> {
        try await LoopbackPeer.run(script) { peer in
            let target = try world.request(peer, timeout: .seconds(120)) {
                if asURL, let target = try? Target(parsing: "https://\(World.name):\(peer.port)/") {
                    $0.target = target
                }
                channel(&$0)
            }
            var request = RenegotiateRequest()
            request.answerTimeout = answerTimeout
            adjust(&request)
            return await (try RenegotiateOperation(channel: target, request: request, recordsBytes: false)).run()
        }
    }

    func answers(
        _ report: Report<RenegotiateResult>,
        _ action: RenegotiationAttempt.Action = .renegotiation
    ) -> [RenegotiationAttempt.Answer] {
        (report.result?.attempts ?? []).filter { $0.action == action }.map(\.answer)
    }

    func attempt(
        _ report: Report<RenegotiateResult>,
        _ action: RenegotiationAttempt.Action
    ) -> RenegotiationAttempt? {
        report.result?.attempts.first { $0.action == action }
    }

    // MARK: TLS 1.2

    @Test func isHonoured() async throws {
        var server = world.server([.tls12])
        server.allowsClientRenegotiation = true
        let report = try await renegotiate(try Scripts.tls(server))
        #expect(report.status == .ok)
        #expect(attempt(report, .renegotiation)?.answer == .honoured)
        #expect(report.result?.secureRenegotiation == true)
        #expect(report.result?.version == "tls1.2")
        #expect(answers(report) == [.honoured, .honoured, .honoured])
        #expect(report.result?.changes.contains { $0.attribute == "renegotiations" && $0.after == "3" } == true)
        #expect(report.result?.policy?.kind == .allows)
        #expect(report.result?.policy?.honoured == 3)
        #expect(report.result?.verdict.kind == .unlimited)
        #expect(report.findings.map(\.id) == ["renegotiation.client-initiated"])
        #expect(
            report.result?.indication == RenegotiationIndication(extension: "supported", signallingSuite: "supported")
        )
        #expect(report.result?.summary.hasPrefix("renegotiates when the client asks") == true)
    }

    @Test func isRefusedByAlert() async throws {
        let report = try await renegotiate(try Scripts.tls(world.server([.tls12])))
        #expect(report.status == .ok)
        #expect(attempt(report, .renegotiation)?.answer == .refusedByAlert)
        #expect(attempt(report, .renegotiation)?.detail == "no_renegotiation")
        #expect(report.result?.changes.isEmpty == true)
        #expect(report.result?.attributes.suite != nil)
        #expect(answers(report).count == 1, "libssl can't go on after a refusal")
        #expect(report.result?.policy?.kind == .refuses)
        #expect(report.result?.verdict.kind == .refused)
        #expect(report.result?.summary.hasPrefix("refuses to renegotiate with the alert no_renegotiation") == true)
        // What follows the refusal needs connections of its own, and says which.
        #expect(report.result?.attempts.first?.connection == 1)
        #expect((attempt(report, .resumption)?.connection ?? 0) > 1)
        #expect(report.findings.isEmpty)
    }

    /// As Node has it: three, and then the end.
    @Test(arguments: [RenegotiationAttempt.Answer.closed, .reset])
    func stopsAfterSome(_ end: RenegotiationAttempt.Answer) async throws {
        var server = world.server([.tls12])
        server.allowsClientRenegotiation = true
        let script = try Scripts.tls(server) { session in
            var count = 0
            while await session.receive(deadline: Scripts.patience) == nil {
                if count == 3 {
                    if end == .reset { await session.stream.abort() } else { await session.stream.closeOutput() }
                    await Scripts.drain(session.stream)
                    return
                }
                let result = await session.unprotect(deadline: Scripts.patience)
                if result.signals.contains(.completed) { count += 1 }
                switch result.status {
                case .contextExpired, .failed: return
                default: break
                }
            }
        }
        let report = try await renegotiate(script) { $0.count = 6 }
        #expect(answers(report) == [.honoured, .honoured, .honoured, end])
        #expect(report.result?.policy?.kind == .stops)
        #expect(report.result?.policy?.honoured == 3)
        #expect(report.result?.verdict.kind == .limited)
        #expect(report.result?.summary.contains("stops after 3: ") == true)
        #expect(report.findings.isEmpty)
    }

    /// An end that comes without the question says nothing about it.
    @Test func isNotBlamedForEndingEveryConnection() async throws {
        let report = try await renegotiate(
            try Scripts.tls(world.server([.tls12])) { session in
                await session.stream.closeOutput()
                await Scripts.drain(session.stream)
            }
        )
        #expect(answers(report) == [.unconfirmed])
        #expect(report.result?.policy?.kind == .unclear)
        #expect(report.result?.verdict.kind == .open)
        #expect(report.result?.summary.hasPrefix("did not say whether it renegotiates") == true)
    }

    @Test func abbreviatedResumesWithinTheConnection() async throws {
        var server = world.server([.tls12])
        server.allowsClientRenegotiation = true
        let report = try await renegotiate(try Scripts.tls(server)) {
            $0.abbreviated = true
            $0.count = 1
        }
        #expect(answers(report) == [.honoured])
        // Our own servers make every renegotiation full, so that they can ask for a certificate.
        #expect(attempt(report, .renegotiation)?.detail == "by a full handshake")
    }

    @Test func requirementsCanChangeInBetween() async throws {
        var server = world.server([.tls12])
        server.allowsClientRenegotiation = true
        let report = try await renegotiate(
            try Scripts.tls(server),
            {
                $0.ciphers = "ECDHE-ECDSA-AES256-GCM-SHA384"
                $0.count = 1
            },
            channel: { $0.protocols.ciphers = "ECDHE-ECDSA-AES128-GCM-SHA256" }
        )
        let change = try #require(report.result?.changes.first { $0.attribute == "suite" })
        #expect(change.before == "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256")
        #expect(change.after == "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384")
        #expect(report.result?.changes.contains { $0.attribute == "tls-unique" } == true)
    }

    @Test func theCertificateCanChangeInBetween() async throws {
        let (files, certificate) = try world.clientIdentity()
        var server = world.server([.tls12])
        server.allowsClientRenegotiation = true
        server.clientAuthentication = .request
        server.verification = .none
        let shown = Noted<[UInt8]>()
        let script = try Scripts.tls(server) { session in
            await Scripts.readToEnd(session) { _ in }
            if session.context.attributes.security.renegotiations == 1 {
                shown.note(session.context.attributes.peer.chain.first?.bytes ?? [])
            }
            await session.stream.closeOutput()
            await Scripts.drain(session.stream)
        }
        let report = try await renegotiate(script) {
            $0.identity = files
            $0.count = 1
        }
        #expect(answers(report) == [.honoured])
        #expect(shown.value == certificate.der)
        #expect(report.result?.changes.contains { $0.attribute == "client certificates" && $0.after == "1" } == true)
    }

    /// One that speaks both is asked in both, each in its own way.
    @Test func bothGenerationsAreAsked() async throws {
        let report = try await renegotiate(try Scripts.tls(world.server()))
        #expect(report.result?.version == "tls1.3")
        #expect(
            report.result?.attempts.map { "\($0.version ?? "") \($0.action.rawValue)" } == [
                "tls1.3 key-update", "tls1.3 key-update", "tls1.3 key-update", "tls1.3 key-update-requested",
                "tls1.3 key-update-requested", "tls1.3 key-update-requested", "tls1.3 resumption",
                "tls1.2 renegotiation", "tls1.2 insecure-renegotiation",
                "tls1.2 resumption",
            ]
        )
        #expect(report.result?.secureRenegotiation == true)
        #expect(report.result?.verdict.kind == .refused)
    }

    @Test func whatOnlyOldVersionsHaveNeedsOne() throws {
        var request = RenegotiateRequest()
        request.abbreviated = true
        let channel = try world.request(port: 1) { $0.protocols.protocols = "tls1.3" }
        let problem = #expect(throws: RequestProblem.self) {
            try RenegotiateOperation(channel: channel, request: request, recordsBytes: false)
        }
        #expect(problem?.reason.hasPrefix("--abbreviated has no effect") == true)
        request = RenegotiateRequest()
        request.ciphers = "TLS_AES_128_GCM_SHA256"
        let modern = #expect(throws: RequestProblem.self) {
            try RenegotiateOperation(channel: try world.request(port: 1), request: request, recordsBytes: false)
        }
        #expect(modern?.reason.contains("belongs to TLS 1.3") == true)
    }

    @Test func isAnsweredByAnEnd() async throws {
        let report = try await renegotiate(
            try Scripts.tls(world.server([.tls12])) { session in
                _ = await session.receive(deadline: Scripts.patience)
                await session.stream.closeOutput()
                await Scripts.drain(session.stream)
            }
        )
        #expect(attempt(report, .renegotiation)?.answer == .closed)
    }

    @Test func isAnsweredByAReset() async throws {
        let report = try await renegotiate(
            try Scripts.tls(world.server([.tls12])) { session in
                _ = await session.receive(deadline: Scripts.patience)
                await session.stream.abort()
            }
        )
        #expect(attempt(report, .renegotiation)?.answer == .reset)
    }

    @Test func isIgnored() async throws {
        let report = try await renegotiate(
            try Scripts.tls(world.server([.tls12])) { await Scripts.drain($0.stream) },
            answerTimeout: .milliseconds(300)
        )
        #expect(report.status.exit == .incomplete)
        #expect(report.status.kind == "incomplete:no-answer")
        #expect(attempt(report, .renegotiation)?.answer == .silence)
        #expect(attempt(report, .renegotiation)?.seconds == nil)
    }

    // MARK: TLS 1.3

    @Test func keysAreUpdatedWithTheNextData() async throws {
        let report = try await renegotiate(
            try Scripts.tls(world.server([.tls13])) { session in
                await Scripts.readToEnd(session) { _ in await Scripts.say("HTTP/1.1 200 OK\r\n\r\n", session) }
                _ = await session.sendCloseNotify(deadline: Scripts.patience)
                await session.stream.closeOutput()
                await Scripts.drain(session.stream)
            },
            asURL: true
        )
        #expect(report.status == .ok)
        #expect(attempt(report, .keyUpdate)?.answer == .honoured)
        #expect(attempt(report, .keyUpdateRequested)?.answer == .honoured)
        #expect(report.result?.secureRenegotiation == nil)
        #expect(report.result?.version == "tls1.3")
        #expect(report.result?.changes.contains { $0.attribute == "key updates sent" && $0.after == "6" } == true)
        #expect(answers(report, .keyUpdate) == [.honoured, .honoured, .honoured])
        #expect(answers(report, .keyUpdateRequested) == [.honoured, .honoured, .honoured])
        // The requests may have been read at once or one by one: the first answer comes with data, and may stand for all.
        let details = (report.result?.attempts ?? []).filter { $0.action == .keyUpdateRequested }.map(\.detail)
        #expect(details.first == "with the next data")
        #expect(details.allSatisfy { ["with the next data", "one update may answer several requests"].contains($0) })
        #expect(report.result?.verdict.kind == .notApplicable)
    }

    @Test func keysAreIgnored() async throws {
        let report = try await renegotiate(
            try Scripts.tls(world.server([.tls13])) { await Scripts.drain($0.stream) },
            answerTimeout: .milliseconds(300)
        )
        #expect(report.status.exit == .incomplete)
        #expect(attempt(report, .keyUpdate)?.answer == .silence)
    }

    @Test func keysAreAnsweredByAReset() async throws {
        let report = try await renegotiate(
            try Scripts.tls(world.server([.tls13])) { session in
                _ = await session.receive(deadline: Scripts.patience)
                try? await Task.sleep(for: .milliseconds(100))
                await session.stream.abort()
            }
        )
        #expect(attempt(report, .keyUpdate)?.answer == .reset)
    }

    /// A server that asks once something is requested, as those do that protect a part of a site.
    @Test(arguments: [true, false])
    func certificatesAreAskedForAfterTheHandshake(_ asks: Bool) async throws {
        let (files, certificate) = try world.clientIdentity()
        var server = world.server([.tls13])
        server.trust = TrustAnchors(system: false, certificates: [certificate])
        let report = try await renegotiate(
            try Scripts.tls(server) { session in
                await Scripts.readToEnd(session) { _ in
                    if asks, let token = try? session.context.requestClientCertificate(required: true) {
                        await session.send(token, deadline: Scripts.patience)
                        _ = await session.receive(deadline: Scripts.patience)
                        _ = await session.unprotect(deadline: Scripts.patience)
                    }
                    await Scripts.say("HTTP/1.1 200 OK\r\n\r\n", session)
                }
                _ = await session.sendCloseNotify(deadline: Scripts.patience)
                await session.stream.closeOutput()
                await Scripts.drain(session.stream)
            },
            asURL: true,
            channel: { $0.credentials.identities = [files] }
        )
        let row = try #require(attempt(report, .postHandshakeAuthentication))
        #expect(row.answer == (asks ? .honoured : .ignored))
        #expect(report.result?.summary.contains(asks ? "and takes it" : "asks for no certificate") == true)
    }

    @Test func blamesNobodyWhenCancelled() async throws {
        let heard = Mailbox<Bool>()
        let script = try Scripts.tls(world.server([.tls12])) { session in
            _ = await session.receive(deadline: Scripts.patience)
            await heard.put(true)
            await Scripts.drain(session.stream)
        }
        let report = try await LoopbackPeer.run(script) { peer in
            var request = RenegotiateRequest()
            request.answerTimeout = .seconds(20)
            let operation = try RenegotiateOperation(
                channel: try world.request(peer, timeout: .seconds(120)),
                request: request,
                recordsBytes: false
            )
            let run = Task { await operation.run() }
            _ = await heard.next()
            run.cancel()
            return await run.value
        }
        #expect(attempt(report, .renegotiation)?.answer == .silence)
        #expect(attempt(report, .resumption) == nil, "nothing is begun any more")
    }
}
