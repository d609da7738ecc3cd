import SecureChannel
import TLSParameters
import Testing
import Transport

@testable import Diagnostics

/// Every fault that `serve` can have is seen for what it is by `connect`, `inspect` or `shutdown`, and told by the server.
@Suite("faults: recognised", .timeLimit(.minutes(2)))
struct FaultServeTests {
    /// What a client is to find out about a fault.
    struct Case: Sendable, CustomTestStringConvertible {
        var fault: String
        var protocols: String?
        var exit: ExitStatus
        var kind: String
        /// A finding that names it; nil where the status does.
        var finding: String?
        /// Words of the reason.
        var words = ""
        /// Words of the server's own line.
        var line: String

        var testDescription: String { "\(fault) \(protocols ?? "")" }
    }

    static let certificates: [Case] = [
        Case(
            fault: "expired",
            exit: .certificate,
            kind: "verify:expired",
            finding: "certificate.expired",
            line: "fault: a certificate that ended"
        ),
        Case(
            fault: "not-yet-valid",
            exit: .certificate,
            kind: "verify:not-yet-valid",
            finding: "certificate.not-yet-valid",
            line: "fault: a certificate that begins"
        ),
        Case(
            fault: "wrong-name",
            exit: .certificate,
            kind: "verify:name-mismatch",
            finding: "certificate.name-mismatch",
            line: "fault: a certificate for another name"
        ),
        Case(
            fault: "self-signed",
            exit: .certificate,
            kind: "verify:self-signed",
            finding: "certificate.self-signed",
            line: "fault: a certificate that signed itself"
        ),
        Case(
            fault: "missing-intermediate",
            exit: .certificate,
            kind: "verify:unknown-issuer",
            finding: "certificate.unknown-issuer",
            line: "fault: the certificate without the intermediate"
        ),
        Case(
            fault: "wrong-order",
            exit: .ok,
            kind: "ok",
            finding: "chain.out-of-order",
            line: "fault: two intermediates"
        ),
        Case(
            fault: "weak-key",
            exit: .certificate,
            kind: "verify:weak-key",
            finding: "certificate.weak-key",
            line: "fault: a certificate with an RSA key"
        ),
        Case(
            fault: "sha1-signature",
            exit: .certificate,
            kind: "verify:weak-signature",
            finding: "certificate.weak-signature",
            line: "fault: a certificate signed with SHA-1"
        ),
        Case(
            fault: "revoked-staple",
            exit: .certificate,
            kind: "verify:revoked",
            finding: "certificate.revoked",
            line: "fault: a stapled OCSP answer"
        ),
        Case(
            fault: "missing-staple",
            exit: .ok,
            kind: "ok",
            finding: "certificate.missing-staple",
            line: "fault: a certificate that demands"
        ),
        Case(fault: "huge-chain", exit: .ok, kind: "ok", finding: "chain.huge", line: "fault: a chain of so many KiB"),
    ]

    @Test("certificates, by inspect and connect", arguments: certificates, ["tls1.2", "tls1.3"])
    func certificate(_ expected: Case, version: String) async throws {
        let ((inspected, connected), connections) = try await FaultServer.run(
            [expected.fault],
            protocols: version
        ) { server in
            let inspect = try InspectOperation(channel: server.request(), settings: .session, recordsBytes: false)
            return (await inspect.run(), try await ConnectOperation.run(server.request()))
        }
        #expect(inspected.status.exit == expected.exit, "\(inspected.status)")
        #expect(inspected.status.kind == expected.kind)
        let finding = try #require(expected.finding)
        #expect(inspected.findings.map(\.id).contains(finding), "\(inspected.findings.map(\.id))")
        #expect(connected.status.exit == expected.exit, "\(connected.status)")
        #expect(connected.status.kind == expected.kind)
        #expect(connections.count == 2)
        for connection in connections {
            let faults = try #require(connection.result?.connection?.faults)
            #expect(faults.count == 1 && faults.allSatisfy(\.happened))
            #expect(faults.first?.text.hasPrefix(expected.line) == true, "\(faults)")
        }
    }

    static let handshakes: [Case] =
        ["tls1.2", "tls1.3"].flatMap { version in
            [
                Case(
                    fault: "wrong-version",
                    protocols: version,
                    exit: .noSession,
                    kind: "protocol-error",
                    finding: "protocol.violation",
                    words: "which was not offered",
                    line: "fault: ServerHello changed"
                ),
                Case(
                    fault: "unoffered-suite",
                    protocols: version,
                    exit: .noSession,
                    kind: "protocol-error",
                    finding: "protocol.violation",
                    words: "which was not offered",
                    line: "fault: ServerHello changed"
                ),
                Case(
                    fault: "warning-flood",
                    protocols: version,
                    exit: .noSession,
                    kind: "protocol-error",
                    finding: "alert.flood",
                    words: "warning alerts",
                    line: "fault: 100 warning alerts"
                ),
                Case(
                    fault: "fin",
                    protocols: version,
                    exit: .noSession,
                    kind: "closed",
                    words: "without a word",
                    line: "fault: FIN at leg 2, after 0 records"
                ),
                Case(
                    fault: "fin@1",
                    protocols: version,
                    exit: .noSession,
                    kind: "closed",
                    words: "without a word",
                    line: "fault: FIN when leg 1 came"
                ),
                Case(
                    fault: "fin@2:1",
                    protocols: version,
                    exit: .noSession,
                    kind: "closed",
                    words: "in the middle of the handshake",
                    line: "fault: FIN at leg 2, after 1 record"
                ),
                Case(
                    fault: "rst",
                    protocols: version,
                    exit: .noSession,
                    kind: "reset",
                    line: "fault: reset at leg 2, after 0 records"
                ),
                Case(
                    fault: "rst@2:1",
                    protocols: version,
                    exit: .noSession,
                    kind: "reset",
                    line: "fault: reset at leg 2, after 1 record"
                ),
                Case(
                    fault: "truncated-record",
                    protocols: version,
                    exit: .noSession,
                    kind: "closed",
                    words: "closed the connection in the middle of a record",
                    line: "fault: FIN at leg 2, after 0 records and "
                ),
                Case(
                    fault: "silence",
                    protocols: version,
                    exit: .incomplete,
                    kind: "incomplete:timeout",
                    words: "said nothing",
                    line: "fault: silence at leg 2, after 0 records"
                ),
                Case(
                    fault: "silence@2:1",
                    protocols: version,
                    exit: .incomplete,
                    kind: "incomplete:timeout",
                    words: "stopped in the middle",
                    line: "fault: silence at leg 2, after 1 record"
                ),
                Case(
                    fault: "slow:400",
                    protocols: version,
                    exit: .incomplete,
                    kind: "incomplete:timeout",
                    words: "",
                    line: "fault: a byte every 400 ms"
                ),
            ]
        }

    @Test("handshakes that come to nothing, by connect", arguments: handshakes)
    func handshake(_ expected: Case) async throws {
        let short = expected.exit == .incomplete
        let (connected, connections) = try await FaultServer.run(
            [expected.fault],
            protocols: expected.protocols
        ) { server in
            try await ConnectOperation.run(server.request(timeout: short ? .seconds(8) : .seconds(20)))
        }
        #expect(connected.status.exit == expected.exit, "\(connected.status)")
        #expect(connected.status.kind == expected.kind, "\(connected.status)")
        #expect(
            connected.status.reason?.contains(expected.words) == true || expected.words.isEmpty,
            "\(connected.status)"
        )
        if let finding = expected.finding {
            #expect(connected.findings.map(\.id).contains(finding), "\(connected.findings.map(\.id))")
        }
        // A handshake that fails is looked at again on further connections, some of which end before the first.
        let faulty = try #require(
            connections.first { $0.result?.connection?.faults.first?.text.hasPrefix(expected.line) == true },
            "\(connections.map { $0.result?.connection?.faults })"
        )
        if expected.kind == "reset" {
            #expect(faulty.result?.connection?.outcome == .fault)
            #expect(faulty.status == .ok)
        }
    }

    @Test("a version that nobody offered is not taken for intolerance of hellos")
    func falseLeads() async throws {
        let (inspected, _) = try await FaultServer.run(["wrong-version"]) { server in
            var settings = InspectSettings(parts: [.survey, .checks])
            settings.probe.probeTimeout = .seconds(2)
            return try await InspectOperation(channel: server.request(), settings: settings, recordsBytes: false).run()
        }
        let ids = inspected.findings.map(\.id)
        #expect(ids.contains("protocol.violation") && !ids.contains { $0.hasPrefix("intolerance.") }, "\(ids)")
        let checks = inspected.result?.checks.filter { $0.id.hasPrefix("intolerance.") } ?? []
        #expect(checks.count == 4 && checks.allSatisfy { $0.verdict == .undetermined }, "\(checks)")
    }

    @Test("silence is told before the time is up")
    func silence() async throws {
        let deadline = Deadline.after(.seconds(60))
        let (status, _) = try await FaultServer.run(["silence"]) { server in
            let opening = try Opening(server.request(), recordsBytes: false)
            return await opening.attempt(deadline: deadline, silence: .milliseconds(100)).status
        }
        #expect(status.kind == "incomplete:timeout" && !deadline.hasPassed, "\(status)")
    }

    @Test("a hello that is asked for again")
    func retry() async throws {
        let (inspected, connections) = try await FaultServer.run(["hello-retry"]) { server in
            try await InspectOperation(channel: server.request(), settings: .session, recordsBytes: false).run()
        }
        #expect(inspected.status == .ok)
        #expect(inspected.findings.map(\.id).contains("handshake.retried"))
        #expect(inspected.result?.attributes?.protocol?.helloRetryRequest == true)
        let faults = connections.first?.result?.connection?.faults
        #expect(faults?.first?.text == "fault: asked for another hello with secp384r1")
    }

    @Test("a fault that can't come about in the version that was chosen says so")
    func noOccasion() async throws {
        let (_, connections) = try await FaultServer.run(["hello-retry"]) { server in
            try await ConnectOperation.run(server.request { $0.protocols.protocols = "tls1.2" })
        }
        let fault = connections.first?.result?.connection?.faults.first
        #expect(fault?.happened == false)
        #expect(fault?.text == "fault: hello-retry did not come about")
    }

    private static let request = [Array("GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n".utf8)]

    @Test("KeyUpdates without end")
    func keyUpdates() async throws {
        let (connected, connections) = try await FaultServer.run(["key-update-flood:200"]) { server in
            try await ConnectOperation.run(server.request(), relay: ScriptedEnds(Self.request))
        }
        #expect(connected.status == .ok)
        #expect(connected.findings.map(\.id).contains("key-update.flood"))
        #expect(connected.result?.attributes?.security.keyUpdatesReceived == 200)
        #expect(connections.first?.result?.connection?.faults.first?.text == "fault: 200 KeyUpdates sent")
    }

    @Test("an end without close_notify, and data after one, by shutdown", arguments: ["tls1.2", "tls1.3"])
    func close(version: String) async throws {
        let (silent, _) = try await FaultServer.run(["no-close-notify"], protocols: version) { server in
            let channel = try server.request()
            return try await ShutdownOperation(channel: channel, answerTimeout: .seconds(10), recordsBytes: false).run()
        }
        #expect(silent.result?.close.answer == .finOnly)
        #expect(silent.findings.map(\.id).contains("shutdown.no-close-notify"))
        let (late, connections) = try await FaultServer.run(["data-after-close:100"], protocols: version) { server in
            let channel = try server.request()
            return try await ShutdownOperation(channel: channel, answerTimeout: .seconds(10), recordsBytes: false).run()
        }
        #expect(late.result?.close.timeline.contains { $0.what == "data after close_notify" } == true)
        #expect(late.findings.map(\.id).contains("shutdown.data-after-close-notify"))
        let line = connections.first?.result?.connection?.faults.first?.text
        #expect(line == "fault: 100 bytes of data sent after close_notify")
    }

    @Test(
        "what comes after a client has left costs nothing",
        arguments: ["warning-flood:10000", "key-update-flood:10000"]
    )
    func gone(fault: String) async throws {
        let (_, connections) = try await FaultServer.run([fault]) { server in
            let stream = try await Dialer.dial(
                [.ip(host: "127.0.0.1", port: UInt16(server.port))],
                connectTimeout: .seconds(5),
                deadline: .after(.seconds(10))
            ).stream
            var credential = Credential(role: .client)
            credential.verification = .none
            let session = Session(stream: stream, context: try credential.acquire().makeContext())
            _ = await session.handshake(deadline: .after(.seconds(10)))
            await stream.abort()
            // The server has seen it when it has told of it; stopping it makes it tell.
            try await Task.sleep(for: .milliseconds(200))
        }
        #expect(connections.count == 1)
    }

    @Test("bytes that come one at a time are told from a stop, and a cut record from an end")
    func manner() throws {
        let world = try World()
        let request = try world.request(port: 1)
        let attributes = try request.credential().acquire().makeContext().attributes
        func reason(_ end: Session.StreamEnd, _ bytes: Int, _ reads: Int, cut: (there: Int, of: Int)? = nil) -> String {
            RunStatus(
                handshake: .ended(end),
                request: request,
                attributes: attributes,
                received: bytes,
                reads: reads,
                cutRecord: cut
            ).reason ?? ""
        }
        #expect(reason(.timedOut, 30, 30).contains("trickles: it sent 30 bytes in 30 pieces"))
        #expect(reason(.timedOut, 3000, 5).contains("stopped in the middle"))
        #expect(reason(.finished, 60, 1, cut: (60, 127)).contains("middle of a record: 60 of its 127 bytes came"))
        #expect(reason(.reset, 60, 1, cut: (60, 127)).contains("reset the connection in the middle of a record"))
        #expect(!reason(.finished, 0, 0).contains("record"))
        withExtendedLifetime(world) {}
    }
}
