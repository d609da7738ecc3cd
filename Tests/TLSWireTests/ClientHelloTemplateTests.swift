import TLSParameters
import Testing

@testable import TLSWire

private let suites13 = [0x1301, 0x1302].map { CipherSuite(rawValue: $0) }
private let suites12 = [0xC02B, 0x002F].map { CipherSuite(rawValue: $0) }

private func types(_ template: ClientHelloTemplate) -> Set<ExtensionType> {
    Set((template.hello(random: counting(32)).extensions ?? []).map(\.type))
}

@Suite("Probe hellos")
struct ClientHelloTemplateTests {
    @Test("an SSL 3.0 hello has no extensions, the signalling suite, and its own record version")
    func ssl3() {
        var template = ClientHelloTemplate(versions: [.ssl3], cipherSuites: suites12, serverName: "a.test")
        template.alpn = ["h2"]
        let hello = template.hello(random: counting(32))
        #expect(hello.legacyVersion == .ssl3)
        #expect(hello.extensions == nil)
        #expect(hello.cipherSuites.last?.rawValue == 0x00FF)
        #expect(template.recordVersion == .ssl3)
    }

    @Test("a TLS 1.0 hello has neither signature_algorithms nor anything of TLS 1.3")
    func tls10() {
        let template = ClientHelloTemplate(versions: [.tls10], cipherSuites: suites12, serverName: "a.test")
        #expect(template.hello(random: []).legacyVersion == .tls10)
        #expect(
            types(template) == [
                .server_name, .encrypt_then_mac, .extended_master_secret, .renegotiation_info, .supported_groups,
                .ec_point_formats,
            ]
        )
    }

    @Test("without curves in its suites an old hello has no groups")
    func noCurves() {
        let suites = [CipherSuite(rawValue: 0x002F), CipherSuite(rawValue: 0x0033)]
        let template = ClientHelloTemplate(versions: [.tls12], cipherSuites: suites)
        #expect(!types(template).contains(.supported_groups))
        #expect(!types(template).contains(.ec_point_formats))
        #expect(types(template).contains(.signature_algorithms))
        #expect(!types(template).contains(.supported_versions))
    }

    @Test("a TLS 1.3 hello has what TLS 1.3 wants and nothing of its elders")
    func tls13() throws {
        let template = ClientHelloTemplate(versions: [.tls13], cipherSuites: suites13, alpn: ["h2"])
        #expect(
            types(template) == [
                .application_layer_protocol_negotiation, .supported_groups, .signature_algorithms,
                .supported_versions, .psk_key_exchange_modes, .key_share,
            ]
        )
        let hello = template.hello(random: counting(32))
        #expect(hello.legacyVersion == .tls12)
        #expect(hello.supportedVersions == [.tls13])
        #expect(hello.keyShareGroups == [])
        #expect(hello.groups.allSatisfy(HelloRules.isTLS13Group))
        #expect(!hello.groups.contains(.brainpoolP256r1))
        #expect(!hello.signatureSchemes.contains(.dsa_sha1))
    }

    @Test("a hello for both lists both, newest first")
    func both() {
        let template = ClientHelloTemplate(versions: [.tls12, .tls13], cipherSuites: suites13 + suites12)
        let hello = template.hello(random: counting(32))
        #expect(hello.supportedVersions == [.tls13, .tls12])
        #expect(types(template).isSuperset(of: [.key_share, .ec_point_formats, .renegotiation_info]))
        #expect(hello.groups.contains(.brainpoolP256r1))
    }

    @Test("groups that no offered version can use are left out")
    func groups() {
        var template = ClientHelloTemplate(
            versions: [.tls12],
            cipherSuites: suites12,
            groups: [.X25519MLKEM768, .x25519, .brainpoolP256r1, .brainpoolP256r1tls13]
        )
        #expect(template.hello(random: []).groups == [.x25519, .brainpoolP256r1])
        template.versions = [.tls13]
        #expect(template.hello(random: []).groups == [.X25519MLKEM768, .x25519, .brainpoolP256r1tls13])
    }

    static let names: [(String, String?)] = [
        ("a.test", "a.test"), ("a.test.", "a.test"), ("192.0.2.1", nil), ("2001:db8::1", nil), ("::1", nil), ("", nil),
        (".", nil), ("a b", nil), ("localhost", "localhost"), ("1.example", "1.example"), ("127.1", nil),
        (String(repeating: "a", count: 300), nil), ("xn--bcher-kva.example", "xn--bcher-kva.example"),
    ]

    @Test("only a DNS name is sent as SNI", arguments: names)
    func serverName(_ name: String, _ expected: String?) {
        let template = ClientHelloTemplate(versions: [.tls12], cipherSuites: suites12, serverName: name)
        #expect(template.hello(random: []).serverName == expected.map { PeerText($0) })
    }

    @Test("the same input gives the same bytes, and they are a hello in a record")
    func deterministic() throws {
        let template = ClientHelloTemplate(versions: [.tls12, .tls13], cipherSuites: suites13, serverName: "a.test")
        let bytes = template.record(random: counting(32), sessionID: counting(32))
        #expect(bytes == template.record(random: counting(32), sessionID: counting(32)))
        var parser = RecordParser()
        parser.append(bytes)
        let record = try #require(try parser.next())
        #expect(record.version == .tls10)
        let hello = try ClientHello(HandshakeMessage(bytes: record.fragment))
        #expect(hello.random == counting(32))
        #expect(hello.sessionID == counting(32))
        for element in hello.extensions ?? [] {
            #expect(throws: Never.self) { try element.decode(in: .clientHello) }
        }
    }

    @Test("a hello is never 256 to 511 bytes long, and its last extension never empty", arguments: 0..<80)
    func padding(count: Int) {
        let suites = (0..<count * 4).map { CipherSuite(rawValue: UInt16($0)) }
        for versions in [[.tls10], [.tls12], [.tls13], [.tls12, .tls13]] as [[ProtocolVersion]] {
            let template = ClientHelloTemplate(versions: versions, cipherSuites: suites, serverName: "a.test")
            let hello = template.hello(random: counting(32))
            #expect(!(256..<512).contains(hello.handshakeMessage().bytes.count))
            #expect(hello.extensions?.last?.data.isEmpty == false)
        }
    }

    @Test("options add their signals")
    func options() {
        var template = ClientHelloTemplate(versions: [.tls12], cipherSuites: suites12)
        template.isFallback = true
        template.secureRenegotiation = .signallingSuite
        template.offersSessionTicket = true
        template.requestsStatus = true
        template.requestsTimestamps = true
        let hello = template.hello(random: counting(40), sessionID: counting(40))
        #expect(hello.cipherSuites.suffix(2).map(\.rawValue) == [0x00FF, 0x5600])
        #expect(types(template).isSuperset(of: [.session_ticket, .status_request, .signed_certificate_timestamp]))
        #expect(!types(template).contains(.renegotiation_info))
        #expect(hello.random.count == 32)
        #expect(hello.sessionID.count == 32)
    }

    @Test("a throwaway share has the length that its group wants")
    func throwaway() throws {
        var known = 0
        for group in NamedGroup.all {
            guard let entry = KeyShareEntry.throwaway(for: group) else { continue }
            known += 1
            #expect(entry.group == group)
            if let lengths = group.facts?.keyShareLengths { #expect(entry.keyExchange.count == lengths.client) }
        }
        #expect(known == 16)
    }
}
