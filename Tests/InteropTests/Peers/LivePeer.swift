import Testing

/// The real servers that every verb has to get along with, each at a version of its own choosing.
enum LivePeer: String, CaseIterable, Sendable, CustomTestStringConvertible {
    case opensslTLS10 = "s_server, TLS 1.0"
    case opensslTLS12 = "s_server, TLS 1.2"
    case opensslTLS13 = "s_server, TLS 1.3"
    case nginxTLS12 = "nginx, TLS 1.2"
    case nginxTLS13 = "nginx, TLS 1.3"
    case gnutlsTLS12 = "gnutls-serv, TLS 1.2"
    case gnutlsTLS13 = "gnutls-serv, TLS 1.3"
    case jsseTLS12 = "JSSE, TLS 1.2"
    case jsseTLS13 = "JSSE, TLS 1.3"
    case apacheTLS12 = "Apache, TLS 1.2"
    case apacheTLS13 = "Apache, TLS 1.3"
    case nssTLS12 = "selfserv, TLS 1.2"
    case nssTLS13 = "selfserv, TLS 1.3"

    var testDescription: String { rawValue }

    /// The only version that it speaks, in sechan's spelling.
    var version: String {
        switch self {
        case .opensslTLS10: "tls1.0"
        case .opensslTLS12, .nginxTLS12, .gnutlsTLS12, .jsseTLS12, .apacheTLS12, .nssTLS12: "tls1.2"
        case .opensslTLS13, .nginxTLS13, .gnutlsTLS13, .jsseTLS13, .apacheTLS13, .nssTLS13: "tls1.3"
        }
    }

    /// The options without which sechan can't speak with it.
    var options: [String] { self == .opensslTLS10 ? ["--legacy", "--protocol", "tls1.0"] : [] }

    /// Starts it with the shared RSA and ECDSA certificates.
    func start() async throws -> any Peer {
        let pki = try await TestPKI.shared()
        let identities = [pki.rsa, pki.ecdsa]
        switch self {
        case .opensslTLS10:
            return try await OpenSSLServer(
                identities: identities,
                cipher: "DEFAULT@SECLEVEL=0",
                service: .www,
                options: ["-tls1"]
            )
        case .opensslTLS12:
            return try await OpenSSLServer(identities: identities, service: .www, options: ["-tls1_2"])
        case .opensslTLS13:
            return try await OpenSSLServer(identities: identities, service: .www, options: ["-tls1_3"])
        case .nginxTLS12:
            return try await NginxServer(identities: identities, protocols: "TLSv1.2")
        case .nginxTLS13:
            return try await NginxServer(identities: identities, protocols: "TLSv1.3")
        case .gnutlsTLS12:
            return try await GnuTLSServer(identities: identities, priority: "NORMAL:-VERS-ALL:+VERS-TLS1.2")
        case .gnutlsTLS13:
            return try await GnuTLSServer(identities: identities, priority: "NORMAL:-VERS-ALL:+VERS-TLS1.3")
        case .jsseTLS12:
            return try await JSSEServer(identities: identities, protocols: ["TLSv1.2"])
        case .jsseTLS13:
            return try await JSSEServer(identities: identities, protocols: ["TLSv1.3"])
        case .apacheTLS12: return try await ApacheServer(identity: pki.rsa, protocols: "-all +TLSv1.2")
        case .apacheTLS13: return try await ApacheServer(identity: pki.rsa, protocols: "-all +TLSv1.3")
        case .nssTLS12: return try await NSSServer(rsa: pki.rsa, ecdsa: pki.ecdsa, versions: "tls1.2:tls1.2")
        case .nssTLS13:
            // Without -u it gives no tickets.
            return try await NSSServer(rsa: pki.rsa, ecdsa: pki.ecdsa, versions: "tls1.3:tls1.3", options: ["-u"])
        }
    }
}
