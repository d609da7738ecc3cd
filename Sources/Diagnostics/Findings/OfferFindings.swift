import SecureChannel
import TLSParameters

/// What a client's offer shows its owner to be weak or unusual.
enum OfferFindings {
    /// All findings about what a client offered; none before its hello came.
    static func all(_ attributes: ConnectionAttributes?) -> [Finding] {
        guard let attributes, attributes.role == .server, let offer = attributes.offered else { return [] }
        let hello = Hello(attributes, offer)
        return versions(hello) + suites(hello) + algorithms(hello) + extensions(hello) + oddities(hello)
    }

    /// An offer in terms of the registries.
    private struct Hello {
        let versions: [ProtocolVersion]
        let suites: [CipherSuite]
        let groups: [NamedGroup]
        let schemes: [SignatureScheme]
        let extensions: Set<UInt16>
        let offer: OfferAttributes
        let clientExtensions: [NamedCode]
        let isSSL2: Bool
        /// Whether a version before TLS 1.3 may come of it.
        var mayBeOld: Bool { !versions.contains(.tls13) || versions.contains { $0 < .tls13 && !$0.isGREASE } }

        init(_ attributes: ConnectionAttributes, _ offer: OfferAttributes) {
            self.offer = offer
            versions = offer.versions.map { ProtocolVersion(rawValue: $0.number) }
            suites = offer.suites.map { CipherSuite(rawValue: $0.number) }
            groups = offer.groups.map { NamedGroup(rawValue: $0.number) }
            schemes = offer.signatureSchemes.map { SignatureScheme(rawValue: $0.number) }
            clientExtensions = attributes.extensions.client
            extensions = Set(clientExtensions.map(\.number))
            // Also where no version was agreed on: a hello of TLS can't leave that list empty (RFC 5246 §7.4.1.2).
            isSSL2 = attributes.protocol?.helloFormat == "ssl2" || offer.compression.isEmpty
        }

        func offers(_ type: ExtensionType) -> Bool { extensions.contains(type.rawValue) }
        func offers(_ suite: UInt16) -> Bool { suites.contains { $0.rawValue == suite } }
    }

    private static func versions(_ hello: Hello) -> [Finding] {
        var findings: [Finding] = []
        let old = hello.versions.filter { $0 < .tls12 && !$0.isGREASE }
        if !old.isEmpty {
            findings.append(
                Finding(
                    id: "offer.obsolete",
                    severity: .medium,
                    statement: "the client speaks versions that are obsolete",
                    evidence: old.map { PeerText($0.id) },
                    remedy: "set TLS 1.2 as the client's oldest version",
                    references: ["RFC 8996"]
                )
            )
        }
        if !hello.versions.contains(.tls13) {
            findings.append(
                Finding(
                    id: "offer.no-tls13",
                    severity: .low,
                    statement: "the client does not speak TLS 1.3",
                    evidence: hello.versions.map { PeerText($0.id) },
                    remedy: "update the client's TLS library, or enable TLS 1.3",
                    references: ["RFC 9325 §3.1.1"]
                )
            )
        }
        if hello.isSSL2 {
            findings.append(
                Finding(
                    id: "offer.ssl2-format",
                    severity: .medium,
                    statement: "the client's hello has the format of SSL 2.0, which has no room for extensions",
                    remedy: "update the client's TLS library",
                    references: ["RFC 6176"]
                )
            )
        }
        if hello.offers(0x5600) {
            findings.append(
                Finding(
                    id: "offer.fallback",
                    severity: .info,
                    statement: "the client is trying again with an older version, because a newer one failed",
                    evidence: [PeerText("TLS_FALLBACK_SCSV")],
                    references: ["RFC 7507"]
                )
            )
        }
        return findings
    }

    private static func suites(_ hello: Hello) -> [Finding] {
        let descriptions = hello.suites.map { SuiteDescription($0) }
        var findings: [Finding] = []
        func add(
            _ id: String,
            _ severity: Finding.Severity,
            _ weakness: SuiteDescription.Weakness,
            _ what: String,
            _ references: [String]
        ) {
            let names = descriptions.filter { $0.weaknesses.contains(weakness) }.map(\.name)
            guard !names.isEmpty else { return }
            findings.append(
                Finding(
                    id: id,
                    severity: severity,
                    statement: "the client offers \(names.count == 1 ? "a suite" : "\(names.count) suites") \(what)",
                    evidence: names.map { PeerText($0) },
                    remedy: "leave only ECDHE suites with AES-GCM or ChaCha20-Poly1305",
                    references: references
                )
            )
        }
        add("offer.null", .high, .null, "without encryption", ["RFC 9325 §4.1"])
        add("offer.anonymous", .high, .anonymous, "without authentication", ["RFC 9325 §4.1"])
        add("offer.export", .high, .export, "weakened for export", ["RFC 9325 §4.1", "CVE-2015-0204"])
        add("offer.des", .high, .des, "with DES, 56 bits", ["RFC 9325 §4.1"])
        add("offer.rc4", .high, .rc4, "with RC4", ["RFC 7465"])
        add("offer.3des", .medium, .tripleDES, "with triple DES, whose blocks of 64 bits repeat", ["CVE-2016-2183"])
        add("offer.md5", .low, .md5, "with MD5", ["RFC 6151"])
        add("offer.no-forward-secrecy", .low, .noForwardSecrecy, "without forward secrecy", ["RFC 9325 §4.1"])
        return findings
    }

    private static func algorithms(_ hello: Hello) -> [Finding] {
        var findings: [Finding] = []
        let weakSchemes = hello.schemes.filter { $0.rawValue >> 8 == 1 || $0.rawValue >> 8 == 2 }
        if !weakSchemes.isEmpty {
            findings.append(
                Finding(
                    id: "offer.weak-signature",
                    severity: .low,
                    statement: "the client accepts signatures with MD5 or SHA-1",
                    evidence: weakSchemes.map { PeerText($0.name) },
                    remedy: "leave only schemes with SHA-256 or better",
                    references: ["RFC 9155"]
                )
            )
        }
        let weakGroups = hello.groups.filter { ($0.facts?.strengthBits ?? 128) < 112 }
        if !weakGroups.isEmpty {
            findings.append(
                Finding(
                    id: "offer.weak-group",
                    severity: .low,
                    statement: "the client accepts groups that are too small",
                    evidence: weakGroups.map { PeerText($0.name) },
                    remedy: "leave only groups such as x25519 and secp256r1",
                    references: ["RFC 9325 §4.2"]
                )
            )
        }
        if hello.versions.contains(.tls13), !hello.groups.contains(where: { $0.facts?.isPostQuantum ?? false }) {
            findings.append(
                Finding(
                    id: "offer.no-post-quantum",
                    severity: .info,
                    statement:
                        "the client offers no post-quantum group: sessions recorded today can be read once quantum computers can",
                    evidence: hello.groups.filter { !$0.isGREASE }.map { PeerText($0.name) },
                    remedy: "update the client's TLS library and enable X25519MLKEM768",
                    references: ["RFC 9794"]
                )
            )
        }
        return findings
    }

    private static func extensions(_ hello: Hello) -> [Finding] {
        var findings: [Finding] = []
        if !hello.offers(.server_name), !hello.isSSL2 {
            findings.append(
                Finding(
                    id: "offer.no-server-name",
                    severity: .info,
                    statement: "the client does not say which name it wants, so a server of many can't choose",
                    remedy: "call the server by a name, not an address, or update the client's TLS library",
                    references: ["RFC 6066 §3"]
                )
            )
        }
        if hello.mayBeOld, !hello.offers(.extended_master_secret) {
            findings.append(
                Finding(
                    id: "offer.no-extended-master-secret",
                    severity: .low,
                    statement: "the client can't bind the keys of TLS 1.2 and older to the handshake",
                    remedy: "update the client's TLS library",
                    references: ["RFC 7627"]
                )
            )
        }
        if hello.mayBeOld, !hello.offers(.renegotiation_info), !hello.offers(0x00FF) {
            findings.append(
                Finding(
                    id: "offer.no-secure-renegotiation",
                    severity: .medium,
                    statement: "the client does not support secure renegotiation",
                    remedy: "update the client's TLS library",
                    references: ["RFC 5746", "CVE-2009-3555"]
                )
            )
        }
        if hello.offers(.heartbeat) {
            findings.append(
                Finding(
                    id: "offer.heartbeat",
                    severity: .low,
                    statement: "the client offers heartbeats, which TLS over TCP has no use for",
                    remedy: "update the client's TLS library",
                    references: ["RFC 6520", "CVE-2014-0160"]
                )
            )
        }
        return findings
    }

    private static func oddities(_ hello: Hello) -> [Finding] {
        var findings: [Finding] = []
        let compression = hello.offer.compression.filter { $0.number != 0 }
        if !compression.isEmpty {
            findings.append(
                Finding(
                    id: "offer.compression",
                    severity: .high,
                    statement: "the client offers to compress, which gives secrets away by the size of records",
                    evidence: compression.map { PeerText($0.name) },
                    remedy: "disable compression in the client",
                    references: ["RFC 7525 §3.3", "CVE-2012-4929"]
                )
            )
        }
        // What has no name in any registry is written as its number.
        let lists = [
            hello.offer.suites, hello.offer.groups, hello.offer.signatureSchemes, hello.clientExtensions,
            hello.offer.versions,
        ]
        let unknown = lists.joined().filter(\.isUnknown)
        if !unknown.isEmpty {
            findings.append(
                Finding(
                    id: "offer.unknown",
                    severity: .info,
                    statement: "the client offers code points that no registry knows",
                    evidence: unknown.map { PeerText($0.codePoint) }
                )
            )
        }
        return findings
    }
}
