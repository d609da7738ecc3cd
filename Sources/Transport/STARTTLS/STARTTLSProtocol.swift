/// A protocol that begins in the clear and goes over to TLS on request.
public enum STARTTLSProtocol: String, Hashable, Sendable, CaseIterable {
    /// RFC 3207.
    case smtp
    /// RFC 2033, with STARTTLS of RFC 3207.
    case lmtp
    /// RFC 9051 §6.2.1.
    case imap
    /// RFC 2595 §4.
    case pop3
    /// RFC 4217.
    case ftp
    /// RFC 6120 §5, a client's stream.
    case xmpp
    /// RFC 6120 §5, a server's stream.
    case xmppServer = "xmpp-server"
    /// RFC 4511 §4.14.
    case ldap
    /// PostgreSQL documentation, "SSL Session Encryption" of the frontend/backend protocol.
    case postgres
    /// MySQL documentation, "Connection Phase", SSLRequest.
    case mysql
    /// RFC 4642.
    case nntp
    /// ManageSieve, RFC 5804 §2.2.
    case sieve
    /// IRCv3's "tls" extension.
    case irc
    /// The START_TLS option, draft-altman-telnet-starttls.
    case telnet
    /// MS-RDPBCGR §5.4.
    case rdp
    /// TDS, MS-TDS §2.2.6.5: PRELOGIN, with the TLS handshake inside its packets.
    case mssql
    /// RFB (RFC 6143) with the VeNCrypt security type.
    case vnc
    /// OpenVPN over TCP: TLS inside the packets of its control channel.
    case openvpn

    /// The port that is registered for it, or that its servers listen on by default.
    public var defaultPort: UInt16 {
        switch self {
        case .smtp: 25
        case .lmtp: 24
        case .imap: 143
        case .pop3: 110
        case .ftp: 21
        case .xmpp: 5222
        case .xmppServer: 5269
        case .ldap: 389
        case .postgres: 5432
        case .mysql: 3306
        case .nntp: 119
        case .sieve: 4190
        case .irc: 6667
        case .telnet: 23
        case .rdp: 3389
        case .mssql: 1433
        case .vnc: 5900
        case .openvpn: 1194
        }
    }

    /// The name that people know it by.
    public var name: String {
        switch self {
        case .smtp, .lmtp, .imap, .pop3, .ftp, .xmpp, .ldap, .nntp, .irc, .rdp: rawValue.uppercased()
        case .xmppServer: "XMPP"
        case .postgres: "PostgreSQL"
        case .mysql: "MySQL"
        case .sieve: "ManageSieve"
        case .telnet: "Telnet"
        case .mssql: "TDS"
        case .vnc: "VNC"
        case .openvpn: "OpenVPN"
        }
    }

    /// The protocol that is usual on a port; nil for a port that says nothing.
    static func usual(on port: UInt16) -> STARTTLSProtocol? {
        switch port {
        case 587, 2525: .smtp
        case 3268: .ldap
        case 433: .nntp
        case 2000: .sieve
        case 194, 6660...6669, 7000: .irc
        case 5901...5909: .vnc
        default: allCases.first { $0.defaultPort == port }
        }
    }

    /// Whether its servers speak first, so that a greeting can tell what they are.
    var serverSpeaksFirst: Bool {
        switch self {
        case .smtp, .lmtp, .imap, .pop3, .ftp, .mysql, .nntp, .sieve, .vnc: true
        // A Telnet or IRC server may, and need not.
        case .xmpp, .xmppServer, .ldap, .postgres, .irc, .telnet, .rdp, .mssql, .openvpn: false
        }
    }
}
