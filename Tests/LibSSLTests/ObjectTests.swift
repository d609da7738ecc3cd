import LibSSL
import Testing

@Suite("Owners of libssl's objects")
struct ObjectTests {
    @Test func theErrorQueueIsDrainedInOrderAndLeftEmpty() throws {
        let context = try SSLContextHandle(role: .client)
        do {
            try context.setCipherList("NO-SUCH-CIPHER")
            Issue.record("accepted")
        } catch {
            #expect(!error.entries.isEmpty)
            #expect(error.text.contains("no cipher match"))
            #expect(error.has(sslReason: 185))
        }
        #expect(ErrorQueue.drain().entries.isEmpty)
        #expect(LibraryError(entries: []).text == "OpenSSL gave no reason")
    }

    @Test func ssl3IsRefusedWhereLibsslWouldAcceptIt() throws {
        let context = try SSLContextHandle(role: .client)
        #expect(throws: LibraryError.self) { try context.setProtocolRange(minimum: 0x0300, maximum: 0x0303) }
        #expect(throws: LibraryError.self) { try context.setProtocolRange(minimum: 0x0303, maximum: 0x0301) }
        try context.setProtocolRange(minimum: 0x0301, maximum: 0x0304)
    }

    @Test func aMemoryQueueGivesBackWhatItGot() throws {
        let queue = try MemoryBIO()
        #expect(queue.readAll().isEmpty)
        queue.write([])
        queue.write([1, 2, 3])
        queue.write(ArraySlice([UInt8](repeating: 7, count: 100_000)))
        #expect(queue.pending == 100_003)
        #expect(queue.readAll() == [1, 2, 3] + [UInt8](repeating: 7, count: 100_000))
        #expect(queue.pending == 0)
    }

    @Test func aMemoryQueueKeepsOrderWhateverIsTakenInBetween() throws {
        let queue = try MemoryBIO()
        var (given, taken): ([UInt8], [UInt8]) = ([], [])
        for round in 1...200 {
            let piece = (0..<round).map { UInt8(truncatingIfNeeded: given.count + $0) }
            queue.write(piece[...])
            if round.isMultiple(of: 7) { queue.reserve(round * 11) }
            given += piece
            if round.isMultiple(of: 3) { taken += queue.readAll() }
            #expect(queue.pending == given.count - taken.count)
        }
        #expect(taken + queue.readAll() == given)
    }

    @Test func garbageIsNoSession() {
        for bytes: [UInt8] in [
            [], [0], [0x30, 0x00], [0x30, 0x84, 0xFF, 0xFF, 0xFF, 0xFF], .init(repeating: 0x30, count: 300),
        ] {
            #expect(throws: LibraryError.self) { _ = try SSLSessionHandle(deserialising: bytes) }
        }
    }
}
