import Transport

extension Dialogues {
    /// What a peer says instead, how that counts, and its words in the error.
    static let failures: [(script: Script, kind: TransportError.Kind, said: [UInt8])] = [
        refused(.smtp, line("220 hi") + line("250-me") + line("250 SIZE"), said: ""),
        refused(.smtp, line("220 hi") + line("502 no EHLO here"), said: "502 no EHLO here"),
        refused(
            .smtp,
            line("220 hi") + line("250-me") + line("250 STARTTLS") + line("454 4.7.0 TLS not available"),
            said: "454 4.7.0 TLS not available"
        ),
        refused(.smtp, line("521 no mail here"), said: "521 no mail here"),
        busy(.smtp, line("421 too many connections"), said: "421 too many connections"),
        busy(.smtp, line("554-go away") + line("554 5.7.1 blocked"), said: "554 5.7.1 blocked"),
        busy(.smtp, line("220 hi") + line("421 slow down"), said: "421 slow down"),
        busy(.lmtp, line("450 later"), said: "450 later"),
        odd(.smtp, line("* OK IMAP4rev1"), said: "* OK IMAP4rev1"),
        odd(.smtp, line("220-hi") + line("250 there"), said: "250 there"),
        refused(.imap, line("* OK hi") + line("s1 BAD TLS isn't enabled"), said: "s1 BAD TLS isn't enabled"),
        refused(.imap, line("* PREAUTH hi"), said: "* PREAUTH hi"),
        busy(.imap, line("* BYE too many connections"), said: "* BYE too many connections"),
        busy(.imap, line("* OK hi") + line("s1 NO [UNAVAILABLE] later"), said: "s1 NO [UNAVAILABLE] later"),
        odd(.imap, line("220 smtp"), said: "220 smtp"),
        refused(.pop3, line("+OK") + line("-ERR unknown command"), said: "-ERR unknown command"),
        busy(.pop3, line("-ERR too many"), said: "-ERR too many"),
        busy(.pop3, line("+OK") + line("-ERR [SYS/TEMP] later"), said: "-ERR [SYS/TEMP] later"),
        odd(.pop3, line("220 hi"), said: "220 hi"),
        refused(
            .ftp,
            line("220 hi") + line("500-no") + line("500 AUTH not understood"),
            said: "500 AUTH not understood"
        ),
        busy(
            .ftp,
            line("421 8 users (the maximum) are already logged in"),
            said: "421 8 users (the maximum) are already logged in"
        ),
        odd(.ftp, line("hello"), said: "hello"),
        refused(.xmpp, Array("<stream:stream><stream:features/>".utf8), said: ""),
        refused(
            .xmpp,
            Array("<stream:stream><stream:error><host-unknown xmlns='x'/></stream:error>".utf8),
            said: "<stream:error><host-unknown xmlns='x'/>"
        ),
        busy(
            .xmpp,
            Array("<stream:stream><stream:error><resource-constraint/></stream:error>".utf8),
            said: "<stream:error><resource-constraint/>"
        ),
        refused(
            .xmppServer,
            Array("<a:stream><a:features><starttls/></a:features><failure/></a:stream>".utf8),
            said: "<failure/>"
        ),
        odd(.xmpp, Array("<html>".utf8), said: "<html>"),
        odd(.xmpp, Array("<stream><<".utf8), said: "<<"),
        refused(
            .ldap,
            [0x30, 0x0f, 2, 1, 1, 0x78, 10, 10, 1, 2, 4, 0, 4, 3, 0x6e, 0x6f, 0x21],
            said: "no!"
        ),
        busy(.ldap, [0x30, 0x0c, 2, 1, 0, 0x78, 7, 10, 1, 52, 4, 0, 4, 0], said: ""),
        odd(.ldap, [0x30, 0x80, 0, 0, 0, 0], said: nil),
        odd(.ldap, [0x30, 3, 2, 1, 1], said: nil),
        odd(.ldap, line("220 hi"), said: "220 hi\r\n"),
        refused(.postgres, [0x4e], said: "N"),
        busy(
            .postgres,
            [0x45, 0, 0, 0, 21] + Array("C53300\0Mtoo many\0\0".utf8).prefix(17),
            said: "too many"
        ),
        odd(.postgres, line("HTTP/1.1 400"), said: "HTTP/1.1 400\r\n"),
        refused(.mysql, mysqlGreeting(capabilities: 0xf7ff), said: ""),
        busy(
            .mysql,
            [23, 0, 0, 0, 0xff, 0x10, 0x04] + Array("Too many connections".utf8),
            said: "Too many connections"
        ),
        refused(.mysql, [17, 0, 0, 0, 0xff, 0x6a, 0x04] + Array("#HY000not you!".utf8), said: "not you!"),
        odd(.mysql, line("220 hi"), said: "220 hi\r\n"),
        busy(.nntp, line("400 later"), said: "400 later"),
        refused(.nntp, line("201 hi") + line("580 can't"), said: "580 can't"),
        odd(.nntp, line("+OK"), said: "+OK"),
        refused(.sieve, line("\"SIEVE\" \"x\"") + line("OK"), said: "OK"),
        refused(.sieve, line("\"STARTTLS\"") + line("OK") + line("NO \"no\""), said: "NO \"no\""),
        busy(.sieve, line("BYE(TRYLATER) \"many\""), said: "BYE(TRYLATER) \"many\""),
        odd(.sieve, line("\"X\" {99999999999999999999}"), said: nil),
        refused(.irc, line(":x 691 * :no"), said: ":x 691 * :no"),
        refused(.irc, line(":x 421 * STARTTLS :Unknown command"), said: ":x 421 * STARTTLS :Unknown command"),
        busy(.irc, line("ERROR :Closing link (too many)"), said: "ERROR :Closing link (too many)"),
        odd(.irc, line("<html>"), said: "<html>"),
        refused(.telnet, [255, 254, 46], said: nil),
        odd(.telnet, [255, 250, 46, 1, 255, 240], said: nil),
        refused(.rdp, [3, 0, 0, 11, 6, 0xd0, 0, 0, 0, 0, 0], said: nil),
        refused(.rdp, [3, 0, 0, 19, 14, 0xd0, 0, 0, 0, 0, 0, 3, 0, 8, 0, 2, 0, 0, 0], said: nil),
        odd(.rdp, [3, 0, 0, 4], said: nil),
        refused(.mssql, tdsAnswer(encryption: 2), said: nil),
        odd(.mssql, [4, 1, 0, 9, 0, 0, 0, 0, 0xff], said: nil),
        odd(.mssql, [4, 1, 0, 7, 0, 0, 0, 0], said: nil),
        refused(.vnc, Array("RFB 003.003\n".utf8), said: "RFB 003.003"),
        refused(.vnc, Array("RFB 003.008\n".utf8) + [2, 1, 2], said: nil),
        busy(.vnc, Array("RFB 003.008\n".utf8) + [0, 0, 0, 0, 8] + Array("Too many".utf8), said: "Too many"),
        refused(.vnc, Array("RFB 003.008\n".utf8) + [1, 19, 0, 2, 0, 1, 0, 0, 1, 0], said: nil),
        odd(.vnc, Array("RFB x".utf8), said: "RFB x"),
        odd(.openvpn, [0, 0], said: nil),
        odd(.openvpn, line("HTTP/1.1"), said: nil),
    ]

    private static func refused(
        _ name: STARTTLSProtocol,
        _ bytes: [UInt8],
        said: String?
    ) -> (Script, TransportError.Kind, [UInt8]) {
        (Script(name, .peer(bytes)), .negotiationRefused, said.map { Array($0.utf8) } ?? anything)
    }

    private static func busy(
        _ name: STARTTLSProtocol,
        _ bytes: [UInt8],
        said: String?
    ) -> (Script, TransportError.Kind, [UInt8]) {
        (Script(name, .peer(bytes)), .busy, said.map { Array($0.utf8) } ?? anything)
    }

    private static func odd(
        _ name: STARTTLSProtocol,
        _ bytes: [UInt8],
        said: String?
    ) -> (Script, TransportError.Kind, [UInt8]) {
        (Script(name, .peer(bytes)), .negotiationFailed, said.map { Array($0.utf8) } ?? anything)
    }

    /// The peer's words don't matter there, or aren't words.
    static let anything: [UInt8] = [0, 0, 0]
}
