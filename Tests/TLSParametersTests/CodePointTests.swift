import TLSParameters
import Testing

@Suite("Registries of code points")
struct CodePointTests {
    /// Every named value is found by its name, names and numbers are unique, and every other value prints as hex.
    private func check<Point: CodePoint>(_ type: Point.Type, count: Int) {
        let all = Point.all
        #expect(all.count == count, "\(type)")
        #expect(all.map(\.rawValue) == all.map(\.rawValue).sorted(), "\(type) ascends")
        #expect(Set(all.map { $0.name.lowercased() }).count == all.count, "\(type) names are unique")
        for point in all {
            #expect(Point(named: point.name) == point)
            #expect(Point(named: point.name.uppercased()) == point)
            #expect(Point(named: point.codePointText) == point)
            #expect(point.name.utf8.allSatisfy { (0x21...0x7e).contains($0) })
        }
        let named = Set(all)
        for raw in Point.RawValue.min...Point.RawValue.max {
            let point = Point(rawValue: raw)
            #expect((point.registeredName != nil) == named.contains(point))
            if point.registeredName == nil { #expect(point.name == point.codePointText) }
        }
        #expect(Point(named: "no such name") == nil)
        #expect(Point(named: "0x") == nil)
        #expect(Point(named: "0x123456789") == nil)
        #expect(Point(named: "") == nil)
    }

    @Test("names round trip and the unknown prints as hex, in the registries of one byte")
    func bytes() {
        check(AlertDescription.self, count: 37)
        check(AlertLevel.self, count: 2)
        check(CertificateStatusType.self, count: 2)
        check(CertificateType.self, count: 4)
        check(ClientCertificateType.self, count: 14)
        check(CompressionMethod.self, count: 3)
        check(ContentType.self, count: 8)
        check(ECCurveType.self, count: 3)
        check(ECPointFormat.self, count: 3)
        check(HandshakeType.self, count: 27)
        check(HashAlgorithm.self, count: 8)
        check(HeartbeatMessageType.self, count: 2)
        check(HeartbeatMode.self, count: 2)
        check(KeyUpdateRequest.self, count: 2)
        check(MaxFragmentLength.self, count: 4)
        check(PSKKeyExchangeMode.self, count: 2)
        check(SSL2MessageType.self, count: 9)
        check(ServerNameType.self, count: 1)
        check(SignatureAlgorithm.self, count: 8)
    }

    @Test("all named values of two bytes, and the width of the unknown")
    func words() {
        for type in [ExtensionType.self, NamedGroup.self, SignatureScheme.self] as [any CodePoint.Type] {
            checkNames(type)
        }
        #expect(ExtensionType(rawValue: 0x1234).name == "0x1234")
        #expect(NamedGroup(rawValue: 0x00ff).name == "0x00FF")
        #expect(SignatureScheme(rawValue: 0xfe0b).name == "0xFE0B")
        #expect(AlertDescription(rawValue: 7).name == "0x07")
        #expect(CertificateCompressionAlgorithm.zstd.codePointText == "0x0003")
        #expect(SSL2ErrorCode.no_cipher.rawValue == 1)
    }

    private func checkNames<Point: CodePoint>(_ type: Point.Type) {
        let all = Point.all
        #expect(all.count > 50)
        #expect(Set(all.map { $0.name.lowercased() }).count == all.count)
        for point in all { #expect(Point(named: point.name) == point) }
    }

    @Test("constants have the numbers of their RFCs")
    func constants() {
        // RFC 8446, section 6; RFC 7301, section 3.2; RFC 9849, section 11.2.
        #expect(AlertDescription.handshake_failure.rawValue == 40)
        #expect(AlertDescription.no_application_protocol.rawValue == 120)
        #expect(AlertDescription.ech_required.rawValue == 121)
        #expect(AlertDescription.handshake_failure.name == "handshake_failure")
        // RFC 8446, section 4.2; RFC 5746, section 3.2.
        #expect(ExtensionType.supported_versions.rawValue == 43)
        #expect(ExtensionType.key_share.rawValue == 51)
        #expect(ExtensionType.renegotiation_info.rawValue == 0xff01)
        #expect(ExtensionType.next_protocol_negotiation.rawValue == 0x3374)
        #expect(ExtensionType.encrypted_client_hello.rawValue == 0xfe0d)
        // draft-ietf-tls-ecdhe-mlkem, section 5.
        #expect(NamedGroup.X25519MLKEM768.rawValue == 0x11ec)
        #expect(SignatureScheme.mldsa65.rawValue == 0x0905)
        #expect(SignatureScheme.rsa_pss_rsae_sha256.rawValue == 0x0804)
        #expect(HandshakeType.message_hash.rawValue == 254)
        #expect(ContentType.application_data.rawValue == 23)
    }

    @Test("a TLS 1.2 pair of hash and signature is a scheme")
    func pairs() {
        let scheme = SignatureScheme(hash: .sha1, signature: .ecdsa)
        #expect(scheme == .ecdsa_sha1)
        #expect(scheme.hash == .sha1)
        #expect(scheme.signature == .ecdsa)
        #expect(SignatureScheme(hash: .md5, signature: .rsa).name == "rsa_pkcs1_md5")
    }

    @Test("exactly the sixteen values of RFC 8701 are GREASE")
    func grease() {
        let values = (UInt16.min...UInt16.max).filter { NamedGroup(rawValue: $0).isGREASE }
        #expect(values.count == 16)
        #expect(values.first == 0x0a0a)
        #expect(values.last == 0xfafa)
        for value in values {
            #expect(CipherSuite(rawValue: value).isGREASE)
            #expect(ExtensionType(rawValue: value).isGREASE)
            #expect(SignatureScheme(rawValue: value).isGREASE)
            #expect(CipherSuite(rawValue: value).facts == nil)
            #expect(NamedGroup(rawValue: value).facts == nil)
        }
        #expect(CipherSuite(rawValue: 0x1a1a).name == "GREASE_0x1A1A")
        #expect(!CipherSuite(rawValue: 0x0a1a).isGREASE)
    }
}
