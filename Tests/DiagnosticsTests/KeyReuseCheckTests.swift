import Probing
import TLSParameters
import Testing
import Transport

@testable import Diagnostics

/// What is said of key exchanges that can't be asked for, and of those that can.
@Suite struct KeyReuseCheckTests {
    private static let ids = ["key-exchange.dh-reuse", "key-exchange.ecdh-reuse"]

    private func run(_ survey: CiphersResult) async -> [String: CheckOutcome] {
        let run = await KeyReuseCheck(
            survey: survey,
            serverName: nil,
            connect: { _ throws(TransportError) in throw TransportError(.refused, detail: "nobody is there") },
            budget: ProbeBudget(probeTimeout: .milliseconds(100), targetTimeout: .seconds(5))
        ).run()
        return Dictionary(uniqueKeysWithValues: run.outcomes.map { ($0.id, $0) })
    }

    private func modern(_ groups: [NamedGroup], complete: Bool = true) -> CiphersResult {
        var survey = Surveys.survey("tls1.3", .TLS_AES_128_GCM_SHA256)
        survey.groupLists = [SupportList(version: "tls1.3", family: nil, order: nil, complete: complete, notes: [])]
        survey.groups = groups.map { group in
            GroupSupport(
                version: "tls1.3",
                family: nil,
                codePoint: "0x" + String(group.rawValue, radix: 16),
                name: group.name,
                verdict: "supported"
            )
        }
        return survey
    }

    @Test func aGroupOfWhichNoHelloCanHaveAShareIsNotCleared() async throws {
        let outcomes = await run(modern([.brainpoolP256r1tls13]))
        let reason = "TLS 1.3: no hello of ours can take part in brainpoolP256r1tls13"
        #expect(outcomes["key-exchange.ecdh-reuse"]?.verdict == .undetermined)
        #expect(outcomes["key-exchange.ecdh-reuse"]?.reason == reason)
        #expect(outcomes["key-exchange.dh-reuse"]?.verdict == .notApplicable)
    }

    @Test func groupsThatAreNotKnownAreNotCleared() async throws {
        for survey in [modern([], complete: false), Surveys.survey("tls1.3", .TLS_AES_128_GCM_SHA256)] {
            let outcomes = await run(survey)
            for id in Self.ids {
                #expect(outcomes[id]?.verdict == .undetermined, "\(id)")
                #expect(outcomes[id]?.reason == "TLS 1.3: not every group is known")
            }
        }
    }

    @Test func finiteFieldsOfTLS13AreAskedFor() async throws {
        let outcomes = await run(modern([.ffdhe2048]))
        #expect(outcomes["key-exchange.dh-reuse"]?.verdict == .undetermined)
        #expect(outcomes["key-exchange.dh-reuse"]?.reason?.hasPrefix("ffdhe2048 in TLS 1.3: ") == true)
        #expect(outcomes["key-exchange.ecdh-reuse"]?.verdict == .notApplicable)
    }

    @Test func encapsulationAloneHasNothingToComeAgain() async throws {
        let outcomes = await run(modern([.MLKEM768]))
        for id in Self.ids { #expect(outcomes[id]?.verdict == .notApplicable, "\(id)") }
    }

    @Test func aServerWithoutAnyHasNone() async throws {
        let outcomes = await run(Surveys.survey("tls1.2", .TLS_RSA_WITH_AES_128_CBC_SHA))
        for id in Self.ids { #expect(outcomes[id]?.verdict == .notApplicable, "\(id)") }
    }
}
