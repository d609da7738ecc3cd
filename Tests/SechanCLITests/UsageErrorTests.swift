import Testing

@testable import SechanCLI

/// A command line that makes no sense: one line that says why, one that says what to do, status 2, nothing on standard output.
@Suite("Usage errors")
struct UsageErrorTests {
    /// Nothing here may send a packet, so the names need not exist.
    static let nonsense: [[String]] = [
        ["connect", "--formt", "json", "example.com"],
        ["connect", "-connect", "example.com:443"], ["connect", "-servername", "a.example", "example.com"],
        ["connect", "--get", "/", "--send", "file", "example.com"], ["connect", "--get", "index.html", "example.com"],
        ["connect", "--get", "/", "--alpn", "h2", "example.com"],
        ["connect", "--send", "/nowhere/file", "example.com"],
        ["connect", "--send", "/tmp", "example.com"], ["connect", "--hold", "--answer-timeout", "1s", "example.com"],
        ["connect", "--escape", "^]", "example.com"], ["connect", "--escape", "^C", "example.com"],
        ["connect", "--get", "/", "--escape", "~", "example.com"],
        ["connect", "--bind", "localhost", "example.com"], ["connect", "--bind", "192.0.2.1", "example.com"],
        ["connect", "--bind", "127.0.0.1:80", "example.com"], ["connect", "--bind", "127.0.0.1", "[::1]"],
        ["connect", "--bind", "127.0.0.1", "-6", "example.com"], ["connect", "--bind", "127.0.0.1", "unix:/socket"],
        ["connect", "-4", "unix:/socket"], ["ciphers", "--bind", "::1"],
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
        ["connect", "--pass", "env:X", "example.com"], ["connect", "--p12", "/nowhere/me.p12", "example.com"],
        ["connect", "--subject", "CN=x", "example.com"], ["connect", "--thumbprint", "00", "example.com"],
        ["connect", "--cert-dir", "/nowhere", "example.com"], ["connect", "--auto-cert", "/nowhere", "example.com"],
        ["connect", "--cert-dir", "/", "--subject", "a", "--thumbprint", "b", "example.com"],
        ["connect", "--auto-cert", "/tmp", "--cert", "c.pem", "example.com"],
        ["connect", "--send-root", "example.com"],
        ["connect", "--psk", "00", "example.com"], ["connect", "--psk-identity", "me", "example.com"],
        ["connect", "--psk", "xyz", "--psk-identity", "me", "example.com"],
        ["connect", "--protocol", "tls1.0,tls1.2", "example.com"], ["connect", "--min-strength", "512", "example.com"],
        ["connect", "--min-strength", "-1", "example.com"], ["connect", "--null-cipher", "never", "example.com"],
        ["connect", "--null-cipher", "only", "--protocol", "tls1.3", "example.com"],
        ["connect", "--disable", "cipher", "example.com"], ["connect", "--disable", "cipher:FOO", "example.com"],
        ["connect", "--disable", "cipher:AES", "--disable", "cipher:CHACHA20", "--protocol", "tls1.3", "example.com"],
        ["serve", "--disable-for", "h2"], ["serve", "--disable-for", "h3:cipher:AES"],
        ["serve", "--disable-for", "h2:cipher:FOO"], ["serve", "--disable-for", "h2:cert-signature:SHA1"],
        ["connect", "--crl", "/nowhere.crl", "example.com"], ["connect", "--revocation", "some", "example.com"],
        ["connect", "--revocation", "end", "--crl", "/nowhere.crl", "example.com"],
        ["connect", "--revocation", "end", "--verify", "none", "example.com"],
        ["connect", "--fetch", "example.com"], ["inspect", "--fetch", "--revocation", "none", "/dev/null"],
        ["connect", "--ignore-no-revocation", "example.com"], ["serve", "--auto-cert", "/tmp"],
        ["inspect", "--psk", "00", "--psk-identity", "me", "/dev/null"],
        ["connect", "--protocol", "tls9", "example.com"],
        ["connect", "--protocol", "tls1.3-tls1.2", "example.com"],
        ["connect", "--ciphersuites", "TLS_NO_SUCH_SUITE", "example.com"],
        ["connect", "smtp://mail.example.com/path"],
        ["connect", "--starttls", "smpt", "example.com"], ["connect", "--starttls", "imap", "smtp://example.com"],
        ["ciphers", "--proxy", "proxy.example:3128", "example.com"], ["ciphers", "--starttls", "smtp"],
        ["connect", "--early-data", "/dev/null", "example.com"],
        ["connect", "--cache", "/tmp", "--session-in", "f", "example.com"],
        ["connect", "--cache", "/dev/null", "example.com"],
        ["connect", "--export-early", "label:32", "example.com"],
        ["connect", "--export", "label", "example.com"], ["connect", "--export", "label:0", "example.com"],
        ["connect", "--session-in", "/nowhere/session", "example.com"],
        ["connect", "--session-in", "/dev/null", "example.com"],
        ["connect", "--session-out", "/nowhere/session", "example.com"],
        ["connect", "--keylog", "/dev/null", "example.com"], ["shutdown", "--keylog", "/nowhere/log", "example.com"],
        ["connect", "--quiet", "--explain", "example.com"], ["connect", "-q", "-v", "example.com"],
        ["inspect", "--keylog", "log", "/dev/null"], ["inspect", "--explain", "/dev/null"],
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
        ["serve", "--fault", "expird"], ["serve", "--fault", "fin@2", "--fault", "rst@4"],
        ["serve", "--fault", "expired", "--cert", "cert.pem"], ["serve", "--fault", "truncated-body", "--echo"],
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
        ["renegotiate"], ["renegotiate", "--from", "server", "example.com"],
        ["renegotiate", "--count", "0", "example.com"], ["renegotiate", "--count", "21", "example.com"],
        ["renegotiate", "--reconnect", "0", "example.com"], ["renegotiate", "--rate", "5", "example.com"],
        ["renegotiate", "--listen", "4433", "example.com"], ["renegotiate", "--change-key", "k.pem", "example.com"],
        ["renegotiate", "--change-ciphers", "NONSENSE", "example.com"],
        ["renegotiate", "--change-ciphers", "TLS_AES_128_GCM_SHA256", "example.com"],
        ["renegotiate", "--change-cert", "/nowhere/c.pem", "example.com"],
        ["renegotiate", "--abbreviated", "--protocol", "tls1.3", "example.com"],
        ["renegotiate", "--from", "server", "--sni", "example.com"],
        ["renegotiate", "--from", "server", "--verify", "none"],
        ["renegotiate", "--from", "server", "--reconnect", "2"],
        ["renegotiate", "--from", "server", "--listen", "nowhere"],
        ["shutdown", "--mode", "slowly", "example.com"], ["shutdown", "--mode", "half", "example.com"],
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
