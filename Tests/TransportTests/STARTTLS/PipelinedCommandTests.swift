import Testing

@testable import Transport

/// What is sent behind a request for TLS, and what an answer inside TLS shows.
@Suite struct PipelinedCommandTests {
    private func judge(_ name: STARTTLSProtocol, _ said: String, isOver: Bool = true) throws -> PipelinedCommand.Verdict
    {
        try #require(name.pipelinedCommand).judge(Array(said.utf8), isOver: isOver)
    }

    @Test func itGoesBehindTheRequestAndNothingElse() throws {
        let smtp = try #require(STARTTLSProtocol.smtp.pipelinedCommand)
        #expect(smtp.behind("STARTTLS".line) == "NOOP".line)
        #expect(smtp.behind("EHLO example".line) == [])
        #expect(smtp.behind([]) == [])
        let imap = try #require(STARTTLSProtocol.imap.pipelinedCommand)
        #expect(imap.behind("a STARTTLS".line) == "behind NOOP".line)
        #expect(STARTTLSProtocol.allCases.filter { $0.pipelinedCommand != nil }.count == 7)
    }

    @Test(arguments: [STARTTLSProtocol.smtp, .lmtp, .ftp])
    func codesTell(_ name: STARTTLSProtocol) throws {
        #expect(try judge(name, "250 ok\r\n221 bye\r\n") == .answered)
        #expect(try judge(name, "502-no\r\n502 such command\r\n221 bye\r\n") == .answered)
        #expect(try judge(name, "221-so\r\n221 long\r\n") == .forgotten)
        #expect(try judge(name, "221\r\n", isOver: false) == .forgotten)
        #expect(try judge(name, "250 ok\r\n") == .unclear)
        #expect(try judge(name, "421 too busy\r\n") == .unclear)
        #expect(try judge(name, "") == .unclear)
        #expect(try judge(name, "\u{0}\u{1}22\r\n\n\n22") == .unclear)
    }

    @Test func tagsTell() throws {
        #expect(try judge(.imap, "behind OK done\r\n* BYE\r\ninside OK\r\n") == .answered)
        #expect(try judge(.imap, "* BYE\r\ninside OK\r\n") == .forgotten)
        #expect(try judge(.imap, "* BYE\r\n") == .unclear)
        #expect(try judge(.imap, "") == .unclear)
    }

    @Test func theNumberTells() throws {
        #expect(try judge(.pop3, "-ERR not now\r\n+OK bye\r\n", isOver: false) == .answered)
        #expect(try judge(.pop3, "+OK bye\r\n") == .forgotten)
        // The answer to the farewell may still be to come.
        #expect(try judge(.pop3, "+OK bye\r\n", isOver: false) == .unclear)
        #expect(try judge(.pop3, "") == .unclear)
    }

    @Test func wordsTell() throws {
        let greeting = "\"IMPLEMENTATION\" \"x\"\r\nOK\r\n"
        #expect(try judge(.sieve, greeting + "OK (TAG \"said-behind\") \"done\"\r\nOK\r\n") == .answered)
        #expect(try judge(.sieve, greeting + "OK \"bye\"\r\n") == .forgotten)
        #expect(try judge(.sieve, greeting, isOver: false) == .unclear)
    }

    @Test func theDialogueSendsItOnce() {
        var talk = STARTTLSNegotiation(
            nil,
            host: "example.com",
            port: nil,
            clientName: "[127.0.0.1]",
            session: [],
            pipelining: true
        )
        var sent = talk.start()
        for line in ["220 mail.example ESMTP", "250-mail.example\r\n250 STARTTLS", "220 ready"] {
            sent += talk.receive(line.line)
        }
        #expect(talk.state == .finished && talk.protocol == .smtp)
        #expect(String(decoding: sent, as: UTF8.self) == "EHLO [127.0.0.1]\r\nSTARTTLS\r\nNOOP\r\n")
    }
}
