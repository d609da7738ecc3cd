import Certificates
import TLSParameters

@testable import Diagnostics

/// A server that exists as a report only: what a survey would have found out about it, to be judged.
struct PolicyServer {
    /// Suites by version; a version that isn't there is rejected.
    var suites: [String: [CipherSuite]] = [:]
    /// The group that suites with (EC)DHE use, its size, and its name; nil for a group without one.
    var exchange: (name: String?, bits: Int) = ("secp256r1", 256)
    var groups: [String] = ["secp256r1", "secp384r1"]
    var schemes: [String] = ["ecdsa_secp256r1_sha256"]
    var protocols: [String] = ["h2", "http/1.1"]
    /// Why there may be more of them.
    var protocolDoubt: String?
    /// Groups that were asked for and refused, unless they are among ``groups``.
    var refusedGroups = ["X25519MLKEM768"]
    var features: [String: Bool] = [:]
    var order: String? = "client"
    var leaf: Certificate?
    var validation: ChainValidation?
    /// More certificates, as far as a survey sees them.
    var summaries: [LeafSummary] = []
    var transportSecurity: String? = "max-age=63072000; includeSubDomains"
    var checks: [CheckOutcome] = []
    var findings: [Finding] = []
    /// Whether there is a survey at all.
    var isSurveyed = true
    /// The version of which the answers don't tell.
    var inconclusive: String?

    static let name = "server.test"
    /// 2026-11-23, as good a day as any.
    static let now: Int64 = 1_795_392_000

    func report() -> Report<InspectResult> {
        var result = InspectResult(
            kind: .server,
            dial: nil,
            attributes: nil,
            chain: [leaf].compactMap(\.self),
            validation: validation,
            now: Self.now
        )
        if isSurveyed { result.survey = survey }
        result.checks = checks
        if let transportSecurity {
            var http = HTTPFacts()
            http.status = 200
            http.strictTransportSecurity = PeerText(transportSecurity)
            http.maxAge = transportSecurity.split(separator: ";").first?.split(separator: "=").last.flatMap { Int($0) }
            result.http = transportSecurity.isEmpty ? Self.without(http) : http
        }
        return Report(
            tool: .current,
            verb: .inspect,
            target: TargetSummary(
                input: Self.name,
                host: Self.name,
                address: "192.0.2.1",
                port: 443,
                sni: Self.name
            ),
            startedAt: Timestamp.text(Self.now),
            status: .ok,
            result: result,
            findings: findings
        )
    }

    private static func without(_ facts: HTTPFacts) -> HTTPFacts {
        var facts = facts
        facts.strictTransportSecurity = nil
        return facts
    }

    private var survey: CiphersResult {
        var survey = CiphersResult(versions: ProtocolVersion.all.map { version($0.id) }, notes: [])
        survey.aspects = ["groups", "signatures", "extensions", "tolerance", "fingerprints"]
        survey.groups = groups.map {
            GroupSupport(version: "tls1.3", family: nil, codePoint: "0x0000", name: $0, verdict: "supported")
        }
        survey.groups += refusedGroups.filter { !groups.contains($0) }.map {
            GroupSupport(version: "tls1.3", family: nil, codePoint: "0x0000", name: $0, verdict: "rejected")
        }
        survey.groupLists = [SupportList(version: "tls1.3", family: nil, order: nil, complete: true, notes: [])]
        survey.signatureSchemes = schemes.map {
            SchemeSupport(version: "tls1.2", codePoint: "0x0000", name: $0, verdict: "supported", reason: nil)
        }
        survey.signatureLists = [SupportList(version: "tls1.2", family: nil, order: nil, complete: true, notes: [])]
        survey.applicationProtocols = protocols.map { PeerText($0) }
        survey.applicationProtocolDoubt = protocolDoubt
        survey.features = features.sorted { $0.key < $1.key }.map { id, there in
            FeatureSupport(
                id: id,
                name: id,
                kind: .extension,
                version: nil,
                verdict: there ? "supported" : "rejected"
            )
        }
        survey.certificates = summaries
        return survey
    }

    private func version(_ id: String) -> VersionSupport {
        if id == inconclusive {
            return VersionSupport(
                version: id,
                verdict: "inconclusive",
                reason: "no answer in time",
                order: nil,
                suites: [],
                complete: false
            )
        }
        let found = (suites[id] ?? []).map { suite in
            let description = SuiteDescription(suite)
            let agrees = id == "tls1.3" || description.keyExchange?.hasSuffix("DHE") == true
            return SuiteSupport(
                suite: description,
                group: agrees ? exchange.name : nil,
                groupBits: agrees ? exchange.bits : nil
            )
        }
        return VersionSupport(
            version: id,
            verdict: suites[id] == nil ? "rejected" : "supported",
            reason: nil,
            order: suites[id] == nil ? nil : order,
            suites: found,
            complete: true
        )
    }

    /// A certificate that only a survey saw.
    static func summary(
        key: String = "EC",
        bits: Int = 256,
        curve: String? = "secp256r1",
        signature: String
    ) -> LeafSummary {
        var summary = LeafSummary(index: 0, bytes: 500)
        summary.subject = PeerText("CN=other")
        summary.key = key
        summary.keyBits = bits
        summary.curve = curve
        summary.signature = signature
        summary.sha256 = "\(key) \(bits) \(signature)"
        return summary
    }
}

extension PolicyServer {
    /// A server that meets every rule that can be tested, of every policy but Mozilla's `old`, as far as they agree: TLS 1.2
    /// and 1.3, four suites, P-256 and P-384, a good certificate.
    static func good(days: Int = 60) throws -> PolicyServer {
        let authority = try ThrowawayAuthority(days: 400, now: now)
        let identity = try authority.issue(names: [name], days: days)
        var server = PolicyServer()
        server.suites = [
            "tls1.2": [
                .TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256, .TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384,
            ],
            "tls1.3": [.TLS_AES_128_GCM_SHA256, .TLS_AES_256_GCM_SHA384],
        ]
        server.features = [
            "extended-master-secret": true, "renegotiation-info": true, "ocsp-stapling": true, "fallback-scsv": true,
            "compression": false, "heartbeat": false, "session-ticket": true,
        ]
        server.checks = [
            CheckOutcome(id: "renegotiation.client-initiated", verdict: .absent),
            CheckOutcome(id: "ticket.early-data", verdict: .absent),
            CheckOutcome(id: "renegotiation.unprotected", verdict: .absent),
        ]
        server.checks += Self.flaws.map { CheckOutcome(id: $0, verdict: .absent) }
        let leaf = identity.certificate
        server.leaf = leaf
        var store = TrustAnchors.none
        store.certificates = [authority.certificate]
        server.validation = ChainValidator.validate(
            chain: [leaf],
            trust: try store.acquire(),
            name: .dns(name),
            at: now
        )
        return server
    }

    /// The ids of the flaws that the built-in policies forbid.
    static let flaws =
        GradeOutcome.flaws.map(\.id) + ["attack.drown", "attack.freak", "attack.logjam", "attack.poodle"]

    /// One that meets a policy.
    static func conforming(to policy: BuiltInPolicy) throws -> PolicyServer {
        var server = try good()
        switch policy {
        case .mozillaModern:
            server.suites["tls1.2"] = nil
        case .mozillaOld:
            server.suites["tls1.0"] = [.TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA]
            server.suites["tls1.1"] = server.suites["tls1.0"]
            server.features["encrypt-then-mac"] = true
            // Its certificates are RSA's.
            let identity = try ThrowawayAuthority(days: 400, now: now).issue(names: [name], kind: .rsa, days: 60)
            server.summaries = []
            server.leaf = nil
            server.summaries = [
                summary(
                    key: "RSA",
                    bits: identity.certificate.publicKey.bits ?? 0,
                    curve: nil,
                    signature: "sha256WithRSAEncryption"
                )
            ]
        default: break
        }
        return server
    }
}
