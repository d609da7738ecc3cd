import Certificates
import SecureChannel
import TLSParameters
import Testing
import Transport

@testable import Diagnostics

/// Why a handshake failed: what a second look finds, and what it advises.
@Suite struct DiagnosisTests {
    private let world: World

    init() throws {
        world = try World()
    }

    private func connect(
        _ script: @escaping LoopbackPeer.Script,
        timeout: Duration = .seconds(30),
        _ change: (inout ChannelRequest) -> Void = { _ in }
    ) async throws -> Report<ConnectResult> {
        let report = try await LoopbackPeer.run(script) { peer in
            try await ConnectOperation.run(try world.request(peer, timeout: timeout, change))
        }
        #expect(report.status.reason.map(isOneClearLine) == true)
        #expect(report.status.hint.map(isOneClearLine) == true)
        return report
    }

    @Test func findsTheVersionThatIsSpoken() async throws {
        let report = try await connect(try Scripts.tls(world.server([.tls13]))) { $0.protocols.protocols = "tls1.2" }
        #expect(report.status.kind == "alert:protocol_version")
        #expect(report.status.reason?.hasSuffix("it speaks only TLS 1.3, and TLS 1.2 was offered") == true)
        #expect(report.status.hint?.contains(" --protocol tls1.3 ") == true)
        #expect(report.status.hint?.contains("--protocol tls1.2") == false)
        let diagnosis = try #require(report.result?.diagnosis)
        #expect(diagnosis.connections >= 6)
        #expect(report.spent.connections == diagnosis.connections + 1)
        #expect(diagnosis.answer("tls1.3")?.suite != nil)
        #expect(diagnosis.answer("ssl2")?.isAccepted == false)
    }

    @Test func findsAnOldVersion() async throws {
        var server = world.server([.tls10, .tls11])
        server.legacy = true
        let report = try await connect(try Scripts.tls(server))
        #expect(report.status.exit == .noSession)
        #expect(report.status.reason?.contains("it speaks TLS 1.1 and TLS 1.0") == true)
        #expect(report.status.hint?.contains(" --protocol tls1.1 --legacy ") == true)
    }

    @Test func findsTheSuiteThatIsTaken() async throws {
        var server = world.server([.tls12])
        server.cipherList = "ECDHE-ECDSA-AES256-GCM-SHA384"
        let report = try await connect(try Scripts.tls(server)) {
            $0.protocols.protocols = "tls1.2"
            $0.protocols.ciphers = "ECDHE-ECDSA-AES128-GCM-SHA256"
        }
        #expect(report.status.kind == "alert:handshake_failure")
        let suite = "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384"
        #expect(report.status.reason?.contains("it takes \(suite), which was not offered") == true)
        #expect(report.status.hint?.contains("--ciphers \(suite)") == true)
    }

    @Test func findsTheGroupThatIsWanted() async throws {
        var server = world.server([.tls13])
        server.groups = [.secp384r1]
        let report = try await connect(try Scripts.tls(server)) { $0.protocols.groups = "x25519" }
        #expect(report.status.reason?.contains("it wants the group secp384r1") == true)
        #expect(report.status.hint?.contains("--groups secp384r1") == true)
    }

    @Test func findsThatAKeyIsWanted() async throws {
        var server = Credential(role: .server)
        server.protocols = [.tls12]
        server.preSharedKey = PreSharedKey(identity: "me", key: Array(repeating: 7, count: 16))
        let report = try await connect(try Scripts.tls(server)) { $0.protocols.protocols = "tls1.2" }
        #expect(report.status.reason?.contains("it wants a pre-shared key") == true)
        #expect(report.status.hint?.contains("--psk HEX --psk-identity NAME") == true)
    }

    /// A server that answers only those who name the host they want, and one that knows no names.
    @Test(arguments: [true, false])
    func findsThatTheNameDecides(_ wantsName: Bool) async throws {
        let credential = try world.server([.tls12, .tls13]).acquire()
        let script: LoopbackPeer.Script = { stream, _ in
            guard case .bytes(let hello) = await stream.read(deadline: Scripts.patience) else { return }
            let isNamed = String(decoding: hello, as: UTF8.self).contains(World.name)
            guard isNamed == wantsName else {
                // unrecognized_name
                try? await stream.write([21, 3, 3, 0, 2, 2, 112], deadline: Scripts.patience)
                await stream.closeOutput()
                return await Scripts.drain(stream)
            }
            await Scripts.serve(Prefixed(stream: stream, prefix: hello), credential)
        }
        let report = try await connect(script) { $0.endpoint.serverName = wantsName ? .none : .fromTarget }
        #expect(report.status.kind == "alert:unrecognized_name")
        #expect(
            report.status.reason?.contains(wantsName ? "it wants a server name" : "does not know the server name")
                == true
        )
        #expect(report.status.hint?.contains(wantsName ? "--sni \(World.name)" : "--no-sni") == true)
    }

    /// A middlebox that swallows hellos of 256 bytes and more.
    @Test func findsThatLongHellosAreLost() async throws {
        let credential = try world.server([.tls12]).acquire()
        let script: LoopbackPeer.Script = { stream, _ in
            guard case .bytes(let hello) = await stream.read(deadline: Scripts.patience) else { return }
            guard hello.count < 256 else { return await Scripts.drain(stream) }
            await Scripts.serve(Prefixed(stream: stream, prefix: hello), credential)
        }
        let report = try await connect(script, timeout: .seconds(24))
        #expect(report.status.kind == "incomplete:timeout")
        #expect(report.status.reason?.contains("a long hello gets no answer and a short one does") == true)
        #expect(report.status.hint?.contains("--protocol tls1.2") == true)
    }

    @Test func saysThatNothingIsTaken() async throws {
        let report = try await connect(Scripts.answer([21, 3, 3, 0, 2, 2, 40]))
        #expect(report.status.kind == "alert:handshake_failure")
        #expect(report.status.reason?.hasSuffix("it refuses every version from SSL 2.0 to TLS 1.3") == true)
    }

    @Test func saysThatEveryHelloEndsTheConnection() async throws {
        let report = try await connect(Scripts.answer([]))
        #expect(report.status.kind == "closed")
        #expect(
            report.status.reason?.hasSuffix("it ends the connection at every hello, whatever is in it") == true,
            "\(report.status)"
        )
        #expect(report.status.hint?.contains("--sni") == false)
    }

    @Test func saysThatErrorsOfSSL2AreAllThereIs() async throws {
        // An ERROR (draft-hickman-netscape-ssl-00 §5.3): no cipher.
        let report = try await connect(Scripts.answer([0x80, 3, 0, 0, 1]))
        #expect(report.status.reason?.contains("it answers with errors of SSL 2.0") == true, "\(report.status)")
        #expect(report.status.hint?.contains("--sni") == false)
    }

    /// Suites that a server should not have, and that no usual hello has.
    @Test(arguments: ["ECDHE-ECDSA-NULL-SHA", "AECDH-AES128-SHA", "AECDH-NULL-SHA"])
    func findsTheWeakSuiteThatIsTaken(_ name: String) async throws {
        var server = world.server([.tls12])
        server.cipherList = name
        server.legacy = true
        let suite = try #require(CipherSuite(named: name))
        let report = try await connect(try Scripts.tls(server))
        #expect(report.status.kind == "alert:handshake_failure")
        #expect(
            report.status.reason?.hasSuffix("in TLS 1.2 it takes \(suite.name), which was not offered") == true,
            "\(report.status)"
        )
        #expect(report.status.hint?.contains("--protocol tls1.2 --ciphers \(suite.name) --legacy") == true)
        // An anonymous suite of which there are many servers is in the first hello.
        if name != "AECDH-AES128-SHA" {
            #expect(report.result?.diagnosis?.answer("tls1.2-weak")?.isAccepted == true)
        }
    }

    @Test func saysThatEveryAnswerBreaksOff() async throws {
        // The beginning of a ServerHello, and no more of it.
        let report = try await connect(Scripts.answer([22, 3, 3, 0, 100, 2, 0, 0, 96, 3, 3]))
        #expect(report.status.kind == "closed")
        #expect(report.status.reason?.hasSuffix("it breaks off whatever it is offered") == true)
        #expect(report.result?.attributes?.transport.bytesReceived == 11)
    }

    /// A server with no certificate and another key; it takes whoever comes without one for TLS 1.3 for a client of TLS 1.2.
    @Test(arguments: ["tls1.2", "tls1.3", "tls1.2,tls1.3"])
    func findsThatTheKeyIsNotTaken(_ protocols: String) async throws {
        var server = Credential(role: .server)
        server.protocols = [.tls12, .tls13]
        server.preSharedKey = PreSharedKey(identity: "me", key: Array(repeating: 7, count: 16))
        for (name, key) in [("you", "07070707070707070707070707070707"), ("me", "0808080808080808")] {
            let report = try await connect(try Scripts.tls(server)) {
                $0.protocols.protocols = protocols
                $0.credentials.preSharedKey = PreSharedKeySetting(key: key, identity: name)
            }
            #expect(report.status.exit == .noSession)
            #expect(report.status.reason?.contains("TLS 1.2 alone") == false, "\(report.status)")
            #expect(report.status.hint?.contains("--psk") == true, "\(report.status)")
        }
    }

    @Test(arguments: [ProtocolVersion.tls12, .tls13])
    func saysThatAKeyWasNotNeeded(_ version: ProtocolVersion) async throws {
        let report = try await LoopbackPeer.run(try Scripts.tls(world.server([version]))) { peer in
            try await ConnectOperation.run(
                try world.request(peer) {
                    $0.credentials.preSharedKey = PreSharedKeySetting(key: "0808080808080808", identity: "me")
                }
            )
        }
        #expect(report.status == .ok)
        #expect(report.result?.attributes?.names.pskNotTaken == true)
    }

    /// A server that begins to answer at once and takes its time for the rest, and one that says nothing for too long.
    @Test(arguments: [true, false])
    func looksEarlyOnlyAtAServerThatSaysNothing(_ begins: Bool) async throws {
        let credential = try world.server([.tls13]).acquire()
        let script: LoopbackPeer.Script = { stream, number in
            guard number == 0 else { return await Scripts.drain(stream) }
            guard let context = try? credential.makeContext(ContextOptions()) else { return }
            guard case .bytes(var hello) = await stream.read(deadline: Scripts.patience) else { return }
            let flight = context.step(&hello).token
            let first = begins ? 1 : 0
            try? await stream.write(Array(flight.prefix(first)), deadline: Scripts.patience)
            try? await Task.sleep(for: .seconds(5))
            try? await stream.write(Array(flight.dropFirst(first)), deadline: Scripts.patience)
            await Scripts.drain(stream)
        }
        let report = try await LoopbackPeer.run(script) { peer in
            try await ConnectOperation.run(try world.request(peer, timeout: .seconds(8)))
        }
        #expect(report.result?.established == true, "\(report.status)")
        if begins {
            #expect(report.result?.diagnosis == nil)
            #expect(report.spent.connections == 1)
        } else {
            // What was begun in vain is told, and counts.
            let diagnosis = try #require(report.result?.diagnosis)
            #expect(diagnosis.connections > 0 && diagnosis.conclusion == nil)
            #expect(report.spent.connections == diagnosis.connections + 1)
        }
    }

    @Test func looksOnlyWhereThatHelps() async throws {
        let scripts: [LoopbackPeer.Script] = [
            try Scripts.tls(world.server()), Scripts.answer(Array("HTTP/1.1 400 Bad Request\r\n\r\n".utf8)),
            // bad_certificate says enough.
            Scripts.answer([21, 3, 3, 0, 2, 2, 42]),
        ]
        for (index, script) in scripts.enumerated() {
            let report = try await connect(script) { $0.validation.files = [] }
            #expect(report.result?.diagnosis == nil, "\(index)")
            #expect(report.spent.connections == 1, "\(index)")
        }
    }

    @Test func doesNotLookWhenToldNotTo() async throws {
        let report = try await LoopbackPeer.run(Scripts.answer([])) { peer in
            let operation = try ConnectOperation(
                channel: try world.request(peer),
                relay: .generous,
                recordsBytes: false,
                diagnoses: false
            )
            return await operation.run(relay: ScriptedEnds()) { _ in }
        }
        #expect(report.status.kind == "closed")
        #expect(report.result?.diagnosis == nil)
        #expect(report.spent.connections == 1)
    }

    @Test func saysWhichNamesACertificateHas() async throws {
        let world = try World(names: ["*.a.example", "b.example", "c.example", "d.example", "e.example"])
        let report = try await LoopbackPeer.run(try Scripts.tls(world.server())) { peer in
            try await ConnectOperation.run(try world.request(peer))
        }
        #expect(report.status.kind == "verify:name-mismatch")
        let reason = try #require(report.status.reason)
        #expect(
            reason.contains(
                "the certificate is for other names: *.a.example, b.example, c.example, d.example and 1 more"
            )
        )
        // A name with a wildcard is none that a command could ask for.
        #expect(report.status.hint?.contains(" --verify-name b.example ") == true)
    }

    @Test func saysWhenACertificateExpired() async throws {
        let report = try await LoopbackPeer.run(try Scripts.tls(world.server())) { peer in
            try await ConnectOperation.run(
                try world.request(peer) { $0.validation.time = Timestamp.now + 400 * 86_400 }
            )
        }
        let moment = world.identity.certificate.notAfter.text
        #expect(report.status.reason?.contains("the certificate has expired, on \(moment)") == true)
        let last = CertificateTime(unixSeconds: try #require(world.identity.certificate.notAfter.unixSeconds) - 1)
        #expect(report.status.hint?.contains(" --at-time \(last.text) ") == true)
    }

    /// Commands keep what it takes to get to the same place, and what a shell would take for something else is quoted.
    @Test func writesCommandsThatAShellReads() throws {
        var request = try world.request(port: 4433) {
            $0.endpoint.family = .ipv4
            $0.endpoint.proxy = ProxySetting("http://me:secret@proxy.example:3128")
            $0.validation.files = ["a file's name"]
            $0.protocols.ciphers = "DEFAULT:!aNULL"
            $0.credentials.identities = [
                IdentityFiles(certificate: "c.pem", key: "k.pem", chain: nil, passphrase: "env:PASS")
            ]
        }
        request.hello.omitted = ["session_ticket"]
        request.hello.maximumFragment = 512
        let command = request.command(["--legacy"])
        #expect(
            command == "sechan connect --connect-to 127.0.0.1:4433 -4 --ca 'a file'\\''s name' --no-system-trust "
                + "--ciphers 'DEFAULT:!aNULL' --cert c.pem --key k.pem --pass env:PASS --no-ext session_ticket "
                + "--max-fragment 512 --legacy server.test:4433"
        )
        let other = request.command(["--sni", "b.example", "--ciphers", "ALL"])
        #expect(other.hasSuffix(" --sni b.example --ciphers ALL server.test:4433"))
        #expect(!other.contains("aNULL"))
        #expect(request.command(by: .ciphers) == "sechan ciphers --connect-to 127.0.0.1:4433 -4 server.test:4433")
    }
}

/// A stream whose first bytes were read already.
private final class Prefixed: ByteStream {
    private let stream: any ByteStream
    private let prefix: Noted<[UInt8]>

    var remote: SocketEndpoint { stream.remote }
    var local: SocketEndpoint { stream.local }

    init(stream: any ByteStream, prefix: [UInt8]) {
        self.stream = stream
        self.prefix = Noted()
        self.prefix.note(prefix)
    }

    func read(deadline: Deadline) async -> ReadOutcome {
        var first: [UInt8]?
        prefix.update { value in
            first = value
            value = nil
        }
        if let first { return .bytes(first) }
        return await stream.read(deadline: deadline)
    }

    func write(_ bytes: [UInt8], deadline: Deadline) async throws(TransportError) {
        try await stream.write(bytes, deadline: deadline)
    }

    func closeOutput() async { await stream.closeOutput() }
    func close() async { await stream.close() }
    func abort() async { await stream.abort() }
}
