import Certificates
import Glibc
import SecureChannel
import TLSParameters

/// Who a server is: what the user's files say, or keys and certificates made for this run.
struct ServerIdentity: Sendable {
    let identities: [Identity]
    /// Who it is for clients that ask for a name.
    let names: [ServedName]
    /// Whether the identities were made for this run.
    let isMade: Bool
    /// What a user should know of how they were chosen.
    let notes: [String]
    /// The authority made for this run, if one was asked for.
    let authority: ThrowawayAuthority?
    /// The chain that was made wrong on purpose; nil if none was.
    let faulty: FaultyChain?

    /// The certificates that clients see first.
    var leaves: [Certificate] { identities.map(\.certificate) }

    /// All chains, in PEM.
    var pem: String { identities.map(\.chainPEM).joined() }

    /// What a client has to trust, in PEM.
    var trustPEM: String { root?.pem ?? pem }

    /// The certificate of the authority made for this run; nil without one.
    var root: Certificate? { faulty?.root ?? authority?.certificate }

    /// Reads the files, or makes identities in memory.
    ///
    /// - Throws: `RequestProblem` for a file or a name that can't be used.
    init(_ request: ServeRequest, place: ListenPlace) throws(RequestProblem) {
        isMade = request.credentials.hasNoCertificate
        names = try Self.names(request)
        guard isMade else {
            authority = nil
            (identities, notes) = try request.credentials.readIdentities()
            faulty = nil
            return
        }
        notes = []
        let kinds = try request.madeKeyKinds()
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
        do throws(CertificateError) {
            let faulty = try request.faults.chain(names: names)
            let authority = request.authorityFile == nil || faulty != nil ? nil : try ThrowawayAuthority()
            self.faulty = faulty
            self.authority = authority
            if let faulty {
                identities = [faulty.identity]
                return
            }
            identities = try kinds.map { kind throws(CertificateError) in
                guard let authority else { return try Identity.selfSigned(names: names, kind: KeyKind(kind)) }
                return try authority.issue(names: names, kind: KeyKind(kind))
            }
        } catch {
            throw RequestProblem(
                reason: "can't make a certificate: \(error)",
                hint: "name one with --cert FILE --key FILE"
            )
        }
    }

    /// The identities by name; a name that is given twice has one of each kind of key.
    private static func names(_ request: ServeRequest) throws(RequestProblem) -> [ServedName] {
        var names: [ServedName] = []
        for named in request.namedIdentities {
            let identity = try named.files.identity()
            if let index = names.firstIndex(where: { $0.name.lowercased() == named.name.lowercased() }) {
                names[index].identities.append(identity)
            } else {
                names.append(ServedName(name: named.name, identities: [identity]))
            }
        }
        return names
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

extension KeyKind {
    fileprivate init(_ kind: MadeKeyKind) {
        self =
            switch kind {
            case .rsa: .rsa
            case .ecdsa: .ecdsa
            case .ed25519: .ed25519
            }
    }
}

extension ServeRequest {
    /// The kinds of keys to make: SSL 2.0 and some suites know RSA alone, whatever else is made.
    fileprivate func madeKeyKinds() throws(RequestProblem) -> [MadeKeyKind] {
        guard !keyKinds.contains(.rsa) else { return keyKinds }
        let versions = try protocols.protocols.map(VersionList.parse) ?? []
        if versions == [.ssl2] { return [.rsa] }
        let named = (protocols.ciphers ?? "").split { ":, ".contains($0) }.compactMap { CipherSuite(named: String($0)) }
        let needsRSA = versions.contains(.ssl2) || named.contains { $0.facts?.authentication == .rsa }
        return needsRSA ? keyKinds + [.rsa] : keyKinds
    }
}
