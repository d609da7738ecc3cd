import Certificates
import SecureChannel
import TLSParameters
import Testing
import Transport

@testable import Diagnostics

/// One client of `serve` after another, in memory.
@Suite("serve: one client", .timeLimit(.minutes(1)))
struct ServeSessionTests {
    private func setup(
        timeout: Duration = .seconds(45),
        _ change: (inout ServeRequest) -> Void = { _ in }
    ) throws -> ServerSetup {
        try ServedTalk.setup {
            $0.timeout = timeout
            change(&$0)
        }
    }

    private func client(_ setup: ServerSetup, _ change: (inout Credential) -> Void = { _ in }) throws -> Credential {
        try ServedTalk.client(setup, change)
    }

    private func talk(
        _ setup: ServerSetup,
        _ credential: Credential,
        _ texts: [String] = [],
        resuming saved: SavedSession? = nil,
        enough: Int = .max
    ) async throws -> ServedTalk.Outcome {
        try await ServedTalk.talk(setup, credential, texts, resuming: saved, enough: enough)
    }

    @Test("GET gets a page of what was offered, then a clean close", arguments: [ProtocolVersion.tls12, .tls13])
    func get(version: ProtocolVersion) async throws {
        let setup = try setup()
        let credential = try client(setup) { credential in
            credential.protocols = [version]
            credential.alpn = ["spdy/3", "http/1.1"]
        }
        let outcome = try await talk(setup, credential, ["GET /x HTTP/1.0\r\nAccept: text/html\r\n\r\n"])
        #expect(outcome.text.hasPrefix("HTTP/1.1 200 OK\r\n"))
        #expect(outcome.text.contains("\r\n\r\nhtml open 1 \(version.id)"))
        #expect(outcome.connection.outcome == .ok)
        #expect(outcome.report.status == .ok)
        #expect(outcome.report.target?.sni == "localhost")
        #expect(outcome.connection.attributes?.names.alpn == PeerText("http/1.1"))
        #expect(outcome.connection.attributes?.version == version)
        #expect(outcome.connection.requests.map(\.status) == [200])
        #expect(outcome.attributes.close.closeNotifyReceived)
        #expect(outcome.connection.attributes?.close.closeNotifyReceived == true)
    }

    @Test("a connection is kept, and requests may come all at once")
    func keepAlive() async throws {
        let setup = try setup()
        let get = "GET / HTTP/1.1\r\nHost: localhost\r\n\r\n"
        let last = "HEAD /?format=json HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
        let outcome = try await talk(setup, try client(setup), [get + get, last])
        #expect(outcome.text.ranges(of: "HTTP/1.1 200 OK").count == 3)
        #expect(outcome.text.contains("text open 2"))
        #expect(outcome.text.hasSuffix("Connection: close\r\n\r\n"))
        #expect(outcome.connection.requests.map(\.bytes).last == 0)
        #expect(outcome.connection.requestCount == 3)
    }

    @Test(
        "what can't be answered is told so",
        arguments: [
            ("POST / HTTP/1.1\r\nContent-Length: 3\r\n\r\nabc", 405), ("hello\n", 400), ("GET / HTTP/3.0\r\n\r\n", 505),
        ]
    )
    func refusals(request: String, status: Int) async throws {
        let setup = try setup()
        let outcome = try await talk(setup, try client(setup), [request])
        #expect(outcome.text.hasPrefix("HTTP/1.1 \(status) "))
        #expect(outcome.connection.requests.map(\.status) == [status])
        #expect(outcome.connection.outcome == .ok)
    }

    @Test("the certificate can be fetched")
    func certificate() async throws {
        let setup = try setup()
        let outcome = try await talk(setup, try client(setup), ["GET /certificate.pem HTTP/1.0\r\n\r\n"])
        #expect(outcome.text.hasSuffix("\r\n\r\n" + setup.site.pem))
        #expect(!outcome.text.contains("PRIVATE"))
    }

    @Test("--echo sends everything back")
    func echo() async throws {
        let setup = try setup { $0.mode = .echo }
        let text = String(repeating: "0123456789abcdef", count: 4_096)
        let outcome = try await talk(setup, try client(setup), ["GET / HTTP/1.0\r\n\r\n", text], enough: 65_554)
        #expect(outcome.text == "GET / HTTP/1.0\r\n\r\n" + text)
        #expect(outcome.connection.outcome == .ok)
        #expect(outcome.connection.requestCount == 0)
        #expect(outcome.connection.bytesReceived == 65_554)
        #expect(outcome.connection.bytesSent == 65_554)
    }

    @Test("a client that only leaves is fine; one without close_notify is truncated")
    func leaving() async throws {
        let setup = try setup()
        let orderly = try await talk(setup, try client(setup), enough: 0)
        #expect(orderly.connection.outcome == .ok)
        let abrupt = try await ServedTalk.talk(setup, try client(setup), enough: 0) { await $0.stream.close() }
        #expect(abrupt.connection.outcome == .truncated)
        let reset = try await ServedTalk.talk(setup, try client(setup), enough: 0) { await $0.stream.abort() }
        #expect(reset.connection.outcome == .reset)
        #expect(reset.report.status.kind == "reset")
    }

    @Test("a client that keeps its connection for later is parted from at once when the server is to stop")
    func drainingIdle() async throws {
        // Longer than the suite may take.
        let setup = try ServedTalk.setup { $0.timeout = .seconds(3600) }
        let outcome = try await ServedTalk.talk(
            setup,
            try client(setup),
            ["GET / HTTP/1.1\r\nHost: localhost\r\n\r\n"],
            enough: 1
        ) { session in
            setup.drain.begin()
            // The rest of the answer may be on its way; then comes close_notify.
            for _ in 0..<100 {
                if case .contextExpired = await session.unprotect(deadline: .after(.seconds(45))).status { break }
                if await session.receive(deadline: .after(.seconds(45))) != nil { break }
            }
            #expect(session.context.attributes.close.closeNotifyReceived)
            await session.stream.close()
        }
        #expect(outcome.connection.outcome == .ok)
        #expect(outcome.connection.requestCount == 1)
    }

    @Test("a wait that is cancelled by draining is so whether that begins before, meanwhile or never")
    func cancelling() async {
        let drain = Drain()
        #expect(await drain.cancelling { 1 } == 1)
        async let meanwhile = drain.cancelling { (try? await Task.sleep(for: .seconds(3600))) == nil }
        drain.begin()
        #expect(await meanwhile)
        #expect(await drain.cancelling { (try? await Task.sleep(for: .seconds(3600))) == nil })
    }

    @Test("silence has a limit: before, in and after a handshake")
    func silence() async throws {
        let setup = try setup(timeout: .seconds(1))
        let (near, far) = InMemoryStream.pair()
        async let serving = ServedClient(number: 1, stream: far, setup: setup).serve()
        while case .bytes = await near.read(deadline: .after(.seconds(45))) {}
        await near.close()
        let report = try #require(await serving.report).value
        #expect(report.result?.connection?.outcome == .timeout)
        #expect(report.status.kind == "incomplete:timeout")
        // A busy machine takes its time for a handshake.
        let patient = try self.setup(timeout: .seconds(12))
        let idle = try await talk(patient, try client(patient))
        #expect(idle.connection.outcome == .idle)
        let half = try await talk(patient, try client(patient), ["GET / HT"])
        #expect(half.text.hasPrefix("HTTP/1.1 408 "))
    }

    @Test("plain HTTP is told where to go")
    func plain() async throws {
        let setup = try setup()
        let (near, far) = InMemoryStream.pair()
        async let serving = ServedClient(number: 1, stream: far, setup: setup).serve()
        try await near.write(Array("GET / HTTP/1.1\r\nHost: x\r\n\r\n".utf8), deadline: .after(.seconds(45)))
        var bytes: [UInt8] = []
        while case .bytes(let more) = await near.read(deadline: .after(.seconds(45))) { bytes += more }
        await near.close()
        #expect(String(decoding: bytes, as: UTF8.self).contains("https://localhost:4433/"))
        let report = try #require(await serving.report).value
        #expect(report.result?.connection?.outcome == .notTLS)
        #expect(report.status.kind == "not-tls")
    }

    @Test("who trusts nothing, and who has no version in common, is named with the alert")
    func alerts() async throws {
        let setup = try setup()
        let distrust = try await talk(setup, try client(setup) { $0.trust = TrustAnchors(system: false) })
        #expect(distrust.connection.outcome == .alert)
        #expect(distrust.report.status.kind.hasPrefix("alert:"))
        let old = try await talk(
            setup,
            try client(setup) {
                $0.protocols = [.tls11]
                $0.legacy = true
            }
        )
        #expect(old.connection.outcome == .refused)
        #expect(old.report.status.kind == "protocol-error")
        #expect(old.attributes.close.alertsReceived.map(\.description) == [.protocol_version])
        #expect(old.connection.attributes?.offered?.versions.isEmpty == false)
    }

    @Test("TLS 1.0 with --legacy, and the level is 0 then")
    func legacy() async throws {
        let setup = try setup { $0.protocols.legacy = true }
        let credential = try client(setup) {
            $0.protocols = [.tls10]
            $0.legacy = true
        }
        let outcome = try await talk(setup, credential, ["GET / HTTP/1.0\r\n\r\n"])
        #expect(outcome.text.contains("\r\n\r\ntext open 1 tls1.0"))
        #expect(outcome.connection.attributes?.version == .tls10)
        #expect(outcome.connection.attributes?.library.securityLevel == 0)
    }

    @Test("a session is resumed", arguments: [ProtocolVersion.tls12, .tls13])
    func resumption(version: ProtocolVersion) async throws {
        let setup = try setup()
        let credential = try client(setup) { $0.protocols = [version] }
        let request = "GET / HTTP/1.0\r\n\r\n"
        let first = try await talk(setup, credential, [request])
        let saved = try #require(first.sessions.last)
        let second = try await talk(setup, credential, [request], resuming: saved)
        #expect(first.connection.attributes?.session.resumed == false)
        #expect(second.connection.attributes?.session.resumed == true)
    }

    @Test("a requested key update is answered although there is nothing to say")
    func keyUpdate() async throws {
        let setup = try setup()
        let outcome = try await ServedTalk.talk(setup, try client(setup), enough: 0) { session in
            if let token = try? session.context.updateKeys(requestPeer: true) {
                await session.send(token, deadline: .after(.seconds(45)))
            }
            while session.context.attributes.security.keyUpdatesReceived == 0 {
                if await session.receive(deadline: .after(.seconds(45))) != nil { break }
                _ = await session.unprotect(deadline: .after(.seconds(45)))
            }
            _ = await session.sendCloseNotify(deadline: .after(.seconds(45)))
            await session.stream.close()
        }
        #expect(outcome.attributes.security.keyUpdatesReceived == 1)
        #expect(outcome.connection.attributes?.security.keyUpdatesSent == 1)
        #expect(outcome.connection.outcome == .ok)
    }

    @Test("a client renegotiates only where it is allowed to", arguments: [false, true])
    func renegotiation(allowed: Bool) async throws {
        let setup = try setup { $0.allowClientRenegotiation = allowed }
        let credential = try client(setup) { $0.protocols = [.tls12] }
        let outcome = try await ServedTalk.talk(setup, credential, enough: 0) { session in
            if let token = try? session.context.renegotiate(.full) {
                await session.send(token, deadline: .after(.seconds(45)))
            }
            while await session.receive(deadline: .after(.milliseconds(300))) == nil {
                if case .failed = await session.unprotect(deadline: .after(.seconds(45))).status { break }
            }
            _ = await session.sendCloseNotify(deadline: .after(.seconds(45)))
            await session.stream.close()
        }
        let refusals = outcome.attributes.close.alertsReceived.filter { $0.description == .no_renegotiation }
        #expect(refusals.isEmpty == allowed)
        #expect(outcome.connection.outcome == (allowed ? .ok : .alert))
    }

    @Test("a client's certificate is asked for, judged and required", arguments: [ProtocolVersion.tls12, .tls13])
    func clientCertificate(version: ProtocolVersion) async throws {
        let stranger = try Identity.selfSigned(names: ["stranger.test"])
        let request = "GET / HTTP/1.0\r\n\r\n"
        for mode in [ClientAuthenticationMode.request, .require] {
            let setup = try setup { $0.clientAuthentication = mode }
            let anonymous = try await talk(setup, try client(setup) { $0.protocols = [version] }, [request])
            #expect(anonymous.connection.clientCertificates.isEmpty)
            #expect(anonymous.text.hasPrefix("HTTP/1.1 200") == (mode == .request))
            let strange = try client(setup) {
                $0.protocols = [version]
                $0.identities = [stranger]
            }
            let named = try await talk(setup, strange, [request])
            #expect(named.text.hasPrefix("HTTP/1.1 200") == (mode == .request))
            #expect(named.connection.attributes?.peer.validation?.isTrusted == false)
            if mode == .request {
                #expect(named.connection.clientCertificates == [stranger.certificate])
            } else {
                #expect(named.connection.outcome == .refused)
                #expect(named.report.status.kind.hasPrefix("verify:"))
                #expect(anonymous.connection.outcome == .refused)
            }
        }
    }
}
