import TLSParameters

/// What the end of a connection shows its owner to be wrong.
enum ClosureFindings {
    /// The peer ended the connection without close_notify; the evidence is the word that the report has for its end.
    static func noCloseNotify(evidence: String) -> Finding {
        Finding(
            id: "shutdown.no-close-notify",
            severity: .low,
            statement:
                "the peer ends connections without close_notify, so cut-off data can't be told from complete data",
            evidence: [PeerText(evidence)],
            remedy: "have the server send close_notify before it closes",
            references: ["RFC 8446 §6.1", "RFC 5246 §7.2.1"]
        )
    }
}
