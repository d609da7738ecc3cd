import Certificates
import LibSSL
import Synchronization

/// Judges the peer's chain under one credential's rules. The trust anchors are opened at the first judgement, so that a
/// connection that fails earlier, or judges nothing, never reads them.
final class ChainJudge: Sendable {
    private let credential: Credential
    private let securityLevel: Int
    private let store = Mutex<Result<TrustStore, CertificateError>?>(nil)

    init(credential: Credential, securityLevel: Int) {
        self.credential = credential
        self.securityLevel = securityLevel
    }

    /// Opens the trust anchors now, so that a file that can't be read is an error of the credential.
    func prepare() throws(CertificateError) {
        _ = try acquiredStore().get()
    }

    /// What is wrong with a chain, leaf first, as sent, by what is at hand and what was fetched about it.
    func judge(_ chain: [[UInt8]], fetched: [RevocationFetch]) throws(CertificateError) -> ChainValidation {
        var certificates: [Certificate] = []
        for der in chain { certificates.append(try Certificate(der: der)) }
        var revocation = credential.revocation
        revocation.fetched = fetched
        let validation = ChainValidator.validate(
            chain: certificates,
            trust: try acquiredStore().get(),
            purpose: credential.role == .client ? .server : .client,
            name: credential.role == .client ? credential.verifyName : nil,
            at: credential.verificationTime,
            securityLevel: securityLevel,
            revocation: revocation
        )
        return validation.adding(credential.disabled.flatMap { $0.problems(of: validation.builtChain) })
    }

    private func acquiredStore() -> Result<TrustStore, CertificateError> {
        store.withLock { store in
            if let store { return store }
            let opened = Result { () throws(CertificateError) in try credential.trust.acquire() }
            store = opened
            return opened
        }
    }
}
