import TLSParameters
import Testing

@testable import TLSWire

private func keyExchange(_ name: String, suite: UInt16, version: ProtocolVersion) throws -> ServerKeyExchange {
    let vectors = CapturedVectors.all + HandBuiltVectors.messages
    let vector = try #require(vectors.first { $0.name == name }, "no vector \(name)")
    let message = try HandshakeMessage(bytes: vector.bytes)
    return try ServerKeyExchange(message, suite: CipherSuite(rawValue: suite), version: version)
}

@Suite("Server key exchange")
struct ServerKeyExchangeTests {
    @Test("ECDHE names its group and is signed with a scheme from TLS 1.2 on")
    func ecdhe() throws {
        let new = try keyExchange("TLS 1.2 ServerKeyExchange (tls12ecdhe)", suite: 0xC02B, version: .tls12)
        #expect(new.group == .x25519)
        #expect(new.signed?.scheme == .ecdsa_secp256r1_sha256)
        let old = try keyExchange("TLS 1.1 ServerKeyExchange (tls11ecdhe)", suite: 0xC013, version: .tls11)
        #expect(old.group == .x25519)
        #expect(old.signed != nil)
        #expect(old.signed?.scheme == nil)
    }

    @Test("DHE tells its size")
    func dhe() throws {
        for (name, suite, version) in [
            ("TLS 1.2 ServerKeyExchange (tls12dhe)", 0x0033, ProtocolVersion.tls12),
            ("TLS 1.0 ServerKeyExchange (tls10dhe)", 0x0033, .tls10),
            ("TLS 1.2 ServerKeyExchange (tls12adh)", 0x0034, .tls12),
        ] {
            let message = try keyExchange(name, suite: UInt16(suite), version: version)
            guard case .dhe(let parameters) = message.parameters else {
                Issue.record("\(name) is not DHE")
                continue
            }
            #expect(parameters.bits == 1_024)
            #expect((message.signed == nil) == (suite == 0x0034))
        }
    }

    @Test("anonymous and PSK forms have no signature, PSK forms a hint")
    func unsigned() throws {
        let anonymous = try keyExchange("TLS 1.2 ServerKeyExchange (tls12aecdh)", suite: 0xC018, version: .tls12)
        #expect(anonymous.group == .x25519)
        #expect(anonymous.signed == nil)
        let psk = try keyExchange("TLS 1.2 ServerKeyExchange (tls12psk)", suite: 0x008C, version: .tls12)
        #expect(psk.pskIdentityHint == PeerText("hint"))
        #expect(psk.parameters == .none)
        let dhePSK = try keyExchange("TLS 1.2 ServerKeyExchange (tls12dhepsk)", suite: 0x0090, version: .tls12)
        #expect(dhePSK.pskIdentityHint == PeerText("hint"))
        let ecdhePSK = try keyExchange("TLS 1.2 ServerKeyExchange (tls12ecdhepsk)", suite: 0xC035, version: .tls12)
        #expect(ecdhePSK.pskIdentityHint == PeerText(""))
        #expect(ecdhePSK.group == .x25519)
    }

    @Test("export RSA, SRP and explicit curves are read")
    func rare() throws {
        let export = try keyExchange("ServerKeyExchange with an export RSA key", suite: 0x0003, version: .ssl3)
        #expect(export.parameters == .rsa(RSAParameters(modulus: hex("c0ffee01"), exponent: hex("010001"))))
        let srp = try keyExchange("ServerKeyExchange of SRP without a signature", suite: 0xC01D, version: .tls12)
        #expect(srp.signed == nil)
        let name = "ServerKeyExchange with an explicit prime curve"
        let explicit = try keyExchange(name, suite: 0xC013, version: .tls12)
        #expect(explicit.group == nil)
        guard case .ecdhe(let ecdhe) = explicit.parameters, case .explicitPrime(let prime, _) = ecdhe.curve else {
            Issue.record("not an explicit prime curve")
            return
        }
        #expect(prime == hex("fffb"))
    }

    @Test("bits are counted without leading zeros")
    func bits() {
        #expect(significantBits([]) == 0)
        #expect(significantBits([0, 0]) == 0)
        #expect(significantBits([0, 1, 0]) == 9)
        #expect(significantBits([0xFF]) == 8)
    }
}

@Suite("Other messages")
struct MessageTests {
    private func captured(_ name: String) throws -> HandshakeMessage {
        let vector = try #require((RFC8448Vectors.all + CapturedVectors.all).first { $0.name == name })
        return try HandshakeMessage(bytes: vector.bytes)
    }

    @Test("certificates come out as DER in both forms")
    func certificates() throws {
        let old = try CertificateMessage(captured("TLS 1.2 Certificate (tls12ecdhe)"), version: .tls12)
        #expect(old.requestContext == nil)
        #expect(old.certificates.map { $0.prefix(2) } == [[0x30, 0x82]])
        let new = try CertificateMessage(captured("TLS 1.3 Certificate (tls13)"), version: .tls13)
        #expect(new.requestContext == [])
        #expect(new.certificates == old.certificates)
        let stapled = try new.entries.first?.extensions.decode(StapledStatus.self)
        #expect(stapled?.status == .ocsp(hex("30030a0101")))
    }

    @Test("a certificate request says what is accepted, in all three forms")
    func certificateRequests() throws {
        let tls11 = try CertificateRequest(captured("TLS 1.1 CertificateRequest (tls11creq)"), version: .tls11)
        #expect(tls11.signatureSchemes == nil)
        let tls12 = try CertificateRequest(captured("TLS 1.2 CertificateRequest (tls12ecdhe)"), version: .tls12)
        #expect(tls12.signatureSchemes?.contains(.ecdsa_secp256r1_sha256) == true)
        let tls13 = try CertificateRequest(captured("TLS 1.3 CertificateRequest (tls13)"), version: .tls13)
        #expect(tls13.signatureSchemes?.contains(.ecdsa_secp256r1_sha256) == true)
        #expect(tls13.authorities.isEmpty)
    }

    @Test("tickets tell their lifetime in both forms")
    func tickets() throws {
        let old = try NewSessionTicket(captured("TLS 1.0 NewSessionTicket (tls10)"), version: .tls10)
        #expect(old.lifetime == 7_200)
        #expect(old.tls13 == nil)
        let new = try NewSessionTicket(captured("TLS 1.3 NewSessionTicket (tls13)"), version: .tls13)
        #expect(new.lifetime == 7_200)
        #expect(new.tls13?.nonce.count == 8)
        #expect(new.maximumEarlyData == 1_024)
    }

    @Test("encrypted extensions carry the chosen protocol")
    func encryptedExtensions() throws {
        let message = try EncryptedExtensions(captured("TLS 1.3 EncryptedExtensions (tls13)"))
        #expect(message.alpn == PeerText("h2"))
    }

    @Test("a key update is 0 or 1")
    func keyUpdate() {
        let message = HandshakeMessage(type: .key_update, body: [2])
        #expect(throws: WireError(offset: 4, kind: .illegalValue(2), field: "KeyUpdate.request_update")) {
            try KeyUpdate(message)
        }
    }

    @Test("padding must be zero, an empty ALPN name is refused")
    func strictness() {
        let padding = Extension(type: .padding, data: [0, 0, 1])
        #expect(throws: WireError(offset: 2, kind: .illegalValue(1), field: "padding")) {
            try padding.decode(Padding.self)
        }
        let alpn = Extension(type: .application_layer_protocol_negotiation, data: hex("0003 01 61 00"))
        #expect(throws: WireError(offset: 4, kind: .badLength(0), field: "ALPN.ProtocolName")) {
            try alpn.decode(ApplicationProtocols.self)
        }
    }
}
