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
}
