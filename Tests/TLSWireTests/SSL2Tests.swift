import TLSParameters
import Testing

@testable import TLSWire

@Suite("SSL 2.0")
struct SSL2Tests {
    private func record(_ name: String) throws -> SSL2Record {
        let vector = try #require(HandBuiltVectors.ssl2.first { $0.name == name })
        var reader = ByteReader(vector.bytes)
        return try SSL2Record(parsing: &reader)
    }

    @Test("a client hello offers kinds")
    func clientHello() throws {
        let hello = try SSL2ClientHello(record("SSL 2.0 CLIENT-HELLO, 2-byte header"))
        #expect(hello.version == .ssl2)
        #expect(hello.cipherKinds.count == 8)
        #expect(hello.cipherKinds.first?.rawValue == 0x010080)
        #expect(hello.cipherSuites.isEmpty)
        #expect(hello.challenge == counting(16))
    }

    @Test("a hello for a later version offers suites and right-justifies its challenge")
    func laterVersion() throws {
        let hello = try SSL2ClientHello(record("SSL 2.0 format hello for TLS 1.2"))
        #expect(hello.version == .tls12)
        #expect(hello.cipherSuites.map(\.rawValue) == [0x002F, 0x00FF])
        #expect(hello.random == [UInt8](repeating: 0, count: 16) + counting(16))
        let built = SSL2ClientHello(version: .tls12, cipherSuites: hello.cipherSuites, challenge: counting(16))
        #expect(built == hello)
    }

    @Test("padding of a 3-byte header is no part of the message")
    func padding() throws {
        let padded = try record("SSL 2.0 CLIENT-HELLO with a session, 3-byte header and padding")
        #expect(padded.padding == 4)
        #expect(try SSL2ClientHello(padded).sessionID == counting(16))
        var reader = ByteReader(hex("0002 03 aabb"))
        #expect(throws: WireError(offset: 2, kind: .badLength(3), field: "SSL2Record.padding")) {
            try SSL2Record(parsing: &reader)
        }
    }

    @Test("a server hello has one certificate and its kinds")
    func serverHello() throws {
        let hello = try SSL2ServerHello(record("SSL 2.0 SERVER-HELLO"))
        #expect(hello.certificate == hex("3003020100"))
        #expect(hello.cipherKinds.map(\.rawValue) == [0x010080, 0x0700C0])
        #expect(!hello.sessionIDHit)
        #expect(try SSL2ServerHello(record("SSL 2.0 SERVER-HELLO on a session hit")).sessionIDHit)
        #expect(throws: WireError.self) { try SSL2ServerHello(record("SSL 2.0 ERROR")) }
        #expect(try SSL2Error(record("SSL 2.0 ERROR")).errorCode == .no_cipher)
    }

    @Test("a master key has its lengths first and its data in the same order")
    func clientMasterKey() throws {
        let bytes = hex("02 020080 000b 0003 0000") + counting(11) + hex("aabbcc")
        let message = try SSL2ClientMasterKey(bytes: bytes)
        #expect(message.cipherKind == .SSL_CK_RC4_128_EXPORT40_WITH_MD5)
        #expect(message.clearKey == counting(11) && message.encryptedKey == hex("aabbcc"))
        #expect(message.keyArgument.isEmpty)
        #expect(message.bytes == bytes)
        let expected = WireError(offset: 10, kind: .truncated(needed: 1), field: "CLIENT-MASTER-KEY.CLEAR-KEY-DATA")
        #expect(throws: expected) { try SSL2ClientMasterKey(bytes: Array(bytes.prefix(20))) }
    }

    @Test("what proves the keys reaches to the end of the record")
    func finished() throws {
        let id = counting(16)
        #expect(try SSL2ClientFinished(bytes: [3] + id).connectionID == id)
        #expect(try SSL2ServerVerify(bytes: [5] + id).challenge == id)
        #expect(try SSL2ServerFinished(bytes: [6] + id).sessionID == id)
        #expect(SSL2ClientFinished(connectionID: id).bytes == [3] + id)
        #expect(SSL2ServerVerify(challenge: id).bytes == [5] + id)
        #expect(SSL2ServerFinished(sessionID: id).bytes == [6] + id)
        #expect(throws: WireError.self) { try SSL2ClientFinished(bytes: [5] + id) }
        #expect(throws: WireError.self) { try SSL2ServerVerify(bytes: []) }
    }

    @Test("a certificate is asked for with a challenge and given with a response")
    func clientCertificate() throws {
        let request = try SSL2RequestCertificate(bytes: hex("0701") + counting(16))
        #expect(request.authenticationType == SSL2RequestCertificate.md5WithRSA && request.challenge == counting(16))
        #expect(request.bytes == hex("0701") + counting(16))
        #expect(throws: WireError.self) { try SSL2RequestCertificate(bytes: [7]) }
        let bytes = hex("08 01 0005 0002 3003020100 abcd")
        let certificate = try SSL2ClientCertificate(bytes: bytes)
        #expect(certificate.certificateType == SSL2ServerHello.x509)
        #expect(certificate.certificate == hex("3003020100") && certificate.response == hex("abcd"))
        #expect(certificate.bytes == bytes)
        let expected = WireError(offset: 13, kind: .trailingBytes(count: 1), field: "SSL2 message")
        #expect(throws: expected) { try SSL2ClientCertificate(bytes: bytes + [0]) }
    }

    @Test("a kinds length that is no multiple of three is refused where it stands")
    func kindsLength() {
        let data = hex("01 0002 0004 0000 0010 01008000") + counting(16)
        let expected = WireError(offset: 3, kind: .badLength(4), field: "CLIENT-HELLO.CIPHER-SPECS-LENGTH")
        #expect(throws: expected) { try SSL2ClientHello(SSL2Record(data: data)) }
    }

    @Test("the header tells the record's length")
    func totalLength() {
        #expect(SSL2Record.totalLength(of: [0x80]) == nil)
        #expect(SSL2Record.totalLength(of: [0xFF, 0xFF]) == 2 + 32_767)
        #expect(SSL2Record.totalLength(of: [0x7F, 0xFF]) == 3 + 16_383)
    }
}
