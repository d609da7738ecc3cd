/// Other people's clients that are run as commands, one cipher suite each time.
enum ClassicCommand: String, CaseIterable, Sendable {
    case openssl = "s_client"
    case gnutls = "gnutls-cli"
    case nss = "tstclnt"

    /// A suite, and how the client is told to offer nothing else.
    struct Suite: Sendable {
        /// As in `0xC02F`.
        var code: String
        var name: String
        var option: String
    }

    /// The versions that it has, in sechan's spelling.
    var versions: [String] { (self == .nss ? ["ssl3"] : []) + ["tls1.0", "tls1.1", "tls1.2"] }

    /// All its suites that the version and the classic engine have.
    func suites(_ version: String) async throws -> [Suite] {
        let listed: [Suite]
        switch self {
        case .openssl: listed = try await Self.opensslSuites(version)
        case .gnutls: listed = try await Self.gnutlsSuites(version)
        case .nss:
            let known = try await KnownSuite.all()
            listed = NSSServer.everySuite.split(separator: ":").compactMap { code in
                guard let suite = known["0x\(code)"], suite.firstVersion <= version else { return nil }
                return Suite(code: "0x\(code)", name: suite.name, option: ":\(code)")
            }
            // NSS has no elliptic curves in SSL 3.0, as RFC 8422 wants it.
            .filter { version != "ssl3" || !$0.name.contains("ECDH") }
        }
        return listed.filter { ClassicPeer.isInEngine($0.name) }
    }

    /// Lines such as `0xC0,0x30 - TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384 - ECDHE-RSA-AES256-GCM-SHA384 TLSv1.2 Kx=ECDH …`.
    private static func opensslSuites(_ version: String) async throws -> [Suite] {
        let list = try await Tool.openssl.run(["ciphers", "-V", "-stdname", OpenSSLServer.everyCipher]).succeeded()
        return list.stdout.split(separator: "\n").compactMap { line in
            let words = line.split(separator: " ").map(String.init)
            guard words.count > 5, !words[2].contains("SRP"), words[5] != "TLSv1.3" else { return nil }
            guard words[5] != "TLSv1.2" || version == "tls1.2" else { return nil }
            return Suite(
                code: words[0].replacing(",0x", with: ""),
                name: words[2],
                option: "\(words[4]):@SECLEVEL=0"
            )
        }
    }

    /// Lines such as `TLS_ECDHE_RSA_AES_256_GCM_SHA384   0xc0, 0x30   TLS1.2`.
    private static func gnutlsSuites(_ version: String) async throws -> [Suite] {
        let known = try await KnownSuite.all()
        let everything = GnuTLSServer.everythingWithNULL + ":+DHE-DSS:+PSK:+DHE-PSK:+ECDHE-PSK:+RSA-PSK"
        let list = try await Tool.gnutlsCli.run(["--list", "--priority=\(everything)"]).succeeded()
        return list.stdout.split(separator: "\n").compactMap { line in
            let words = line.split(whereSeparator: \.isWhitespace)
            guard words.count == 4, words[1].hasPrefix("0x"), words[3] != "TLS1.2" || version == "tls1.2" else {
                return nil
            }
            let code = "0x" + (words[1].dropFirst(2).prefix(2) + words[2].dropFirst(2)).uppercased()
            guard let suite = known[code] else { return nil }
            return Suite(code: code, name: suite.name, option: priority(words[0], version))
        }
    }

    /// The priority string that allows one suite, by GnuTLS's own name: `TLS_DHE_RSA_3DES_EDE_CBC_SHA1`.
    private static func priority(_ name: Substring, _ version: String) -> String {
        let words = name.dropFirst("TLS_".count).split(separator: "_").map(String.init)
        let start = words.firstIndex { ["AES", "ARCFOUR", "3DES", "NULL", "CHACHA20"].contains($0) } ?? words.count
        let exchange = words[..<start].joined(separator: "-")
        let turned = ["DH-ANON": "ANON-DH", "ECDH-ANON": "ANON-ECDH"][exchange] ?? exchange
        let cipher = words[start...].dropLast().joined(separator: "-").replacing("3DES-EDE", with: "3DES")
        let mac = cipher.hasSuffix("GCM") ? "AEAD" : words.last ?? ""
        return "NONE:+VERS-\(version.uppercased()):+\(turned):+\(cipher):+\(mac):+COMP-NULL:+CTYPE-ALL:+GROUP-ALL"
            + ":+SIGN-ALL:+SIGN-DSA-SHA256:+SIGN-DSA-SHA1:%VERIFY_ALLOW_SIGN_WITH_SHA1"
    }

    /// The executable, and what it is always told.
    func command(
        _ port: Int,
        _ version: String,
        _ suite: Suite,
        _ database: NSSDatabase
    ) throws -> (program: String, options: [String]) {
        switch self {
        case .openssl:
            let options = ["-psk", OpenSSLServer.presharedKey, "-psk_identity", ClassicPeer.keyName]
            return (
                try Tool.openssl.path(),
                ["s_client", "-connect", "127.0.0.1:\(port)", "-cipher", suite.option]
                    + [LifecycleClient.opensslVersion(version)] + (suite.name.contains("PSK") ? options : [])
            )
        case .gnutls:
            return (
                try Tool.gnutlsCli.path(),
                [
                    "--port=\(port)", "--insecure", "127.0.0.1", "--priority=\(suite.option)",
                    "--pskusername=\(ClassicPeer.keyName)", "--pskkey=\(OpenSSLServer.presharedKey)",
                ]
            )
        case .nss:
            return (
                try Tool.tstclnt.path(),
                [
                    "-h", "localhost", "-4", "-p", "\(port)", "-d", database.name, "-V", "\(version):\(version)", "-c",
                    suite.option,
                ]
            )
        }
    }
}
