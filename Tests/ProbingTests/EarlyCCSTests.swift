import Probing
import TLSParameters
import TLSWire
import Testing
import Transport

@Suite struct EarlyCCSTests {
    private func verdict(_ manner: TalkServer.Manner?) async throws -> VulnerabilityVerdict {
        try await TalkServer.verdict(EarlyCCSPlanner(TalkServer.offer), manner).0
    }

    /// Complains of `first` where a ChangeCipherSpec comes, of `other` where none does.
    private func complaining(
        _ first: AlertDescription,
        otherwise other: AlertDescription = .unexpected_message
    ) -> TalkServer.Manner {
        { visit in
            await visit.send(TalkServer.flight())
            guard let bytes = await visit.receive() else { return }
            await visit.alert(bytes.first == 20 ? first : other)
        }
    }

    @Test(arguments: [AlertDescription.bad_record_mac, AlertDescription(rawValue: 21)])
    func aServerThatTriesToDecryptIsFound(_ alert: AlertDescription) async throws {
        #expect(try await verdict(complaining(alert)).word == "found")
    }

    @Test(arguments: [AlertDescription.unexpected_message, .handshake_failure, .illegal_parameter])
    func aServerThatComplainsOfTheMessageIsHealthy(_ alert: AlertDescription) async throws {
        #expect(try await verdict(complaining(alert)) == .absent(reason: nil))
    }

    @Test func aServerThatAlwaysComplainsOfItsKeysTellsNothing() async throws {
        #expect(try await verdict(complaining(.bad_record_mac, otherwise: .bad_record_mac)).word == "undetermined")
    }

    @Test(arguments: [false, true])
    func aServerThatLeavesAtAnythingOutOfPlaceIsHealthy(_ isReset: Bool) async throws {
        let verdict = try await verdict { visit in
            await visit.send(TalkServer.flight())
            _ = await visit.receive()
            if isReset { await visit.stream.abort() }
        }
        #expect(verdict == .absent(reason: "the server ends the connection at any message out of place"))
    }

    /// Something on the way may do that, before a server that takes the ChangeCipherSpec.
    @Test func anEndAtTheChangeAloneTellsNothing() async throws {
        let verdict = try await verdict { visit in
            await visit.send(TalkServer.flight())
            guard let bytes = await visit.receive(), bytes.first != 20 else { return await visit.stream.abort() }
            await visit.alert(.unexpected_message)
        }
        #expect(verdict.word == "undetermined")
    }

    @Test func aServerThatLeavesOnlyAtTheRecordTellsNothing() async throws {
        let verdict = try await verdict { visit in
            await visit.send(TalkServer.flight())
            guard let bytes = await visit.receive() else { return }
            // The ChangeCipherSpec alone has six bytes.
            if bytes.count == 6 { await visit.keepSilent() }
        }
        #expect(verdict == .undetermined(reason: "the server fell silent"))
    }

    @Test func silenceIsNoAnswer() async throws {
        let verdict = try await verdict { visit in
            await visit.send(TalkServer.flight())
            await visit.keepSilent()
        }
        #expect(verdict == .undetermined(reason: "the server fell silent"))
        let silent = try await self.verdict(nil)
        #expect(silent.word == "undetermined")
    }

    @Test func aServerThatTakesOnlyOneConnectionIsNotCleared() async throws {
        let verdict = try await verdict { visit in
            guard visit.number == 0 else { return }
            await visit.send(TalkServer.flight())
            _ = await visit.receive()
            await visit.alert(.bad_record_mac)
        }
        #expect(verdict.word == "undetermined")
    }
}
