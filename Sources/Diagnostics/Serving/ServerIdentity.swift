import Certificates
import Glibc
import SecureChannel

/// Who a server is: what the user's files say, or a key and a certificate made for this run.
struct ServerIdentity: Sendable {
    let identities: [Identity]
    /// Whether they were made for this run.
    let isMade: Bool

    /// The certificates that clients see first.
    var leaves: [Certificate] { identities.map(\.certificate) }

    /// All chains, in PEM.
    var pem: String { identities.map(\.chainPEM).joined() }

    /// Reads the files, or makes an identity in memory.
    ///
    /// - Throws: `RequestProblem` for a file or a name that can't be used.
    init(_ request: ServeRequest, place: ListenPlace) throws(RequestProblem) {
        isMade = request.identities.isEmpty
        guard isMade else {
            identities = try request.identities.map { files throws(RequestProblem) in try files.identity() }
            return
        }
        var names = ["localhost", "127.0.0.1", "::1"]
        for name in request.names {
            try Self.check(name)
            names.append(name)
        }
        // These two are a courtesy: what can't stand in a certificate is left out.
        for name in [place.reachableHost, Self.hostName] {
            if let name, (try? Self.check(name)) != nil { names.append(name) }
        }
        var seen: Set<String> = []
        names = names.filter { seen.insert($0).inserted }
        do {
            identities = [try Identity.selfSigned(names: names)]
        } catch {
            throw RequestProblem(
                reason: "can't make a certificate: \(error)",
                hint: "name one with --cert FILE --key FILE"
            )
        }
    }

    private static func check(_ name: String) throws(RequestProblem) {
        do {
            _ = try Identity.selfSigned(names: [name])
        } catch {
            throw RequestProblem(
                reason: "--name: '\(name)' can't stand in a certificate: \(error)",
                hint: "write a host name, *.example.test or an IP address"
            )
        }
    }

    private static var hostName: String? {
        var buffer = [CChar](repeating: 0, count: 256)
        // The last byte stays zero: a name that is cut off may lack its own.
        let status = gethostname(&buffer, buffer.count - 1)
        let name = String(decoding: buffer.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
        return status == 0 && !name.isEmpty && name != "(none)" ? name : nil
    }
}

extension ServeRequest {
    /// The server's credential, checked and frozen.
    ///
    /// - Throws: `RequestProblem` that names the option to change.
    func acquire(_ identity: ServerIdentity) throws(RequestProblem) -> AcquiredCredential {
        var credential = Credential(role: .server)
        credential.identities = identity.identities
        // A session that is only echoed speaks no protocol of its own.
        credential.alpn = echo ? [] : ["http/1.1"]
        try protocols.apply(to: &credential)
        credential.allowsClientRenegotiation = allowClientRenegotiation
        credential.clientAuthentication =
            switch clientAuthentication {
            case .none: .none
            case .request: .request
            case .require: .require
            }
        // Asked for only, a certificate is judged and the judgement is shown; required, it has to be a good one.
        credential.verification =
            switch clientAuthentication {
            case .none: .none
            case .request: .manual
            case .require: .automatic
            }
        if !clientAuthorities.isEmpty {
            credential.trust = TrustAnchors(system: false, files: clientAuthorities)
            for file in clientAuthorities {
                let bytes = try InputFile.read(file)
                do {
                    credential.acceptedClientIssuers += try Certificate.readAll(bytes)
                } catch {
                    throw RequestProblem(
                        reason: "--client-ca: \(file): \(error)",
                        hint: "the file should hold certificates, PEM or DER"
                    )
                }
            }
        }
        do {
            return try credential.acquire()
        } catch {
            throw RequestProblem(credential: error)
        }
    }
}
