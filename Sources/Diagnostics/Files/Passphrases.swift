/// The passphrases of one run, each source read once: a descriptor gives its text a single time.
final class Passphrases {
    private var known: [String: [UInt8]] = [:]

    /// The passphrase that `source` leads to; nil without a source.
    ///
    /// - Throws: `RequestProblem` if there is no such source, or nothing in it.
    func read(_ source: String?) throws(RequestProblem) -> [UInt8]? {
        guard let source else { return nil }
        if let passphrase = known[source] { return passphrase }
        let passphrase = try Passphrase.read(source)
        known[source] = passphrase
        return passphrase
    }
}
