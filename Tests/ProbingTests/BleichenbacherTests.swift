import Probing
import TLSParameters
import TLSWire
import Testing
import Transport

@Suite struct BleichenbacherTests {
    private func verdict(_ manner: TalkServer.Manner?) async throws -> VulnerabilityVerdict {
        // Raised to 1, so that the server needs no key to look inside.
        let planner = BleichenbacherPlanner(TalkServer.offer) { _ in RawRSAKey(byteCount: 256) { $0 } }
        return try await TalkServer.verdict(planner, manner).0
    }

    /// Reads the ClientKeyExchange and hands its block over, and whether a Finished came with it.
    private static func server(
        _ react: @escaping @Sendable (TalkServer.Visit, _ block: [UInt8], _ isWhole: Bool) async -> Void
    ) -> TalkServer.Manner {
        { visit in
            await visit.send(TalkServer.flight())
            guard let bytes = await visit.receive(), bytes.count >= 5 + 4 + 2 + 256 else { return }
            await react(visit, Array(bytes[11..<267]), bytes.count > 267)
        }
    }

    private static func isConforming(_ block: [UInt8]) -> Bool {
        block[0] == 0 && block[1] == 2 && block[2..<207].allSatisfy { $0 != 0 } && block[207] == 0
    }

    /// Waits for the rest of a flight, and complains of it.
    private static func healthy(_ visit: TalkServer.Visit, _ block: [UInt8], _ isWhole: Bool) async {
        if !isWhole { _ = await visit.receive() }
        await visit.alert(.bad_record_mac)
    }

    @Test func theFiveFormsAreWhatTheyOughtToBe() async throws {
        let seen = Blocks()
        _ = try await verdict(
            Self.server { visit, block, isWhole in
                if isWhole { await seen.add(block) }
                await Self.healthy(visit, block, isWhole)
            }
        )
        let blocks = await seen.all
        try #require(blocks.count == 5)
        #expect(blocks.map(Self.isConforming) == [true, false, false, false, true])
        #expect(blocks[0][208...209] == [3, 3])
        #expect(blocks[1][0...1] == [0x41, 0x17])
        #expect(blocks[2].dropFirst().firstIndex(of: 0) == 206)
        #expect(!blocks[3].dropFirst().contains(0))
        #expect(blocks[4][208...209] == [2, 2])
    }

    private actor Blocks {
        var all: [[UInt8]] = []
        func add(_ block: [UInt8]) { all.append(block) }
    }

    @Test func anotherAlertForBadPaddingIsFound() async throws {
        let verdict = try await verdict(
            Self.server { visit, block, isWhole in
                await visit.alert(Self.isConforming(block) ? .bad_record_mac : .decrypt_error)
            }
        )
        guard case .found(let evidence) = verdict else {
            Issue.record("\(verdict)")
            return
        }
        #expect(evidence.contains("decrypt_error"))
    }

    @Test func aResetForBadPaddingIsFound() async throws {
        let verdict = try await verdict(
            Self.server { visit, block, isWhole in
                if Self.isConforming(block) { await visit.alert(.bad_record_mac) } else { await visit.stream.abort() }
            }
        )
        #expect(verdict.word == "found")
    }

    @Test func anOracleThatSpeaksBeforeFinishedIsFound() async throws {
        let verdict = try await verdict(
            Self.server { visit, block, isWhole in
                guard !isWhole else { return await visit.alert(.bad_record_mac) }
                if Self.isConforming(block) { await visit.keepSilent() } else { await visit.alert(.decode_error) }
            }
        )
        #expect(verdict.word == "found")
    }

    @Test func anOracleThatWaitsAndThenTellsIsFound() async throws {
        let verdict = try await verdict(
            Self.server { visit, block, isWhole in
                guard !isWhole else { return await visit.alert(.bad_record_mac) }
                _ = await visit.receive()
                await visit.alert(Self.isConforming(block) ? .bad_record_mac : .decode_error)
            }
        )
        #expect(verdict.word == "found")
    }

    /// Its silence after half a flight is not that of a server that waits for the other half.
    @Test func silenceAfterHalfAFlightIsNoAnswer() async throws {
        let verdict = try await verdict(
            Self.server { visit, _, isWhole in
                if isWhole { await visit.alert(.bad_record_mac) } else { await visit.keepSilent() }
            }
        )
        #expect(verdict == .undetermined(reason: "the server fell silent"))
    }

    @Test func theSameAnswerToAllIsHealthy() async throws {
        #expect(try await verdict(Self.server(Self.healthy)) == .absent(reason: nil))
    }

    @Test func silenceThroughoutIsNoAnswer() async throws {
        let verdict = try await verdict(Self.server { visit, _, _ in await visit.keepSilent() })
        #expect(verdict == .undetermined(reason: "the server fell silent"))
        let silent = try await self.verdict(nil)
        #expect(silent.word == "undetermined")
    }

    @Test(arguments: 1...9) func aServerThatHasHadEnoughOfConnectionsIsNotAnOracle(_ limit: Int) async throws {
        let verdict = try await verdict { visit in
            guard visit.number < limit else { return }
            await Self.server(Self.healthy)(visit)
        }
        #expect(verdict.word == "undetermined")
    }

    @Test(arguments: 1...4) func aServerThatFallsSilentIsNotAnOracle(_ limit: Int) async throws {
        let verdict = try await verdict(
            Self.server { visit, block, isWhole in
                if visit.number < limit { await Self.healthy(visit, block, isWhole) } else { await visit.keepSilent() }
            }
        )
        #expect(verdict.word == "undetermined")
    }

    @Test func aCertificateThatCannotBeReadIsNoAnswer() async throws {
        let planner = BleichenbacherPlanner(TalkServer.offer) { _ in nil }
        let (verdict, _) = try await TalkServer.verdict(planner, Self.server(Self.healthy))
        #expect(verdict.word == "undetermined")
    }
}
