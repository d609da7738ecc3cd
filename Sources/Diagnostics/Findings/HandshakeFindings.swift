import Certificates
import SecureChannel
import TLSParameters

/// What the messages of a connection show to be wrong with the peer, beside what was agreed on.
enum HandshakeFindings {
    /// More KeyUpdates than any server has a reason for: it takes 2^24 records until one is due (RFC 8446 §5.5).
    private static let updates = 16
    /// Warnings that libssl bears before it gives up.
    private static let warnings = 4
    /// The largest chain that OpenSSL's clients take (SSL_CTX_set_max_cert_list(3)).
    private static let chainBytes = 100 * 1024

    /// Everything but violations, which end a handshake.
    static func all(_ attributes: ConnectionAttributes) -> [Finding] {
        guard attributes.role == .client else { return [] }
        return retry(attributes) + floods(attributes) + certificates(attributes)
    }

    /// A choice of the server's that the client did not offer.
    static func violations(_ attributes: ConnectionAttributes) -> [Finding] {
        guard attributes.role == .client, let words = unoffered(attributes) else { return [] }
        return [
            Finding(
                id: "protocol.violation",
                severity: .medium,
                statement: "the server chose \(words), which was not offered",
                evidence: [PeerText(words)],
                remedy: "update the server's TLS library, or look for who changes its answers on the way",
                references: ["RFC 5246 §7.4.1.3", "RFC 8446 §4.1.3"]
            )
        ]
    }

    /// Why a handshake failed, where the messages say it better than the library; nil where they don't.
    static func reason(_ attributes: ConnectionAttributes) -> String? {
        if let words = unoffered(attributes) { return "the server chose \(words), which was not offered" }
        let warnings = warningCount(attributes)
        if warnings > Self.warnings { return "it sent \(warnings) warning alerts in place of an answer" }
        return nil
    }

    /// Whether the server answered in a version that the hello didn't offer.
    static func choosesUnofferedVersion(_ attributes: ConnectionAttributes) -> Bool {
        guard attributes.role == .client, let offered = attributes.offered, let version = attributes.protocol else {
            return false
        }
        return !isOffered(version, offered, attributes)
    }

    private static func unoffered(_ attributes: ConnectionAttributes) -> String? {
        guard let offered = attributes.offered else { return nil }
        if let version = attributes.protocol, !isOffered(version, offered, attributes) { return version.name }
        guard let suite = attributes.suite, !offered.suites.contains(where: { $0.codePoint == suite.codePoint })
        else { return nil }
        return suite.name
    }

    /// A hello without the list offers everything up to its version (RFC 5246 appendix E.1); down to TLS 1.0 here, since
    /// nothing older is offered by this engine.
    private static func isOffered(
        _ version: ProtocolAttributes,
        _ offered: OfferAttributes,
        _ attributes: ConnectionAttributes
    ) -> Bool {
        if offered.versions.contains(where: { $0.codePoint == version.codePoint }) { return true }
        guard !attributes.extensions.client.contains(NamedCode(ExtensionType.supported_versions)),
            let highest = offered.versions.first.flatMap({ UInt16($0.codePoint.dropFirst(2), radix: 16) })
        else { return false }
        return version.rawVersion < highest && version.rawVersion > ProtocolVersion.ssl3.rawValue
    }

    private static func warningCount(_ attributes: ConnectionAttributes) -> Int {
        attributes.close.alertsReceived.count(where: { $0.level == .warning && $0.description != .close_notify })
    }

    private static func retry(_ attributes: ConnectionAttributes) -> [Finding] {
        guard let agreed = attributes.protocol, agreed.helloRetryRequest else { return [] }
        let group = agreed.helloRetryGroup?.name
        return [
            Finding(
                id: "handshake.retried",
                severity: .info,
                statement: "the server asked for another hello" + (group.map { ", with a key share for \($0)" } ?? "")
                    + ", which costs a round trip",
                evidence: [group.map { PeerText($0) }].compactMap { $0 },
                remedy: "let the server take the groups that clients send shares for, such as X25519",
                references: ["RFC 8446 §4.1.4"]
            )
        ]
    }

    /// More new keys than a session needs; nil if there were no more.
    static func keyUpdateFlood(_ attributes: ConnectionAttributes) -> Finding? {
        // What it was asked for is none of its faults.
        let updates = attributes.security.keyUpdatesReceived - attributes.security.keyUpdatesRequested
        guard updates > Self.updates else { return nil }
        return Finding(
            id: "key-update.flood",
            severity: .medium,
            statement:
                "the server changed its keys \(updates) times unasked, which costs clients work and serves nothing",
            evidence: [PeerText("\(updates) KeyUpdate messages")],
            remedy: "have the server change its keys only when they wear out",
            references: ["RFC 8446 §5.5"]
        )
    }

    private static func floods(_ attributes: ConnectionAttributes) -> [Finding] {
        var findings = [keyUpdateFlood(attributes)].compactMap { $0 }
        let warnings = warningCount(attributes)
        if warnings > Self.warnings {
            findings.append(
                Finding(
                    id: "alert.flood",
                    severity: .medium,
                    statement: "the server sent \(warnings) warning alerts, and clients give up after a few",
                    evidence: attributes.close.alertsReceived.prefix(1).map { PeerText($0.description.name) },
                    remedy: "have the server send fatal alerts or none",
                    references: ["RFC 8446 §6.1"]
                )
            )
        }
        return findings
    }

    private static func certificates(_ attributes: ConnectionAttributes) -> [Finding] {
        var findings: [Finding] = []
        guard attributes.peer.chainSource == "handshake" else { return [] }
        let bytes = attributes.peer.chain.reduce(0) { $0 + $1.bytes.count }
        if bytes > chainBytes {
            findings.append(
                Finding(
                    id: "chain.huge",
                    severity: .medium,
                    statement:
                        "the certificates have \(bytes / 1024) KiB, and clients on OpenSSL take no more than 100",
                    evidence: [PeerText("\(attributes.peer.chain.count) certificates, \(bytes) bytes")],
                    remedy: "send the leaf and the intermediates that lead to its root, and nothing else"
                )
            )
        }
        let leaf = attributes.peer.chain.first.flatMap { try? Certificate(der: $0.bytes) }
        let asked = attributes.extensions.client.contains(NamedCode(ExtensionType.status_request))
        // Before TLS 1.3 the answer comes after the certificate: a handshake that the certificate ended says nothing of it.
        let isWhole = attributes.transport.handshakeSeconds != nil
        if leaf?.extensionFacts.mustStaple == true, asked, isWhole, attributes.peer.stapledOCSPBytes == nil {
            findings.append(
                Finding(
                    id: "certificate.missing-staple",
                    severity: .high,
                    statement: "the certificate demands a stapled OCSP answer, and the server sent none",
                    evidence: [leaf?.subject.text].compactMap { $0 },
                    remedy: "turn OCSP stapling on, or have the certificate reissued without the demand",
                    references: ["RFC 7633", "RFC 6066 §8"]
                )
            )
        }
        return findings
    }
}
