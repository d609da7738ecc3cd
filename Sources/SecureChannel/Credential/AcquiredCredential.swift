import LibSSL

// SAFETY: everything here is set once by the initialiser. An SSL_CTX that is no longer configured may be used from
// several threads; OpenSSL locks its session cache and reference counts.

/// A credential checked and frozen: configuration that any number of connections share.
///
/// Connections can be made from it on any thread.
public final class AcquiredCredential: @unchecked Sendable {
    let handle: SSLContextHandle
    let judge: ChainJudge
    /// The value it was acquired from.
    public let credential: Credential
    /// What it will do, for printing.
    public let summary: CredentialSummary

    init(handle: SSLContextHandle, judge: ChainJudge, credential: Credential, summary: CredentialSummary) {
        self.handle = handle
        self.judge = judge
        self.credential = credential
        self.summary = summary
    }

    /// A context for one connection, which has not started.
    ///
    /// - Throws: `bad-name` for an impossible server name, `bad-session` for a session that can't be read, `library`.
    public func makeContext(_ options: ContextOptions = ContextOptions()) throws(CredentialError) -> LibSSLContext {
        try LibSSLContext(acquired: self, options: options)
    }
}
