import Testing
import Transport

@testable import Diagnostics

@Suite struct SchemeTests {
    @Test(arguments: [
        ("smtp://mail.example", 25, "smtp"), ("SMTP://mail.example:587/", 587, "smtp"), ("lmtp://x", 24, "lmtp"),
        ("imap://x", 143, "imap"), ("pop3://x", 110, "pop3"), ("ftp://x", 21, "ftp"), ("xmpp://x", 5222, "xmpp"),
        ("xmpp-server://x", 5269, "xmpp-server"), ("ldap://x", 389, "ldap"), ("postgres://x", 5432, "postgres"),
        ("postgresql://[::1]", 5432, "postgres"), ("mysql://x", 3306, "mysql"), ("nntp://x", 119, "nntp"),
        ("sieve://x", 4190, "sieve"), ("irc://x", 6667, "irc"), ("telnet://x", 23, "telnet"), ("rdp://x", 3389, "rdp"),
        ("mssql://x", 1433, "mssql"), ("vnc://x", 5900, "vnc"), ("openvpn://x", 1194, "openvpn"),
        ("smtps://x", 465, nil), ("imaps://x", 993, nil), ("pop3s://x", 995, nil), ("ftps://x", 990, nil),
        ("ldaps://x", 636, nil), ("ircs://x", 6697, nil), ("nntps://x", 563, nil), ("https://x", 443, nil),
    ])
    func namesPortAndProtocol(_ text: String, port: Int, starttls: String?) throws {
        let target = try Target(parsing: text)
        #expect(target.port == port)
        #expect(target.scheme?.starttls?.rawValue == starttls)
        #expect((target.httpRequest != nil) == text.hasPrefix("https"))
    }

    private func reach(_ text: String, _ change: (inout EndpointSettings) -> Void) throws -> Reach {
        var endpoint = EndpointSettings()
        change(&endpoint)
        let limits = Limits(timeout: .seconds(1), connectTimeout: .seconds(1))
        return Reach(target: try Target(parsing: text).with(endpoint), endpoint: endpoint, limits: limits)
    }

    @Test func anOptionGivesAProtocolAndItsPort() throws {
        let mail = try reach("mail.example") { $0.starttls = "smtp" }
        #expect(mail.starttls == .named(.smtp))
        #expect(mail.target.port == 25)
        #expect(mail.summary(address: nil).starttls == "smtp")
        #expect(try reach("mail.example:587") { $0.starttls = "smtp" }.target.port == 587)
        #expect(try reach("smtp://mail.example:26") { $0.starttls = "smtp" }.target.port == 26)
        let auto = try reach("mail.example:143") { $0.starttls = "auto" }
        #expect(auto.starttls == .auto)
        #expect(auto.summary(address: nil).starttls == "auto")
        #expect(auto.summary(address: nil, negotiated: .imap).starttls == "imap")
        #expect(try reach("example.com") { _ in }.starttls == nil)
        #expect(try reach("imaps://example.com") { _ in }.starttls == nil)
        #expect(try reach("imap://example.com") { _ in }.starttls == .named(.imap))
    }

    @Test(arguments: [
        ("smtp://x", "imap"), ("smtp://x", "auto"), ("https://x", "smtp"), ("imaps://x", "imap"), ("x", "smpt"),
        ("x", ""),
    ])
    func refusesContradictions(_ target: String, name: String) throws {
        let reach = try reach(target) { $0.starttls = name }
        let problem = #expect(throws: RequestProblem.self) { try reach.check() }
        #expect(problem.map { isOneClearLine($0.reason) } == true)
        #expect(problem?.hint.map(isOneClearLine) == true)
    }

    @Test func readsProxies() throws {
        for (text, written, name, password) in [
            ("http://proxy.example:8080", "http://proxy.example:8080", nil, nil),
            ("HTTP://me:s%3Acret%40@[::1]:8080/", "http://[::1]:8080", "me", "s:cret@"),
            ("socks5://192.0.2.1", "socks5://192.0.2.1:1080", nil, nil),
            ("socks5h://me@proxy.example:9", "socks5://proxy.example:9", "me", ""),
            ("http://proxy.example", "http://proxy.example:3128", nil, nil),
            ("http://me:a/b@c@proxy.example", "http://proxy.example:3128", "me", "a/b@c"),
        ] as [(String, String, String?, String?)] {
            let reach = try reach("example.com") { $0.proxy = ProxySetting(text) }
            try reach.check()
            #expect(reach.summary(address: .ip(host: "192.0.2.9", port: 1)).via == written)
            #expect(reach.summary(address: .ip(host: "192.0.2.9", port: 1)).address == nil)
            #expect(reach.proxy?.credentials?.name == name)
            #expect(reach.proxy?.credentials?.password == password)
        }
    }

    @Test(arguments: [
        "proxy.example:8080", "ftp://me:secret@x", "http://me:secret@", "http://me:secret@x:0", "http://:secret@x",
        "http://me:secret%zz@x", "http://me:secret%ff@x", "http://m%3Ae:secret@x", "http://me:secret%0a@x",
        "http://me:secret@x/path", "socks5://me:secret@x y", "http://", "",
        "http://me:secret@unix:/x", "http://me:secret@a://b",
    ])
    func refusesProxiesWithoutRepeatingThem(_ text: String) throws {
        let reach = try reach("example.com") { $0.proxy = ProxySetting(text) }
        let problem = #expect(throws: RequestProblem.self) { try reach.check() }
        #expect(
            problem.map { isOneClearLine($0.reason) && !$0.reason.contains("secret") } == true,
            "\(problem?.reason ?? "")"
        )
        #expect(problem?.hint?.contains("secret") == false)
    }

    /// What is printed or dumped of the settings shows where the proxy is, and not how one gets in.
    @Test(arguments: ["http://secret:secret@proxy.example", "http://me:secret@proxy.example:0", "ftp://me:secret@x"])
    func settingsShowNoPassword(_ text: String) throws {
        let reach = try reach("example.com") { $0.proxy = ProxySetting(text) }
        var dumped = ""
        dump(reach, to: &dumped)
        for shown in [dumped, "\(reach)", String(reflecting: reach), "\(reach.endpoint)"] {
            #expect(!shown.contains("secret"), "\(shown)")
            #expect(shown.contains("proxy"))
        }
    }

    @Test func aSocketHasNoProxy() throws {
        let reach = try reach("unix:/run/x") { $0.proxy = ProxySetting("http://proxy.example") }
        #expect(throws: RequestProblem.self) { try reach.check() }
    }
}
