import Foundation
import Testing

@testable import Diagnostics

@Suite struct NullableTests {
    private struct Sample: Codable, Equatable {
        @Nullable var number: Int?
        @Nullable var text: String?
    }

    @Test func writesNull() throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = .sortedKeys
        let data = try encoder.encode(Sample(number: nil, text: "x"))
        #expect(String(decoding: data, as: UTF8.self) == #"{"number":null,"text":"x"}"#)
    }

    @Test(arguments: [#"{"number":null,"text":null}"#, "{}", #"{"text":null,"more":1}"#])
    func readsNullAndMissingKeysAsNil(_ json: String) throws {
        #expect(try JSONDecoder().decode(Sample.self, from: Data(json.utf8)) == Sample(number: nil, text: nil))
    }

    @Test func readsValues() throws {
        let sample = try JSONDecoder().decode(Sample.self, from: Data(#"{"number":7,"text":""}"#.utf8))
        #expect(sample == Sample(number: 7, text: ""))
    }

    @Test func refusesTheWrongType() {
        #expect(throws: DecodingError.self) {
            try JSONDecoder().decode(Sample.self, from: Data(#"{"number":"7"}"#.utf8))
        }
    }

    @Test func reportsHaveEveryKey() throws {
        let report = Report<Int>(
            tool: Tool(name: "sechan", version: "1", libssl: "x"),
            verb: .connect,
            target: nil,
            startedAt: "2026-11-22T16:00:00Z",
            status: .ok,
            result: nil
        )
        let object = try #require(
            JSONSerialization.jsonObject(with: JSONEncoder().encode(report)) as? [String: Any]
        )
        #expect(
            Set(object.keys) == [
                "schema", "tool", "verb", "target", "startedAt", "status", "ownStatus", "result", "findings", "events",
                "spent",
            ]
        )
        #expect(object["schema"] as? String == "sechan/1")
        #expect(object["target"] is NSNull)
        #expect(object["result"] is NSNull)
        let status = try #require(object["status"] as? [String: Any])
        #expect(Set(status.keys) == ["exit", "kind", "reason", "hint"])
    }

    @Test func sortsFindingsWorstFirst() {
        let findings = Finding.Severity.allCases.shuffled().map {
            Finding(id: $0.rawValue, severity: $0, statement: "x")
        }
        let report = Report<Int>(
            tool: .current,
            verb: .inspect,
            target: nil,
            startedAt: "",
            status: .ok,
            result: nil,
            findings: findings
        )
        #expect(report.findings.map(\.severity) == [.high, .medium, .low, .info])
    }

    @Test func keepsWhatIsKnownWhenInterrupted() {
        let report = Report<Int>(
            tool: .current,
            verb: .connect,
            target: nil,
            startedAt: "",
            status: .ok,
            result: 7
        )
        let cut = report.interrupted(by: 15)
        #expect(cut.result == 7)
        #expect(cut.status.exit.code == 143)
        #expect(cut.status.kind == "interrupted")
        #expect(report.interrupted(by: nil).status == .ok)
    }
}

@Suite struct TimestampTests {
    @Test(
        arguments: [
            (0, "1970-01-01T00:00:00Z"), (1_795_363_200, "2026-11-22T16:00:00Z"), (-1, "1969-12-31T23:59:59Z"),
            (253_402_300_799, "9999-12-31T23:59:59Z"),
        ] as [(Int64, String)]
    )
    func isISO8601(_ seconds: Int64, text: String) {
        #expect(Timestamp.text(seconds) == text)
    }

    @Test(arguments: [Int64.max, .min, 67_768_036_191_676_800])
    func doesNotTrapOnAnyNumber(_ seconds: Int64) {
        #expect(!Timestamp.text(seconds).isEmpty)
    }
}
