import LibSSL

extension SSLContextHandle {
    /// Takes an OpenSSL cipher string. libssl refuses one that comes to nothing, and does not say which of its words that is.
    ///
    /// - Throws: `CredentialError` that names the words that match no suite.
    func apply(cipherList list: String) throws(CredentialError) {
        do {
            try setCipherList(list)
        } catch {
            let lost = list.split { ":, ;".contains($0) }.map(String.init).filter { word in
                // What takes suites away matches none by itself.
                guard let first = word.first, !"!-+@".contains(first) else { return false }
                return (try? SSLContextHandle(role: .client).setCipherList(word)) == nil
            }
            guard !lost.isEmpty else {
                throw CredentialError(.badCipherList, "the cipher list leaves no suite: \(error.text)")
            }
            let names = lost.prefix(5).map { "'\($0)'" }.joined(separator: ", ")
            throw CredentialError(
                .badCipherList,
                "the cipher list is not understood: \(names) \(lost.count == 1 ? "matches" : "match") no suite of libssl"
            )
        }
    }
}
