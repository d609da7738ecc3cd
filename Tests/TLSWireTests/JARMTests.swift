import TLSParameters
import Testing

@testable import TLSWire

@Suite("JARM")
struct JARMTests {
    @Test("ten hellos, each its own, that can be read again")
    func probes() throws {
        let probes = JARM.probes(serverName: "a.example", random: counting(64))
        #expect(probes.count == JARM.probeCount)
        #expect(Set(probes.map(\.bytes)).count == 10)
        #expect(Set(probes.map(\.id)).count == 10)
        for probe in probes {
            var records = RecordParser()
            records.append(probe.bytes)
            let record = try #require(try records.next())
            #expect(record.version == probe.recordVersion)
            #expect(try ClientHello(HandshakeMessage(bytes: record.fragment)) == probe.hello)
            #expect(probe.hello.serverName == PeerText("a.example"))
            #expect(probe.hello.random == counting(32))
        }
    }

    @Test("suites are arranged as JARM says")
    func orders() {
        let hellos = JARM.probes(serverName: nil).map(\.hello.cipherSuites)
        let list = JARM.suites
        #expect(list.count == 69)
        #expect(hellos[0] == list)
        #expect(hellos[1] == list.reversed())
        #expect(hellos[2].count == 35 && hellos[2].first == list[34] && hellos[2].last == list[0])
        #expect(hellos[3] == Array(list[35...]))
        #expect(hellos[4].count == 70 && hellos[4][0].isGREASE)
        #expect(Array(hellos[4][1...4]) == [list[34], list[35], list[33], list[36]])
        #expect(hellos[8].count == 64 && !hellos[8].contains { $0.rawValue >> 8 == 0x13 })
    }

    @Test("an address is no server name", arguments: ["192.0.2.1", "2001:db8::1", "", nil])
    func address(_ name: String?) {
        for probe in JARM.probes(serverName: name) { #expect(probe.hello.extensions?.first(.server_name) == nil) }
    }

    @Test("no answers, no ServerHellos: zeros")
    func empty() {
        #expect(JARM.fingerprint(of: []) == JARM.emptyFingerprint)
        #expect(JARM.fingerprint(of: Array(repeating: .empty, count: 10)) == String(repeating: "0", count: 62))
    }

    static func hello(_ suite: UInt16, _ extensions: [Extension]?, version: ProtocolVersion = .tls12) -> ServerHello {
        ServerHello(
            legacyVersion: version,
            random: counting(32),
            cipherSuite: CipherSuite(rawValue: suite),
            extensions: extensions
        )
    }

    /// Computed with the hash of the PyPI package pyjarm 0.0.5 from the same ten answers.
    @Test("the fingerprint of made-up answers")
    func fingerprint() {
        let alpn = Extension(ApplicationProtocols(names: [PeerText("h2")]))
        let renegotiation = Extension(RenegotiationInfo())
        let answers: [JARM.Answer] = [
            .serverHello(Self.hello(0xC02F, [renegotiation, alpn])),
            .serverHello(Self.hello(0x0004, nil, version: .tls10)),
            .empty,
            .serverHello(Self.hello(0xFFFF, [], version: .ssl3)),
            .empty,
            .serverHello(Self.hello(0x0035, [renegotiation], version: .tls11)),
            .serverHello(Self.hello(0x1301, [Extension(SelectedVersion(version: .tls13))])),
            .empty, .empty,
            .serverHello(Self.hello(0x1305, [alpn])),
        ]
        #expect(JARM.fingerprint(of: answers) == "29d01b00046a00008c41d00000045d512cc1f79164868e54f77db01f7ef84f")
        // A missing answer is an empty one, and an eleventh changes nothing.
        #expect(JARM.fingerprint(of: Array(answers.prefix(9))) == JARM.fingerprint(of: answers.dropLast() + [.empty]))
        #expect(JARM.fingerprint(of: answers + answers) == JARM.fingerprint(of: answers))
    }

    @Test("ALPN that is empty or no UTF-8 voids the answer, and so does a version without a letter")
    func oddities() {
        for data: [UInt8] in [[], [0, 2, 1, 0xFF]] {
            let alpn = Extension(type: .application_layer_protocol_negotiation, data: data)
            let answers: [JARM.Answer] = [
                .serverHello(Self.hello(0xC02F, [alpn])), .serverHello(Self.hello(0xC030, nil)),
            ]
            #expect(JARM.fingerprint(of: answers).hasPrefix("0002ad000"))
        }
        let strange = Self.hello(0xC02F, nil, version: ProtocolVersion(rawValue: 0x0306))
        #expect(JARM.fingerprint(of: [.serverHello(strange)]) == JARM.emptyFingerprint)
    }

    @Test("only the first message of an answer counts")
    func rawAnswers() {
        let hello = Self.hello(0xC02F, nil)
        let record = hello.record(version: .tls12)
        #expect(JARM.Answer(bytes: record) == .serverHello(hello))
        #expect(JARM.Answer(bytes: record + hex("1503030002 0228")) == .serverHello(hello))
        #expect(JARM.Answer(bytes: hex("1503030002 0170") + record) == .empty)
        #expect(JARM.Answer(bytes: hex("1503030002 0228")) == .empty)
        #expect(JARM.Answer(bytes: Array(record.dropLast())) == .empty)
        #expect(JARM.Answer(bytes: Array("HTTP/1.1 400 Bad Request\r\n".utf8)) == .empty)
        #expect(JARM.Answer(bytes: []) == .empty)
        let split = hello.handshakeMessage().records(version: .tls12, fragmentSize: 10)
        #expect(JARM.Answer(bytes: split) == .serverHello(hello))
    }
}
