import SecureChannel
import TLSParameters
import TLSWire
import Testing

@Suite("Fingerprints: of the hellos that opened the connection")
struct FingerprintTests {
    /// The first message of a direction, from the bytes of its legs.
    private func message(_ bytes: [UInt8]) throws -> HandshakeMessage {
        var records = RecordParser()
        var messages = HandshakeAssembler()
        records.append(bytes)
        while let record = try records.next() {
            messages.append(record.fragment)
            if let message = try messages.next() { return message }
        }
        throw WireError(offset: 0, kind: .truncated(needed: 1), field: "a first message")
    }

    private func bytes(_ end: End, _ direction: Direction) -> [UInt8] {
        end.context.legs.filter { $0.direction == direction }.flatMap(\.bytes)
    }

    @Test(arguments: [ProtocolVersion.tls12, .tls13])
    func bothEndsSeeWhatWentOverTheWire(_ version: ProtocolVersion) throws {
        let link = try Link(client: Fixtures.clientCredential([version]), server: Fixtures.serverCredential([version]))
        link.connect()
        try #require(link.isEstablished)
        let hello = try ClientHello(message(bytes(link.client, .sent)))
        let answer = try ServerHello(message(bytes(link.client, .received)))
        for end in [link.client, link.server] {
            let fingerprints = end.context.attributes.fingerprints
            #expect(fingerprints.ja3 == JA3(hello).hash)
            #expect(fingerprints.ja3Text == JA3(hello).text)
            #expect(fingerprints.ja4 == JA4(hello).text)
            #expect(fingerprints.ja4Raw == JA4(hello).raw)
            #expect(fingerprints.ja3s == JA3S(answer).hash)
            #expect(fingerprints.ja3sText == JA3S(answer).text)
        }
        #expect(link.client.context.attributes.fingerprints.ja4?.hasPrefix(version == .tls13 ? "t13d" : "t12d") == true)
    }

    /// Forty bytes a record.
    @Test func aHelloSplitOverRecordsIsTheSame() throws {
        let client = try Fixtures.clientCredential().acquire().makeContext(ContextOptions())
        let server = try Fixtures.serverCredential().acquire().makeContext()
        let hello = try message(client.start().token)
        var split = hello.records(version: .tls10, fragmentSize: 40)
        #expect(split.count > hello.bytes.count + 10)
        _ = server.step(&split)
        let fingerprints = server.attributes.fingerprints
        #expect(fingerprints.ja4 == JA4(try ClientHello(hello)).text)
        #expect(fingerprints.ja3s != nil)
        #expect(client.attributes.fingerprints.ja3s == nil)
    }

    @Test func aRenegotiationAndASecondHelloChangeNothing() throws {
        var credential = Fixtures.serverCredential([.tls12])
        let link = try Link(client: Fixtures.clientCredential([.tls12]), server: credential)
        link.connect()
        let before = link.client.context.attributes.fingerprints
        link.server.outbox += try link.server.context.renegotiate(.full)
        link.run()
        #expect(link.client.context.attributes.security.renegotiations == 1)
        #expect(link.client.context.attributes.fingerprints == before)
        #expect(link.server.context.attributes.fingerprints == before)

        credential = Fixtures.serverCredential([.tls13])
        credential.groups = [.secp384r1]
        let retried = try Link(client: Fixtures.clientCredential([.tls13]), server: credential)
        retried.connect()
        let attributes = retried.server.context.attributes
        try #require(attributes.protocol?.helloRetryRequest == true)
        let hello = try ClientHello(message(bytes(retried.client, .sent)))
        #expect(attributes.fingerprints.ja3 == JA3(hello).hash)
        #expect(attributes.fingerprints.ja3sText?.hasSuffix(",43-51") == true)
    }

    @Test func aRefusedClientHasThemToo() throws {
        let link = try Link(client: Fixtures.clientCredential([.tls12]), server: Fixtures.serverCredential([.tls13]))
        link.connect()
        try #require(!link.isEstablished)
        let fingerprints = link.server.context.attributes.fingerprints
        #expect(fingerprints.ja4?.hasPrefix("t12d") == true)
        #expect(fingerprints.ja3s == nil)
    }
}
