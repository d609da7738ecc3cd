import TLSParameters

@testable import Diagnostics

extension Samples {
    /// A survey that found out everything that can be asked for, on a server that is wrong in most ways. `text` is the
    /// subject of its certificate and one of its application protocols.
    static func survey(text: String = "server.test") -> Report<CiphersResult> {
        var result = CiphersResult(versions: [ssl2, twelve, thirteen], notes: [])
        result.aspects = ["groups", "signatures", "extensions", "tolerance", "fingerprints"]
        result.certificates = certificates(text)
        result.groupLists = [
            SupportList(version: "tls1.2", family: "ECDHE RSA", order: "client", complete: true, notes: []),
            SupportList(version: "tls1.3", family: nil, order: "server", complete: false, notes: ["an odd answer"]),
        ]
        result.groups = [
            group("tls1.2", "ECDHE RSA", .secp256r1, "supported"), group("tls1.3", nil, .x25519, "supported", true),
            group("tls1.3", nil, .X25519MLKEM768, "supported", false), group("tls1.3", nil, .secp521r1, "inconclusive"),
        ]
        result.signatureLists = [
            SupportList(version: "tls1.2", family: nil, order: nil, complete: true, notes: [])
        ]
        result.signatureSchemes = [
            SchemeSupport(
                version: "tls1.2",
                codePoint: "0x0804",
                name: "rsa_pss_rsae_sha256",
                verdict: "supported",
                reason: nil
            ),
            SchemeSupport(
                version: "tls1.2",
                codePoint: "0x0201",
                name: "rsa_pkcs1_sha1",
                verdict: "supported",
                reason: nil
            ),
        ]
        result.applicationProtocols = [PeerText("h2"), PeerText(text)]
        result.features = [
            feature("extended-master-secret", .extension, "supported"), feature("compression", .extension, "supported"),
            feature("tolerates-hello-256", .tolerance, "rejected", detail: "it hangs"),
            feature("fallback-scsv", .downgrade, "inconclusive"),
        ]
        result.fingerprints = ServerFingerprints(
            jarm: String(repeating: "2ad", count: 20) + "00",
            jarmDoubt: nil,
            ja3s: ["tls1.2": String(repeating: "ab", count: 16)]
        )
        result.evidence = [
            ProbeRecord(
                id: 0,
                sent: String(repeating: "16", count: 256),
                sentBytes: 300,
                received: "15030100020228",
                receivedBytes: 7,
                observation: "alert"
            )
        ]
        result.evidence?[0].asked = "tls1.3, 19 suites; supported_versions, …"
        result.evidence?[0].answered = "handshake_failure"
        // The sample's versions are ssl2, tls1.2 and tls1.3.
        result.versions[1].evidence = 0
        result.expectation = ExpectationResult(
            source: "allowed.txt",
            beyond: [ExpectationResult.Entry(version: "ssl2", codePoint: "0x010080", name: "SSL_CK_RC4_128_WITH_MD5")],
            missing: [ExpectationResult.Entry(version: nil, codePoint: "0x1303", name: "TLS_CHACHA20_POLY1305_SHA256")]
        )
        var report = report(.ciphers, result, findings: SupportFindings.all(result))
        report.spent.slowdowns = ["throttled"]
        return report
    }

    private static var ssl2: VersionSupport {
        VersionSupport(
            version: "ssl2",
            verdict: "supported",
            reason: nil,
            order: nil,
            suites: [SuiteSupport(suite: SuiteDescription(SSL2CipherKind.SSL_CK_RC4_128_WITH_MD5))],
            complete: true
        )
    }

    private static var twelve: VersionSupport {
        var ecdhe = SuiteSupport.Exchange()
        ecdhe.group = "x25519"
        ecdhe.groupBits = 255
        ecdhe.certificate = 0
        var dhe = SuiteSupport.Exchange()
        dhe.groupBits = 1024
        dhe.primeName = "RFC 2409 group 2"
        dhe.certificate = 1
        return VersionSupport(
            version: "tls1.2",
            verdict: "supported",
            reason: nil,
            order: "server-unless-chacha",
            suites: [
                SuiteSupport(
                    suite: SuiteDescription(CipherSuite.TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256),
                    exchange: ecdhe
                ),
                SuiteSupport(suite: SuiteDescription(CipherSuite.TLS_DHE_RSA_WITH_3DES_EDE_CBC_SHA), exchange: dhe),
                SuiteSupport(suite: SuiteDescription(CipherSuite(rawValue: 0x9999))),
            ],
            complete: true
        )
    }

    private static var thirteen: VersionSupport {
        VersionSupport(
            version: "tls1.3",
            verdict: "rejected",
            reason: nil,
            order: nil,
            suites: [],
            complete: true,
            answer: "alert protocol_version"
        )
    }

    private static func certificates(_ text: String) -> [LeafSummary] {
        var first = LeafSummary(index: 0, bytes: 500)
        first.subject = PeerText(text)
        first.key = "EC"
        first.keyBits = 256
        first.curve = "secp256r1"
        first.signature = "ecdsa-with-SHA256"
        first.notAfter = "2026-12-22T19:20:09Z"
        first.sha256 = String(repeating: "0f", count: 32)
        var second = LeafSummary(index: 1, bytes: 3)
        second.problem = "not a certificate: it ends early"
        return [first, second]
    }

    private static func group(
        _ version: String,
        _ family: String?,
        _ group: NamedGroup,
        _ verdict: String,
        _ preferred: Bool? = nil
    ) -> GroupSupport {
        var support = GroupSupport(
            version: version,
            family: family,
            codePoint: group.codePointText,
            name: group.name,
            verdict: verdict
        )
        support.postQuantum = group.facts?.isPostQuantum
        support.strength = group.facts?.strengthBits
        support.preferred = preferred
        return support
    }

    private static func feature(
        _ id: String,
        _ kind: FeatureSupport.Kind,
        _ verdict: String,
        detail: String? = nil
    ) -> FeatureSupport {
        var feature = FeatureSupport(id: id, name: id, kind: kind, version: nil, verdict: verdict)
        feature.detail = detail
        return feature
    }
}
