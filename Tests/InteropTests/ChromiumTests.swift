import Foundation
import Testing

extension Interop {
    /// A browser reads `serve`'s page.
    @Suite("serve: Chromium", .tags(.binary))
    struct ChromiumTests {
        /// Loads a page without a window, and prints what became of it: the document as the browser holds it.
        private func load(_ url: String, trusting authority: String?) async throws -> Finished {
            let home = try TemporaryDirectory()
            // Where Chromium looks for authorities of the user's own.
            let database = home.file(".pki/nssdb")
            try FileManager.default.createDirectory(atPath: database, withIntermediateDirectories: true)
            try await Tool.certutil.run(["-N", "-d", "sql:\(database)", "--empty-password"]).succeeded()
            if let authority {
                try await Tool.certutil.run(["-A", "-d", "sql:\(database)", "-n", "ca", "-t", "C,,", "-i", authority])
                    .succeeded()
            }
            // Root has no sandbox; a container may have little shared memory.
            return try await Tool(name: "chromium-headless-shell", package: "chromium-headless-shell").run(
                [
                    "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--no-proxy-server", "--dump-dom",
                    "--user-data-dir=\(home.file("profile"))", url,
                ],
                environment: ChildProcess.plainEnvironment.merging(["HOME": home.path]) { $1 }
            )
        }

        @Test("the page is read over HTTP/2, and says what Chromium offered")
        func page() async throws {
            let directory = try TemporaryDirectory()
            let authority = directory.file("ca.pem")
            try await withPeer(try await SechanServer(["--ca-out", authority])) { server in
                let run = try await load("https://localhost:\(server.port)/", trusting: authority)
                #expect(run.status == 0, "\(run.transcript)\(server.log)")
                let page = run.stdout
                #expect(page.contains("<title>What this server saw of you</title>"), "\(run.transcript)\(server.log)")
                func cell(_ label: String) -> String {
                    guard let start = page.firstRange(of: "<th scope=\"row\">\(label)</th><td>")?.upperBound,
                        let end = page[start...].firstRange(of: "</td>")?.lowerBound
                    else { return "" }
                    return String(page[start..<end])
                }
                #expect(cell("protocol") == "TLS 1.3", "\(run.transcript)")
                #expect(cell("ALPN") == "h2", "\(run.transcript)")
                #expect(cell("server name (SNI)") == "localhost")
                #expect(cell("request") == "GET /")
                // Its GREASE, and what no libssl of Debian's knows by name, an item each.
                for label in ["versions", "suites", "groups", "key shares", "extensions"] {
                    let items = cell(label).components(separatedBy: "<li>").dropFirst()
                    #expect(items.count > 1, "\(label)\n\(run.transcript)")
                    #expect(items.contains { $0.hasPrefix("GREASE") }, "\(label)\n\(run.transcript)")
                }
                #expect(cell("groups").contains("X25519MLKEM768"), "\(run.transcript)")
                #expect(cell("JA4").hasPrefix("t13d"), "\(run.transcript)")
                #expect(cell("JA3").count == 32, "\(run.transcript)")
                // Nothing was opened that isn't closed: the browser's document is ours.
                #expect(page.components(separatedBy: "<h2>").count == page.components(separatedBy: "</h2>").count)
                #expect(!page.contains("<script"))
            }
        }

        @Test("a page of an authority that Chromium doesn't know is not read")
        func untrusted() async throws {
            try await withPeer(try await SechanServer()) { server in
                let run = try await load("https://localhost:\(server.port)/", trusting: nil)
                #expect(!run.stdout.contains("What this server saw of you"), "\(run.transcript)\(server.log)")
                try await server.waitForOutput { $0.contains("certificate_unknown") || $0.contains("alert") }
            }
        }
    }
}
