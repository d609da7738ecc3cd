import Certificates
import Foundation
import Glibc
import SecureChannel
import TLSParameters
import Testing

@testable import Diagnostics

@Suite("Sessions and secrets in files")
struct SessionKeeperTests {
    private let world: World
    private let files: TestFiles

    init() throws {
        world = try World()
        files = world.files
    }

    /// Connects with a server that lives as long as the closure, and says what the report and the file are then.
    private func connect(
        _ server: Credential,
        _ change: @escaping @Sendable (inout ChannelRequest) -> Void
    ) async throws -> Report<ConnectResult> {
        try await LoopbackPeer.run(try Scripts.tls(server)) { peer in
            try await ConnectOperation.run(try world.request(peer, change))
        }
    }

    private func problem(_ change: @escaping @Sendable (inout ChannelRequest) -> Void) throws -> RequestProblem {
        try #require(throws: RequestProblem.self) {
            _ = try ConnectOperation(
                channel: try world.request(port: 9, change),
                relay: .generous,
                recordsBytes: false
            )
        }
    }

    @Test(arguments: [ProtocolVersion.tls12, .tls13])
    func theSessionIsWritten(_ version: ProtocolVersion) async throws {
        let path = "\(files.path)/session"
        let report = try await connect(world.server([version])) { $0.session.save = path }
        #expect(report.status == .ok)
        let session = try SavedSession(file: [UInt8](Data(contentsOf: URL(fileURLWithPath: path))))
        #expect(session.version == version)
        #expect(session.peerChain == [world.identity.certificate.der])
        #expect(try mode(path) == 0o600)
    }

    /// A server may send tickets for ever: a few are written as they come, and the last one at the end.
    @Test func ticketsWithoutEndAreNotAllWritten() async throws {
        let path = "\(files.path)/session"
        _ = try await connect(world.server([.tls13])) { $0.session.save = path }
        let session = try SavedSession(file: [UInt8](Data(contentsOf: URL(fileURLWithPath: path))))
        let request = try world.request(port: 9) { $0.session.save = path }
        let keeper = try SessionKeeper(request, credential: try request.credential().acquire())
        var options = ContextOptions()
        keeper.apply(to: &options)
        let sink = try #require(options.sessionSink)
        var files: Set<UInt64> = []
        var writes = 0
        var before = try modified(path)
        for number in 1...1_000 {
            var session = session
            session.serverName = "host-\(number)"
            sink(session)
            let now = try modified(path)
            if now != before { writes += 1 }
            before = now
            files.insert(now)
        }
        #expect((1...10).contains(writes))
        #expect(keeper.status(.ok) == .ok)
        #expect(try String(contentsOfFile: path, encoding: .utf8).contains("Server name: host-1000\n"))
    }

    /// What changes with each writing of a file: it is another file then.
    private func modified(_ path: String) throws -> UInt64 {
        var status = stat()
        guard stat(path, &status) == 0 else { throw CocoaError(.fileNoSuchFile) }
        return UInt64(status.st_ino) << 32
            ^ UInt64(bitPattern: Int64(status.st_mtim.tv_sec &* 1_000_000_000 &+ status.st_mtim.tv_nsec))
    }

    /// What `openssl s_client -sess_out` writes: the leaf and nothing else of the chain.
    @Test func aLeafAloneIsNotCalledABrokenChain() async throws {
        let path = "\(files.path)/session"
        let (reports, _) = try await FaultServer.run(["wrong-order"], protocols: "tls1.3") { server in
            let first = try await ConnectOperation.run(server.request { $0.session.save = path })
            let text = try String(contentsOfFile: path, encoding: .utf8)
            let end = try #require(text.firstRange(of: "-----BEGIN CERTIFICATE")).lowerBound
            try Data(text[..<end].utf8).write(to: URL(fileURLWithPath: path))
            return [first, try await ConnectOperation.run(server.request { $0.session.resume = path })]
        }
        #expect(reports.first?.status == .ok)
        let status = try #require(reports.last?.status)
        #expect(status.kind == "verify:unknown-issuer")
        #expect(status.reason?.contains("can't be judged: the resumed session holds its leaf alone") == true)
        #expect(status.hint?.contains("--ca FILE") == true)
    }

    /// A resumed handshake brings no staple: the one of the first handshake counts, as its chain does.
    @Test(arguments: ["tls1.2", "tls1.3"])
    func aStapleIsJudgedAgain(_ version: String) async throws {
        let path = "\(files.path)/session"
        let (reports, _) = try await FaultServer.run(["revoked-staple"], protocols: version) { server in
            let first = try await ConnectOperation.run(
                server.request {
                    $0.session.save = path
                    $0.validation.mode = .none
                }
            )
            let again = try await ConnectOperation.run(server.request { $0.session.resume = path })
            return [first, again]
        }
        #expect(reports.first?.status == .ok)
        #expect(reports.last?.result?.attributes?.session.resumed == true)
        #expect(reports.last?.status.kind == "verify:revoked", "\(String(describing: reports.last?.status))")
    }

    @Test func aServerThatGivesNoneIsTold() async throws {
        let path = "\(files.path)/session"
        var server = world.server([.tls13])
        server.usesSessionTickets = false
        let report = try await connect(server) { $0.session.save = path }
        #expect(report.status.kind == "incomplete:no-session-given")
        #expect(report.status.exit == .incomplete)
        #expect(!FileManager.default.fileExists(atPath: path))
    }

    @Test func linksAreReplacedAndDevicesLeftAlone() async throws {
        let target = try files.write("precious")
        let link = "\(files.path)/link"
        #expect(symlink(target, link) == 0)
        let report = try await connect(world.server()) { $0.session.save = link }
        #expect(report.status == .ok)
        #expect(try String(contentsOfFile: target, encoding: .utf8) == "precious")
        #expect(try String(contentsOfFile: link, encoding: .utf8).contains("SSL SESSION PARAMETERS"))
        #expect(try problem { $0.session.save = "/dev/null" }.reason.contains("no plain file"))
        #expect(try problem { $0.session.save = "/nowhere/file" }.reason.contains("can't write"))
    }

    @Test func theKeyLogIsItsOwnersAlone() async throws {
        let path = "\(files.path)/keys"
        for _ in 0..<2 {
            let report = try await connect(world.server([.tls12])) { $0.session.keyLog = path }
            #expect(report.status == .ok)
        }
        #expect(try mode(path) == 0o600)
        let lines = try String(contentsOfFile: path, encoding: .utf8).split(separator: "\n")
        #expect(lines.count == 2 && lines.allSatisfy { $0.hasPrefix("CLIENT_RANDOM ") })

        let link = "\(files.path)/keys.link"
        #expect(symlink(path, link) == 0)
        #expect(try problem { $0.session.keyLog = link }.reason.contains("it is a link"))
        let second = "\(files.path)/keys.second"
        #expect(Glibc.link(path, second) == 0)
        #expect(try problem { $0.session.keyLog = path }.reason.contains("second name"))
        let open = try files.write("")
        #expect(chmod(open, 0o644) == 0)
        #expect(try problem { $0.session.keyLog = open }.reason.contains("other users may read it"))
        let pipe = "\(files.path)/pipe"
        #expect(mkfifo(pipe, 0o600) == 0)
        #expect(try problem { $0.session.keyLog = pipe }.reason.contains("can't write"))
        #expect(try problem { $0.session.keyLog = files.path }.reason.contains("can't write"))
    }

    @Test func aSessionThatCanNotBeOfferedIsRefused() async throws {
        let path = "\(files.path)/session"
        _ = try await connect(world.server([.tls12])) { $0.session.save = path }
        let other = try problem {
            $0.session.resume = path
            $0.protocols.protocols = "tls1.3"
        }
        #expect(other.reason.contains("is of TLS 1.2, which is not offered"))
        let suite = try problem {
            $0.session.resume = path
            $0.protocols.ciphers = "ECDHE-RSA-AES128-SHA256"
            $0.protocols.protocols = "tls1.2"
        }
        #expect(suite.reason.contains("which is not offered"))
        let early = try problem {
            $0.session.resume = path
            $0.session.earlyData = path
        }
        #expect(early.reason.contains("early data came with TLS 1.3"))
        let certificate = world.trust
        #expect(
            try problem { $0.session.resume = certificate }.reason.contains("no TLS session in it, but CERTIFICATE")
        )
        #expect(try problem { $0.session.resume = "/nowhere" }.reason.contains("can't read"))
        #expect(try problem { $0.session.earlyData = path }.reason.contains("needs a session"))
    }

    @Test func anExpiredSessionIsRefused() async throws {
        let path = "\(files.path)/session"
        var server = world.server([.tls13])
        server.sessionLifespan = 30
        _ = try await connect(server) { $0.session.save = path }
        let request = try world.request(port: 9) { $0.session.resume = path }
        let credential = try request.credential().acquire()
        _ = try SessionKeeper(request, credential: credential)
        let late = try #require(throws: RequestProblem.self) {
            try SessionKeeper(request, credential: credential, now: Timestamp.now + 31)
        }
        #expect(late.reason.contains("expired at 2"))
    }

    @Test(arguments: [ProtocolVersion.tls12, .tls13])
    func theCacheResumesWhatItKept(_ version: ProtocolVersion) async throws {
        let directory = "\(files.path)/cache"
        try await LoopbackPeer.run(try Scripts.tls(world.server([version]))) { peer in
            func resumes(_ change: (inout ChannelRequest) -> Void = { _ in }) async throws -> Bool? {
                let request = try world.request(peer) {
                    $0.session.cache = directory
                    change(&$0)
                }
                return try await ConnectOperation.run(request).result?.attributes?.session.resumed
            }
            #expect(try await resumes() == false)
            #expect(try mode(directory) == 0o700)
            #expect(try await resumes() == true)
            #expect(try await resumes() == true)
            #expect(try await resumes { $0.endpoint.serverName = .none } == false, "another name, another session")
            let kept = try FileManager.default.contentsOfDirectory(atPath: directory)
            #expect(kept.count == 2)
            for file in kept {
                #expect(try mode("\(directory)/\(file)") == 0o600)
                _ = try files.write("rubbish", to: "cache/\(file)")
            }
            #expect(try await resumes() == false, "what can't be read is a miss")
            for file in kept { _ = try files.write("rubbish", to: "cache/\(file)") }
            let told = try await ConnectOperation.run(try world.request(peer) { $0.session.cache = directory })
            #expect(told.result?.credential.notes.contains { $0.hasPrefix("no session was offered: ") } == true)
            #expect(chmod(directory, 0o777) == 0)
            let other = try #require(throws: RequestProblem.self) {
                _ = try ConnectOperation(
                    channel: try world.request(peer) { $0.session.cache = directory },
                    relay: .generous,
                    recordsBytes: false
                )
            }
            #expect(other.reason.contains("other users may write to it"))
        }
    }

    @Test func earlyDataHasToFit() async throws {
        let path = "\(files.path)/session"
        var server = world.server([.tls13])
        server.maximumEarlyData = 100
        _ = try await connect(server) { $0.session.save = path }
        let data = try files.write(String(repeating: "x", count: 101))
        let large = try problem {
            $0.session.resume = path
            $0.session.earlyData = data
        }
        #expect(large.reason.contains("has 101 bytes, and the session allows 100"))
        let name = try problem {
            $0.session.resume = path
            $0.session.earlyData = data
            $0.endpoint.serverName = .name("other.test")
        }
        #expect(name.hint == "send that name with --sni \(World.name)")
        let empty = try files.write("")
        #expect(
            try problem {
                $0.session.resume = path
                $0.session.earlyData = empty
            }.reason.contains("is empty")
        )
    }

    @Test(
        arguments: [
            ("EXPORTER-a:32", "EXPORTER-a", nil, 32), ("EXPORTER-a::16", "EXPORTER-a", [], 16),
            ("EXPORTER-a:text:1", "EXPORTER-a", Array("text".utf8), 1), ("a:0x0d0A:1024", "a", [13, 10], 1_024),
            ("a:b:c:2", "a", Array("b:c".utf8), 2),
        ] as [(String, String, [UInt8]?, Int)]
    )
    func exportsAreRead(_ text: String, _ label: String, _ context: [UInt8]?, _ count: Int) throws {
        let request = try ExportRequest(parsing: text)
        #expect(request == ExportRequest(label: label, context: context, count: count))
    }

    @Test(arguments: ["", "label", ":32", "label:0", "label:1025", "label:x", "label:0xz:3", "label:-1"])
    func nonsenseIsNot(_ text: String) {
        #expect(throws: RequestProblem.self) { try ExportRequest(parsing: text) }
    }

    private func mode(_ path: String) throws -> UInt32 {
        var status = stat()
        guard stat(path, &status) == 0 else { throw CocoaError(.fileNoSuchFile) }
        return status.st_mode & 0o777
    }
}
