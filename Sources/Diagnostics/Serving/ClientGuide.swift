import Certificates
import SecureChannel
import TLSParameters
import Transport

/// Commands that reach a server and trust it, made to be pasted: a certificate that exists in memory only can be trusted
/// by its pin, or be fetched over a connection that the pin vouches for.
struct ClientGuide {
    let request: ServeRequest
    let identity: ServerIdentity
    let endpoint: SocketEndpoint
    let summary: CredentialSummary

    /// The file that the commands name when the user has not chosen one.
    private static let fetched = "sechan.pem"

    /// The commands, the shortest way first.
    var commands: [ClientCommand] {
        var commands: [ClientCommand] = []
        var file = request.authorityFile ?? request.certificateFile
        if request.mode.isHTTP, isKnownToLibssl {
            commands.append(
                ClientCommand(
                    purpose: "trust its pin, without a file",
                    command: curl("-k --pinnedpubkey \(pins)", path: "/")
                )
            )
        }
        if let fault = request.faults.refusal {
            commands.append(
                ClientCommand(
                    purpose: "nobody who checks it takes this certificate (fault \(fault.rawValue)); without a check",
                    command: sechan(authority: nil) + " --verify none"
                )
            )
            return commands
        }
        if file == nil, identity.isMade, isKnownToLibssl {
            commands.append(ClientCommand(purpose: "fetch the certificate", command: fetch))
            file = Self.fetched
        }
        if file == nil, identity.leaves.allSatisfy(\.isSelfSigned) { file = request.credentials.fileToTrust }
        if let file, request.mode.isHTTP, isKnownToLibssl {
            commands.append(
                ClientCommand(purpose: "trust it with curl", command: curl("--cacert \(Self.quoted(file))", path: "/"))
            )
        }
        commands.append(ClientCommand(purpose: "trust it with sechan", command: sechan(authority: file)))
        return commands
    }

    /// What else there is to know.
    var notes: [String] {
        var notes = request.fileNotes
        if !summary.securityLevelReasons.isEmpty {
            let reasons = summary.securityLevelReasons.joined(separator: ", ")
            notes.append("OpenSSL's security level is \(summary.securityLevel): \(reasons)")
        }
        if !identity.isMade, !identity.leaves.allSatisfy(\.isSelfSigned) {
            notes.append(
                "clients that don't know who signed the certificate need that authority's: add --ca FILE to sechan"
            )
        }
        if request.sessions.earlyData != nil {
            notes.append(
                "early data can be sent again by whoever records it; each ticket is good for one connection to this process"
            )
        }
        if summary.clientAuthentication == .require {
            notes.append("clients need a certificate: put the names of your files in the place of FILE")
            if request.clientAuthorities.isEmpty {
                notes.append("without --client-ca clients need a certificate of an authority that the system trusts")
            }
        }
        return notes
    }

    private var pins: String {
        Self.quoted(identity.leaves.map { "sha256//\($0.spkiPin)" }.joined(separator: ";"))
    }

    private var fetch: String {
        guard request.mode != .page || summary.clientAuthentication == .require else {
            return curl("-sk --pinnedpubkey \(pins) -o \(Self.fetched)", path: "/certificate.pem")
        }
        let place =
            switch endpoint {
            case .ip: "-connect \(authority)"
            case .unix(let path): "-unix \(Self.quoted(path))"
            }
        return "openssl s_client \(place) </dev/null 2>/dev/null | openssl x509 -out \(Self.fetched)"
    }

    private func curl(_ options: String, path: String) -> String {
        var words = "curl \(options)"
        if isOld { words += " --tlsv1.0 --ciphers DEFAULT@SECLEVEL=0" }
        if summary.clientAuthentication == .require, path == "/" { words += " --cert FILE --key FILE" }
        switch endpoint {
        case .unix(let socket):
            return
                "\(words) --unix-socket \(Self.quoted(socket)) \(Self.quoted("https://\(Self.bracketed(name))\(path)"))"
        case .ip(_, let port):
            if let detour { words += " --connect-to \(Self.quoted("::\(detour)"))" }
            return "\(words) \(Self.quoted("https://\(Self.bracketed(name)):\(port)\(path)"))"
        }
    }

    private func sechan(authority file: String?) -> String {
        var words = "sechan connect"
        switch endpoint {
        case .unix(let path): words += " \(Self.quoted("unix:\(path)")) --sni \(name)"
        case .ip:
            words += " \(authority)"
            if let detour { words += " --connect-to \(Self.quoted(detour))" }
        }
        if let file { words += " --ca \(Self.quoted(file))" }
        if !isKnownToLibssl, let version = summary.protocols.last { words += " --protocol \(version)" }
        if isOld { words += " --legacy" }
        if summary.clientAuthentication == .require { words += " --cert FILE --key FILE" }
        return words
    }

    /// Whether only versions are spoken that modern clients have to be told to speak.
    private var isOld: Bool {
        !summary.protocols.contains(ProtocolVersion.tls12.id) && !summary.protocols.contains(ProtocolVersion.tls13.id)
    }

    /// Whether there is a version that libssl speaks, and so curl and openssl do.
    private var isKnownToLibssl: Bool {
        summary.protocols.contains { $0 != ProtocolVersion.ssl2.id && $0 != ProtocolVersion.ssl3.id }
    }

    /// Brackets are quoted: some shells take them for a pattern.
    private var authority: String { Self.quoted("\(Self.bracketed(name)):\(endpoint.port ?? 443)") }

    /// The name to call the server by: one that its certificate has, and a DNS name, since only those are sent as SNI.
    private var name: String {
        guard !identity.isMade else {
            // On many systems localhost is 127.0.0.1 and nothing else.
            guard let host = reachedHost, host != "127.0.0.1" else { return "localhost" }
            return host
        }
        let names = identity.leaves.first?.subjectAlternativeNames ?? []
        // The names are the user's own, but whatever a shell could take for more than a name stays out of a command.
        for found in names where found.kind == .dns {
            let text = found.value.encoded(for: .terminal)
            if Self.quoted(text) == text, !text.hasPrefix("*") { return text }
        }
        return reachedHost ?? "localhost"
    }

    /// Where clients have to be sent, if the name does not lead there by itself.
    private var detour: String? {
        guard !identity.isMade, case .ip(_, let port) = endpoint else { return nil }
        let host = reachedHost ?? "127.0.0.1"
        if host == name || host == "127.0.0.1" && name == "localhost" { return nil }
        return "\(Self.bracketed(host)):\(port)"
    }

    /// The address that clients reach; nil for a wildcard and a UNIX-domain socket.
    private var reachedHost: String? {
        guard case .ip(let host, _) = endpoint, host != "0.0.0.0", host != "::" else { return nil }
        return host
    }

    private static func bracketed(_ host: String) -> String {
        host.contains(":") ? "[\(host)]" : host
    }

    /// A word for a POSIX shell: as it is where that is safe, else in single quotes.
    static func quoted(_ word: String) -> String {
        let isSafe =
            !word.isEmpty
            && word.utf8.allSatisfy { byte in
                (0x61...0x7a).contains(byte | 0x20) && byte < 0x80 && byte != 0x40 && byte != 0x60
                    || (0x30...0x39).contains(byte) || "/._-:,@+=%".utf8.contains(byte)
            }
        guard !isSafe else { return word }
        return "'" + word.split(separator: "'", omittingEmptySubsequences: false).joined(separator: "'\\''") + "'"
    }
}
