import ClassicTLS
import LibSSL
import TLSParameters

extension ContextFailure {
    /// What an engine's failure means, given what the context knows besides.
    init(_ failure: EngineFailure, context: EngineContext) {
        switch failure {
        case .libssl(let error): self.init(error, context: context)
        case .classic(let error): self.init(error, context: context)
        }
    }

    private init(_ error: ClassicError, context: EngineContext) {
        switch error.kind {
        case .protocolError: self.init(.protocolError, error.text)
        case .alertReceived: self.init(.alertReceived, error.text)
        case .rejectedPeer: self.init(.verification, context.rejectionText)
        case .unsupported: self.init(.unsupported, error.text)
        }
    }
}

extension ContextFailure {
    /// What libssl's error means, given what the context knows besides.
    private init(_ error: LibraryError, context: EngineContext) {
        let alert = context.log.alertsReceived.last
        if context.rejectedPeer,
            error.has(sslReason: SSLReason.certificateVerifyFailed) || error.has(sslReason: SSLReason.badStaple)
        {
            self.init(.verification, context.rejectionText)
        } else if error.has(sslReason: SSLReason.noRenegotiation) {
            self.init(.renegotiationRefused, "the peer refuses to renegotiate, and libssl can't go on after that")
        } else if error.has(sslReason: SSLReason.unexpectedEOF) {
            self.init(.truncated, "the transport ended without close_notify")
        } else if let reason = error.sslReason, reason >= SSLReason.receivedAlertBase, let alert {
            self.init(.alertReceived, "the peer sent the alert \(alert.description.name)")
        } else if error.entries.isEmpty {
            self.init(.library, "libssl gave no reason")
        } else {
            self.init(.protocolError, error.text)
        }
    }
}

/// Reasons of libssl that mean something of their own here (<openssl/sslerr.h>).
enum SSLReason {
    static let certificateVerifyFailed: Int32 = 134
    static let unexpectedEOF: Int32 = 294
    static let badStaple: Int32 = 328
    static let noRenegotiation: Int32 = 339
    /// A received alert N is the reason 1000+N.
    static let receivedAlertBase: Int32 = 1_000
}
