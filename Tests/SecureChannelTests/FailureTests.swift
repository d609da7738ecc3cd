import Certificates
import SecureChannel
import TLSParameters
import TLSWire
import Testing

@Suite("Failures: the evidence and the alert")
struct FailureTests {
    private func link(
        _ version: ProtocolVersion,
        client: (inout Credential) -> Void = { _ in },
        server: (inout Credential) -> Void = { _ in }
    ) throws -> Link {
        var clientCredential = Fixtures.clientCredential([version])
        var serverCredential = Fixtures.serverCredential([version])
        client(&clientCredential)
        server(&serverCredential)
        return try Link(client: clientCredential, server: serverCredential)
    }

    @Test func bytesOfARecordThatNeverBecameWholeAreCounted() throws {
        let link = try link(.tls13)
        var hello = link.client.context.start().token
        var half = Array(link.server.context.step(&hello).token.prefix(98))
        _ = link.client.context.step(&half)
        #expect(link.client.context.transportEnded() == .duringHandshake)
        let transport = link.client.context.attributes.transport
        #expect(transport.bytesReceived == 98)
        #expect(transport.handshakeBytesReceived == 98)
    }

    @Test func aTLS13ClientHearsOfItsRejectionOnlyWithTheNextRead() throws {
        let link = try link(.tls13, server: { $0.clientAuthentication = .require })
        var hello = link.client.context.start().token
        var flight = link.server.context.step(&hello).token
        var step = link.client.context.step(&flight)
        guard case .incompleteCredentials = step.status else {
            Issue.record("\(step.status)")
            return
        }
        step = link.client.context.step(&flight)
        guard case .established = step.status else {
            Issue.record("\(step.status)")
            return
        }
        #expect(link.client.context.attributes.clientAuthentication.accepted == nil)
        var answer = step.token
        let refusal = link.server.context.step(&answer)
        #expect(refusal.status.failure?.alertSent?.description == .certificate_required)
        var alert = refusal.token
        let failure = try #require(link.client.context.unprotect(&alert).status.failure)
        #expect(failure.kind == .alertReceived)
        #expect(failure.alertReceived?.description == .certificate_required)
        #expect(failure.alertReceived?.code == 116)
    }

    @Test func aTLS13ClientWithABadCertificateIsNotAcceptedYet() throws {
        let link = try link(
            .tls13,
            client: { $0.identities = [Fixtures.strangeClient] },
            server: { $0.clientAuthentication = .require }
        )
        link.connect()
        #expect(link.server.failure?.kind == .verification)
        #expect(link.client.failure?.kind == .alertReceived)
        let client = link.client.context.attributes.clientAuthentication
        #expect(client.proved)
        #expect(client.accepted == false)
    }

    @Test(arguments: [ProtocolVersion.tls10, .tls12, .tls13])
    func automaticVerificationAbortsWithTheAlertThatFits(_ version: ProtocolVersion) throws {
        let cases: [(String, Identity, AlertDescription, String)] = [
            ("server.test", Fixtures.expired, .certificate_expired, "expired"),
            ("other.test", Fixtures.ecdsa, .bad_certificate, "name-mismatch"),
        ]
        for (name, identity, alert, problem) in cases {
            let link = try link(
                version,
                client: { $0.verifyName = .dns(name) },
                server: { $0.identities = [identity] }
            )
            link.connect()
            let failure = try #require(link.client.failure)
            #expect(failure.kind == .verification)
            #expect(failure.validation?.problems.map(\.id) == [problem])
            #expect(failure.alertSent?.description == alert)
            #expect(link.server.failure?.alertReceived?.description == alert)
        }
        let stranger = try link(version, client: { $0.trust = .none })
        stranger.connect()
        #expect(stranger.client.failure?.alertSent?.description == .unknown_ca)
        #expect(stranger.client.failure?.schannelStatus.name == "SEC_E_UNTRUSTED_ROOT")
        #expect(stranger.server.failure?.schannelStatus.name == "SEC_E_UNTRUSTED_ROOT")
    }

    @Test(arguments: [ProtocolVersion.tls10, .tls12, .tls13])
    func manualVerificationGoesOnAndKeepsTheJudgement(_ version: ProtocolVersion) throws {
        let link = try link(
            version,
            client: { $0.verification = .manual },
            server: { $0.identities = [Fixtures.expired] }
        )
        link.connect()
        #expect(try link.echo())
        #expect(link.client.context.attributes.peer.validation?.problems.map(\.id) == ["expired"])

        let unjudged = try self.link(version, client: { $0.verification = .none })
        unjudged.connect()
        #expect(try unjudged.echo())
        #expect(unjudged.client.context.attributes.peer.validation == nil)
        #expect(unjudged.client.context.attributes.peer.chain.count == 1)
    }

    @Test func noCommonVersionSuiteOrProtocolEachHasItsAlert() throws {
        let versions = try Link(
            client: Fixtures.clientCredential([.tls13]),
            server: Fixtures.serverCredential([.tls12])
        )
        versions.connect()
        #expect(versions.client.failure?.alertReceived?.description == .protocol_version)
        #expect(versions.server.failure?.alertSent?.description == .protocol_version)

        let suites = try link(
            .tls12,
            client: { $0.cipherList = "ECDHE-RSA-AES128-GCM-SHA256" },
            server: { $0.cipherList = "ECDHE-ECDSA-AES256-GCM-SHA384" }
        )
        suites.connect()
        #expect(suites.client.failure?.alertReceived?.description == .handshake_failure)
        #expect(suites.server.failure?.text.contains("no shared cipher") == true)

        let alpn = try link(.tls13, client: { $0.alpn = ["h2"] }, server: { $0.alpn = ["http/1.1"] })
        alpn.connect()
        #expect(alpn.client.failure?.alertReceived?.description == .no_application_protocol)
        #expect(alpn.client.failure?.schannelStatus.code == 0x8009_0367)
    }

    @Test(arguments: [ProtocolVersion.tls12, .tls13])
    func alpnFollowsTheServersOrder(_ version: ProtocolVersion) throws {
        let link = try link(
            version,
            client: { $0.alpn = ["http/1.1", "h2"] },
            server: { $0.alpn = ["h2", "http/1.1"] }
        )
        link.connect()
        #expect(link.client.context.attributes.names.alpn == PeerText("h2"))
        #expect(link.server.context.attributes.names.alpn == PeerText("h2"))
        #expect(link.server.context.attributes.offered?.alpn == [PeerText("http/1.1"), PeerText("h2")])
    }

    @Test func aFailedHandshakeYieldsWhatWasKnown() throws {
        let link = try link(.tls12, client: { $0.trust = .none })
        link.connect()
        let attributes = link.client.context.attributes
        #expect(attributes.state == .failed)
        #expect(attributes.version == .tls12)
        #expect(attributes.suite?.authentication == "ECDSA")
        #expect(attributes.peer.chain.count == 1)
        #expect(attributes.peer.validation?.isTrusted == false)
        #expect(attributes.bindings == nil)
    }

    // MARK: Old versions (lifecycle section 5)

    private func oldLink(_ version: ProtocolVersion, clientLevel: Int, serverLevel: Int, _ suite: String) throws -> Link
    {
        try link(
            version,
            client: {
                $0.securityLevel = clientLevel
                $0.cipherList = suite
            },
            server: {
                $0.securityLevel = serverLevel
                $0.identities = [Fixtures.rsa]
                $0.cipherList = suite
            }
        )
    }

    @Test(arguments: [ProtocolVersion.tls10, .tls11], [1, 2])
    func aboveLevelZeroAClientOfOldVersionsDoesStaticRSAOnly(_ version: ProtocolVersion, _ level: Int) throws {
        let rsa = try oldLink(version, clientLevel: level, serverLevel: 0, "AES128-SHA")
        rsa.connect()
        #expect(rsa.isEstablished)
        let ecdhe = try oldLink(version, clientLevel: level, serverLevel: 0, "ECDHE-RSA-AES128-SHA")
        ecdhe.connect()
        #expect(ecdhe.client.failure?.text.contains("legacy sigalg disallowed") == true)
    }

    @Test(arguments: [ProtocolVersion.tls10, .tls11], ["AES128-SHA", "ECDHE-RSA-AES128-SHA"])
    func aboveLevelZeroAServerOfOldVersionsFailsEverySuite(_ version: ProtocolVersion, _ suite: String) throws {
        let refused = try oldLink(version, clientLevel: 0, serverLevel: 1, suite)
        refused.connect()
        #expect(refused.server.failure != nil)
        let accepted = try oldLink(version, clientLevel: 0, serverLevel: 0, suite)
        accepted.connect()
        #expect(accepted.isEstablished)
    }

    // MARK: Alerts and Schannel's words for them (lifecycle 1.11)

    @Test func receivedAlertsHaveTheStatusOfTheDocumentation() {
        let table: [(UInt8, UInt32)] = [
            (10, 0x8009_0326), (20, 0x8009_030F), (21, 0x8009_0330), (40, 0x8009_0326), (42, 0x8009_0327),
            (44, 0x8009_2010), (45, 0x8009_0328), (48, 0x8009_0325), (49, 0x8009_030C), (70, 0x8009_0302),
            (71, 0x8009_0331), (80, 0x8009_0304), (90, 0x8009_0333), (120, 0x8009_0367), (0, 0x0009_0317),
            (255, 0x8009_0326),
        ]
        for (alert, status) in table {
            #expect(SchannelStatus(receivedAlert: AlertDescription(rawValue: alert)).code == status)
        }
        #expect(
            SchannelStatus(receivedAlert: AlertDescription(rawValue: 40)).text == "SEC_E_ILLEGAL_MESSAGE 0x80090326"
        )
    }
}
