import COpenSSL
import Synchronization

/// A libcrypto of its own with the default and the legacy provider: RC4, RC2, single DES and SEED live in the latter.
///
/// Apart from the default library, so that nothing that the program does elsewhere can fall back on them.
final class LegacyLibrary: Sendable {
    // SAFETY: set once and never freed before this object; an OSSL_LIB_CTX may be used from several threads.
    // C type: OSSL_LIB_CTX *; nil is the default library, should there be no memory for another.
    nonisolated(unsafe) let context: OpaquePointer?
    private nonisolated(unsafe) let providers: [OpaquePointer]

    init() {
        context = OSSL_LIB_CTX_new()
        var providers: [OpaquePointer] = []
        // Without the legacy provider's module, what needs it fails, and nothing else does.
        for name in ["default", "legacy"] where context != nil {
            guard let provider = OSSL_PROVIDER_load(context, name) else { continue }
            providers.append(provider)
        }
        self.providers = providers
        ErrorQueue.clear()
    }

    deinit {
        for provider in providers { OSSL_PROVIDER_unload(provider) }
        OSSL_LIB_CTX_free(context)
    }

    /// The one that primitives share, made when the first of them is asked for.
    static let shared = LegacyLibrary()
}
