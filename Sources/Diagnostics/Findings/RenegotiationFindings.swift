import TLSParameters

/// What a server does with a standing session that its owner should know.
enum RenegotiationFindings {
    /// All findings about the attempts.
    static func all(_ result: RenegotiateResult) -> [Finding] {
        renegotiation(result) + keyUpdate(result)
    }

    private static func renegotiation(_ result: RenegotiateResult) -> [Finding] {
        let withoutSignal = result.attempts.contains { $0.action == .insecureRenegotiation && $0.answer == .honoured }
        if withoutSignal {
            return [
                unprotected(
                    "the server renegotiates with clients without secure renegotiation, so somebody in between can put data"
                        + " before such a client's",
                    evidence: "a client that did not signal RFC 5746 could renegotiate"
                )
            ]
        }
        guard let policy = result.policy, policy.honoured > 0 else { return [] }
        let count = policy.honoured == 1 ? "1 renegotiation" : "\(policy.honoured) renegotiations"
        if result.secureRenegotiation == false {
            return [
                unprotected(
                    "the server renegotiates without secure renegotiation, so somebody in between can put data before a client's",
                    evidence: "\(count) on one connection"
                )
            ]
        }
        guard policy.kind == .allows else { return [] }
        return [
            Finding(
                id: "renegotiation.client-initiated",
                severity: .low,
                statement:
                    "a client can have the handshake repeated on one connection, which costs the server more than the client",
                evidence: [PeerText("\(count) on one connection, without a refusal")],
                remedy: "have the server refuse renegotiation that a client asks for, or limit it",
                references: ["CVE-2011-1473"]
            )
        ]
    }

    private static func unprotected(_ statement: String, evidence: String) -> Finding {
        Finding(
            id: "renegotiation.unprotected",
            severity: .high,
            statement: statement,
            evidence: [PeerText(evidence)],
            remedy: "update the server's TLS library, and have it refuse renegotiation until then",
            references: ["RFC 5746", "CVE-2009-3555"]
        )
    }

    private static func keyUpdate(_ result: RenegotiateResult) -> [Finding] {
        guard result.attempts.contains(where: { $0.action == .keyUpdateRequested && $0.answer == .ignored }) else {
            return []
        }
        return [
            Finding(
                id: "key-update.ignored",
                severity: .low,
                statement: "the server went on sending under its old keys after it was asked for new ones",
                remedy: "update the server's TLS library",
                references: ["RFC 8446 §4.6.3"]
            )
        ]
    }
}
