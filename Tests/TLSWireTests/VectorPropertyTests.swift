import TLSParameters
import Testing

@testable import TLSWire

private let vectors =
    RFC8448Vectors.all + CapturedVectors.all + HandBuiltVectors.messages + HandBuiltVectors.records
    + HandBuiltVectors.ssl2 + ExtensionVectors.all

/// What holds for every vector, whatever it is.
@Suite("Every vector")
struct VectorPropertyTests {
    @Test("decodes and encodes to the same bytes", arguments: vectors)
    func roundTrip(_ vector: Vector) throws {
        #expect(try vector.roundTrip().hexText == vector.bytes.hexText)
    }

    @Test("throws for every proper prefix", arguments: vectors)
    func prefixes(_ vector: Vector) {
        for length in 0..<vector.bytes.count {
            let error = #expect(throws: WireError.self, "prefix of \(length) bytes") {
                try vector.roundTrip(Array(vector.bytes[..<length]))
            }
            #expect((error?.offset ?? .max) <= length)
        }
    }

    @Test("says where one extra byte begins", arguments: vectors)
    func extraByte(_ vector: Vector) {
        let expected = WireError(offset: vector.bytes.count, kind: .trailingBytes(count: 1))
        let error = #expect(throws: WireError.self) { try vector.roundTrip(vector.bytes + [0]) }
        #expect(error?.kind == expected.kind)
        #expect(error?.offset == expected.offset)
    }

    /// Small vectors with every value at every position, large ones with the values that lengths turn on.
    @Test("never traps when a byte is corrupted, and stays faithful if it still decodes", arguments: vectors)
    func corruption(_ vector: Vector) {
        let telling: [UInt8] = [0, 1, 2, 3, 0x7F, 0x80, 0xFE, 0xFF]
        let values = vector.bytes.count <= 80 ? Array(0...255) : telling
        for position in vector.bytes.indices {
            var bytes = vector.bytes
            for value in values + [bytes[position] &+ 1, bytes[position] &- 1] {
                bytes[position] = value
                if let again = try? vector.roundTrip(bytes), again != bytes {
                    Issue.record("byte \(position) = \(value): \(again.hexText) from \(bytes.hexText)")
                }
            }
        }
    }

    @Test("has a body that says where an extra byte begins, if the lengths around it allow one", arguments: vectors)
    func extraByteInBody(_ vector: Vector) throws {
        guard case .handshake = vector.form else { return }
        var message = try HandshakeMessage(bytes: vector.bytes)
        // Opaque bodies take any length, and a hello without extensions takes the byte for their length.
        let isOpenEnded = message.type == .finished || vector.name.contains("unknown suite")
        let isBareHello = vector.name.contains("without extensions")
        guard !isOpenEnded, !isBareHello else { return }
        message.body.append(0)
        if vector.name.hasPrefix("TLS 1.0 ClientHello") || vector.name.hasPrefix("TLS 1.0 ServerHello") { return }
        let error = #expect(throws: WireError.self) { try vector.roundTrip(message.bytes) }
        #expect(error?.kind == .trailingBytes(count: 1))
        #expect(error?.offset == vector.bytes.count)
    }
}
