import LibSSL

/// Runs a call into libcrypto and turns its refusal into an error of this module.
func library<Result>(
    _ kind: CertificateError.Kind = .library,
    _ what: String = "libcrypto failed",
    _ call: () throws(LibraryError) -> Result
) throws(CertificateError) -> Result {
    do {
        return try call()
    } catch {
        throw CertificateError(kind, "\(what): \(error.text)")
    }
}
