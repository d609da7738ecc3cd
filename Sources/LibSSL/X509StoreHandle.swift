import COpenSSL
import COpenSSLShims

/// Owns an `X509_STORE`: trusted certificates, loaded now or looked up in hashed directories when they are needed.
package final class X509StoreHandle {
    // C type: X509_STORE *
    private let store: OpaquePointer

    /// An empty store, which trusts nobody.
    package init() throws(LibraryError) {
        store = try ErrorQueue.checkPointer { X509_STORE_new() }
    }

    deinit {
        X509_STORE_free(store)
    }

    /// Lends the pointer to code of this module for the length of a call. C type: `X509_STORE *`.
    func withPointer<Result>(_ body: (OpaquePointer) -> Result) -> Result {
        body(store)
    }

    /// Trusts a certificate. One that is there already is no error.
    package func add(_ certificate: X509Handle) throws(LibraryError) {
        try ErrorQueue.check { certificate.withPointer { X509_STORE_add_cert(store, $0) } }
    }

    /// Reads all certificates of a file in PEM, now.
    package func load(file: String) throws(LibraryError) {
        try ErrorQueue.check { X509_STORE_load_file(store, file) }
    }

    /// Looks certificates up in a directory by the hash of their names, when they are needed.
    package func load(directory: String) throws(LibraryError) {
        try ErrorQueue.check { X509_STORE_load_path(store, directory) }
    }

    /// Lets a chain end at any trusted certificate, not only at a root.
    package func allowPartialChains() {
        X509_STORE_set_flags(store, UInt(X509_V_FLAG_PARTIAL_CHAIN))
    }

    /// Judges validity at this moment, in Unix seconds, instead of now.
    package func judge(at time: Int64) {
        X509_VERIFY_PARAM_set_time(X509_STORE_get0_param(store), time_t(time))
    }

    /// The file with all the system's authorities that this libcrypto was built to use.
    package static var defaultFile: String {
        X509_get_default_cert_file().map { String(cString: $0) } ?? ""
    }

    /// The directories, separated by colons, that this libcrypto was built to use.
    package static var defaultDirectory: String {
        X509_get_default_cert_dir().map { String(cString: $0) } ?? ""
    }
}

// SAFETY: the pointer never changes; X509_STORE locks its list of objects itself. Loading happens before the store is shared.
extension X509StoreHandle: @unchecked Sendable {}
