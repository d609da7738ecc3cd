import Certificates
import SecureChannel
import TLSParameters
import Testing

@Suite("Credentials: what is decided before any byte moves")
struct CredentialTests {
    private func kind(_ credential: Credential) -> CredentialError.Kind? {
        do {
            _ = try credential.acquire()
            return nil
        } catch {
            return error.kind
        }
    }

    @Test func theEngineIsTheOneThatCan() throws {
        func engine(_ credential: Credential) throws -> String {
            String(try credential.acquire().summary.engine.prefix { $0 != ":" })
        }
        #expect(try engine(Fixtures.clientCredential()) == "libssl")
        #expect(try engine(Fixtures.clientCredential([.ssl3])) == "classic")
        #expect(try engine(Fixtures.serverCredential([.ssl3, .tls10])) == "classic")
        var credential = Fixtures.clientCredential([.tls11])
        credential.engine = .classic
        #expect(try engine(credential) == "classic")
        // RC4 is what libssl lost, AES is not.
        credential = Fixtures.clientCredential([.tls12])
        credential.olderSuites = [.TLS_RSA_WITH_AES_128_CBC_SHA]
        #expect(try engine(credential) == "libssl")
        credential.olderSuites = [.TLS_RSA_WITH_AES_128_CBC_SHA, .TLS_RSA_WITH_RC4_128_SHA]
        #expect(try engine(credential) == "classic")
    }

    @Test func whatAnEngineLacksIsRefused() {
        var credential = Fixtures.clientCredential([.ssl3])
        credential.engine = .libssl
        #expect(kind(credential) == .needsClassicEngine)
        #expect(kind(Fixtures.clientCredential([.ssl3, .tls13])) == .protocolGap)
        credential = Fixtures.clientCredential([.tls13])
        credential.engine = .classic
        #expect(kind(credential) == .noProtocol)
        credential = Fixtures.clientCredential([.ssl3])
        credential.olderSuites = [.TLS_RSA_WITH_IDEA_CBC_SHA]
        #expect(kind(credential) == .suiteUnavailable)
        #expect(kind(Fixtures.serverCredential([.ssl3], identity: nil)) == .noIdentity)
    }

    @Test func aHoleInTheVersionsIsRefused() throws {
        do {
            _ = try Fixtures.clientCredential([.tls10, .tls12]).acquire()
            Issue.record("accepted")
        } catch {
            #expect(error.kind == .protocolGap)
            #expect(error.versions == [.tls11])
            #expect(error.text.contains("TLS 1.1"))
        }
        #expect(kind(Fixtures.clientCredential([])) == .noProtocol)
        #expect(kind(Fixtures.clientCredential([ProtocolVersion(rawValue: 0x0305)])) == .protocolUnavailable)
    }

    @Test func theOrderOfTheVersionsDoesNotMatter() throws {
        let summary = try Fixtures.clientCredential([.tls13, .tls12]).acquire().summary
        #expect(summary.protocols == ["tls1.2", "tls1.3"])
        #expect(summary.protocolMask == "0x00002800")
        #expect(try Fixtures.serverCredential([.tls12]).acquire().summary.protocolMask == "0x00000400")
    }

    @Test func oldVersionsLowerTheLevelAndSaySo() throws {
        let old = try Fixtures.clientCredential([.tls10, .tls11, .tls12, .tls13]).acquire().summary
        #expect(old.securityLevel == 0)
        #expect(old.securityLevelReasons.count == 1)
        #expect(old.securityLevelReasons.first?.contains("MD5") == true)
        let new = try Fixtures.clientCredential().acquire().summary
        #expect(new.securityLevel == 2)
        #expect(new.securityLevelReasons.isEmpty)
    }

    @Test func weakSuitesLowerTheLevelAndSaySo() throws {
        var credential = Fixtures.clientCredential([.tls12])
        credential.suites = [try #require(CipherSuite(named: "NULL-SHA256"))]
        let summary = try credential.acquire().summary
        #expect(summary.securityLevel == 0)
        #expect(summary.securityLevelReasons.contains { $0.contains("TLS_RSA_WITH_NULL_SHA256") })
        credential.suites = [try #require(CipherSuite(named: "0xC02F"))]
        #expect(try credential.acquire().summary.securityLevel == 2)
    }

    @Test(arguments: [
        "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256", "ECDHE-RSA-AES128-GCM-SHA256", "0xC02F", "C02F",
    ])
    func aSuiteByAnyOfItsNames(_ name: String) throws {
        var credential = Fixtures.clientCredential()
        credential.suites = [try #require(CipherSuite(named: name))]
        let summary = try credential.acquire().summary
        #expect(summary.suites.map(\.codePoint) == ["0xC02F"])
        // TLS 1.3 has no suite left: offering it would fail the handshake in libssl.
        #expect(summary.protocols == ["tls1.2"])
        #expect(summary.flags.contains("versions-narrowed-to-suites"))
    }

    @Test func aSuiteThisLibraryLacksIsNamed() throws {
        var credential = Fixtures.clientCredential([.tls12])
        let rc4 = try #require(CipherSuite(named: "TLS_RSA_WITH_RC4_128_SHA"))
        credential.suites = [rc4]
        credential.engine = .libssl
        do {
            _ = try credential.acquire()
            Issue.record("accepted")
        } catch {
            #expect(error.kind == .suiteUnavailable)
            #expect(error.suites == [rc4])
        }
    }

    @Test func listsThatMakeNoSense() {
        var credential = Fixtures.clientCredential()
        credential.cipherList = "NO-SUCH-CIPHER"
        #expect(kind(credential) == .badCipherList)
        credential = Fixtures.clientCredential()
        credential.groups = [.X25519MLKEM768]
        #expect(kind(credential) == .groupUnavailable)
        credential = Fixtures.clientCredential()
        credential.minimumStrength = 512
        #expect(kind(credential) == .noSuite)
        credential = Fixtures.clientCredential()
        credential.alpn = [""]
        #expect(kind(credential) == .badName)
        credential = Fixtures.serverCredential()
        credential.identities = []
        #expect(kind(credential) == .noIdentity)
        credential = Fixtures.clientCredential()
        credential.trust = TrustAnchors(system: false, files: ["/nonexistent/ca.pem"])
        #expect(kind(credential) == .badTrust)
    }

    @Test func strengthBoundsFilterSuites() throws {
        var credential = Fixtures.clientCredential()
        credential.minimumStrength = 256
        let strong = try credential.acquire().summary
        #expect(!strong.suites.isEmpty)
        #expect(
            strong.suites.allSatisfy { (CipherSuite(named: $0.name)?.facts?.strengthBits ?? 0) >= 256 }
        )
        credential.minimumStrength = nil
        credential.maximumStrength = 128
        let weak = try credential.acquire().summary
        #expect(
            weak.suites.allSatisfy { (CipherSuite(named: $0.name)?.facts?.strengthBits ?? 999) <= 128 }
        )
    }

    @Test func anIPAddressIsNeverAServerName() throws {
        var credential = Fixtures.clientCredential()
        credential.serverName = "192.0.2.1"
        let context = try credential.acquire().makeContext()
        _ = context.start()
        #expect(context.attributes.names.sni == nil)
        #expect(!context.attributes.extensions.client.contains { $0.name == "server_name" })
    }

    @Test(arguments: [[ProtocolVersion.tls12], [.tls13], [.tls12, .tls13], [.tls10]])
    func theSummaryListsWhatTheHelloWillOffer(_ versions: [ProtocolVersion]) throws {
        let acquired = try Fixtures.clientCredential(versions).acquire()
        let context = try acquired.makeContext()
        _ = context.start()
        let offered = context.attributes.offered?.suites.filter { !$0.name.hasSuffix("SCSV") }
        #expect(offered == acquired.summary.suites)
    }

    @Test func oneCredentialServesManyConnections() throws {
        let client = try Fixtures.clientCredential().acquire()
        let server = try Fixtures.serverCredential().acquire()
        for _ in 0..<5 {
            let link = Link(client: End(try client.makeContext()), server: End(try server.makeContext()))
            link.connect()
            #expect(link.isEstablished)
        }
    }

    @Test func aBrokenSavedSessionIsAnErrorOfTheCredential() throws {
        var options = ContextOptions()
        let link = try Link(client: Fixtures.clientCredential([.tls12]), server: Fixtures.serverCredential([.tls12]))
        link.connect()
        var session = try #require(link.client.context.sessions.last)
        session.bytes = [0x30, 0x03, 1, 2, 3]
        options.session = session
        let acquired = try Fixtures.clientCredential().acquire()
        #expect(throws: CredentialError.self) { _ = try acquired.makeContext(options) }
        #expect(SavedSession(bytes: []) == nil)
    }
}
