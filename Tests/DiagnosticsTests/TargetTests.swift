import Foundation
import Testing

@testable import Diagnostics

@Suite struct TargetTests {
    @Test(arguments: [
        ("example.com", "example.com", 443),
        ("example.com:8443", "example.com", 8443),
        ("example.com.", "example.com.", 443),
        ("EXAMPLE.com:1", "EXAMPLE.com", 1),
        ("under_score.example:65535", "under_score.example", 65535),
        ("192.0.2.1", "192.0.2.1", 443),
        ("192.0.2.1:4433", "192.0.2.1", 4433),
        ("[2001:db8::1]:443", "2001:db8::1", 443),
        ("[2001:db8::1]", "2001:db8::1", 443),
        ("2001:db8::1", "2001:db8::1", 443),
        ("::1", "::1", 443),
        ("[fe80::1%eth0]:99", "fe80::1%eth0", 99),
        ("https://example.com", "example.com", 443),
        ("HTTPS://example.com:8443", "example.com", 8443),
        ("https://[::1]:8443/path", "::1", 8443),
    ])
    func readsEveryForm(_ text: String, host: String, port: Int) throws {
        let target = try Target(parsing: text)
        #expect(target.place == .network(host: host, port: port))
        #expect(target.input == text)
    }

    @Test func takesTheDefaultPortWhereNoneIsNamed() throws {
        #expect(try Target(parsing: "example.com", defaultPort: 993).port == 993)
        #expect(try Target(parsing: "example.com:1", defaultPort: 993).port == 1)
    }

    @Test(arguments: [
        ("https://example.com", "/"), ("https://example.com/", "/"), ("https://example.com/a/b?c=d#e", "/a/b?c=d"),
        ("https://example.com?q=1", "/?q=1"), ("https://example.com#top", "/"), ("example.com", "/"),
    ])
    func keepsThePathOfAURL(_ text: String, path: String) throws {
        #expect(try Target(parsing: text).path == path)
    }

    @Test(arguments: ["https://user:secret@example.com/", "https://user@example.com:443/x@y"])
    func refusesCredentialsInAURLWithoutRepeatingThem(_ text: String) throws {
        let problem = #expect(throws: RequestProblem.self) { try Target(parsing: text) }
        #expect(problem?.reason.contains("secret") == false)
        #expect(problem?.reason.contains("user@") == false)
    }

    @Test(arguments: ["21021", "127.1", "1.2.3", "0"])
    func refusesNumbersThatAreNoAddress(_ text: String) {
        #expect(throws: RequestProblem.self) { try Target(parsing: text) }
    }

    @Test func readsSockets() throws {
        let target = try Target(parsing: "unix:/run/tls.sock")
        #expect(target.place == .unix(path: "/run/tls.sock"))
        #expect(target.host == nil)
        #expect(target.port == nil)
        #expect(target.impliedServerName == nil)
    }

    @Test func neverSendsAnAddressAsAName() throws {
        for text in ["192.0.2.1", "[2001:db8::1]:443", "::1", "https://192.0.2.1/"] {
            let target = try Target(parsing: text)
            #expect(target.isAddressLiteral)
            #expect(target.impliedServerName == nil)
        }
        #expect(try Target(parsing: "example.com.").impliedServerName == "example.com")
    }

    /// Not arguments of a parameterised test, whose log would print them.
    private static let noTargets = [
        "", ":443", "example.com:", "example.com:0", "example.com:65536", "example.com:+1", "example.com:-1",
        "example.com:٣", "example.com:4 4", "example.com:0x1bb", "example.com:443:443", "https://", "https:///path",
        "[", "[]", "[::1", "[::1]x", "[::1]443", "[::1]:", "[::1]:0", "[example.com]:443", "[192.0.2.1]:443",
        "unix:", "-example.com", "user@example.com", "example.com/path", "exa mple.com", "example.com\u{0}",
        "1.2.3.4\u{0}.example.com", "a\u{1b}[31mb.example", "a\r\nb", "a\tb", "bücher.example", "例え.jp", "\u{202e}moc",
        "[fe80::1%]", "[fe80::1%a b]", "[fe80::1%\u{1b}[31m]", "fe80::1%\u{0}x", "unix:/a\u{0}b",
        "https://example.com/a b", "https://example.com/\u{1b}", "https://example.com/é",
        String(repeating: "a", count: 255), "gopher://example.com", "\u{1b}[31m://example.com", "smtp://", "smtp:///",
        "smtp://user@mail.example", "ldap://x/dc=example", "postgres://me:secret@x/db", "irc://x?channel",
    ]

    @Test func refusesWhatIsNoTarget() {
        for text in Self.noTargets {
            let problem = #expect(throws: RequestProblem.self, "\(text.debugDescription)") {
                try Target(parsing: text)
            }
            #expect(problem.map { isOneClearLine($0.reason) } == true, "\(text.debugDescription)")
            #expect(problem?.hint.map(isOneClearLine) == true, "\(text.debugDescription)")
        }
    }

    @Test func saysWhyANameCantBeUsed() {
        let international = #expect(throws: RequestProblem.self) { try Target(parsing: "bücher.example") }
        #expect(international?.hint?.contains("xn--") == true)
        let path = #expect(throws: RequestProblem.self) { try Target(parsing: "ldap://example.com/dc=example") }
        #expect(path?.reason == "a target with ldap:// has no path")
        let port = #expect(throws: RequestProblem.self) { try Target(parsing: "example.com:99999") }
        #expect(port?.hint?.contains("65535") == true)
    }

    @Test func asksAServerForItsPath() throws {
        let request = try #require(try Target(parsing: "https://example.com:8443/a?b").httpRequest)
        let lines = String(decoding: request, as: UTF8.self).components(separatedBy: "\r\n")
        #expect(lines.first == "GET /a?b HTTP/1.1")
        #expect(lines.contains("Host: example.com:8443"))
        let address = try #require(try Target(parsing: "https://[::1]/").httpRequest)
        #expect(String(decoding: address, as: UTF8.self).contains("\r\nHost: [::1]\r\n"))
        #expect(try Target(parsing: "example.com").httpRequest == nil)
    }
}

@Suite struct InspectSubjectTests {
    @Test(arguments: ["-", "/etc/hostname", "./no-such-file", "../x", "~/x", "/does/not/exist"])
    func takesPathsForFiles(_ text: String) throws {
        #expect(try InspectSubject(parsing: text) == .file(path: text))
    }

    @Test func takesAnExistingFileForAFile() throws {
        let files = try TestFiles()
        let path = try files.write("x", to: "chain.pem")
        #expect(try InspectSubject(parsing: path) == .file(path: path))
    }

    @Test func takesTheRestForServers() throws {
        #expect(try InspectSubject(parsing: "example.com:443") == .server(Target(parsing: "example.com:443")))
        #expect(try InspectSubject(parsing: "https://x.pem/") == .server(Target(parsing: "https://x.pem/")))
        #expect(try InspectSubject(parsing: "unix:/run/x") == .server(Target(parsing: "unix:/run/x")))
    }

    @Test(arguments: ["missing.pem", "missing.der", "missing.crt", "missing.cer"])
    func saysThatAFileIsMissing(_ name: String) {
        let problem = #expect(throws: RequestProblem.self) { try InspectSubject(parsing: name) }
        #expect(problem?.reason == "there is no file '\(name)' here")
    }
}
