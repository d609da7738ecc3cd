import TLSParameters

/// What a peer sent after it had said that nothing more would come.
enum LateDataFindings {
    /// A finding if there was any on the time line of a close.
    static func all(_ timeline: [ShutdownResult.Moment]) -> [Finding] {
        let bytes = timeline.filter { $0.what == "data after close_notify" }.reduce(0) { $0 + ($1.bytes ?? 0) }
        guard bytes > 0 else { return [] }
        return [
            Finding(
                id: "shutdown.data-after-close-notify",
                severity: .low,
                statement: "the peer sent \(bytes) bytes after its close_notify, which nobody reads",
                evidence: [PeerText("\(bytes) bytes, record headers included")],
                remedy: "have the server send its data before close_notify",
                references: ["RFC 8446 §6.1", "RFC 5246 §7.2.1"]
            )
        ]
    }
}
