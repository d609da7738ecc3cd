import TLSParameters
import Testing

@testable import TLSWire

@Suite("Handshake messages over records")
struct HandshakeAssemblerTests {
    private let messages = [
        HandshakeMessage(type: .server_hello, body: counting(70)),
        HandshakeMessage(type: .server_hello_done, body: []),
        HandshakeMessage(type: .certificate, body: counting(20_000)),
    ]

    @Test("messages come out the same however they are cut", arguments: [1, 3, 4, 5, 1_000, 16_384, 30_000])
    func cuts(size: Int) throws {
        let stream = messages.flatMap(\.bytes)
        var assembler = HandshakeAssembler()
        var found: [HandshakeMessage] = []
        for start in stride(from: 0, to: stream.count, by: size) {
            assembler.append(Array(stream[start..<min(start + size, stream.count)]))
            while let message = try assembler.next() { found.append(message) }
        }
        #expect(found == messages)
        #expect(assembler.missing == nil)
        #expect(assembler.consumed == stream.count)
    }

    @Test("the assembler says what it waits for")
    func missing() throws {
        var assembler = HandshakeAssembler()
        assembler.append([11])
        #expect(assembler.missing == 3)
        #expect(assembler.pendingType == .certificate)
        assembler.append([0, 1, 0, 9])
        #expect(try assembler.next() == nil)
        #expect(assembler.missing == 255)
    }

    @Test("a message of 16 MiB is refused when its header is seen, for good")
    func cap() {
        var assembler = HandshakeAssembler()
        assembler.append([11, 0xFF, 0xFF, 0xFF])
        let expected = WireError(
            offset: 1,
            kind: .tooLarge(claimed: 0xFFFFFF, limit: 1 << 20),
            field: "Handshake.length"
        )
        #expect(throws: expected) { try assembler.next() }
        assembler.append([14, 0, 0, 0])
        #expect(throws: expected) { try assembler.next() }
        #expect(assembler.missing == nil)
    }

    @Test("the cap is a parameter")
    func capParameter() throws {
        var assembler = HandshakeAssembler(maximumMessageSize: 1)
        assembler.append([24, 0, 0, 1, 0])
        #expect(try assembler.next()?.type == .key_update)
        assembler.append([11, 0, 0, 2])
        #expect(throws: WireError(offset: 6, kind: .tooLarge(claimed: 2, limit: 1), field: "Handshake.length")) {
            try assembler.next()
        }
    }

    @Test("a body of the wrong type is refused")
    func wrongType() {
        let message = HandshakeMessage(type: .server_hello, body: counting(70))
        #expect(throws: WireError(offset: 0, kind: .illegalValue(2), field: "Handshake.msg_type")) {
            try ClientHello(message)
        }
        #expect(throws: WireError.self) { try CertificateMessage(message, version: .tls13) }
    }
}
