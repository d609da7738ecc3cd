import LibSSL
import TLSParameters
import TLSWire
import Testing

@testable import ClassicTLS

/// Every derivation against published values, or against those of another implementation.
///
/// Where nothing else is said, the values are tlslite-ng's (0.9), of the same inputs everywhere: the premaster secret 0, 1, …
/// 47, the client's random 100, 101, … 131, the server's 200, 201, … 231, and handshake messages of 300 bytes from 7 on. The
/// calls are named beside them; `v` is the version, `s` the suite.
@Suite struct DerivationVectorTests {
    private let premaster = counting(48)
    private let clientRandom = counting(32, from: 100)
    private let serverRandom = counting(32, from: 200)
    private let messages = counting(300, from: 7)

    /// What a version, with a suite in TLS 1.2, makes of the inputs.
    struct Expected: Sendable {
        var version: ProtocolVersion
        var suite: CipherSuite
        /// `calc_key(v, premaster, s, b"master secret", client_random=…, server_random=…, output_length=48)`
        var master: String
        /// The beginning of `calc_key(v, master, s, b"key expansion", …)`, cut as the suite needs it.
        var keyBlock: String
        /// `calc_key(v, master, s, b"client finished", handshake_hashes=…)`, and the server's.
        var clientFinished: String
        var serverFinished: String
        /// `calc_key(v, premaster, s, b"extended master secret", handshake_hashes=…)`; nothing in SSL 3.0.
        var extended = ""
        /// The PRF's 40 bytes of the master secret with the label `EXPERIMENTAL-test`, without a context and with `abc`.
        var exported = ("", "")
    }

    static let expected = [
        Expected(
            version: .ssl3,
            suite: .TLS_RSA_WITH_AES_128_CBC_SHA,
            master: "86176de8232939833297d4f3e580298523abef5af435fc138a364af044baf1b9a02c03f14297a9ca89290cea0161b3a4",
            keyBlock: """
                ea4a0b623ba76a96ee12861b16f80ddccb585a97321dca8531ff9a4cd6e75247fa8ac0efeeb05413c967fa52577347a7
                990b994f4e6e991535589cbd4bff08fd1469eae089e7585d778430f7d8c07dc7f5b52e87eef0f9191c7395b4d6ce3158
                eaf1ef6f6ea4ea31
                """,
            clientFinished: "ae15f67b7b59ce9d1c83b7331e25c2c0cb12b6cb38ca3c1719d2e3d55d5d7402c4548ea8",
            serverFinished: "372fbb5fa4f46f47caf8d9d22a4d56b4fd78d54d992f31691372cedcc4c2c2493b86e8e6"
        ),
        Expected(
            version: .tls10,
            suite: .TLS_RSA_WITH_AES_128_CBC_SHA,
            master: "44ec62500afc7a701c07a4192298143ce14243b9f9808ff5f6d82d985a9306a5b3237f233dbdcba644a9e0edf77e300a",
            keyBlock: """
                c816332b9a3c575b48197325214286b84526153bfede57a86a1b9264c4135301ae4a1558f4b2adc02b1b61a158692413
                295f85a2ed89bb5afdfa0e71283fa931c86578ddb1205105c8a820ce040b88a9dd09d96acf9d30ae631c4d23683f4492
                91ec9fc770f0dbe3
                """,
            clientFinished: "6f8d267b23e011f36c80bf01",
            serverFinished: "336c578d01e5a50ddce48e30",
            extended:
                "3a2fecf6658a0dcc4f3f937edfd4effabdb42cea113dc14503dfaf06d74290d134312aa6eaa97947ab941db8acfe1536",
            exported: (
                "22c9a86f44422526edf2295f68dc35b81b22b262b87f351dc79e9cf4f25289d1911173db4869efc6",
                "99ab3e3bd83dd099836980a0b166a3bbdee31b0ab1659c7944806e7a24077c21e072fc285443086e"
            )
        ),
        Expected(
            version: .tls12,
            suite: .TLS_RSA_WITH_AES_128_CBC_SHA,
            master: "e25039f679b6fa968aae7b5752a611e27e1a603f924837aaa59aa6dc01abcd38ec5adc9b9a894938a19e50d6cde9eaf7",
            keyBlock: """
                3ae41ae23b6022c9f89a9777799ceeb99e46b1c581178a8ff8be0cacc87ae1ffb82a41a3dd9186d80f6374dcc56ba3e9
                e39da49f16d6c414e48d30d631f833be70a925c9b9ae65d7c3d2f48d8f23858ee88d70d1b3fadd7c0a0a734e8044e71a
                c780982829cf75ed
                """,
            clientFinished: "047139f5212e3c25e247bf68",
            serverFinished: "4688d21a8f11bf6179209da2",
            extended:
                "f541c62a16ccb3698be14ed3bfddeb4c0901663ec45c065f5603a6a94df1f34910f2521d53081de5b90d0fda6425c0ab",
            exported: (
                "d3053598d2ea3073fed06f43157bccb113c50dde90794820760b3a87f8ff61360cf85b2905c3059a",
                "47527676641d527689fccd545ce8ed1859051eb6179c4728db2ef4c43e629ae969c0a32138a17dab"
            )
        ),
        Expected(
            version: .tls12,
            suite: .TLS_RSA_WITH_AES_256_GCM_SHA384,
            master: "3a7a024c7d162370f93d3ba2d421a1a8b7eae6e27404967d988bf90d783a009b5d47899499129debcff3b0607c514b8d",
            keyBlock: """
                441ea0bcc6a5ae2e3cc041a6f5c34e56ec1d2cf19ecade125e5912af48026f2fb678527a772273ca8270b44dcd800834
                d101e9abc28fed5415911fdfb49106f158f2bce4c8fa89b4
                """,
            clientFinished: "41c47f5ef0a416364d6e1923",
            serverFinished: "fdcb269110017d7f85c0acb8",
            extended:
                "7038ece1c114e2d4d30bbf8aaffcf25d4289081de8dd891d159104650ede9c4567918d33502c4659a84634420eb92ce2",
            exported: (
                "0c01bcc20520aa1cdfc8a208fd759f8048cd628fe486e85394dba98a5053675954899f0c90defe46",
                "480b476e96986647187813f46ef4977eedcc7f54d908a25bdadd736b4f0d5229137e23ab90177bf3"
            )
        ),
    ]

    @Test func theFunctionOfTLSGivesItsPublishedValues() throws {
        // The vector of TLS 1.0's authors, which several implementations carry.
        let old = try PseudorandomFunction.md5sha1.output(
            secret: [UInt8](repeating: 0xAB, count: 48),
            label: "PRF Testvector",
            seed: [UInt8](repeating: 0xCD, count: 64),
            count: 104
        )
        let published = hex(
            """
            d3d4d1e349b5d515044666d51de32bab258cb521b6b053463e354832fd976754443bcf9a296519bc289abcbc1187e4eb
            d31e602353776c408aafb74cbc85eff69255f9788faa184cbb957a9819d84a5d7eb006eb459d3ae8de9810454b8b2d8f
            1afbc655a8c9a013
            """
        )
        #expect(old == published)
        // Those of TLS 1.2 that were sent to the TLS working group's list (message 3416 of its archive).
        let sha256 = try PseudorandomFunction.hash(.sha256).output(
            secret: hex("9bbe436ba940f017b17652849a71db35"),
            label: "test label",
            seed: hex("a0ba9f936cda311827a6f796ffd5198c"),
            count: 100
        )
        let published256 = hex(
            """
            e3f229ba727be17b8d122620557cd453c2aab21d07c3d495329b52d4e61edb5a6b301791e90d35c9c9a46b4e14baf9af
            0fa022f7077def17abfd3797c0564bab4fbc91666e9def9b97fce34f796789baa48082d122ee42c5a72e5a5110fff701
            87347b66
            """
        )
        #expect(sha256 == published256)
        let sha384 = try PseudorandomFunction.hash(.sha384).output(
            secret: hex("b80b733d6ceefcdc71566ea48e5567df"),
            label: "test label",
            seed: hex("cd665cf6a8447dd6ff8b27555edb7465"),
            count: 148
        )
        let published384 = hex(
            """
            7b0c18e9ced410ed1804f2cfa34a336a1c14dffb4900bb5fd7942107e81c83cde9ca0faa60be9fe34f82b1233c9146a0
            e534cb400fed2700884f9dc236f80edd8bfa961144c9e8d792eca722a7b32fc3d416d473ebc2c5fd4abfdad05d918425
            9b5bf8cd4d90fa0d31e2dec479e4f1a26066f2eea9a69236a3e52655c9e9aee691c8f3a26854308d5eaa3be85e099070
            3d73e56f
            """
        )
        #expect(sha384 == published384)
    }

    @Test(arguments: expected)
    func secretsAndKeysComeOutAsElsewhere(_ expected: Expected) throws {
        let function = PseudorandomFunction(version: expected.version, suite: expected.suite)
        let master = try MasterSecret.make(
            version: expected.version,
            function: function,
            premaster: premaster,
            clientRandom: clientRandom,
            serverRandom: serverRandom
        )
        #expect(master == hex(expected.master))
        let keys = try KeyBlock(
            version: expected.version,
            function: function,
            spec: try #require(CipherSpec(suite: expected.suite)),
            masterSecret: master,
            clientRandom: clientRandom,
            serverRandom: serverRandom
        )
        let block = [
            keys.client.mac, keys.server.mac, keys.client.key, keys.server.key, keys.client.iv, keys.server.iv,
        ].flatMap { $0 }
        #expect(block == hex(expected.keyBlock))
    }

    @Test(arguments: expected)
    func finishedComesOutAsElsewhere(_ expected: Expected) throws {
        let exchange = try exchange(expected)
        try exchange.transcript.append(messages)
        #expect(try exchange.verifyData(of: .client) == hex(expected.clientFinished))
        #expect(try exchange.verifyData(of: .server) == hex(expected.serverFinished))
        guard expected.version > .ssl3 else { return }
        exchange.usesExtendedMasterSecret = true
        try exchange.deriveMasterSecret(premaster: premaster)
        #expect(exchange.masterSecret == hex(expected.extended))
    }

    @Test(arguments: expected)
    func keyingMaterialComesOutAsElsewhere(_ expected: Expected) throws {
        var configuration = ClassicConfiguration(role: .client)
        configuration.suites = [expected.suite]
        let connection = try ClassicConnection(configuration: configuration)
        connection.standing = StandingHandshake(exchange: try exchange(expected), session: nil)
        func exported(_ context: [UInt8]?) throws -> [UInt8] {
            try connection.exportKeyingMaterial(label: "EXPERIMENTAL-test", context: context, count: 40)
        }
        guard expected.version > .ssl3 else {
            #expect(throws: ClassicError.self) { try exported(nil) }
            return
        }
        #expect(try exported(nil) == hex(expected.exported.0))
        #expect(try exported(Array("abc".utf8)) == hex(expected.exported.1))
    }

    private func exchange(_ expected: Expected) throws -> HandshakeExchange {
        let exchange = HandshakeExchange(role: .client)
        exchange.version = expected.version
        exchange.suite = ClassicSuite(expected.suite)
        exchange.clientRandom = clientRandom
        exchange.serverRandom = serverRandom
        exchange.masterSecret = hex(expected.master)
        return exchange
    }

    @Test func certificateVerifyOfSSL3SignsTheSameHashes() throws {
        let master = hex(Self.expected[0].master)
        // `HandshakeHashes.digestSSL(master, b"")`
        let both = hex("7700fbf8cbd3c821b73f0d0a82571219453b0fc6aa4f9105f8e47a286073199cce5ddf4f")
        func signed(isRSA: Bool) throws -> [UInt8] {
            try SSL3Finished.certificateVerifyHash(messages: messages, masterSecret: master, isRSA: isRSA)
        }
        #expect(try signed(isRSA: true) == both)
        #expect(try signed(isRSA: false) == Array(both.suffix(20)))
    }

    @Test func recordMACsComeOutAsElsewhere() throws {
        // `createMAC_SSL(key, hash)` and `createHMAC(key, hash)`, over the sixth record's header and content.
        func mac(_ version: ProtocolVersion, _ hash: HashFunction, secret: [UInt8]) throws -> [UInt8] {
            try RecordMAC.make(
                version: version,
                hash: hash,
                secret: secret,
                sequence: 5,
                type: .application_data,
                content: counting(50, from: 3)
            )
        }
        #expect(try mac(.ssl3, .md5, secret: counting(16, from: 1)) == hex("c6eafbfd163b9fb384700eac68a288c2"))
        #expect(try mac(.ssl3, .sha1, secret: counting(20, from: 1)) == hex("66ec4fb3c541019ba75680c05eba4338af79452f"))
        #expect(
            try mac(.tls12, .sha1, secret: counting(20, from: 1)) == hex("acbbc74edb4c60ddd66247dd4f6de07afe5adc7f")
        )
    }

    @Test func exportKeysComeOutAsElsewhere() throws {
        let spec = try #require(CipherSpec(suite: .TLS_RSA_EXPORT_WITH_RC2_CBC_40_MD5))
        func keys(_ version: ProtocolVersion, _ master: String) throws -> KeyBlock {
            try KeyBlock(
                version: version,
                function: .md5sha1,
                spec: spec,
                masterSecret: hex(master),
                clientRandom: clientRandom,
                serverRandom: serverRandom
            )
        }
        // tlslite-ng's `PRF` on its own key block, put together as RFC 2246 section 6.3.1 has it.
        let tls = try keys(.tls10, Self.expected[1].master)
        #expect(tls.client.key == hex("b35f19abdcb0dc8b57639036b55175dd"))
        #expect(tls.server.key == hex("e62853e34c2a53c4fda9a5cdf758d3db"))
        #expect(tls.client.iv + tls.server.iv == hex("99f7e5030549b05d07c613bc6d8b5906"))
        // Python's hashlib on tlslite-ng's key block, put together as RFC 6101 section 6.2.2.1 has it.
        let ssl = try keys(.ssl3, Self.expected[0].master)
        #expect(ssl.client.key == hex("38057171485a7faa077717617291e1bb"))
        #expect(ssl.server.key == hex("3fda12f0408f4051e70639ad380ae3ec"))
        #expect(ssl.client.iv == hex("d6f444cec5ee6177") && ssl.server.iv == hex("81715a4558f454e2"))
    }

    @Test(arguments: RecordSample.all)
    func recordsOfAnotherImplementationAreOpened(_ sample: RecordSample) throws {
        let spec = try #require(CipherSpec(suite: sample.suite))
        let keys = try KeyBlock(
            version: sample.version,
            function: PseudorandomFunction(version: sample.version, suite: sample.suite),
            spec: spec,
            masterSecret: counting(48),
            clientRandom: clientRandom,
            serverRandom: serverRandom
        )
        func protection(_ operation: BulkCipher.Operation) throws -> RecordProtection {
            try RecordProtection(
                spec: spec,
                version: sample.version,
                keys: keys.client,
                encryptsFirst: sample.encryptsFirst,
                operation
            )
        }
        let contents = [counting(20), counting(33, from: 50)]
        let reading = try protection(.decrypt)
        for (record, content) in zip(sample.records, contents) {
            #expect(try reading.open(hex(record), type: .application_data) == content)
        }
        // The first record in the place of the second has the wrong number.
        let twice = try protection(.decrypt)
        _ = try twice.open(hex(sample.records[0]), type: .application_data)
        #expect(try twice.open(hex(sample.records[0]), type: .application_data) == nil)
        // Where nothing is random, what is written is the same, too. (The padding of SSL 3.0 may hold anything.)
        let usesRandomBytes = spec.ivCount > 0 && (sample.version >= .tls11 || sample.version == .ssl3)
        guard !usesRandomBytes || spec.mode == .gcm else { return }
        let writing = try protection(.encrypt)
        for (record, content) in zip(sample.records, contents) {
            #expect(try writing.seal(content, type: .application_data) == hex(record))
        }
    }
}
