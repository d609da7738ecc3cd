import Certificates
import ClassicTLS
import LibSSL
import TLSParameters
import TLSWire

// SAFETY: everything here is set once by the initialiser. An SSL_CTX that is no longer configured may be used from
// several threads; OpenSSL locks its session cache and reference counts.

/// A credential checked and frozen: configuration that any number of connections share.
///
/// Connections can be made from it on any thread.
public final class AcquiredCredential: @unchecked Sendable {
    /// What an engine was made ready with.
    enum Configuration {
        case libssl(SSLContextHandle)
        case classic(ClassicConfiguration)
    }

    private let configuration: Configuration
    let judge: ChainJudge
    /// The value it was acquired from.
    public let credential: Credential
    /// What it will do, for printing.
    public let summary: CredentialSummary

    init(configuration: Configuration, judge: ChainJudge, credential: Credential, summary: CredentialSummary) {
        self.configuration = configuration
        self.judge = judge
        self.credential = credential
        self.summary = summary
    }

    /// A context for one connection, which has not started.
    ///
    /// - Throws: `bad-name` for an impossible server name, `bad-session` for a session that can't be read, `library`.
    public func makeContext(_ options: ContextOptions = ContextOptions()) throws(CredentialError) -> EngineContext {
        try EngineContext(acquired: self, options: options)
    }

    /// Has secrets reported from now on.
    func enableKeyLog() {
        if case .libssl(let handle) = configuration { handle.enableKeyLog() }
    }

    /// The engine for one connection, told whom it goes to and what it may resume.
    func makeEngine(_ options: ContextOptions) throws(CredentialError) -> any ChannelEngine {
        let name = credential.role == .client ? try serverName(options) : nil
        switch configuration {
        case .libssl(let handle):
            let engine = try LibSSLEngine(handle)
            guard credential.role == .client else { return engine }
            if credential.hello.asksForStaple { engine.requestStapledOCSP() }
            if let name { try engine.setServerName(name) }
            if let saved = options.session {
                try saved.require(isClassic: false)
                try engine.offer(session: saved.bytes)
            }
            return engine
        case .classic(var configuration):
            configuration.serverName = name
            try options.session?.require(isClassic: true)
            let session = options.session.flatMap { ClassicSession(serialised: $0.bytes) }
            return speaksOnlySSL2
                ? try SSL2Engine(configuration, session: session) : try ClassicEngine(configuration, session: session)
        }
    }

    /// Whether there is no version but SSL 2.0, whose records are others.
    var speaksOnlySSL2: Bool {
        guard case .classic(let configuration) = configuration else { return false }
        return configuration.versions == [.ssl2]
    }

    /// The engine that a server of SSL 2.0 and later versions goes on with, now that the client's first bytes are there; nil where
    /// the one it has is right. A client that speaks later versions too says so in its hello, whatever format that has.
    func engine(forOpening bytes: [UInt8]) -> (any ChannelEngine)? {
        guard credential.role == .server, !speaksOnlySSL2, case .classic(let configuration) = configuration,
            configuration.versions.contains(.ssl2), SSL2ClientHello.version(atFrontOf: bytes) == .ssl2
        else { return nil }
        return try? SSL2Engine(configuration, session: nil)
    }

    /// What a client says of the server it wants; nil says nothing.
    private func serverName(_ options: ContextOptions) throws(CredentialError) -> String? {
        guard let name = options.serverName ?? credential.serverName, !name.isEmpty else { return nil }
        // RFC 6066 section 3: an address is never a server name.
        guard case .dns = VerifyName(name) else { return nil }
        guard name.utf8.count <= 255, !name.utf8.contains(0) else {
            throw CredentialError(.badName, "a server name has at most 255 bytes")
        }
        return name
    }
}
