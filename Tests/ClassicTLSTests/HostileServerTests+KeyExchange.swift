import LibSSL
import TLSParameters
import TLSWire
import Testing

@testable import ClassicTLS

/// What a client makes of servers whose key, curve or extensions do not go with what was agreed on.
extension HostileServerTests {
    private static let ecdheRSA = CipherSuite.TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA
    private static let ecdheECDSA = CipherSuite.TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA
    private static let export = CipherSuite.TLS_RSA_EXPORT_WITH_RC4_40_MD5

    private func share(_ group: NamedGroup, _ name: String, signed: DigitallySigned? = nil) throws -> [UInt8] {
        let point = try CurveKeyPair(group: name).publicValue()
        let parameters = ServerKeyExchange.Parameters.ecdhe(ECDHParameters(curve: .named(group), point: point))
        return ServerKeyExchange(parameters: parameters, signed: signed).handshakeMessage().record()
    }

    private var request: [UInt8] {
        CertificateRequest.classic(
            certificateTypes: [.rsa_sign],
            signatureSchemes: [.rsa_pkcs1_sha256],
            authorities: []
        ).handshakeMessage().record()
    }

    @Test func theCurveHasToBeOffered() throws {
        let suite = CipherSuite.TLS_ECDH_anon_WITH_AES_128_CBC_SHA
        let own = try client([suite]) { $0.groups = [.x25519, .secp384r1] }
        try expect(.illegal_parameter, own, after: [hello(suite: suite), share(.secp256r1, "prime256v1")])
        let other = try client([suite]) { $0.groups = [.x25519, .secp384r1] }
        #expect(try other.take([hello(suite: suite), share(.secp384r1, "secp384r1")]) == .wantsRead)
        // A hello in the format of SSL 2.0 has no list.
        let free = try client([suite]) {
            $0.groups = [.x25519]
            $0.usesSSL2Hello = true
        }
        #expect(try free.take([hello(suite: suite), share(.secp256r1, "prime256v1")]) == .wantsRead)
    }

    @Test func theCertificateHasToFitTheSuite() throws {
        for (suite, identity) in [
            (Self.rsa, ClassicFixtures.ecdsa), (Self.rsa, ClassicFixtures.ed25519),
            (Self.ecdheRSA, ClassicFixtures.ecdsa),
            (Self.ecdheRSA, ClassicFixtures.ed25519), (Self.ecdheECDSA, ClassicFixtures.rsa),
            (Self.ecdheECDSA, ClassicFixtures.dsa), (.TLS_DHE_DSS_WITH_AES_128_CBC_SHA, ClassicFixtures.rsa),
            (.TLS_ECDH_ECDSA_WITH_AES_128_CBC_SHA, ClassicFixtures.ed25519),
        ] {
            try expect(
                .unsupported_certificate,
                client([suite]),
                after: [hello(suite: suite), certificate(identity.chain)]
            )
        }
        let edwards = certificate(ClassicFixtures.ed25519.chain)
        #expect(try client([Self.ecdheECDSA]).take([hello(suite: Self.ecdheECDSA), edwards]) == .wantsRead)
        let old = try client([Self.ecdheECDSA]) { $0.versions = [.tls11, .tls12] }
        let chain = certificate(ClassicFixtures.ed25519.chain, .tls11)
        expect(.unsupported_certificate, old, after: [hello(.tls11, suite: Self.ecdheECDSA), chain])
    }

    /// RFC 8446 section 4.2.3: such a key signs, which static RSA has no use for.
    @Test func keysForPSSSignInTLS12() throws {
        let signing = try #require(ClassicSuite(Self.ecdheRSA))
        let encrypting = try #require(ClassicSuite(Self.rsa))
        #expect(signing.fits(keyAlgorithm: "RSA-PSS", version: .tls12))
        #expect(!signing.fits(keyAlgorithm: "RSA-PSS", version: .tls11))
        #expect(!encrypting.fits(keyAlgorithm: "RSA-PSS", version: .tls12))
    }

    @Test func aCertificateThatCannotBeReadSignsNothing() throws {
        let signed = DigitallySigned(scheme: .rsa_pkcs1_sha256, signature: counting(256))
        try expect(
            .bad_certificate,
            client([Self.ecdheRSA]),
            after: [
                hello(suite: Self.ecdheRSA), certificate([[0x30, 0]]), share(.secp256r1, "prime256v1", signed: signed),
            ]
        )
    }

    @Test func extensionsMeanNothingInSSL3() throws {
        let answers = [Extension(RenegotiationInfo()), Extension(ExtendedMasterSecret()), Extension(EncryptThenMAC())]
        let old = try client { $0.versions = [.ssl3, .tls10] }
        #expect(old.take([hello(.ssl3, extensions: answers)]) == .wantsRead)
        let exchange = try #require(old.connection.machine?.exchange)
        #expect(!exchange.usesExtendedMasterSecret && !exchange.usesEncryptThenMAC && exchange.peerIsSecure)
        let young = try client { $0.versions = [.ssl3, .tls10] }
        #expect(young.take([hello(.tls10, extensions: answers)]) == .wantsRead)
        let other = try #require(young.connection.machine?.exchange)
        #expect(other.usesExtendedMasterSecret && other.usesEncryptThenMAC && other.peerIsSecure)
    }

    @Test func whoShowsNoCertificateAsksForNone() throws {
        for suite in [CipherSuite.TLS_PSK_WITH_AES_128_CBC_SHA, .TLS_DHE_PSK_WITH_AES_128_CBC_SHA] {
            try expect(.unexpected_message, client([suite]), after: [hello(suite: suite), request])
        }
    }

    @Test func exportHoldsKeysShort() throws {
        let long = try client([Self.export]) { $0.versions = [.tls10] }
        let done = ServerHelloDone().handshakeMessage().record(.tls10)
        let chain = certificate(ClassicFixtures.rsa.chain, .tls10)
        // The certificate's key, where a temporary one has to be.
        expect(.unexpected_message, long, after: [hello(.tls10, suite: Self.export), chain, done])
        let suite = try #require(ClassicSuite(Self.export))
        let numbers = try #require(try PKeyHandle.generate(rsaBits: 1_024).rsaNumbers)
        let temporary = RSAParameters(modulus: numbers.modulus, exponent: numbers.exponent)
        let error = #expect(throws: ClassicError.self) {
            try ClientKeyExchange(
                suite: suite,
                version: .tls10,
                helloVersion: .tls10,
                server: ClientKeyExchange.ServerPart(key: ClassicFixtures.rsa.key, parameters: .rsa(temporary)),
                preSharedKey: nil
            )
        }
        #expect(error?.alert == .illegal_parameter)
    }

    @Test func aClientSignsWithItsOwnSchemesOnly() throws {
        for (schemes, used) in [
            ([SignatureScheme.rsa_pkcs1_sha384], SignatureScheme.rsa_pkcs1_sha384), ([.ecdsa_secp256r1_sha256], nil),
        ] as [([SignatureScheme], SignatureScheme?)] {
            let (client, server) = ClassicConfiguration.pair(.tls12, [Self.rsa]) { client, server in
                client.signatureSchemes = schemes
                client.identities = [ClassicFixtures.rsa]
                server.clientAuthentication = .request
            }
            let link = try ClassicLink(client, server)
            let outcomes = link.handshake()
            #expect(outcomes.client == .done && outcomes.server == .done)
            #expect(link.client.standing?.exchange.ownSignature == used.flatMap { SignatureForm(scheme: $0) })
            #expect(link.server.standing?.exchange.peerChain.isEmpty == (used == nil))
        }
    }
}
