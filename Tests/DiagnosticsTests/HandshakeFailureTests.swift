import Certificates
import SecureChannel
import TLSParameters
import Testing
import Transport

@testable import Diagnostics

/// Peers that refuse, lie, break off or speak something else: each has its own status, and a clear line.
@Suite struct HandshakeFailureTests {
    private let world: World

    init() throws {
        world = try World()
    }

    /// Runs `connect` against a script.
    private func connect(
        _ script: @escaping LoopbackPeer.Script,
        timeout: Duration = .seconds(30),
        _ change: (inout ChannelRequest) -> Void = { _ in }
    ) async throws -> Report<ConnectResult> {
        let report = try await LoopbackPeer.run(script) { peer in
            try await ConnectOperation.run(try world.request(peer, timeout: timeout, change))
        }
        if report.status.exit != .ok {
            #expect(report.status.reason.map(isOneClearLine) == true)
            #expect(report.status.hint.map(isOneClearLine) != false)
        }
        return report
    }

    // MARK: Certificates

    private func expect(_ report: Report<ConnectResult>, isRefused id: String) {
        #expect(report.status.exit == .certificate)
        #expect(report.status.kind == "verify:\(id)")
        #expect(report.status.hint != nil)
        #expect(report.result?.established == false)
        #expect(report.result?.certificates.count == 1)
        #expect(report.findings.first?.id == "certificate.\(id)")
        #expect(report.findings.first?.severity == .high)
        #expect(report.result?.attributes?.close.alertsSent.isEmpty == false)
    }

    @Test func refusesACertificateOfNobodyItTrusts() async throws {
        let report = try await connect(try Scripts.tls(world.server())) { $0.validation.files = [] }
        expect(report, isRefused: "self-signed")
    }

    @Test func refusesACertificateForAnotherName() async throws {
        let report = try await connect(try Scripts.tls(world.server())) {
            $0.validation.name = .name("other.test")
        }
        expect(report, isRefused: "name-mismatch")
    }

    @Test func doesNotAdviseWhatWasDone() async throws {
        for mode in [VerificationSetting.auto, .manual] {
            for name in [World.name, "other.test"] {
                let report = try await connect(try Scripts.tls(world.server())) {
                    $0.validation.mode = mode
                    $0.validation.name = .name(name)
                    $0.validation.files = []
                }
                #expect(report.status.exit == .certificate)
                #expect(report.status.hint?.contains("to see the session all the same") == (mode == .auto))
            }
        }
    }

    @Test func saysOnceThatThereAreNoNames() async throws {
        let nameless = try World.withoutAlternativeNames()
        let report = try await connect(try Scripts.tls(nameless.server())) { $0.validation.files = [nameless.trust] }
        let ids = report.findings.map(\.id)
        #expect(ids.contains("certificate.name-mismatch"), "\(ids)")
        #expect(!ids.contains("certificate.no-alternative-name"), "\(ids)")
    }

    @Test func acceptsNobodyWithoutACertificate() async throws {
        var server = world.server([.tls12])
        server.legacy = true
        server.cipherList = "aNULL"
        func run(_ mode: VerificationSetting) async throws -> Report<ConnectResult> {
            try await connect(try Scripts.tls(server)) {
                $0.protocols.legacy = true
                $0.protocols.protocols = "tls1.2"
                $0.validation.mode = mode
            }
        }
        for mode in [VerificationSetting.auto, .manual] {
            let report = try await run(mode)
            #expect(report.status.exit == .certificate)
            #expect(report.status.kind == "verify:no-certificate")
        }
        #expect(try await run(.none).status == .ok)
    }

    @Test func judgesAtTheTimeItIsGiven() async throws {
        let later = try await connect(try Scripts.tls(world.server())) {
            $0.validation.time = Timestamp.now + 400 * 86_400
        }
        expect(later, isRefused: "expired")
        let earlier = try await connect(try Scripts.tls(world.server())) {
            $0.validation.time = Timestamp.now - 400 * 86_400
        }
        expect(earlier, isRefused: "not-yet-valid")
    }

    @Test func goesOnInManualModeAndStillSaysSo() async throws {
        let report = try await connect(try Scripts.tls(world.server())) {
            $0.validation.files = []
            $0.validation.mode = .manual
        }
        #expect(report.status.exit == .certificate)
        #expect(report.status.kind == "verify:self-signed")
        #expect(report.result?.established == true)
        #expect(report.result?.relay?.ending == .endOfInput)
    }

    @Test func doesNotJudgeWhenToldNotTo() async throws {
        let report = try await connect(try Scripts.tls(world.server())) {
            $0.validation.files = []
            $0.validation.mode = .none
        }
        #expect(report.status == .ok)
        #expect(report.result?.attributes?.peer.validation == nil)
    }

    // MARK: Alerts

    @Test func namesTheAlertOfAServerWithoutCommonVersion() async throws {
        let report = try await connect(try Scripts.tls(world.server([.tls13]))) { $0.protocols.protocols = "tls1.2" }
        #expect(report.status.kind == "alert:protocol_version")
        #expect(report.status.exit == .noSession)
        #expect(report.status.hint?.contains("--protocol tls1.3") == true)
        #expect(report.result?.attributes?.close.alertsReceived.count == 1)
    }

    @Test func namesTheAlertOfAServerWithoutCommonSuite() async throws {
        var server = world.server([.tls12])
        server.cipherList = "ECDHE-ECDSA-AES256-GCM-SHA384"
        let report = try await connect(try Scripts.tls(server)) {
            $0.protocols.protocols = "tls1.2"
            $0.protocols.ciphers = "ECDHE-ECDSA-AES128-GCM-SHA256"
        }
        #expect(report.status.kind == "alert:handshake_failure")
    }

    @Test(
        arguments: [
            (112, "alert:unrecognized_name", "--sni"), (120, "alert:no_application_protocol", "--alpn"),
            (116, "alert:certificate_required", "--cert"), (80, "alert:internal_error", "--sni"),
            (200, "alert:", "--trace"),
        ] as [(UInt8, String, String)]
    )
    func namesAnyAlert(_ code: UInt8, kind: String, hint: String) async throws {
        let report = try await connect(Scripts.answer([21, 3, 3, 0, 2, 2, code]))
        #expect(report.status.exit == .noSession)
        #expect(report.status.kind.hasPrefix(kind))
        #expect(report.status.hint?.contains(hint) == true)
    }

    // MARK: No TLS

    @Test(arguments: [
        ("HTTP/1.1 400 Bad Request\r\nServer: \u{1b}[31mx\r\n\r\n", "an HTTP response"),
        ("220 mail.example ESMTP\r\n", "an SMTP greeting"), ("SSH-2.0-x\r\n", "an SSH banner"),
        ("hello, who is there?\r\n", "text"),
    ])
    func saysWhatAPlainServerSpeaks(_ banner: String, name: String) async throws {
        let report = try await connect(Scripts.answer(Array(banner.utf8)))
        #expect(report.status.exit == .noSession)
        #expect(report.status.kind == "not-tls")
        #expect(report.status.reason?.hasSuffix("it answered with \(name)") == true)
        #expect(report.result?.established == false)
    }

    @Test func survivesABannerBeforeTheHello() async throws {
        let report = try await connect { stream, _ in
            try? await stream.write(Array("220 mail.example ESMTP\r\n".utf8), deadline: Scripts.patience)
            await Scripts.drain(stream)
        }
        #expect(report.status.kind == "not-tls")
    }

    @Test func survivesAMegabyteOfNoise() async throws {
        let noise = (0..<(1 << 20)).map { UInt8(truncatingIfNeeded: $0 &* 31 ^ $0 >> 8) | 0x80 }
        let report = try await connect(Scripts.answer(noise))
        #expect(report.status.kind == "not-tls")
        let disguised = try await connect(Scripts.answer([22, 3, 3, 0x40, 0] + noise))
        #expect(disguised.status.exit == .noSession)
        #expect(disguised.status.kind == "protocol-error")
    }

    // MARK: Broken off

    @Test func endsInTimeWhenThePeerIsSilent() async throws {
        let report = try await connect(Scripts.silence, timeout: .seconds(4))
        #expect(report.status.exit == .incomplete)
        #expect(report.status.kind == "incomplete:timeout")
    }

    @Test func endsInTimeWhenThePeerStops() async throws {
        let report = try await connect(
            { stream, _ in
                _ = await stream.read(deadline: Scripts.patience)
                // The header and the beginning of a record, and no more.
                try? await stream.write([22, 3, 3, 0, 100, 2, 0], deadline: Scripts.patience)
                await Scripts.drain(stream)
            },
            timeout: .seconds(4)
        )
        #expect(report.status.kind == "incomplete:timeout")
    }

    @Test func tellsAResetFromAnEnd() async throws {
        let reset = try await connect { stream, _ in
            _ = await stream.read(deadline: Scripts.patience)
            await stream.abort()
        }
        #expect(reset.status.kind == "reset")
        #expect(reset.status.exit == .noSession)
        let end = try await connect(Scripts.answer([]))
        #expect(end.status.kind == "closed")
        #expect(end.status.exit == .noSession)
        #expect(end.status.reason?.contains("without a word") == true)
        let middle = try await connect(Scripts.answer([22, 3, 3, 0, 100, 2, 0]))
        #expect(middle.status.kind == "closed")
        #expect(middle.status.reason?.contains("in the middle") == true)
    }

    // MARK: Not reached

    @Test func saysThatNobodyListens() async throws {
        let report = try await ConnectOperation.run(try world.request(port: try await LoopbackPeer.deadPort()))
        #expect(report.status.exit == .unreachable)
        #expect(report.status.kind == "refused")
        #expect(report.result == nil)
        #expect(report.target?.address == nil)
    }

    @Test func saysThatANameHasNoAddress() async throws {
        let request = try world.request(port: 443) {
            $0.endpoint.connectTo = "no-such-name.invalid:443"
            $0.limits.timeout = .seconds(20)
        }
        let report = try await ConnectOperation.run(request)
        #expect(report.status.exit == .unreachable)
        #expect(report.status.kind == "dns" || report.status.kind == "timeout")
    }

    @Test func refusesABadPlaceToConnectTo() throws {
        let request = try world.request(port: 443) { $0.endpoint.connectTo = "127.0.0.1:0" }
        let problem = #expect(throws: RequestProblem.self) {
            _ = try ConnectOperation(channel: request, relay: .generous, recordsBytes: false)
        }
        #expect(problem?.reason.hasPrefix("--connect-to: ") == true)
    }

    /// A server may choose any version up to the hello's (RFC 5246 appendix E.1).
    @Test func saysHowToSpeakTheVersionThatWasChosen() async throws {
        var server = world.server([.tls10])
        server.legacy = true
        let report = try await connect(try Scripts.tls(server)) { $0.protocols.engine = .classic }
        #expect(report.status.kind == "protocol-error")
        #expect(report.status.reason?.contains("the server chose TLS 1.0, which was not offered") == true)
        #expect(
            report.status.hint?.contains(" --engine classic --protocol tls1.0 --legacy ") == true,
            "\(report.status)"
        )
    }

    @Test(arguments: [nil, "tls1.2"])
    func doesNotAdviseTheVersionThatWasOffered(_ version: String?) async throws {
        try await LoopbackPeer.run(Scripts.answer([])) { peer in
            let request = try world.request(peer) { $0.protocols.protocols = version }
            let report = await
                (try ShutdownOperation(channel: request, answerTimeout: .seconds(1), recordsBytes: false)).run()
            #expect(report.status.kind == "closed")
            #expect(report.status.hint?.contains("--protocol tls1.2") == (version == nil), "\(report.status)")
            #expect(report.status.hint?.contains("sechan ciphers") == (version != nil), "\(report.status)")
        }
    }

    @Test func everyVerbReportsTheSame() async throws {
        try await LoopbackPeer.run(Scripts.answer(Array("HTTP/1.1 400 Bad Request\r\n\r\n".utf8))) { peer in
            let request = try world.request(peer)
            let inspect = await (try InspectOperation(channel: request, settings: .session, recordsBytes: false)).run()
            #expect(inspect.status.kind == "not-tls")
            let shutdown = await
                (try ShutdownOperation(channel: request, answerTimeout: .seconds(1), recordsBytes: false)).run()
            #expect(shutdown.status.kind == "not-tls")
            #expect(shutdown.result == nil)
            let renegotiate = await (try RenegotiateOperation(channel: request, recordsBytes: false)).run()
            #expect(renegotiate.status.kind == "not-tls")
            #expect(renegotiate.result == nil)
        }
    }
}
