import Foundation
import Glibc
import SecureChannel
import Testing
import Transport

@testable import Diagnostics

/// `--files` and `--discard`.
@Suite("serve: files", .timeLimit(.minutes(1)))
struct ServeFilesTests {
    /// A directory with a page, a big file, a directory, links out of it, and a secret beside it.
    private struct Shelf {
        let files: TestFiles
        let root: String
        let big: [UInt8]

        init() throws {
            files = try TestFiles()
            root = "\(files.path)/root"
            let manager = FileManager.default
            try manager.createDirectory(atPath: "\(root)/sub/deep", withIntermediateDirectories: true)
            big = (0..<300_000).map { UInt8(truncatingIfNeeded: $0 &* 31) }
            _ = try files.write("secret", to: "secret.txt")
            _ = try files.write("<p>index", to: "root/index.html")
            _ = try files.write(big, to: "root/big.bin")
            _ = try files.write("a b", to: "root/sub/a b.txt")
            _ = try files.write("", to: "root/empty.txt")
            try manager.createSymbolicLink(atPath: "\(root)/link.txt", withDestinationPath: "../secret.txt")
            try manager.createSymbolicLink(atPath: "\(root)/out", withDestinationPath: "..")
            mkfifo("\(root)/pipe", 0o600)
        }

        func setup() throws -> ServerSetup {
            try ServedTalk.setup { $0.mode = .files(directory: root) }
        }
    }

    private func get(_ path: String, _ shelf: Shelf, method: String = "GET") async throws -> ServedTalk.Outcome {
        let setup = try shelf.setup()
        return try await ServedTalk.talk(setup, try ServedTalk.client(setup), ["\(method) \(path) HTTP/1.0\r\n\r\n"])
    }

    @Test(
        "a file is given out with its type",
        arguments: [
            ("/", "text/html", "<p>index"), ("/index.html?x=1", "text/html", "<p>index"),
            ("/sub/a%20b.txt", "text/plain", "a b"), ("/./sub//a%20b.txt", "text/plain", "a b"),
            ("/empty.txt", "text/plain", ""),
        ]
    )
    func found(path: String, type: String, content: String) async throws {
        let outcome = try await get(path, try Shelf())
        #expect(outcome.text.hasPrefix("HTTP/1.1 200 OK\r\n"))
        #expect(outcome.text.contains("Content-Type: \(type)"))
        #expect(outcome.text.contains("Content-Length: \(content.utf8.count)\r\n"))
        #expect(outcome.text.hasSuffix("\r\n\r\n\(content)"))
    }

    @Test("HEAD has the size and nothing else")
    func head() async throws {
        let outcome = try await get("/big.bin", try Shelf(), method: "HEAD")
        #expect(outcome.text.contains("Content-Length: 300000\r\n"))
        #expect(outcome.text.hasSuffix("\r\n\r\n"))
    }

    @Test("a big file comes whole")
    func big() async throws {
        let shelf = try Shelf()
        let setup = try shelf.setup()
        let outcome = try await ServedTalk.talk(
            setup,
            try ServedTalk.client(setup),
            ["GET /big.bin HTTP/1.0\r\n\r\n"]
        )
        #expect(outcome.connection.requests.map(\.bytes) == [300_000])
        #expect(outcome.connection.bytesSent > 300_000)
        #expect(outcome.connection.outcome == .ok)
    }

    @Test(
        "nothing leads out of the directory",
        arguments: [
            ("/../secret.txt", 400), ("/%2e%2e/secret.txt", 400), ("/sub/../../secret.txt", 400),
            ("/..%2fsecret.txt", 400),
            ("/link.txt", 403), ("/out/secret.txt", 404), ("/sub/%00", 400), ("/%", 400), ("/%zz", 400), ("/%+1", 400),
            ("/pipe", 403), ("/nothing", 404), ("/sub/", 404), ("/index.html/x", 404), ("/%ff", 400),
            ("//" + String(repeating: "a/", count: 100), 400),
        ]
    )
    func confined(path: String, status: Int) async throws {
        let outcome = try await get(path, try Shelf())
        #expect(!outcome.text.contains("secret"))
        // A step that is a link is no directory (ENOTDIR) or refused as a link (ELOOP), as the kernel likes.
        let statuses = path.hasPrefix("/out/") ? [403, 404] : [status]
        #expect(outcome.connection.requests.map(\.status).allSatisfy(statuses.contains), "\(outcome.text)")
    }

    @Test("a directory leads to itself with a slash, on this server")
    func directory() async throws {
        let outcome = try await get("//sub", try Shelf())
        #expect(outcome.text.hasPrefix("HTTP/1.1 301 "))
        #expect(outcome.text.contains("\r\nLocation: /sub/\r\n"))
    }

    @Test(
        "what is no directory is a problem of the request",
        arguments: ["/nowhere/at/all", "/etc/hostname", "a\0b", ""]
    )
    func noDirectory(path: String) {
        #expect(throws: RequestProblem.self) { try ServedTalk.setup { $0.mode = .files(directory: path) } }
    }

    @Test("--discard reads all and says nothing")
    func discard() async throws {
        let setup = try ServedTalk.setup { $0.mode = .discard }
        let text = String(repeating: "x", count: 100_000)
        let outcome = try await ServedTalk.talk(setup, try ServedTalk.client(setup), [text], enough: 0)
        #expect(outcome.text.isEmpty)
        #expect(outcome.connection.bytesReceived == 100_000)
        #expect(outcome.connection.bytesSent == 0)
        #expect(outcome.connection.outcome == .ok)
    }
}
