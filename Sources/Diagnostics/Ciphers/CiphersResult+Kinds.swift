import TLSParameters

extension CiphersResult {
    /// Leaves those kinds of SSL 2.0 that were asked for: its server lists all that it has, whatever is wanted. One that
    /// speaks SSL 2.0 with others only accepts none of them.
    mutating func keepKinds(_ isChosen: (SSL2CipherFacts) -> Bool) {
        let dropped = Set(SSL2CipherKind.registry.filter { !isChosen($0) }.map(\.kind.codePointText))
        guard !dropped.isEmpty, let index = versions.firstIndex(where: { $0.version == ProtocolVersion.ssl2.id }) else {
            return
        }
        let count = versions[index].suites.count
        versions[index].suites.removeAll { dropped.contains($0.suite.codePoint) }
        guard count > 0, versions[index].suites.isEmpty else { return }
        versions[index].verdict = "none-accepted"
        versions[index].reason = "the server speaks SSL 2.0, with none of the kinds asked for"
    }
}
