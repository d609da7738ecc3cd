import Certificates
import TLSParameters
import Testing

@testable import SecureChannel

@Suite("Context flags, statuses and legs, as Schannel has them")
struct FlagTests {
    private func names(_ codes: [NamedCode]) -> Set<String> { Set(codes.map(\.name)) }

    @Test(arguments: [ProtocolVersion.tls12, .tls13])
    func aPlainChannelHasWhatTLSGives(_ version: ProtocolVersion) throws {
        let link = try Link(client: Fixtures.clientCredential([version]), server: Fixtures.serverCredential([version]))
        #expect(link.client.context.attributes.flags.obtained.isEmpty, "valid only once the channel stands")
        link.connect()
        let client = link.client.context.attributes.flags
        let server = link.server.context.attributes.flags
        let inherent: Set = [
            "REPLAY_DETECT", "SEQUENCE_DETECT", "CONFIDENTIALITY", "INTEGRITY", "STREAM", "EXTENDED_ERROR",
        ]
        #expect(names(client.obtained).isSuperset(of: inherent))
        #expect(names(server.obtained).isSuperset(of: inherent))
        #expect(!names(client.requested).contains("MUTUAL_AUTH"))
        #expect(client.obtained.contains(NamedCode(codePoint: "0x00010000", name: "INTEGRITY")))
        #expect(server.obtained.contains(NamedCode(codePoint: "0x00020000", name: "INTEGRITY")))
        #expect(names(server.obtained).contains("SESSION_TICKET"))
        #expect(names(client.obtained).contains("NO_POST_HANDSHAKE_AUTH") == (version == .tls13))
    }

    @Test func aNULLSuiteHidesNothing() throws {
        var client = Fixtures.clientCredential([.tls12])
        client.cipherList = "NULL-SHA256"
        var server = Fixtures.serverCredential([.tls12], identity: Fixtures.rsa)
        server.cipherList = "NULL-SHA256"
        let link = try Link(client: client, server: server)
        link.connect()
        let flags = link.client.context.attributes.flags
        #expect(names(flags.missing).contains("CONFIDENTIALITY"))
        #expect(names(flags.obtained).contains("INTEGRITY"))
    }

    @Test(arguments: [ProtocolVersion.tls12, .tls13], [0, 2])
    func mutualAuthenticationIsClaimedWhenProven(_ version: ProtocolVersion, _ tickets: Int) throws {
        var client = Fixtures.clientCredential([version])
        client.identities = [Fixtures.client]
        var server = Fixtures.serverCredential([version])
        server.clientAuthentication = .require
        server.ticketCount = tickets
        let link = try Link(client: client, server: server)
        link.connect()
        #expect(try link.echo())
        let flags = link.client.context.attributes.flags
        #expect(names(flags.requested).contains("MUTUAL_AUTH"))
        // A TLS 1.3 server that sends no ticket never says that it took the certificate.
        #expect(names(flags.obtained).contains("MUTUAL_AUTH") == (version == .tls12 || tickets > 0))
        #expect(names(link.server.context.attributes.flags.obtained).contains("MUTUAL_AUTH"))
    }

    @Test(arguments: [ProtocolVersion.tls12, .tls13])
    func aRefusedCertificateIsNoMutualAuthentication(_ version: ProtocolVersion) throws {
        var client = Fixtures.clientCredential([version])
        client.identities = [Fixtures.strangeClient]
        var server = Fixtures.serverCredential([version])
        server.clientAuthentication = .require
        let link = try Link(client: client, server: server)
        link.connect()
        for end in [link.client, link.server] {
            #expect(!names(end.context.attributes.flags.obtained).contains("MUTUAL_AUTH"))
        }
        #expect(names(link.server.context.attributes.flags.obtained) == ["EXTENDED_ERROR"], "the alert went out")
    }

    @Test(arguments: [ProtocolVersion.tls12, .tls13])
    func aSharedKeyProvesBothEnds(_ version: ProtocolVersion) throws {
        let key = PreSharedKey(identity: "device 7", key: [UInt8](repeating: 5, count: 32))
        var client = Fixtures.clientCredential([version])
        var server = Fixtures.serverCredential([version])
        client.preSharedKey = key
        server.preSharedKey = key
        if version == .tls12 { (client.cipherList, server.cipherList) = ("PSK", "PSK") }
        let link = try Link(client: client, server: server)
        link.connect()
        #expect(names(link.client.context.attributes.flags.obtained).contains("MUTUAL_AUTH"))
        #expect(link.client.context.attributes.names.pskIdentity == PeerText("device 7"))
    }

    @Test func everyLegSaysWhatSchannelWould() throws {
        let link = try Link(client: Fixtures.clientCredential([.tls13]), server: Fixtures.serverCredential([.tls13]))
        link.connect()
        let client = link.client.context.legs.map(\.schannel)
        #expect(client.first == "SEC_I_CONTINUE_NEEDED 0x00090312")
        #expect(client.contains("SEC_E_OK 0x00000000"))
        #expect(client.last == "SEC_I_RENEGOTIATE 0x00090321", "tickets")
        #expect(link.client.context.legs.last?.detail == "new-session-ticket")
    }

    @Test func whatIsMissingIsCounted() throws {
        let link = try Link(client: Fixtures.clientCredential([.tls12]), server: Fixtures.serverCredential([.tls12]))
        let hello = link.client.context.start().token
        var input = Array(hello[..<3])
        guard case .incompleteMessage(2) = link.server.context.step(&input).status else {
            Issue.record("three bytes of a header")
            return
        }
        input += hello[3..<105]
        guard case .incompleteMessage(let missing) = link.server.context.step(&input).status else {
            Issue.record("a part of a record")
            return
        }
        #expect(missing == hello.count - 105)
        #expect(link.server.context.attributes.transport.missingBytes == missing)
        #expect(link.server.context.legs.isEmpty)
        input += hello[105...]
        _ = link.server.context.step(&input)
        #expect(link.server.context.attributes.transport.missingBytes == nil)
        #expect(link.server.context.legs.first?.wait == LegWait(calls: 2, missing: 2))
    }

    @Test func whatComesAlongIsNamed() throws {
        let link = try Link(client: Fixtures.clientCredential([.tls13]), server: Fixtures.serverCredential([.tls13]))
        var toServer = link.client.context.start().token
        var toClient = link.server.context.step(&toServer).token
        toServer = link.client.context.step(&toClient).token
        // The server's tickets, and data behind them, come together with nothing of the handshake left to read.
        let data = try link.client.context.protect(Array("hello".utf8))
        toServer += data
        let step = link.server.context.step(&toServer)
        #expect(toServer.count == data.count)
        guard case .established = step.status else {
            Issue.record("\(step.status)")
            return
        }
        let index = try #require(link.server.context.legs.firstIndex { $0.extra != nil })
        #expect(link.server.context.legs[index].extra == LegExtra(byteCount: data.count))
        _ = link.server.context.unprotect(&toServer)
        let extra = link.server.context.legs[index].extra
        #expect(extra?.text == "\(data.count) bytes (1 x application_data)")
    }

    @Test func aFailureHasItsStatus() throws {
        var client = Fixtures.clientCredential()
        client.verifyName = .dns("other.test")
        let link = try Link(client: client, server: Fixtures.serverCredential())
        link.connect()
        #expect(link.client.failure?.schannelStatus.text == "SEC_E_WRONG_PRINCIPAL 0x80090322")
        #expect(link.client.context.legs.last?.schannel == "SEC_E_WRONG_PRINCIPAL 0x80090322")
        #expect(link.server.failure?.schannelStatus.text == "SEC_E_CERT_UNKNOWN 0x80090327")
    }

    @Test func anEndInTheMiddleIsAnIncompleteMessage() throws {
        let link = try Link(client: Fixtures.clientCredential(), server: Fixtures.serverCredential())
        _ = link.client.context.start()
        _ = link.client.context.transportEnded()
        #expect(link.client.failure?.schannelStatus == .incompleteMessage)
    }

    /// Lifecycle table 1.11, with the numbers of winerror.h where the documentation prints others.
    @Test(
        arguments: [
            ([10, 22, 40, 47, 50, 60, 100, 110, 115, 200], "SEC_E_ILLEGAL_MESSAGE 0x80090326"),
            ([20, 30], "SEC_E_MESSAGE_ALTERED 0x8009030F"), ([21, 51], "SEC_E_DECRYPT_FAILURE 0x80090330"),
            ([42, 43, 46], "SEC_E_CERT_UNKNOWN 0x80090327"), ([44], "CRYPT_E_REVOKED 0x80092010"),
            ([45], "SEC_E_CERT_EXPIRED 0x80090328"), ([48], "SEC_E_UNTRUSTED_ROOT 0x80090325"),
            ([49], "SEC_E_LOGON_DENIED 0x8009030C"), ([70], "SEC_E_UNSUPPORTED_FUNCTION 0x80090302"),
            ([71], "SEC_E_ALGORITHM_MISMATCH 0x80090331"), ([80], "SEC_E_INTERNAL_ERROR 0x80090304"),
            ([90], "SEC_E_UNFINISHED_CONTEXT_DELETED 0x80090333"),
            ([120], "SEC_E_APPLICATION_PROTOCOL_MISMATCH 0x80090367"), ([0], "SEC_I_CONTEXT_EXPIRED 0x00090317"),
        ] as [([UInt8], String)]
    )
    func alertsHaveTheirStatus(_ alerts: [UInt8], _ text: String) {
        for alert in alerts {
            #expect(SchannelStatus(receivedAlert: AlertDescription(rawValue: alert)).text == text)
        }
    }
}
