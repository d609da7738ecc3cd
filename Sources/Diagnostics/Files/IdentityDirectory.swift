import Certificates
import Glibc
import TLSParameters

/// The certificates of a directory that have their private keys there: PEM, DER and PKCS#12 files, whatever they are called.
///
/// What can't be read as any of these is passed over; subdirectories are not entered.
struct IdentityDirectory: Sendable {
    /// A certificate with its key.
    struct Entry: Sendable {
        var identity: Identity
        /// The file of the certificate.
        var file: String
    }

    /// The directory, as it was named.
    let path: String
    /// What is in it, the files in the order of their names.
    let entries: [Entry]

    private static let greatestCount = 2000
    /// Larger files hold something else, or far more than one looks for by hand.
    private static let greatestBytes = 1 << 20

    /// Reads a directory.
    ///
    /// - Throws: `RequestProblem` if it can't be read, or holds no certificate with its key.
    init(_ setting: IdentityDirectorySetting, _ passphrases: Passphrases) throws(RequestProblem) {
        path = setting.path
        let password = try passphrases.read(setting.passphrase)
        var shelf = Shelf(password: password)
        for name in try Self.names(in: path) {
            let file = path.hasSuffix("/") ? path + name : "\(path)/\(name)"
            guard Self.isSmallFile(file), let bytes = try? InputFile.read(file) else { continue }
            shelf.take(bytes, file: file)
        }
        entries = shelf.entries()
        guard entries.isEmpty else { return }
        guard shelf.certificates.isEmpty || shelf.locked.isEmpty else {
            throw RequestProblem(
                reason: "'\(path)': the private keys there can't be opened, as \(shelf.locked[0])",
                hint: password == nil
                    ? "give the passphrase with --pass env:NAME, file:PATH or fd:NUMBER"
                    : "check the passphrase that --pass leads to"
            )
        }
        throw RequestProblem(
            reason: shelf.certificates.isEmpty
                ? "'\(path)' holds no certificates" : "'\(path)' holds certificates, but none with its private key",
            hint: "put certificates and their keys there, PEM, DER or PKCS#12"
        )
    }

    private static func names(in path: String) throws(RequestProblem) -> [String] {
        guard !path.isEmpty, !path.utf8.contains(0), let directory = opendir(path) else {
            throw RequestProblem(
                reason:
                    "can't read the directory '\(path)': \(String(cString: strerror(path.isEmpty ? ENOENT : errno)))",
                hint: "check the name and the permissions of the directory"
            )
        }
        defer { closedir(directory) }
        var names: [String] = []
        while let entry = readdir(directory) {
            let name = withUnsafeBytes(of: &entry.pointee.d_name) {
                String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self)
            }
            if !name.hasPrefix(".") { names.append(name) }
            guard names.count <= greatestCount else {
                throw RequestProblem(
                    reason: "'\(path)' holds more than \(greatestCount) files",
                    hint: "name a directory for this purpose, or the file with --cert"
                )
            }
        }
        return names.sorted()
    }

    /// A FIFO would block, and a device has no end.
    private static func isSmallFile(_ path: String) -> Bool {
        var status = stat()
        return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFREG && status.st_size <= greatestBytes
    }
}

/// What was found so far, in whatever form.
private struct Shelf {
    let password: [UInt8]?
    var certificates: [(certificate: Certificate, file: String)] = []
    var keys: [PrivateKey] = []
    var whole: [IdentityDirectory.Entry] = []
    /// Files that need another password.
    var locked: [String] = []

    mutating func take(_ bytes: [UInt8], file: String) {
        let password = password
        if Identity.looksLikePKCS12(bytes) {
            do {
                whole.append(.init(identity: try Identity(pkcs12: bytes, password: { password }), file: file))
            } catch {
                note(error, file)
            }
            return
        }
        if let found = try? Certificate.readAll(bytes) {
            certificates += found.map { ($0, file) }
            guard PEM.isPEM(bytes) else { return }
        }
        do {
            keys.append(try PrivateKey(pem: bytes, password: { password }))
        } catch {
            note(error, file)
        }
    }

    private mutating func note(_ error: CertificateError, _ file: String) {
        if error.kind == .passwordRequired || error.kind == .wrongPassword { locked.append(file) }
    }

    /// Every certificate whose key is here, each once, with what leads from it to a root.
    func entries() -> [IdentityDirectory.Entry] {
        var entries: [IdentityDirectory.Entry] = []
        for (certificate, file) in certificates {
            guard let key = keys.first(where: { $0.subjectPublicKeyInfo == certificate.subjectPublicKeyInfo }),
                let identity = try? Identity(chain: chain(of: certificate), key: key)
            else { continue }
            entries.append(.init(identity: identity, file: file))
        }
        var seen: Set<String> = []
        return (entries + whole).filter { seen.insert($0.identity.certificate.sha256).inserted }
    }

    private func chain(of leaf: Certificate) -> [Certificate] {
        var chain = [leaf]
        while let last = chain.last, !last.isSelfIssued, chain.count < 10,
            let issuer = certificates.first(where: {
                $0.certificate.mayHaveIssued(last) && !chain.contains($0.certificate)
            })
        {
            chain.append(issuer.certificate)
        }
        return chain
    }
}
