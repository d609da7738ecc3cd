import Certificates
import SecureChannel
import TLSParameters
import Testing
import Transport

@testable import Diagnostics

/// `renegotiate --from server`: our end is the server, and a client of ours comes.
@Suite struct RenegotiateClientTests {
    private let world: World

    init() throws {
        world = try World()
    }

    private func ask(
        _ version: ProtocolVersion,
        _ change: (inout RenegotiateRequest) -> Void = { _ in },
        client adjust: (inout Credential) -> Void = { _ in },
        talk: @escaping @Sendable (Session) async -> Void = Scripts.closePolitely
    ) async throws -> Report<RenegotiateResult> {
        var credential = Credential(role: .client)
        credential.protocols = [version]
        credential.verification = .none
        adjust(&credential)
        let client = try credential.acquire()
        var request = RenegotiateRequest()
        request.answerTimeout = .seconds(20)
        change(&request)
        var end = AwaitedClient(listen: "127.0.0.1:0")
        end.protocols.protocols = version.id
        let operation = try RenegotiateClientOperation(end, request: request, recordsBytes: false)
        let place = Mailbox<UInt16>()
        async let report = operation.run { listening in
            await place.put(UInt16(listening.address.split(separator: ":").last ?? "") ?? 0)
        }
        let port = try #require(await place.next())
        let dial = try await Dialer.dial(
            [.ip(host: "127.0.0.1", port: port)],
            connectTimeout: .seconds(10),
            deadline: Scripts.patience
        )
        let session = Session(stream: dial.stream, context: try client.makeContext(ContextOptions()))
        if case .established = await session.handshake(deadline: Scripts.patience) {
            await Scripts.say("GET / HTTP/1.1\r\n\r\n", session)
            await talk(session)
        }
        await session.stream.close()
        return await report
    }

    private func rows(_ report: Report<RenegotiateResult>) -> [String] {
        (report.result?.attempts ?? []).map { "\($0.action.rawValue): \($0.answer.rawValue)" }
    }

    @Test func aClientRenegotiatesAndShowsItsCertificate() async throws {
        let identity = try Identity.selfSigned(names: ["client.test"])
        let report = try await ask(.tls12, { $0.count = 2 }, client: { $0.identities = [identity] })
        #expect(report.status == .ok)
        #expect(rows(report) == ["hello-request: honoured", "hello-request: honoured", "client-certificate: honoured"])
        #expect(report.result?.attempts.last?.detail == "shows a certificate")
        #expect(report.result?.attributes.peer.chain.first?.bytes == identity.certificate.der)
        #expect(report.result?.policy?.kind == .allows)
        #expect(report.result?.summary.hasPrefix("renegotiates when the server asks (2 times of 2)") == true)
        #expect(report.result?.secureRenegotiation == true)
    }

    @Test func aClientWithoutOneSaysSo() async throws {
        let report = try await ask(.tls12) { $0.count = 1 }
        #expect(rows(report) == ["hello-request: honoured", "client-certificate: honoured"])
        #expect(report.result?.attempts.last?.detail == "it shows no certificate")
    }

    @Test func aClientRefuses() async throws {
        let report = try await ask(.tls12, client: { $0.refusesRenegotiation = true })
        #expect(rows(report) == ["hello-request: refused-by-alert", "client-certificate: not-tried"])
        #expect(report.result?.attempts.first?.detail == "no_renegotiation")
        #expect(report.result?.verdict.kind == .refused)
    }

    @Test func aClientIgnoresTheRequest() async throws {
        let report = try await ask(
            .tls12,
            { $0.answerTimeout = .milliseconds(700) },
            talk: { session in
                // It never reads, and goes on sending.
                for _ in 0..<20 {
                    await Scripts.say("more", session)
                    try? await Task.sleep(for: .milliseconds(100))
                }
            }
        )
        #expect(rows(report).first == "hello-request: ignored")
        #expect(report.result?.summary.hasPrefix("ignores a request to renegotiate") == true)
    }

    @Test func aClientStaysSilent() async throws {
        let report = try await ask(
            .tls12,
            { $0.answerTimeout = .milliseconds(300) },
            talk: { _ in try? await Task.sleep(for: .seconds(3)) }
        )
        #expect(rows(report).first == "hello-request: silence")
        #expect(report.status.kind == "incomplete:no-answer")
    }

    /// It connects, and never says what it speaks.
    @Test func aClientWithoutAHelloIsNotWaitedForForEver() async throws {
        let end = AwaitedClient(listen: "127.0.0.1:0", timeout: .seconds(2))
        let operation = try RenegotiateClientOperation(end, recordsBytes: false)
        let place = Mailbox<UInt16>()
        async let report = operation.run { listening in
            await place.put(UInt16(listening.address.split(separator: ":").last ?? "") ?? 0)
        }
        let port = try #require(await place.next())
        let dial = try await Dialer.dial(
            [.ip(host: "127.0.0.1", port: port)],
            connectTimeout: .seconds(10),
            deadline: Scripts.patience
        )
        await Scripts.drain(dial.stream)
        await dial.stream.close()
        let status = await report.status
        #expect(status.exit == .incomplete, "\(status)")
        #expect(status.reason.map(isOneClearLine) == true)
    }

    @Test func aClientOfTLS13AuthenticatesAfterTheHandshake() async throws {
        let identity = try Identity.selfSigned(names: ["client.test"])
        let report = try await ask(
            .tls13,
            { $0.count = 1 },
            client: {
                $0.identities = [identity]
                $0.allowsPostHandshakeAuthentication = true
            }
        )
        #expect(report.status == .ok)
        #expect(rows(report).first == "post-handshake-authentication: honoured")
        #expect(report.result?.attempts.first?.detail == "shows a certificate")
        #expect(rows(report).contains("key-update: honoured"))
    }

    @Test func aClientOfTLS13ThatDidNotOfferIsNotAsked() async throws {
        let report = try await ask(.tls13) { $0.count = 1 }
        #expect(rows(report).first == "post-handshake-authentication: not-tried")
        #expect(report.result?.summary.hasPrefix("was not asked for a certificate") == true)
    }

    @Test func saysThatNobodyCame() async throws {
        let end = AwaitedClient(listen: "127.0.0.1:0", timeout: .milliseconds(200))
        let report = await (try RenegotiateClientOperation(end, recordsBytes: false)).run { _ in }
        #expect(report.status.kind == "incomplete:no-client")
        #expect(report.status.exit == .incomplete)
        #expect(report.result == nil)
    }

    @Test func aPortInUseIsAUsageError() async throws {
        let listener = try await Listener.bind(host: "127.0.0.1", port: 0)
        let end = AwaitedClient(listen: "127.0.0.1:\(listener.endpoint.port ?? 0)")
        let report = await (try RenegotiateClientOperation(end, recordsBytes: false)).run { _ in }
        #expect(report.status.exit == .usage)
        #expect(report.status.reason?.contains("is in use") == true)
        await listener.close()
    }
}
