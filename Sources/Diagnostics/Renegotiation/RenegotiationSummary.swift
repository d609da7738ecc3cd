/// The sentence about a peer: what it did with each kind of attempt.
enum RenegotiationSummary {
    /// The parts in the order in which they were tried; `asker` is who asked for renegotiations.
    static func text(_ attempts: [RenegotiationAttempt], policy: RenegotiationPolicy?, asker: String) -> String {
        var parts: [String] = []
        for attempt in attempts {
            let part =
                switch attempt.action {
                case .renegotiation, .helloRequest: policy?.sentence(asker: asker) ?? other(attempt, asker)
                default: other(attempt, asker)
                }
            if !parts.contains(part) { parts.append(part) }
        }
        return parts.joined(separator: "; ")
    }

    private static func other(_ attempt: RenegotiationAttempt, _ asker: String) -> String {
        switch attempt.action {
        case .renegotiation, .helloRequest: "was not asked to renegotiate: \(attempt.detail ?? "there was no session")"
        case .insecureRenegotiation: insecure(attempt)
        case .keyUpdate: keyUpdate(attempt)
        case .keyUpdateRequested: keyUpdateRequested(attempt)
        case .clientCertificate, .postHandshakeAuthentication: certificate(attempt, isServer: asker == "client")
        case .resumption: resumption(attempt)
        case .earlyData: earlyData(attempt)
        }
    }

    private static func insecure(_ attempt: RenegotiationAttempt) -> String {
        switch attempt.answer {
        case .honoured: "renegotiates even with a client without RFC 5746"
        case .refusedByAlert, .closed, .reset: "does not renegotiate with a client without RFC 5746"
        default: "did not show whether it renegotiates with a client without RFC 5746"
        }
    }

    private static func keyUpdate(_ attempt: RenegotiationAttempt) -> String {
        switch attempt.answer {
        case .honoured: "follows a key update"
        case .refusedByAlert: "refuses a key update with the alert \(attempt.detail ?? "unknown")"
        case .closed, .reset: "ends the connection on a key update"
        default: "did not show whether it follows a key update"
        }
    }

    private static func keyUpdateRequested(_ attempt: RenegotiationAttempt) -> String {
        switch attempt.answer {
        case .honoured: "updates its own keys on request"
        case .ignored: "ignores a request to update its own keys"
        default: "did not show whether it updates its own"
        }
    }

    private static func certificate(_ attempt: RenegotiationAttempt, isServer: Bool) -> String {
        switch (attempt.answer, isServer) {
        case (.honoured, true): return "asks for a certificate after the handshake, and takes it"
        case (.ignored, true), (.unconfirmed, true): return "asks for no certificate after the handshake"
        case (.honoured, false): return "when asked for a certificate: \(attempt.detail ?? "shows it")"
        case (.refusedByAlert, _):
            return "refuses the certificate request with the alert \(attempt.detail ?? "unknown")"
        case (.notTried, _): return "was not asked for a certificate: \(attempt.detail ?? "it can't be")"
        default: return "ends or stalls the connection when asked for a certificate"
        }
    }

    private static func resumption(_ attempt: RenegotiationAttempt) -> String {
        switch attempt.answer {
        case .honoured: "resumes a lost session by \(attempt.detail ?? "session id")"
        case .fullHandshake:
            "does not resume a lost session" + (attempt.detail?.contains("session-id") == true ? " by session-id" : "")
        case .refusedByAlert: "refuses a resumption with the alert \(attempt.detail ?? "unknown")"
        case .closed, .reset: "ends the connection when asked to resume"
        case .silence: "did not answer a resumption"
        default: "was not asked to resume: \(attempt.detail ?? "no session")"
        }
    }

    private static func earlyData(_ attempt: RenegotiationAttempt) -> String {
        switch attempt.answer {
        case .honoured: "takes early data"
        case .rejected: "rejects early data"
        case .notTried: "was sent no early data: \(attempt.detail ?? "it allows none")"
        default: "fails on early data"
        }
    }
}
