import TLSParameters

extension RunStatus {
    /// The filters let no suite through, or none that could be asked for.
    static let noMatchingSuite = RunStatus(
        exit: .violation,
        kind: "no-match",
        reason: "none of the \(CipherSuite.registry.count) known suites matches",
        hint: "words are joined with '+', terms with ':', as in ECDHE+AESGCM:CHACHA20"
    )
}
