import Testing
import Transport

/// One side's part of a dialogue before TLS.
enum Line: Sendable {
    /// We say this, byte for byte.
    case we([UInt8])
    /// The peer says this.
    case peer([UInt8])

    /// We say a line.
    static func we(_ text: String) -> Line { .we(Array((text + "\r\n").utf8)) }
    /// The peer says a line.
    static func peer(_ text: String) -> Line { .peer(Array((text + "\r\n").utf8)) }

    /// What the peer says; empty where we do.
    var fromPeer: [UInt8] {
        if case .peer(let bytes) = self { bytes } else { [] }
    }
}

/// A whole dialogue with one peer, as its specification has it.
struct Script: Sendable, CustomTestStringConvertible {
    var name: STARTTLSProtocol
    var lines: [Line]

    init(_ name: STARTTLSProtocol, _ lines: Line...) {
        self.name = name
        self.lines = lines
    }

    var testDescription: String { name.rawValue }
    /// Everything that the peer says.
    var fromPeer: [UInt8] { lines.flatMap(\.fromPeer) }
    /// Everything that we say.
    var fromUs: [UInt8] {
        lines.flatMap { line -> [UInt8] in if case .we(let bytes) = line { bytes } else { [] } }
    }
}

func negotiation(_ name: STARTTLSProtocol?, port: UInt16? = nil) -> STARTTLSNegotiation {
    STARTTLSNegotiation(
        name,
        host: "example.com",
        port: port,
        clientName: "[192.0.2.2]",
        session: [1, 2, 3, 4, 5, 6, 7, 8]
    )
}

/// A text as bytes, `\r\n` at its end.
func line(_ text: String) -> [UInt8] { Array((text + "\r\n").utf8) }

enum Dialogues {
    /// A success in each protocol.
    static let successes: [Script] = [
        Script(
            .smtp,
            .peer("220-mail.example.com ESMTP"),
            .peer("220 go ahead"),
            .we("EHLO [192.0.2.2]"),
            .peer("250-mail.example.com"),
            .peer("250-SIZE 1000"),
            .peer("250-starttls"),
            .peer("250 8BITMIME"),
            .we("STARTTLS"),
            .peer("220 2.0.0 Ready to start TLS")
        ),
        Script(
            .lmtp,
            .peer("220 mail.example.com LMTP"),
            .we("LHLO [192.0.2.2]"),
            .peer("250-mail.example.com"),
            .peer("250 STARTTLS"),
            .we("STARTTLS"),
            .peer("220 go")
        ),
        Script(
            .imap,
            .peer("* OK [CAPABILITY IMAP4rev1 STARTTLS] ready"),
            .we("s1 STARTTLS"),
            .peer("* CAPABILITY IMAP4rev1"),
            .peer("s1 OK begin TLS")
        ),
        Script(.pop3, .peer("+OK POP3 <1@example.com>"), .we("STLS"), .peer("+OK begin TLS")),
        Script(
            .ftp,
            .peer("120 ready in a minute"),
            .peer("220-welcome"),
            .peer("220 is what this text begins with, but not a code"),
            .we("AUTH TLS"),
            .peer("234 go")
        ),
        Script(
            .xmpp,
            .we(
                Array(
                    "<?xml version='1.0'?><stream:stream xmlns='jabber:client' xmlns:stream='http://etherx.jabber.org/streams' to='example.com' version='1.0'>"
                        .utf8
                )
            ),
            .peer(
                Array(
                    "<?xml version=\"1.0\"?>\n<stream:stream id='a>b' xmlns:stream=\"x\"><stream:features><starttls xmlns='urn:ietf:params:xml:ns:xmpp-tls'><required/></starttls><mechanisms/></stream:features>"
                        .utf8
                )
            ),
            .we(Array("<starttls xmlns='urn:ietf:params:xml:ns:xmpp-tls'/>".utf8)),
            .peer(Array("<proceed xmlns='urn:ietf:params:xml:ns:xmpp-tls'/>".utf8))
        ),
        Script(
            .xmppServer,
            .we(
                Array(
                    "<?xml version='1.0'?><stream:stream xmlns='jabber:server' xmlns:stream='http://etherx.jabber.org/streams' to='example.com' version='1.0'>"
                        .utf8
                )
            ),
            .peer(Array("<s:stream><s:features><t:starttls/></s:features>".utf8)),
            .we(Array("<starttls xmlns='urn:ietf:params:xml:ns:xmpp-tls'/>".utf8)),
            .peer(Array("<t:proceed></t:proceed>".utf8))
        ),
        Script(
            .ldap,
            .we([0x30, 0x1d, 0x02, 0x01, 0x01, 0x77, 0x18, 0x80, 0x16] + Array("1.3.6.1.4.1.1466.20037".utf8)),
            .peer([0x30, 0x84, 0, 0, 0, 0x0c, 0x02, 0x01, 0x01, 0x78, 0x07, 0x0a, 0x01, 0x00, 0x04, 0x00, 0x04, 0x00])
        ),
        Script(.postgres, .we([0, 0, 0, 8, 4, 210, 22, 47]), .peer([0x53])),
        Script(
            .mysql,
            .peer(mysqlGreeting(capabilities: 0xffff)),
            .we([32, 0, 0, 1, 0x01, 0x8a, 0, 0, 0, 0, 0, 1, 45] + [UInt8](repeating: 0, count: 23))
        ),
        Script(.nntp, .peer("200 news.example.com ready"), .we("STARTTLS"), .peer("382 go")),
        Script(
            .sieve,
            .peer("\"IMPLEMENTATION\" {9+}\r\ntimsieved"),
            .peer("\"STARTTLS\""),
            .peer("OK \"ready\""),
            .we("STARTTLS"),
            .peer("OK {2}\r\ngo")
        ),
        Script(
            .irc,
            .we("STARTTLS"),
            .peer(":irc.example.com NOTICE * :*** Looking up your hostname"),
            .peer("PING :12345"),
            .we("PONG :12345"),
            .peer("@time=1 :irc.example.com 670 * :STARTTLS successful")
        ),
        Script(
            .telnet,
            .we([255, 251, 46]),
            .peer(Array("welcome\r\n".utf8) + [255, 253, 24, 255, 253, 46]),
            .we([255, 252, 24, 255, 250, 46, 1, 255, 240]),
            .peer([255, 250, 46, 1, 255, 240])
        ),
        Script(
            .rdp,
            .we([3, 0, 0, 19, 14, 0xe0, 0, 0, 0, 0, 0, 1, 0, 8, 0, 3, 0, 0, 0]),
            .peer([3, 0, 0, 19, 14, 0xd0, 0, 0, 0x12, 0x34, 0, 2, 0, 8, 0, 1, 0, 0, 0])
        ),
        Script(
            .mssql,
            .we(
                [0x12, 1, 0, 47, 0, 0, 1, 0] + [
                    0, 0, 26, 0, 6, 1, 0, 32, 0, 1, 2, 0, 33, 0, 1, 3, 0, 34, 0, 4, 4, 0, 38, 0, 1, 0xff,
                ]
                    + [17, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0]
            ),
            .peer(tdsAnswer(encryption: 3))
        ),
        Script(
            .vnc,
            .peer(Array("RFB 003.889\n".utf8)),
            .we(Array("RFB 003.008\n".utf8)),
            .peer([3, 1, 2, 19]),
            .we([19]),
            .peer([0, 2]),
            .we([0, 2]),
            .peer([0]),
            .peer([2, 0, 0, 1, 2, 0, 0, 1, 5]),
            .we([0, 0, 1, 5]),
            .peer([1])
        ),
        Script(
            .openvpn,
            .we([0, 14, 0x38, 1, 2, 3, 4, 5, 6, 7, 8, 0, 0, 0, 0, 0]),
            .peer([0, 26, 0x40, 9, 9, 9, 9, 9, 9, 9, 9, 1, 0, 0, 0, 0, 1, 2, 3, 4, 5, 6, 7, 8, 0, 0, 0, 0])
        ),
    ]

    static func mysqlGreeting(capabilities: UInt16) -> [UInt8] {
        let payload: [UInt8] =
            [10] + Array("8.0.36".utf8) + [0, 1, 0, 0, 0] + [1, 2, 3, 4, 5, 6, 7, 8, 0]
            + [UInt8(capabilities & 0xff), UInt8(capabilities >> 8), 45, 2, 0]
        return [UInt8(payload.count), 0, 0, 0] + payload
    }

    static func tdsAnswer(encryption: UInt8) -> [UInt8] {
        let payload: [UInt8] = [0, 0, 11, 0, 6, 1, 0, 17, 0, 1, 0xff, 16, 0, 16, 154, 0, 0, encryption]
        return [4, 1, 0, UInt8(payload.count + 8), 0, 0, 1, 0] + payload
    }

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
