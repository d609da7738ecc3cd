import TLSParameters

/// What the end of a connection shows its owner to be wrong.
enum ClosureFindings {
    /// All findings about the closes that `shutdown` watched.
    static func all(_ result: ShutdownResult) -> [Finding] {
        var findings: [Finding] = []
        if let close = result.closes.first(where: \.truncation) {
            findings.append(noCloseNotify(evidence: close.answer.rawValue))
        }
        if let close = result.closes.first(where: { $0.body?.complete == false }), let body = close.body {
            findings.append(cutShort(body))
        }
        return findings + (result.closes.lazy.map { LateDataFindings.all($0.timeline) }.first { !$0.isEmpty } ?? [])
    }

    /// An answer over HTTP that was not over.
    static func cutShort(_ body: HTTPBodySummary) -> Finding {
        let expected = body.expectedBytes.map { " of \($0)" } ?? ""
        return Finding(
            id: "shutdown.body-cut-short",
            severity: .medium,
            statement: "the server ended the connection before its answer was over",
            evidence: [PeerText("\(body.framing.rawValue): \(body.receivedBytes)\(expected) bytes")],
            remedy: "find out what ends the connection: the server, or something in between",
            references: ["RFC 9112 §8"]
        )
    }

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
