import TLSParameters
import Testing

@testable import TLSWire

@Suite("Records")
struct RecordParserTests {
    private static let streams = [
        CapturedStreams.tls12Client, CapturedStreams.tls12Server, CapturedStreams.retryClient,
        CapturedStreams.retryServer, CapturedStreams.refusal,
    ]

    private func records(_ stream: [UInt8], pieces size: Int) throws(WireError) -> [TLSRecord] {
        var parser = RecordParser()
        var records: [TLSRecord] = []
        for start in stride(from: 0, to: stream.count, by: size) {
            parser.append(stream[start..<min(start + size, stream.count)])
            while let record = try parser.next() { records.append(record) }
        }
        #expect(parser.buffered == 0)
        #expect(parser.missing == nil)
        return records
    }

    @Test("one byte at a time gives what one shot gives", arguments: streams)
    func pieces(_ stream: [UInt8]) throws {
        let whole = try records(stream, pieces: stream.count)
        #expect(try records(stream, pieces: 1) == whole)
        #expect(try records(stream, pieces: 7) == whole)
        #expect(whole.flatMap(\.bytes) == stream)
    }

    @Test("a wrong version is the same error after two bytes and after five")
    func errorInPieces() throws {
        let bytes = hex("79 003f 4103")
        let errors = [2, 5].map { size in
            #expect(throws: WireError.self) { try records(bytes, pieces: size) }
        }
        #expect(errors[0] != nil && errors[0] == errors[1])
    }

    @Test("the parser says how many bytes are missing")
    func missing() throws {
        var parser = RecordParser()
        #expect(parser.missing == nil)
        let record = hex("16 0301 0004 0e000000")
        var expected = [4, 3, 2, 1, 4, 3, 2, 1]
        for byte in record.dropLast() {
            parser.append([byte])
            #expect(try parser.next() == nil)
            #expect(parser.missing == expected.removeFirst())
        }
        parser.append([record[8]])
        #expect(try parser.next()?.type == .handshake)
        #expect(parser.missing == nil)
        #expect(parser.consumed == 9)
    }

    @Test("a length over the limit is refused at the header, for good")
    func tooLarge() {
        var parser = RecordParser()
        parser.append(hex("17 0303 4801"))
        let expected = WireError(
            offset: 3,
            kind: .tooLarge(claimed: 18_433, limit: 18_432),
            field: "TLSRecord.length"
        )
        #expect(throws: expected) { try parser.next() }
        parser.append(hex("16 0301 0000"))
        #expect(throws: expected) { try parser.next() }
        #expect(parser.missing == nil)
    }

    @Test("each limit accepts its own size and refuses one more", arguments: [RecordLimit.plaintext, .ciphertext13])
    func limits(_ limit: RecordLimit) throws {
        for (length, fits) in [(limit.rawValue, true), (limit.rawValue + 1, false)] {
            var parser = RecordParser(limit: limit)
            let header = [0x17, 3, 3, UInt8(length >> 8), UInt8(length & 0xFF)] as [UInt8]
            parser.append(header + [UInt8](repeating: 0, count: length))
            if fits {
                #expect(try parser.next()?.fragment.count == length)
            } else {
                #expect(throws: WireError.self) { try parser.next() }
            }
        }
    }

    @Test("text is refused at its second byte, after whole records as well")
    func text() throws {
        var parser = RecordParser()
        parser.append(hex("15 0301 0002 0100") + Array("HT".utf8))
        #expect(try parser.next()?.type == .alert)
        let error = #expect(throws: WireError.self) { try parser.next() }
        #expect(error?.offset == 8)
        #expect(error?.kind == .illegalValue(UInt64(UInt8(ascii: "T"))))
    }

    @Test(
        "a flood of records without progress ends",
        arguments: ["17 0303 0000", "15 0303 0002 015a", "14 0303 0001 01"]
    )
    func idleFlood(_ text: String) throws {
        var parser = RecordParser()
        let idle = hex(text)
        for _ in 0..<32 { parser.append(idle) }
        for _ in 0..<32 { #expect(try parser.next() != nil) }
        parser.append(hex("17 0303 0001 00"))
        #expect(try parser.next() != nil)
        for _ in 0..<33 { parser.append(idle) }
        for _ in 0..<32 { #expect(try parser.next() != nil) }
        let error = #expect(throws: WireError.self) { try parser.next() }
        #expect(error?.kind == .tooMany(limit: 32))
    }

    @Test("a long stream costs linear time and no more memory than is pending")
    func longStream() throws {
        var parser = RecordParser()
        let record = TLSRecord(type: .application_data, version: .tls12, fragment: counting(16_000)).bytes
        for _ in 0..<500 {
            parser.append(record)
            #expect(try parser.next() != nil)
            #expect(parser.buffered == 0)
        }
        #expect(parser.consumed == 500 * record.count)
    }

    @Test("long content is cut into records, empty content makes one")
    func fragments() {
        let records = TLSRecord.fragments(of: counting(40_000), type: .handshake, version: .tls12)
        #expect(records.map(\.fragment.count) == [16_384, 16_384, 7_232])
        #expect(records.flatMap(\.fragment) == counting(40_000))
        #expect(TLSRecord.fragments(of: [], type: .handshake, version: .tls12).count == 1)
        #expect(TLSRecord.fragments(of: [1, 2, 3], type: .alert, version: .tls12, fragmentSize: 1).count == 3)
    }

    @Test("a ChangeCipherSpec is the byte 1")
    func changeCipherSpec() throws {
        var good = ByteReader([1])
        #expect(try ChangeCipherSpec(parsing: &good) == ChangeCipherSpec())
        #expect(written { ChangeCipherSpec().encode(into: &$0) } == [1])
        var bad = ByteReader([2])
        #expect(throws: WireError(offset: 0, kind: .illegalValue(2), field: "ChangeCipherSpec.type")) {
            try ChangeCipherSpec(parsing: &bad)
        }
    }
}
