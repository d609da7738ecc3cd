import Testing

/// A server for each protocol that goes over to TLS; real ones where a light one exists.
enum STARTTLSPeer: String, CaseIterable, Sendable, CustomTestStringConvertible {
    case postfix = "Postfix"
    case aiosmtpdSMTP = "aiosmtpd, SMTP"
    case aiosmtpdLMTP = "aiosmtpd, LMTP"
    case dovecotSubmission = "Dovecot, submission"
    case dovecotLMTP = "Dovecot, LMTP"
    case dovecotIMAP = "Dovecot, IMAP"
    case dovecotPOP3 = "Dovecot, POP3"
    case dovecotSieve = "Dovecot, ManageSieve"
    case vsftpd
    case slapd
    case prosodyClients = "Prosody, for clients"
    case prosodyServers = "Prosody, for servers"
    case inspircd = "InspIRCd"
    case postgres = "PostgreSQL"
    case mariadb = "MariaDB"
    case xrdp
    case openvpn = "OpenVPN"
    case ownNNTP = "our own, NNTP"
    case ownTelnet = "our own, Telnet"
    case ownTDS = "our own, TDS"
    case ownVNC = "our own, VNC"
    case ownOpenVPN = "our own, OpenVPN"

    var testDescription: String { rawValue }

    /// What `--starttls` calls the protocol.
    var name: String {
        switch self {
        case .postfix, .aiosmtpdSMTP, .dovecotSubmission: "smtp"
        case .aiosmtpdLMTP, .dovecotLMTP: "lmtp"
        case .dovecotIMAP: "imap"
        case .dovecotPOP3: "pop3"
        case .dovecotSieve: "sieve"
        case .vsftpd: "ftp"
        case .slapd: "ldap"
        case .prosodyClients: "xmpp"
        case .prosodyServers: "xmpp-server"
        case .inspircd: "irc"
        case .postgres: "postgres"
        case .mariadb: "mysql"
        case .xrdp: "rdp"
        case .openvpn, .ownOpenVPN: "openvpn"
        case .ownNNTP: "nntp"
        case .ownTelnet: "telnet"
        case .ownTDS: "mssql"
        case .ownVNC: "vnc"
        }
    }

    /// What sechan has to be told beside the target.
    func options(_ pki: TestPKI) -> [String] {
        self == .openvpn ? ["--cert", pki.client.certificate, "--key", pki.client.key] : []
    }

    /// Whether `openssl s_client` speaks the protocol, too.
    var isKnownToOpenSSL: Bool { !["rdp", "mssql", "vnc", "openvpn"].contains(name) }

    /// Whether its server speaks first and says what it speaks, so that `auto` tells it on any port.
    var greets: Bool {
        // Their greetings name no protocol, or another.
        guard self != .dovecotLMTP, self != .aiosmtpdLMTP else { return false }
        return ["smtp", "lmtp", "imap", "pop3", "sieve", "ftp", "mysql", "nntp", "vnc"].contains(name)
    }

    func start() async throws -> any Peer {
        switch self {
        case .postfix: try await PostfixServer.start()
        case .aiosmtpdSMTP: try await AiosmtpdServer.start("smtp")
        case .aiosmtpdLMTP: try await AiosmtpdServer.start("lmtp")
        case .dovecotSubmission:
            try await DovecotServer.start(protocol: "submission", service: "submission-login", listener: "submission")
        case .dovecotLMTP: try await DovecotServer.start(protocol: "lmtp", service: "lmtp", listener: "lmtp")
        case .dovecotIMAP: try await DovecotServer.start(protocol: "imap", service: "imap-login", listener: "imap")
        case .dovecotPOP3: try await DovecotServer.start(protocol: "pop3", service: "pop3-login", listener: "pop3")
        case .dovecotSieve:
            try await DovecotServer.start(protocol: "sieve", service: "managesieve-login", listener: "sieve")
        case .vsftpd: try await ClearTextServers.vsftpd()
        case .slapd: try await ClearTextServers.slapd()
        case .prosodyClients: try await ClearTextServers.prosody(forServers: false)
        case .prosodyServers: try await ClearTextServers.prosody(forServers: true)
        case .inspircd: try await ClearTextServers.inspircd()
        case .postgres: try await ClearTextServers.postgres()
        case .mariadb: try await ClearTextServers.mariadb()
        case .xrdp: try await ClearTextServers.xrdp()
        case .openvpn: try await ClearTextServers.openvpn()
        case .ownNNTP, .ownTelnet, .ownTDS, .ownVNC, .ownOpenVPN: try await OwnSTARTTLSServer.start(name)
        }
    }
}
