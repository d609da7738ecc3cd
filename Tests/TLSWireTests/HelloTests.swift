import TLSParameters
import Testing

@testable import TLSWire

private func message(_ vectors: [Vector], _ name: String) throws -> HandshakeMessage {
    let vector = try #require(vectors.first { $0.name == name }, "no vector \(name)")
    return try HandshakeMessage(bytes: vector.bytes)
}

@Suite("Hellos")
struct HelloTests {
    @Test("a TLS 1.3 client hello says what it offers")
    func clientHello13() throws {
        let hello = try ClientHello(message(RFC8448Vectors.all, "RFC 8448 ClientHello (section 3)"))
        #expect(hello.legacyVersion == .tls12)
        #expect(hello.cipherSuites.map(\.rawValue) == [0x1301, 0x1303, 0x1302])
        #expect(hello.serverName == PeerText("server"))
        #expect(hello.supportedVersions == [.tls13])
        #expect(hello.groups.first == .x25519)
        #expect(hello.groups.count == 9)
        #expect(hello.signatureSchemes.count == 15)
        #expect(hello.keyShareGroups == [.x25519])
        #expect(hello.alpn.isEmpty)
        #expect(hello.extensions?.duplicateTypes == [])
    }

    @Test("an older client hello offers its own version")
    func clientHello12() throws {
        let hello = try ClientHello(message(CapturedVectors.all, "TLS 1.2 ClientHello (tls12ecdhe)"))
        #expect(hello.supportedVersions == [.tls12])
        #expect(hello.serverName == PeerText("a.test"))
        #expect(hello.alpn == [PeerText("h2"), PeerText("http/1.1")])
        #expect(hello.keyShareGroups == nil)
    }

    @Test("duplicate and unknown extensions are kept and can be named")
    func duplicates() throws {
        let name = "ClientHello with GREASE, unknown and duplicate extensions"
        let hello = try ClientHello(message(HandBuiltVectors.messages, name))
        #expect(hello.extensions?.count == 5)
        #expect(hello.extensions?.duplicateTypes.map(\.rawValue) == [0x7F7F])
        #expect(hello.cipherSuites.first?.isGREASE == true)
    }

    @Test("absent and empty extension lists differ")
    func absence() throws {
        let none = "SSL 3.0 ClientHello without extensions"
        let empty = "ClientHello with an empty list of extensions"
        #expect(try ClientHello(message(HandBuiltVectors.messages, none)).extensions == nil)
        #expect(try ClientHello(message(HandBuiltVectors.messages, empty)).extensions == [])
    }

    @Test("a server hello says what it chose")
    func serverHello() throws {
        let hello = try ServerHello(message(RFC8448Vectors.all, "RFC 8448 ServerHello (section 3)"))
        #expect(hello.legacyVersion == .tls12)
        #expect(hello.selectedVersion == .tls13)
        #expect(hello.selectedGroup == .x25519)
        #expect(!hello.isHelloRetryRequest)
        #expect(hello.cipherSuite.rawValue == 0x1301)
        let old = try ServerHello(message(CapturedVectors.all, "TLS 1.1 ServerHello (tls11ecdhe)"))
        #expect(old.selectedVersion == .tls11)
        #expect(old.selectedGroup == nil)
    }

    @Test("a retry request is told from a server hello")
    func retry() throws {
        let retry = try ServerHello(message(RFC8448Vectors.all, "RFC 8448 HelloRetryRequest (section 5)"))
        #expect(retry.isHelloRetryRequest)
        #expect(retry.selectedVersion == .tls13)
        #expect(retry.selectedGroup == .secp256r1)
        #expect(try retry.extensions?.decode(Cookie.self)?.cookie.count == 114)
        let captured = try ServerHello(message(CapturedVectors.all, "TLS 1.3 ServerHello (tls13hrr)"))
        #expect(captured.isHelloRetryRequest)
        #expect(captured.selectedGroup == .secp384r1)
    }

    @Test("the downgrade marker is read from the random")
    func downgrade() throws {
        // A server that can do TLS 1.3 negotiated less with these clients.
        let tls10 = try ServerHello(message(CapturedVectors.all, "TLS 1.0 ServerHello (tls10)"))
        #expect(tls10.downgradeSentinel == .tls11OrBelow)
        let tls12 = try ServerHello(message(CapturedVectors.all, "TLS 1.2 ServerHello (tls12ecdhe)"))
        #expect(tls12.downgradeSentinel == .tls12)
        let tls13 = try ServerHello(message(RFC8448Vectors.all, "RFC 8448 ServerHello (section 3)"))
        #expect(tls13.downgradeSentinel == nil)
    }

    @Test("the hello that answers a retry echoes the cookie and keeps the rest")
    func answer() throws {
        let first = try ClientHello(message(RFC8448Vectors.all, "RFC 8448 ClientHello (section 5)"))
        let second = try ClientHello(message(RFC8448Vectors.all, "RFC 8448 second ClientHello (section 5)"))
        let retry = try ServerHello(message(RFC8448Vectors.all, "RFC 8448 HelloRetryRequest (section 5)"))
        let shares = try #require(try second.extensions?.decode(ClientKeyShares.self)).entries
        let answer = first.answering(retry, keyShares: shares)
        let expected = Set((second.extensions ?? []).filter { $0.type != .padding })
        #expect(Set(answer.extensions ?? []) == expected)
        #expect(answer.random == first.random)
    }
}
