import Certificates
import SecureChannel
import TLSParameters
import Testing

@Suite("Rules: algorithms that are left out")
struct AlgorithmRuleTests {
    private func summary(
        _ rules: [AlgorithmRule],
        _ versions: [ProtocolVersion] = [.tls12, .tls13],
        _ change: (inout Credential) -> Void = { _ in }
    ) throws -> CredentialSummary {
        var credential = Fixtures.clientCredential(versions)
        credential.disabled = rules
        change(&credential)
        return try credential.acquire().summary
    }

    private func facts(_ summary: CredentialSummary) -> [CipherSuiteFacts] {
        summary.suites.compactMap { CipherSuite(named: $0.codePoint)?.facts }
    }

    private func kind(_ rules: [AlgorithmRule], _ versions: [ProtocolVersion]) -> CredentialError.Kind? {
        do {
            _ = try summary(rules, versions)
            return nil
        } catch {
            return (error as? CredentialError)?.kind
        }
    }

    @Test func suitesAreLeftOutByCipherModeAndSize() throws {
        let all = facts(try summary([]))
        let cases: [(AlgorithmRule, (CipherSuiteFacts) -> Bool)] = [
            (AlgorithmRule(.cipher, "CBC"), { $0.cipher.hasSuffix("CBC") }),
            (AlgorithmRule(.cipher, "aes-128-gcm"), { $0.cipher == "AES-128-GCM" }),
            (AlgorithmRule(.cipher, "AES", bits: 0...128), { $0.cipher.hasPrefix("AES-128") }),
            (AlgorithmRule(.cipher, "CHACHA20"), { $0.cipher.hasPrefix("CHACHA20") }),
            (AlgorithmRule(.digest, "SHA1"), { $0.mac == "SHA1" }),
            (AlgorithmRule(.digest, "SHA384"), { ($0.isAEAD ? $0.prfHash : $0.mac) == "SHA384" }),
            (AlgorithmRule(.keyExchange, "RSA"), { $0.keyExchange == .rsa }),
            (AlgorithmRule(.keyExchange, "DHE"), { $0.keyExchange == .dhe }),
            (AlgorithmRule(.signature, "ECDSA"), { $0.authentication == .ecdsa }),
        ]
        for (rule, forbidden) in cases {
            let left = facts(try summary([rule]))
            #expect(left == all.filter { !forbidden($0) }, "\(rule.text)")
            #expect(left.count < all.count, "\(rule.text)")
        }
    }

    @Test func theHelloHoldsWhatTheSummarySays() throws {
        var credential = Fixtures.clientCredential()
        credential.disabled = [
            AlgorithmRule(.group, "x25519"), AlgorithmRule(.keyExchange, "DHE"), AlgorithmRule(.digest, "SHA512"),
            AlgorithmRule(.signature, "RSA-PKCS1"), AlgorithmRule(.cipher, "CBC"),
        ]
        let acquired = try credential.acquire()
        let context = try acquired.makeContext()
        _ = context.start()
        let offered = try #require(context.attributes.offered)
        #expect(offered.suites.filter { !$0.name.hasSuffix("SCSV") } == acquired.summary.suites)
        #expect(offered.groups == acquired.summary.groups)
        #expect(offered.signatureSchemes == acquired.summary.signatureSchemes)
        #expect(offered.groups.map(\.name).contains("secp256r1"))
        #expect(!offered.groups.contains { $0.name == "x25519" || $0.name.hasPrefix("ffdhe") })
        #expect(!offered.signatureSchemes.contains { $0.name.hasPrefix("rsa_pkcs1") || $0.name.hasSuffix("sha512") })
        #expect(offered.signatureSchemes.contains { $0.name == "rsa_pss_rsae_sha256" })
    }

    @Test func sizesOfGroups() throws {
        let small = try summary([AlgorithmRule(.keyExchange, "DHE", bits: 0...4095)]).groups.map(\.name)
        #expect(small.contains("ffdhe4096") && !small.contains("ffdhe2048") && !small.contains("ffdhe3072"))
        let family = try summary([AlgorithmRule(.group, "FFDHE", bits: 4096...(.max))]).groups.map(\.name)
        #expect(family.contains("ffdhe2048") && !family.contains("ffdhe4096"))
    }

    @Test func nothingLeftIsAnError() {
        #expect(kind([AlgorithmRule(.cipher, "GCM"), AlgorithmRule(.cipher, "CHACHA20")], [.tls13]) == .noSuite)
        #expect(
            kind([AlgorithmRule(.keyExchange, "ECDHE"), AlgorithmRule(.keyExchange, "DHE")], [.tls13])
                == .groupUnavailable
        )
        let signatures = ["RSA", "ECDSA", "EDDSA", "DSA"].map { AlgorithmRule(.signature, $0) }
        #expect(kind(signatures, [.tls13]) == .signatureSchemeUnavailable)
        // Static RSA needs neither.
        #expect(kind([AlgorithmRule(.keyExchange, "ECDHE"), AlgorithmRule(.keyExchange, "DHE")], [.tls12]) == nil)
    }

    @Test func aServersListsAreFilteredToo() throws {
        var server = Fixtures.serverCredential()
        server.disabled = [AlgorithmRule(.group, "x25519"), AlgorithmRule(.cipher, "AES-256")]
        let link = try Link(client: Fixtures.clientCredential(), server: server)
        link.connect()
        #expect(link.isEstablished)
        #expect(link.client.context.attributes.keyExchange?.group?.name == "secp256r1")
        #expect(link.client.context.attributes.suite?.cipher?.hasPrefix("AES-256") == false)
    }

    @Test func aPeersSmallPrimeIsRefused() throws {
        func connect(_ rules: [AlgorithmRule]) throws -> Link {
            var client = Fixtures.clientCredential([.tls12])
            client.cipherList = "DHE-RSA-AES128-GCM-SHA256"
            client.disabled = rules
            let link = try Link(client: client, server: Fixtures.serverCredential([.tls12], identity: Fixtures.rsa))
            link.connect()
            return link
        }
        #expect(try connect([]).isEstablished)
        // libssl takes 2048 bits for an RSA key of 2048.
        #expect(try connect([AlgorithmRule(.keyExchange, "DHE", bits: 0...2047)]).isEstablished)
        let refused = try connect([AlgorithmRule(.keyExchange, "DHE", bits: 0...2048)])
        #expect(!refused.isEstablished)
        #expect(
            refused.client.failure?.text.contains("dh key too small") == true,
            "\(refused.client.failure?.text ?? "")"
        )
    }

    @Test func aPeersCertificateIsJudged() throws {
        func connect(_ rule: AlgorithmRule, _ identity: Identity) throws -> ContextFailure? {
            var client = Fixtures.clientCredential()
            client.disabled = [rule]
            let link = try Link(client: client, server: Fixtures.serverCredential(identity: identity))
            link.connect()
            return link.client.failure
        }
        let size = AlgorithmRule(.signature, "RSA", bits: 0...2048)
        #expect(try connect(size, Fixtures.rsa)?.validation?.problems.first?.id == "disabled-algorithm")
        #expect(try connect(size, Fixtures.ecdsa) == nil)
        for name in ["ECDSA", "SHA256"] {
            let problem = try connect(AlgorithmRule(.certificateSignature, name), Fixtures.ecdsa)?.validation?.problems
                .first
            #expect(problem?.id == "disabled-algorithm" && problem?.depth == 0, "\(name)")
        }
        #expect(try connect(AlgorithmRule(.certificateSignature, "RSA"), Fixtures.ecdsa) == nil)
    }

    @Test func namesAreKnownAndNumbersAreNone() {
        #expect(
            AlgorithmRule.names(of: .cipher).isSuperset(of: ["AES", "AES-128", "GCM", "AES-256-GCM", "3DES", "CBC"])
        )
        #expect(AlgorithmRule.names(of: .cipher).isDisjoint(with: ["128", "256", ""]))
        #expect(AlgorithmRule.names(of: .keyExchange).isSuperset(of: ["RSA", "DHE", "ECDHE", "PSK", "ECDHE-PSK"]))
        for kind in AlgorithmRule.Kind.allCases { #expect(!AlgorithmRule.names(of: kind).isEmpty) }
    }
}

@Suite("Strengths, NULL suites and versions with holes")
struct StrengthTests {
    @Test func nullSuitesAreInOnlyWhereAskedFor() throws {
        var credential = Fixtures.clientCredential([.tls12])
        func bits() throws -> [Int] {
            try credential.acquire().summary.suites.compactMap { CipherSuite(named: $0.codePoint)?.facts?.strengthBits }
        }
        #expect(try !bits().contains(0))
        credential.minimumStrength = 0
        #expect(try !bits().contains(0))
        credential.nullSuites = .allowed
        let added = try bits()
        #expect(added.last == 0 && added.first == 256)
        credential.minimumStrength = 256
        #expect(try Set(bits()) == [0, 256])
        credential.minimumStrength = nil
        credential.nullSuites = .only
        #expect(try Set(bits()) == [0])
        let summary = try credential.acquire().summary
        #expect(summary.securityLevel == 0)
        #expect(summary.flags.contains("null-suites-only"))
        credential.protocols = [.tls12, .tls13]
        #expect(try credential.acquire().summary.protocols == ["tls1.2"])
        credential.protocols = [.tls13]
        #expect(throws: CredentialError.self) { _ = try credential.acquire() }
    }

    @Test func aNullSuiteIsSpoken() throws {
        var client = Fixtures.clientCredential([.tls12])
        client.nullSuites = .only
        var server = Fixtures.serverCredential([.tls12])
        server.nullSuites = .allowed
        let link = try Link(client: client, server: server)
        link.connect()
        #expect(link.isEstablished)
        #expect(link.client.context.attributes.suite?.strengthBits == 0)
    }

    /// A client of libssl would offer TLS 1.0 alone; a server takes each version by itself.
    @Test(arguments: [
        ([ProtocolVersion.tls10, .tls12], ProtocolVersion.tls11), ([.tls10, .tls13], .tls12),
        ([.tls11, .tls13], .tls12),
    ])
    func aServerMayLeaveAVersionOut(_ versions: [ProtocolVersion], _ hole: ProtocolVersion) throws {
        let server = Fixtures.serverCredential(versions)
        #expect(try server.acquire().summary.protocols == versions.map(\.id))
        for version in [ProtocolVersion.tls10, .tls11, .tls12, .tls13] {
            let link = try Link(client: Fixtures.clientCredential([version]), server: server)
            link.connect()
            #expect(link.isEstablished == versions.contains(version), "\(version) with \(versions)")
        }
        // A client that can do more gets the best that is left.
        let able = try Link(client: Fixtures.clientCredential([.tls10, .tls11, .tls12, .tls13]), server: server)
        able.connect()
        #expect(able.client.context.attributes.version == versions.last)
        #expect(hole != versions.last)
    }

    @Test func twoCertificatesOfAKindAreRefused() throws {
        var server = Fixtures.serverCredential()
        server.identities = [Fixtures.ecdsa, Fixtures.client]
        do {
            _ = try server.acquire()
            Issue.record("accepted")
        } catch {
            #expect(error.kind == .badIdentity)
            #expect(error.text.contains("EC"))
        }
        server.identities = [Fixtures.ecdsa, Fixtures.rsa]
        #expect(try server.acquire().summary.identities.count == 2)
    }

    @Test func theRootIsSentOnlyOnRequest() throws {
        let whole = try Identity(
            chain: [Fixtures.ecdsa.certificate, Fixtures.authority.certificate],
            key: Fixtures.ecdsa.key
        )
        var server = Fixtures.serverCredential(identity: whole)
        for sends in [false, true] {
            server.sendsRoot = sends
            let link = try Link(client: Fixtures.clientCredential(), server: server)
            link.connect()
            #expect(link.isEstablished)
            #expect(link.client.context.attributes.peer.chain.count == (sends ? 2 : 1))
            #expect(try server.acquire().summary.identities.first?.chainLength == (sends ? 2 : 1))
        }
    }

    @Test(arguments: [ProtocolVersion.tls12, .tls13])
    func aPreSharedKeyIsNamedAndShownNowhere(_ version: ProtocolVersion) throws {
        let key = PreSharedKey(identity: "door", key: Array(repeating: 0xA5, count: 32))
        var client = Fixtures.clientCredential([version])
        client.preSharedKey = key
        var server = Fixtures.serverCredential([version])
        server.identities = version == .tls12 ? [] : server.identities
        server.preSharedKey = key
        let link = try Link(client: client, server: server)
        link.connect()
        #expect(link.isEstablished)
        for end in [link.client, link.server] {
            #expect(end.context.attributes.names.pskIdentity == PeerText("door"))
            #expect(end.context.attributes.isAuthenticatedByKey)
            #expect(!end.context.attributes.session.resumed)
        }
        #expect(!"\(key)".contains("165") && !String(reflecting: key).lowercased().contains("a5"))
        var dumped = ""
        // The bytes of a certificate may well hold that number.
        client.trust = TrustAnchors(system: false)
        dump(client, to: &dumped)
        #expect(!dumped.contains("165"))
    }

    @Test func aChosenCertificateIsShownAndTold() throws {
        var server = Fixtures.serverCredential()
        server.clientAuthentication = .require
        let link = try Link(client: Fixtures.clientCredential(), server: server)
        link.client.answers = (Fixtures.client, CertificateChoice(reason: .issuerListed, considered: 3))
        link.connect()
        #expect(link.isEstablished)
        let client = link.client.context.attributes.clientAuthentication
        #expect(client.certificatesSent == 1)
        #expect(client.choice?.considered == 3)
        #expect(link.server.context.attributes.peer.chain.map(\.bytes) == [Fixtures.client.certificate.der])
    }
}
