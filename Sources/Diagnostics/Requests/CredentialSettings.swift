/// Who we are, as a user names it; nothing of it makes an anonymous client.
public struct CredentialSettings: Sendable {
    /// Certificates with their keys, one for each kind of key.
    public var identities: [IdentityFiles] = []
    /// A directory to take one more from.
    public var search: IdentitySearch?
    /// A directory whose certificates are shown to a server that asks for one of theirs.
    public var automatic: IdentityDirectorySetting?
    /// The key that both ends know; nil for none.
    public var preSharedKey: PreSharedKeySetting?
    /// Whether the root is sent at the end of a chain that has it.
    public var sendsRoot = false

    /// Nobody.
    public init() {}

    /// Whether no certificate is named.
    public var hasNoCertificate: Bool { identities.isEmpty && search == nil }
}

/// The files that make one identity.
public struct IdentityFiles: Sendable {
    /// Certificate, PEM or DER; or, with ``isPKCS12``, everything.
    public var certificate: String
    /// Private key; nil if it is in the certificate's file.
    public var key: String?
    /// Intermediate certificates; nil for none beyond those in the certificate's file.
    public var chain: String?
    /// Where the key's passphrase is: `env:NAME`, `file:PATH` or `fd:NUMBER`.
    public var passphrase: String?
    /// Whether ``certificate`` is a PKCS#12 file, which holds the key and the chain too.
    public var isPKCS12 = false

    /// Names the files.
    public init(certificate: String, key: String?, chain: String?, passphrase: String?) {
        self.certificate = certificate
        self.key = key
        self.chain = chain
        self.passphrase = passphrase
    }

    /// Names a PKCS#12 file.
    public init(pkcs12: String, passphrase: String?) {
        self.init(certificate: pkcs12, key: nil, chain: nil, passphrase: passphrase)
        isPKCS12 = true
    }
}

/// A directory of certificates and keys.
public struct IdentityDirectorySetting: Sendable {
    /// The directory.
    public var path: String
    /// Where the passphrase of its keys is: `env:NAME`, `file:PATH` or `fd:NUMBER`.
    public var passphrase: String?

    /// Names a directory.
    public init(path: String, passphrase: String?) {
        self.path = path
        self.passphrase = passphrase
    }
}

/// One certificate out of a directory.
public struct IdentitySearch: Sendable {
    /// Which one.
    public enum Wanted: Sendable, Hashable {
        /// The only one there is.
        case only
        /// One whose subject contains this text, letter case aside.
        case subject(String)
        /// The one with this SHA-1 or SHA-256, in hexadecimal.
        case thumbprint(String)
    }

    /// Where to look.
    public var directory: IdentityDirectorySetting
    /// What for.
    public var wanted: Wanted

    /// A search.
    public init(directory: IdentityDirectorySetting, wanted: Wanted) {
        self.directory = directory
        self.wanted = wanted
    }
}

/// A key that both ends know, as a user names it. The text, which may be the key itself, is in no description.
public struct PreSharedKeySetting: Sendable {
    /// The key in hexadecimal, or where it is: `env:NAME`, `file:PATH` or `fd:NUMBER`.
    let key: String
    /// Its name.
    public var identity: String

    /// Names a key.
    public init(key: String, identity: String) {
        self.key = key
        self.identity = identity
    }
}

extension PreSharedKeySetting: CustomStringConvertible, CustomReflectable {
    /// The name of the key.
    public var description: String { identity }

    /// The name of the key.
    public var customMirror: Mirror { Mirror(self, children: ["identity": identity]) }
}
