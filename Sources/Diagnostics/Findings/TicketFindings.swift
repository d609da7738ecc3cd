import SecureChannel
import TLSParameters

/// What the sessions that a server lets clients resume show its owner to be wrong.
enum TicketFindings {
    /// Seven days (RFC 8446 §4.6.1).
    private static let longest = 604_800

    /// What one ticket shows.
    static func all(_ saved: SavedSession) -> [Finding] {
        var findings: [Finding] = []
        if let hint = saved.lifetimeHint, hint > longest {
            findings.append(
                Finding(
                    id: "ticket.long-lifetime",
                    severity: .low,
                    statement:
                        "tickets are good for \(hint / 86_400) days, and whoever gets their key can read what was said under them",
                    evidence: [PeerText("\(hint) s")],
                    remedy: "let tickets live for a day, seven at most, and change their key as often",
                    references: ["RFC 8446 §4.6.1", "RFC 9325 §4.4"]
                )
            )
        }
        if saved.maximumEarlyData > 0 {
            findings.append(
                Finding(
                    id: "ticket.early-data",
                    severity: .info,
                    statement: "the server takes early data, which anybody who records it can send again",
                    evidence: [PeerText("\(saved.maximumEarlyData) bytes")],
                    remedy:
                        "see that only requests that do no harm when they are repeated are answered early (425 Too Early for the others)",
                    references: ["RFC 8446 §8", "RFC 8470"]
                )
            )
        }
        return findings
    }

    /// Tickets of two sessions under one key.
    static let sharedKey = Finding(
        id: "ticket.shared-key",
        severity: .info,
        statement:
            "tickets of different sessions are under one key: as long as it lives, who gets it can read their sessions",
        evidence: [PeerText("the first 16 bytes, the key's name, are the same")],
        remedy: "see that the key is changed at least daily, on all servers that share it",
        references: ["RFC 5077 §4", "RFC 9325 §3.4"]
    )

    /// A session of one name is good for another.
    static func acrossNames(from name: String, to other: String) -> Finding {
        Finding(
            id: "session.across-names",
            severity: .low,
            statement:
                "a session of one name is resumed under another: what a site asks of its clients can be passed by with a session of the other's",
            evidence: [PeerText("a session of \(name) was resumed for \(other)")],
            remedy: "update the server, or give each site ticket keys and a session cache of its own",
            references: ["RFC 6066 §3", "RFC 8446 §4.6.1", "CVE-2025-23419"]
        )
    }

    /// Sessions can't be resumed.
    static func noResumption(evidence: String) -> Finding {
        Finding(
            id: "session.no-resumption",
            severity: .info,
            statement: "sessions are not resumed, so every connection costs a full handshake",
            evidence: [PeerText(evidence)],
            remedy: "enable session tickets, or a session cache that all servers of the name share",
            references: ["RFC 8446 §2.2", "RFC 5077"]
        )
    }
}
