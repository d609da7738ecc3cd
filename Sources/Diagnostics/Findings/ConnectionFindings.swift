import Certificates
import SecureChannel
import TLSParameters

/// What a connection by itself shows its owner to be wrong.
enum ConnectionFindings {
    /// All findings about a connection; none if nothing is known of it.
    static func all(_ attributes: ConnectionAttributes?, now: Int64 = Timestamp.now) -> [Finding] {
        guard let attributes else { return [] }
        let violations = HandshakeFindings.violations(attributes)
        // What a server may not choose is not in use, so it isn't judged either.
        guard violations.isEmpty else { return violations }
        return HandshakeFindings.all(attributes) + version(attributes) + suite(attributes) + session(attributes)
            + ChainFindings.all(
                chain: ConnectResult.certificates(attributes),
                validation: attributes.peer.validation,
                now: now
            )
    }

    private static func version(_ attributes: ConnectionAttributes) -> [Finding] {
        guard let version = attributes.version, version < .tls12 else { return [] }
        if attributes.role == .client, version < .tls10 {
            return [version == .ssl2 ? SupportFindings.ssl2 : SupportFindings.ssl3]
        }
        return [
            Finding(
                id: "protocol.obsolete",
                severity: .medium,
                statement: "the session uses \(version.name), which is obsolete",
                evidence: [PeerText(version.id)],
                remedy: "enable TLS 1.2 and 1.3 on the server, and disable what is older",
                references: ["RFC 8996"]
            )
        ]
    }

    private static func suite(_ attributes: ConnectionAttributes) -> [Finding] {
        guard let facts = attributes.cipherSuite?.facts else { return [] }
        let evidence = [PeerText(facts.name)]
        var findings: [Finding] = []
        if facts.isNULL {
            findings.append(
                Finding(
                    id: "suite.null",
                    severity: .high,
                    statement: "the suite does not encrypt",
                    evidence: evidence,
                    remedy: "disable NULL suites on the server",
                    references: ["RFC 9325 §4.1"]
                )
            )
        } else if facts.strengthBits < 128 {
            findings.append(
                Finding(
                    id: "suite.weak",
                    severity: facts.strengthBits < 112 ? .high : .medium,
                    statement: "the suite encrypts with \(facts.strengthBits) bits only",
                    evidence: evidence,
                    remedy: "prefer suites with AES-GCM or ChaCha20-Poly1305",
                    references: ["RFC 9325 §4.1"]
                )
            )
        }
        if facts.isAnonymous {
            findings.append(
                Finding(
                    id: "suite.anonymous",
                    severity: .high,
                    statement: "the suite does not authenticate the server",
                    evidence: evidence,
                    remedy: "disable anonymous suites on the server",
                    references: ["RFC 9325 §4.1"]
                )
            )
        }
        if !facts.forwardSecrecy, attributes.version != .tls13 {
            findings.append(
                Finding(
                    id: "suite.no-forward-secrecy",
                    severity: .low,
                    statement: "whoever gets the server's key can read this session later",
                    evidence: evidence,
                    remedy: "prefer ECDHE suites",
                    references: ["RFC 9325 §4.1", "RFC 10015"]
                )
            )
        }
        if let exchange = attributes.keyExchange, exchange.method.contains("DHE"), !exchange.method.contains("ECDHE"),
            let bits = exchange.bits, bits < 2048
        {
            findings.append(
                Finding(
                    id: "key-exchange.weak-dh",
                    severity: bits < 1024 ? .high : .medium,
                    statement: "the Diffie-Hellman group has \(bits) bits only",
                    evidence: evidence,
                    remedy: "use ECDHE",
                    references: ["RFC 9325 §4.2.1"]
                )
            )
        }
        return findings
    }

    private static func session(_ attributes: ConnectionAttributes) -> [Finding] {
        var findings: [Finding] = []
        if attributes.security.secureRenegotiation == false {
            findings.append(
                Finding(
                    id: "renegotiation.insecure",
                    severity: .medium,
                    statement: "the server does not support secure renegotiation",
                    remedy: "update the server's TLS library",
                    references: ["RFC 5746", "CVE-2009-3555"]
                )
            )
        }
        if attributes.security.extendedMasterSecret == false {
            findings.append(
                Finding(
                    id: "session.no-extended-master-secret",
                    severity: .low,
                    statement: "the session's keys are not bound to its handshake",
                    remedy: "update the server's TLS library, or use TLS 1.3",
                    references: ["RFC 7627"]
                )
            )
        }
        return findings
    }
}
