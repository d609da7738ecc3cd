import TLSParameters
import Testing

@testable import TLSWire

@Suite("JA3 and JA4")
struct ClientFingerprintTests {
    static func hello(
        _ version: ProtocolVersion = .tls12,
        suites: [UInt16],
        _ extensions: [Extension]?
    ) -> ClientHello {
        ClientHello(
            legacyVersion: version,
            random: counting(32),
            cipherSuites: suites.map(CipherSuite.init(rawValue:)),
            extensions: extensions
        )
    }

    /// Extensions that JA3 looks into, and empty ones of the types it only counts.
    static func extensions(_ types: [UInt16], groups: [UInt16] = [], formats: [UInt8] = []) -> [Extension] {
        types.map { type in
            switch ExtensionType(rawValue: type) {
            case .supported_groups: Extension(SupportedGroups(groups: groups.map(NamedGroup.init(rawValue:))))
            case .ec_point_formats: Extension(ECPointFormats(formats: formats.map(ECPointFormat.init(rawValue:))))
            case let other: Extension(type: other, data: [])
            }
        }
    }

    // MARK: JA3

    @Test("the examples of JA3's description")
    func publishedJA3() {
        let usual = JA3(
            Self.hello(
                .tls10,
                suites: [47, 53, 5, 10, 49_161, 49_162, 49_171, 49_172, 50, 56, 19, 4],
                Self.extensions([0, 10, 11], groups: [23, 24, 25], formats: [0])
            )
        )
        #expect(usual.text == "769,47-53-5-10-49161-49162-49171-49172-50-56-19-4,0-10-11,23-24-25,0")
        #expect(usual.hash == "ada70206e40642a3e4461f35503241d5")

        let bare = JA3(Self.hello(.tls10, suites: [4, 5, 10, 9, 100, 98, 3, 6, 19, 18, 99], nil))
        #expect(bare.text == "769,4-5-10-9-100-98-3-6-19-18-99,,,")
        #expect(bare.hash == "de350869b8c85de67a350c8d186f11e6")
    }

    @Test("GREASE doesn't show in JA3")
    func greaseInJA3() {
        let types: [UInt16] = [0, 10, 11]
        let plain = Self.hello(suites: [0x1301, 0xC02F], Self.extensions(types, groups: [29, 23], formats: [0]))
        let greased = Self.hello(
            suites: [0x1A1A, 0x1301, 0xC02F],
            Self.extensions([0x2A2A] + types + [0xFAFA], groups: [0x3A3A, 29, 23], formats: [0])
        )
        #expect(JA3(plain) == JA3(greased))
    }

    @Test("a malformed list of groups is an empty one")
    func malformedGroups() {
        let bad = Extension(type: .supported_groups, data: [0x00, 0x03, 0x00])
        #expect(JA3(Self.hello(suites: [1], [bad])).text == "771,1,10,,")
    }

    /// The value that Firefox 63 and later are known by.
    @Test("JA3 of a captured Firefox")
    func firefox() throws {
        let found = try #require(PublishedHello.all.first { $0.source.hasPrefix("tls12.pcap") })
        let hello = try ClientHello(HandshakeMessage(bytes: found.message))
        #expect(JA3(hello).hash == "579ccef312d18482fc42e2b822ca2430")
    }

    /// The hash is the one that TLS 1.3 servers on OpenSSL are widely known by.
    @Test("JA3S of a TLS 1.3 server, and of a hello without extensions")
    func serverHellos() {
        let hello = ServerHello(
            legacyVersion: .tls12,
            random: counting(32),
            cipherSuite: CipherSuite(rawValue: 4_866),
            extensions: Self.extensions([43, 51])
        )
        #expect(JA3S(hello).text == "771,4866,43-51")
        #expect(JA3S(hello).hash == "15af977ce25de452b96affa2addb1036")
        var bare = hello
        bare.legacyVersion = .tls10
        bare.extensions = nil
        #expect(JA3S(bare).text == "769,4866,")
    }

    // MARK: JA4

    @Test("published JA4 values", arguments: PublishedHello.all)
    func publishedJA4(_ published: PublishedHello) throws {
        let fingerprint = JA4(try ClientHello(HandshakeMessage(bytes: published.message)))
        #expect(fingerprint.text == published.ja4)
        #expect(fingerprint.raw == published.raw)
    }

    /// The table of JA4.md, and names of one letter, none, and none at all.
    static let names: [(String, String)] = [
        ("6832", "h2"), ("687474702f312e31", "h1"), ("68", "hh"),
        ("ab", "ab"), ("abcd", "ad"), ("30ab", "3b"), ("3031abcd", "3d"), ("30abcd31", "01"),
        ("41", "AA"), ("205a", "2a"), ("2f", "2f"), ("", "00"),
    ]

    @Test("the first ALPN name gives two characters", arguments: names)
    func protocols(_ name: String, _ expected: String) {
        var writer = ByteWriter()
        writer.writeVector(.two) { list in
            list.writeOpaque(.one, hex(name))
            list.writeOpaque(.one, Array("other".utf8))
        }
        let alpn = Extension(type: .application_layer_protocol_negotiation, data: writer.bytes)
        #expect(JA4(Self.hello(suites: [47], [alpn])).text.prefix(10) == "t12i0101" + expected)
    }

    @Test("ALPN that is empty, cut off or absent is 00", arguments: ["", "0000", "00", "0005026832", "000205"])
    func brokenProtocols(_ data: String) {
        let alpn = Extension(type: .application_layer_protocol_negotiation, data: hex(data))
        #expect(JA4(Self.hello(suites: [47], [alpn])).text.prefix(10) == "t12i010100")
        #expect(JA4(Self.hello(suites: [47], [])).text.prefix(10) == "t12i010000")
    }

    @Test("SNI counts by being there")
    func serverName() {
        let sni = Extension(type: .server_name, data: [])
        #expect(JA4(Self.hello(suites: [47], [sni])).text.prefix(10) == "t12d010100")
    }

    static let versions: [(UInt16, [UInt16]?, String)] = [
        (0x0303, nil, "12"), (0x0302, nil, "11"), (0x0301, nil, "10"), (0x0300, nil, "s3"), (0x0305, nil, "00"),
        (0x0303, [0x0304, 0x0303], "13"), (0x0303, [0x0301, 0x0303], "12"), (0x0303, [0x8A8A, 0x0302], "11"),
        (0x0303, [0x8A8A], "12"), (0x0303, [0x7F1C], "00"),
    ]

    @Test("the highest version offered", arguments: versions)
    func version(_ field: UInt16, _ offered: [UInt16]?, _ expected: String) {
        let list = offered.map { [Extension(SupportedVersions(versions: $0.map(ProtocolVersion.init(rawValue:))))] }
        let hello = Self.hello(ProtocolVersion(rawValue: field), suites: [47], list)
        #expect(JA4(hello).text.dropFirst().prefix(2) == expected)
    }

    @Test("order and GREASE don't show in JA4, the order of signature algorithms does")
    func order() {
        let schemes = Extension(SignatureAlgorithms(schemes: [.ecdsa_secp256r1_sha256, .rsa_pkcs1_sha256]))
        let others = Self.extensions([23, 35, 10], groups: [29])
        let hello = Self.hello(suites: [0xC02F, 0x1301], others + [schemes])
        let shuffled = Self.hello(
            suites: [0x1301, 0x0A0A, 0xC02F],
            [schemes] + Self.extensions([10, 0x1A1A, 35, 23], groups: [29])
        )
        #expect(JA4(hello) == JA4(shuffled))
        let greased = Extension(
            SignatureAlgorithms(
                schemes: [SignatureScheme(rawValue: 0x2A2A), .ecdsa_secp256r1_sha256, .rsa_pkcs1_sha256]
            )
        )
        #expect(JA4(Self.hello(suites: [0xC02F, 0x1301], others + [greased])) == JA4(hello))
        let turned = Extension(SignatureAlgorithms(schemes: [.rsa_pkcs1_sha256, .ecdsa_secp256r1_sha256]))
        #expect(JA4(Self.hello(suites: [0xC02F, 0x1301], others + [turned])) != JA4(hello))
    }

    /// The two lists are the description's own example, and so are their hashes.
    @Test("without signature algorithms the second hash is of the extensions alone")
    func noSchemes() {
        let types: [UInt16] = [
            0x001B, 0x0000, 0x0033, 0x0010, 0x4469, 0x0017, 0x002D, 0x000D, 0x0005, 0x0023, 0x0012, 0x002B, 0xFF01,
            0x000B,
            0x000A, 0x0015,
        ]
        let suites: [UInt16] = [
            0x1301, 0x1302, 0x1303, 0xC02B, 0xC02F, 0xC02C, 0xC030, 0xCCA9, 0xCCA8, 0xC013, 0xC014, 0x009C, 0x009D,
            0x002F,
            0x0035,
        ]
        let list = types.map { Extension(type: ExtensionType(rawValue: $0), data: []) }
        #expect(JA4(Self.hello(suites: suites, list)).text == "t12d151600_8daaf6152771_6d807ffa2a79")
    }

    @Test("no extensions and no suites give zeros; counts end at 99")
    func edges() {
        #expect(JA4(Self.hello(suites: [0x0A0A], nil)).text == "t12i000000_000000000000_000000000000")
        let sni = Extension(ServerNameList(hostName: "a.example"))
        #expect(JA4(Self.hello(suites: [], [sni])).text == "t12d000100_000000000000_000000000000")
        let many = JA4(Self.hello(suites: Array(0x1000..<0x1064), Self.extensions(Array(100..<250)))).text
        #expect(many.prefix(10) == "t12i999900")
    }
}
