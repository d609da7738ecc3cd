import Testing

@testable import TLSWire

@Suite("Readers and writers")
struct ByteReaderTests {
    @Test("integers are big-endian and report what is missing")
    func integers() throws {
        var reader = ByteReader(hex("01 0203 040506 0708090a 0b0c0d0e0f101112 ff"), offset: 100)
        #expect(try reader.readUInt8() == 1)
        #expect(try reader.readUInt16() == 0x0203)
        #expect(try reader.readUInt24() == 0x040506)
        #expect(try reader.readUInt32() == 0x0708_090A)
        #expect(try reader.readUInt64() == 0x0B0C_0D0E_0F10_1112)
        #expect(reader.remaining == 1)
        let error = #expect(throws: WireError.self) { try reader.readUInt32("field") }
        #expect(error == WireError(offset: 118, kind: .truncated(needed: 3), field: "field"))
    }

    @Test("a child can't see past its vector, and its parent goes on behind it")
    func children() throws {
        var reader = ByteReader(hex("02 aabb 0001 cc dd"))
        var child = try reader.readVector(.one)
        #expect(child.readRest() == [0xAA, 0xBB])
        #expect(throws: WireError(offset: 3, kind: .truncated(needed: 1), field: "x")) { try child.readUInt8("x") }
        var second = try reader.readVector(.two)
        #expect(throws: WireError(offset: 5, kind: .truncated(needed: 1), field: "")) { try second.readUInt16() }
        #expect(throws: WireError(offset: 5, kind: .trailingBytes(count: 1), field: "y")) { try second.finish("y") }
        #expect(try reader.readUInt8() == 0xDD)
        try reader.finish()
    }

    @Test("a vector's length is judged at its length field")
    func lengths() {
        var reader = ByteReader(hex("03 aabbcc"))
        #expect(throws: WireError(offset: 0, kind: .badLength(3), field: "f")) {
            try reader.readVector(.one, element: 2, "f")
        }
        var short = ByteReader(hex("00"))
        #expect(throws: WireError(offset: 0, kind: .badLength(0), field: "f")) {
            try short.readVector(.one, minimum: 1, "f")
        }
        var long = ByteReader(hex("21") + counting(33))
        #expect(throws: WireError(offset: 0, kind: .badLength(33), field: "f")) {
            try long.readOpaque(.one, maximum: 32, "f")
        }
        var claim = ByteReader(hex("ffffff aa"))
        #expect(throws: WireError(offset: 3, kind: .truncated(needed: 0xFFFFFE), field: "f")) {
            try claim.readOpaque(.three, "f")
        }
    }

    @Test("a writer cuts what its length field can't say, and says so")
    func overflow() {
        var writer = ByteWriter()
        writer.writeOpaque(.one, counting(300))
        #expect(writer.bytes.count == 256)
        #expect(writer.bytes.first == 0xFF)
        #expect(writer.overflowed)
        var fitting = ByteWriter()
        fitting.writeOpaque(.two, counting(300))
        #expect(!fitting.overflowed)
        #expect(fitting.bytes.prefix(2) == [0x01, 0x2C])
    }

    @Test("an error reads as one line with its place")
    func description() {
        let error = WireError(offset: 38, kind: .truncated(needed: 3), field: "ClientHello.session_id")
        #expect(error.description == "3 more bytes needed at offset 38 (ClientHello.session_id)")
        #expect(error.kind.id == "truncated")
        #expect(WireError(offset: 7, kind: .trailingBytes(count: 1)).description == "1 trailing byte at offset 7")
    }
}
