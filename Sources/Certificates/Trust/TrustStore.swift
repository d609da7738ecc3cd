import Glibc
package import LibSSL
import Synchronization
import TLSParameters

/// Trust anchors, acquired: loaded where they had to be loaded, to be looked up where that is enough. Shared by all
/// connections that use them.
public struct TrustStore: Sendable {
    /// The files and directories in use, as they were found.
    public let sources: [String]
    package let handle: X509StoreHandle
    /// True when a chain may end at any trusted certificate.
    public let allowsPartialChains: Bool
    /// The system's bundle, until it is needed: parsing 140 certificates costs more than the whole of a connection, and a
    /// chain that ends at a certificate of `--ca` or of a hashed directory doesn't need it.
    let deferred: DeferredBundle
}

/// A file of trusted certificates that is read when a chain could not be trusted without it.
final class DeferredBundle: Sendable {
    private enum State {
        case pending(String)
        /// Nothing is missing from the store: the file is in it, or there never was one.
        case loaded
        case failed(CertificateError)
    }

    private let state: Mutex<State>

    init(_ file: String?) {
        state = Mutex(file.map(State.pending) ?? .loaded)
    }

    /// Whether the store holds all it ever will. Asked before a verification, it says whether that verification may have
    /// gone without the file, which another connection may load meanwhile.
    var isLoaded: Bool {
        state.withLock { state in
            if case .loaded = state { true } else { false }
        }
    }

    /// Adds the file's certificates to the store, once. Whoever comes while another reads waits for it.
    ///
    /// - Throws: `unreadable-trust` if it holds no certificates, every time.
    func load(into store: X509StoreHandle) throws(CertificateError) {
        try state.withLock { state throws(CertificateError) in
            switch state {
            case .loaded: return
            case .failed(let error): throw error
            case .pending(let file):
                do throws(CertificateError) {
                    try TrustAnchors.add(file: file, to: store)
                    state = .loaded
                } catch {
                    state = .failed(error)
                    throw error
                }
            }
        }
    }
}

extension TrustAnchors {
    /// Opens the files and directories.
    ///
    /// The system's authorities are looked up one by one in the directory of hashed names where there is one: parsing a bundle
    /// of 140 certificates for every run costs more than a handshake.
    ///
    /// - Throws: `unreadable-trust` naming the file or directory that can't be used.
    public func acquire() throws(CertificateError) -> TrustStore {
        let store = try library { () throws(LibraryError) in try X509StoreHandle() }
        var sources: [String] = []
        var bundle: String?
        if system { bundle = try addSystem(to: store, &sources) }
        for file in files {
            try Self.add(file: file, to: store)
            sources.append(file)
        }
        for directory in directories {
            try Self.add(directory: directory, to: store)
            sources.append(directory)
        }
        for certificate in certificates {
            let handle = try certificate.handle()
            try library { () throws(LibraryError) in try store.add(handle) }
        }
        if allowsPartialChains { store.allowPartialChains() }
        return TrustStore(
            sources: sources,
            handle: store,
            allowsPartialChains: allowsPartialChains,
            deferred: DeferredBundle(bundle)
        )
    }

    /// What `X509_STORE_set_default_paths` does, except that an unreadable `SSL_CERT_FILE` or `SSL_CERT_DIR` is an error
    /// instead of silence, and that the bundle is left alone where the directory will do.
    ///
    /// - Returns: the bundle to read when a chain can't be trusted without it; nil for none.
    private func addSystem(
        to store: X509StoreHandle,
        _ sources: inout [String]
    ) throws(CertificateError) -> String? {
        let file = FileBytes.environment("SSL_CERT_FILE")
        let directories = FileBytes.environment("SSL_CERT_DIR")
        if let file {
            guard access(file, R_OK) == 0 else {
                let shown = PeerText(file).encoded(for: .terminal)
                throw CertificateError(.unreadableTrust, "can't read \(shown), which SSL_CERT_FILE names")
            }
            sources.append(file)
        }
        if let directories {
            for directory in directories.split(separator: ":") {
                try Self.add(directory: String(directory), to: store)
                sources.append(String(directory))
            }
        }
        guard file == nil, directories == nil else { return file }
        var hasDirectory = false
        for directory in X509StoreHandle.defaultDirectory.split(separator: ":").map(String.init)
        where FileBytes.hasHashedNames(inDirectory: directory) == true {
            try Self.add(directory: directory, to: store)
            sources.append(directory)
            hasDirectory = true
        }
        // A system without any authorities is one that trusts nobody; validation will say so.
        let bundle = X509StoreHandle.defaultFile
        guard !hasDirectory, access(bundle, R_OK) == 0 else { return nil }
        sources.append(bundle)
        return bundle
    }

    fileprivate static func add(file: String, to store: X509StoreHandle) throws(CertificateError) {
        if (try? store.load(file: file)) != nil { return }
        // libcrypto reads PEM only and says little when it fails: our own reader takes DER too and knows the line.
        let shown = PeerText(file).encoded(for: .terminal)
        do {
            for certificate in try Certificate.readAll(FileBytes.read(file)) {
                let handle = try certificate.handle()
                try library { () throws(LibraryError) in try store.add(handle) }
            }
        } catch {
            let text = error.kind == .unreadableFile ? error.text : "no trusted certificates in \(shown): \(error.text)"
            throw CertificateError(.unreadableTrust, text, offset: error.offset, line: error.line)
        }
    }

    private static func add(directory: String, to store: X509StoreHandle) throws(CertificateError) {
        let shown = PeerText(directory).encoded(for: .terminal)
        guard let isHashed = FileBytes.hasHashedNames(inDirectory: directory) else {
            throw CertificateError(.unreadableTrust, "can't read the directory \(shown)")
        }
        guard isHashed else {
            throw CertificateError(
                .unreadableTrust,
                "no certificates under hashed names in \(shown) (run openssl rehash on it)"
            )
        }
        try library(.unreadableTrust, "can't use the directory \(shown)") { () throws(LibraryError) in
            try store.load(directory: directory)
        }
    }
}
