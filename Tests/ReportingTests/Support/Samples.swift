import Certificates
import LibSSL
import SecureChannel
import TLSParameters

@testable import Diagnostics

/// Reports made from real handshakes in memory, with names that try to do harm where that is asked for.
enum Samples {
    /// Everything that a name could hold to deceive whoever reads it.
    static let hostile =
        "evil\u{1b}[31m\u{7}\r\nfake: line\t\u{0}\u{202e}\u{9b}0m\u{7f}\u{2028}\u{200b}</td><script>\"'&"

    /// The two ends of a session, as they see it.
    struct Ends {
        var client: ConnectionAttributes
        var server: ConnectionAttributes
        var credential: CredentialSummary
        var legs: [Leg]
    }

    /// A certificate whose every name is `text`, but for one of its alternative names where that is given, and its key.
    static func identity(named text: String, alternativeName: String? = nil) throws -> Identity {
        let key = try PrivateKey.generateP256()
        let bytes = Array(text.utf8)
        let others = alternativeName.map { Array($0.utf8) } ?? bytes
        let name = DERWriter.name([
            (OID(encoded: [0x55, 0x04, 0x03]), DERTag.utf8String, bytes),
            (OID(encoded: [0x55, 0x04, 0x0a]), DERTag.utf8String, bytes),
        ])
        var builder = CertificateBuilder(subjectPublicKeyInfo: key.subjectPublicKeyInfo)
        builder.subject = name
        builder.issuer = name
        builder.extensions = [
            CertificateBuilder.alternativeNames([
                (tag: DERTag.context(2), value: others), (tag: DERTag.context(1), value: bytes),
                (tag: DERTag.context(6), value: bytes),
            ])
        ]
        return try Identity(chain: [builder.signed(by: key)], key: key)
    }

    /// A handshake in memory.
    static func session(
        _ version: ProtocolVersion = .tls13,
        identity: Identity? = nil,
        text: String? = nil
    ) throws -> Ends {
        let identity = try identity ?? Identity.selfSigned(names: ["server.test"])
        var server = Credential(role: .server)
        server.identities = [identity]
        server.protocols = [version]
        var client = Credential(role: .client)
        client.protocols = [version]
        client.verification = .manual
        client.verifyName = .dns("server.test")
        client.serverName = "server.test"
        client.trust = TrustAnchors(system: false)
        let acquired = try client.acquire()
        let near = try acquired.makeContext()
        let far = try server.acquire().makeContext()
        var toServer = near.start().token
        for _ in 0..<20 where !toServer.isEmpty {
            var toClient = far.step(&toServer).token
            if toClient.isEmpty { toClient = far.unprotect(&toServer).token }
            toServer = near.step(&toClient).token
            if !toClient.isEmpty { toServer += near.unprotect(&toClient).token }
        }
        var ends = Ends(
            client: near.attributes,
            server: far.attributes,
            credential: acquired.summary,
            legs: near.legs
        )
        guard let text else { return ends }
        for path in [\Ends.client, \Ends.server] {
            ends[keyPath: path].names.sni = PeerText(text)
            ends[keyPath: path].names.alpn = PeerText(text)
            ends[keyPath: path].clientAuthentication.requested = true
            ends[keyPath: path].clientAuthentication.acceptedIssuers = [PeerText(text)]
        }
        return ends
    }

    static func report<Outcome>(
        _ verb: Verb,
        _ result: Outcome?,
        status: RunStatus = .ok,
        input: String = "server.test:443",
        findings: [Finding] = [],
        events: [Leg] = []
    ) -> Report<Outcome> {
        Report(
            tool: Tool(name: "sechan", version: "0.1.0", libssl: "OpenSSL 3.0.22"),
            verb: verb,
            target: TargetSummary(
                input: input,
                host: "server.test",
                address: "192.0.2.1",
                port: 443,
                sni: "server.test"
            ),
            startedAt: "2026-11-22T16:00:00Z",
            status: status,
            result: result,
            findings: findings,
            events: events,
            spent: Spending(connections: 1, bytesSent: 500, bytesReceived: 1500, roundTrips: 2, seconds: 0.0123)
        )
    }

    static func connect(
        _ ends: Ends,
        status: RunStatus = .ok,
        ending: RelaySummary.Ending? = .closeNotify,
        input: String = "server.test:443"
    ) -> Report<ConnectResult> {
        let relay = ending.map {
            RelaySummary(legsBefore: 3, bytesSent: 5, bytesReceived: 7, ending: $0, received: nil)
        }
        return report(
            .connect,
            ConnectResult(
                credential: ends.credential,
                dial: nil,
                established: ending != nil,
                attributes: ends.client,
                relay: relay
            ),
            status: status,
            input: input,
            findings: ConnectionFindings.all(ends.client),
            events: ends.legs
        )
    }

    static func inspect(_ ends: Ends) -> Report<InspectResult> {
        report(
            .inspect,
            InspectResult(
                kind: .server,
                dial: nil,
                attributes: ends.client,
                chain: ConnectResult.certificates(ends.client),
                validation: ends.client.peer.validation,
                now: Timestamp.now
            ),
            findings: ConnectionFindings.all(ends.client),
            events: ends.legs
        )
    }

    static func shutdown(_ ends: Ends, answer: ShutdownResult.Answer = .finOnly) -> Report<ShutdownResult> {
        report(
            .shutdown,
            ShutdownResult(
                closes: [
                    ShutdownResult.Close(
                        version: "tls1.2",
                        mode: .bidirectional,
                        alert: nil,
                        answer: answer,
                        first: .sent,
                        firstToEnd: .received,
                        answerSeconds: nil,
                        earlyBytes: 0,
                        lateBytes: 12,
                        truncation: answer == .finOnly,
                        halfClose: nil,
                        body: HTTPBodySummary(
                            status: 200,
                            framing: .contentLength,
                            expectedBytes: 20,
                            receivedBytes: 12,
                            complete: false
                        ),
                        timeline: [
                            .init(what: "close_notify", direction: .sent, seconds: 0, bytes: nil, detail: nil),
                            .init(what: "data", direction: .received, seconds: 0.0015, bytes: 12, detail: nil),
                            .init(what: "fin", direction: .received, seconds: 1.5, bytes: nil, detail: nil),
                        ]
                    )
                ],
                cleanup: .init(descriptorsBefore: 9, descriptorsAfter: 9, connectionsLeft: 0, sessionsLeft: 0),
                attributes: ends.client
            ),
            events: ends.legs
        )
    }

    static func renegotiate(_ ends: Ends) -> Report<RenegotiateResult> {
        report(
            .renegotiate,
            RenegotiateResult(
                summary: "renegotiates when the client asks; resumes a lost session by ticket",
                version: "tls1.2",
                secureRenegotiation: true,
                indication: RenegotiationIndication(extension: "supported", signallingSuite: "rejected"),
                policy: RenegotiationPolicy(kind: .allows, asked: 3, honoured: 1, ending: nil, detail: nil),
                verdict: RenegotiationVerdict(kind: .unlimited, text: "a client can make it renegotiate"),
                attempts: [
                    RenegotiationAttempt(
                        action: .renegotiation,
                        version: "tls1.2",
                        sent: "ClientHello",
                        answer: .honoured,
                        seconds: 0.012
                    ),
                    RenegotiationAttempt(
                        action: .resumption,
                        connection: 3,
                        sent: "a new connection that offers the lost one's session",
                        answer: .refusedByAlert,
                        detail: "handshake_failure"
                    ),
                ],
                changes: [AttributeChange(attribute: "renegotiations", before: "0", after: "1")],
                attributes: ends.client
            ),
            events: ends.legs
        )
    }

    static func ciphers() -> Report<CiphersResult> {
        let suites = CipherSuite.registry.filter { $0.firstVersion <= .tls12 && $0.lastVersion >= .tls12 }
        return report(
            .ciphers,
            CiphersResult(
                versions: [
                    VersionSupport(
                        version: "tls1.1",
                        verdict: "rejected",
                        reason: nil,
                        order: nil,
                        suites: [],
                        complete: true
                    ),
                    VersionSupport(
                        version: "tls1.2",
                        verdict: "supported",
                        reason: nil,
                        order: "server",
                        suites: suites.map {
                            SuiteSupport(suite: SuiteDescription($0), group: "secp256r1", groupBits: 256)
                        },
                        complete: false
                    ),
                    VersionSupport(
                        version: "tls1.3",
                        verdict: "inconclusive",
                        reason: "no answer",
                        order: nil,
                        suites: [],
                        complete: false
                    ),
                ],
                notes: ["closes every connection after the first"]
            )
        )
    }

    static func listening(_ identity: Identity, credential: CredentialSummary) -> Report<ServeResult> {
        report(
            .serve,
            ServeResult(
                ListenerDescription(
                    address: "127.0.0.1:4433",
                    mode: .http,
                    madeCertificate: true,
                    certificates: [identity.certificate],
                    authority: identity.certificate,
                    names: [ListenerName(name: "www.example.test", certificates: [identity.certificate])],
                    credential: credential,
                    commands: [ClientCommand(purpose: "curl", command: "curl --cacert x https://localhost:4433/")],
                    notes: ["a note"]
                )
            )
        )
    }

    static func served(_ ends: Ends, text: String, outcome: ServedConnection.Outcome = .ok) -> Report<ServeResult> {
        report(
            .serve,
            ServeResult(
                ServedConnection(
                    number: 1,
                    client: "127.0.0.1:50000",
                    outcome: outcome,
                    established: true,
                    attributes: ends.server,
                    clientCertificates: ConnectResult.certificates(ends.client),
                    account: AccountMapping(accounts: ["alice", "bob"], method: .oneToOne),
                    notes: ["another note"],
                    requests: [
                        ServedRequest(method: PeerText(text), target: PeerText(text), status: 200, bytes: 10)
                    ],
                    requestCount: 1,
                    bytesReceived: 5,
                    bytesSent: 7
                )
            )
        )
    }
}
