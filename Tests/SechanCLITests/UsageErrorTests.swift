import Testing

@testable import SechanCLI

/// A command line that makes no sense: one line that says why, one that says what to do, status 2, nothing on standard output.
@Suite("Usage errors")
struct UsageErrorTests {
    /// Nothing here may send a packet, so the names need not exist.
    static let nonsense: [[String]] = [
        ["connect", "--formt", "json", "example.com"],
        ["conect", "example.com"],
        ["connect"],
        ["connect", "example.com", "example.org"],
        ["connect", "--format", "yaml", "example.com"],
        ["connect", "--timeout", "soon", "example.com"],
        ["connect", "--at-time", "yesterday", "example.com"],
        ["connect", "--quiet", "--format", "json", "example.com"],
        ["connect", "--quiet", "--trace", "example.com"],
        ["connect", "--color", "always", "--format", "json", "example.com"],
        ["connect", "--sni", "a.example", "--no-sni", "example.com"],
        ["connect", "-4", "-6", "example.com"],
        ["connect", "--verify", "none", "--ca", "roots.pem", "example.com"],
        ["connect", "--verify-name", "a.example", "--no-name-check", "example.com"],
        ["connect", "--key", "key.pem", "example.com"],
        ["connect", "--cert", "/nowhere/cert.pem", "example.com"],
        ["connect", "--protocol", "tls9", "example.com"],
        ["connect", "--protocol", "tls1.3-tls1.2", "example.com"],
        ["connect", "--ciphersuites", "TLS_NO_SUCH_SUITE", "example.com"],
        ["connect", "smtp://mail.example.com/path"],
        ["connect", "--starttls", "smpt", "example.com"], ["connect", "--starttls", "imap", "smtp://example.com"],
        ["ciphers", "--proxy", "proxy.example:3128", "example.com"], ["ciphers", "--starttls", "smtp"],
        ["connect", "gopher://example.com"],
        ["connect", "example.com:99999"],
        ["connect", "example.com:"],
        ["connect", "[::1"],
        ["connect", ""],
        ["inspect", "nowhere.pem"],
        ["inspect", "--alpn", "h2", "/dev/null"],
        ["serve", "--count", "0"],
        ["serve", "--client-ca", "roots.pem"],
        ["serve", "--name", "a.example", "--cert", "cert.pem"],
        ["serve", "--output", "file"],
        ["serve", "--listen", "nonsense"],
        ["ciphers", "--sni", "a.example"],
        ["ciphers", "--match", "ECDHE+"],
        ["ciphers", "--min-strength", "256", "--max-strength", "128"],
        ["ciphers", "--concurrency", "0", "example.com"],
        ["ciphers", "--max-connections", "0", "example.com"],
        ["ciphers", "--polite", "--concurrency", "2", "example.com"],
        ["ciphers", "--rate", "2", "--delay", "1s", "example.com"],
        ["ciphers", "--rate", "0", "example.com"],
        ["ciphers", "-4", "[::1]:443"], ["connect", "-6", "127.0.0.1:443"],
        ["connect", "-4", "--connect-to", "[::1]", "example.com"],
        ["ciphers", "--with", "everything", "example.com"],
        ["ciphers", "--with", "all"],
        ["ciphers", "--polite"],
        ["ciphers", "--expect", "/nowhere/allowed.txt", "example.com"],
        ["ciphers", "--expect", "/dev/null", "example.com"],
        ["ciphers", "--format", "testssl-csv"],
        ["ciphers", "--format", "testssl-csv", "--evidence", "example.com"],
        ["ciphers", "--format", "testssl-csv", "--color", "always", "example.com"],
        ["connect", "--format", "testssl-csv", "example.com"],
        ["shutdown", "--answer-timeout", "-1s", "example.com"],
        ["renegotiate", "--hold", "example.com"],
    ]

    @Test("is refused in two lines, with status 2", arguments: nonsense)
    func isRefused(_ arguments: [String]) throws {
        let run = try RunningTool.run(RunningTool.sechan(), arguments)
        #expect(run.status == 2, "\(run.complaints)")
        #expect(run.output == "")
        let lines = run.complaints.split(separator: "\n", omittingEmptySubsequences: false)
        #expect(lines.count == 3 && lines.last == "", "two lines and no more:\n\(run.complaints)")
        #expect(lines[0].hasPrefix("sechan: "), "\(run.complaints)")
        #expect(lines[0].last != "." && !lines[0].hasPrefix("sechan: hint"), "\(run.complaints)")
        #expect(lines.count > 1 && lines[1].hasPrefix("sechan: hint: "), "\(run.complaints)")
        #expect(lines.count > 1 && lines[1].last != ".", "\(run.complaints)")
    }

    @Test("a misspelt option leads to the right one")
    func suggestsOption() throws {
        let run = try RunningTool.run(RunningTool.sechan(), ["connect", "--formt", "json", "example.com"])
        #expect(run.complaints == "sechan: unknown option '--formt'\nsechan: hint: did you mean '--format'?\n")
    }

    @Test(
        "a number that can't be is told what it can",
        arguments: [
            (["--rate", "0.5"], "from 1 to 10000"), (["--rate", "abc"], "from 1 to 10000"),
            (["--rate", "-1"], "from 1 to 10000"), (["--delay", "-1s"], "1ms or more"),
            (["--timeout", "0"], "1ms or more"), (["--concurrency", "-8"], "from 1 to 256"),
            (["--concurrency", "many"], "from 1 to 256"), (["--max-strength", "weak"], "number of bits"),
        ]
    )
    func namesTheRange(_ option: [String], _ range: String) throws {
        let run = try RunningTool.run(RunningTool.sechan(), ["ciphers", "example.com"] + option)
        #expect(run.status == 2)
        #expect(run.complaints.contains(range) && run.complaints.contains(option[0]), "\(run.complaints)")
        #expect(!run.complaints.contains("missing"), "\(run.complaints)")
    }

    @Test("a socket that isn't there is not called a refusal")
    func missingSocket() throws {
        let run = try RunningTool.run(RunningTool.sechan(), ["ciphers", "unix:/nowhere/socket"])
        #expect(run.status == 3)
        #expect(run.complaints.contains("'/nowhere/socket': No such file or directory\n"), "\(run.complaints)")
    }

    @Test("a bare sechan shows its help on standard error")
    func bareCommand() throws {
        let run = try RunningTool.run(RunningTool.sechan(), [])
        #expect(run.status == 2)
        #expect(run.output == "")
        #expect(run.complaints.contains("USAGE: sechan"))
    }

    @Test(
        "help and version are answers, not errors",
        arguments: [["--help"], ["connect", "--help"], ["help"], ["--version"]]
    )
    func answers(_ arguments: [String]) throws {
        let run = try RunningTool.run(RunningTool.sechan(), arguments)
        #expect(run.status == 0)
        #expect(run.complaints == "")
        #expect(run.output.contains("sechan"))
    }

    @Test("--version names this program and the libssl it runs on")
    func version() throws {
        let run = try RunningTool.run(RunningTool.sechan(), ["--version"])
        #expect(run.output.hasPrefix("sechan \(Self.number) (OpenSSL "), "\(run.output)")
        #expect(run.output.hasSuffix(")\n"), "\(run.output)")
    }

    private static let number = "0.1.0"
}
