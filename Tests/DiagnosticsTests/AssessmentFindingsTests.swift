import Certificates
import Foundation
import TLSParameters
import Testing

@testable import Diagnostics

/// What is wrong with the timestamps of logs.
@Suite struct AssessmentFindingsTests {
    /// The ids for a certificate of a public authority with timestamps of such logs, by name and operator.
    private func found(_ logs: [(name: String, operator: String?, verdict: String)]) throws -> Set<String> {
        let leaf = try Identity.selfSigned(names: ["www.example.com"]).certificate
        var assessment = try #require(ChainAssessment(chain: [leaf]))
        assessment.isPublic = true
        assessment.timestampsWanted = 2
        let time = try JSONSerialization.jsonObject(
            with: JSONEncoder().encode(CertificateTime(unixSeconds: 1_782_864_000))
        )
        assessment.timestamps = try logs.map { log in
            let json: [String: Any] = [
                "version": 1, "logID": log.name, "log": log.name, "operator": log.operator as Any? ?? NSNull(),
                "state": "usable", "time": time, "delivery": "embedded", "verdict": log.verdict,
            ]
            let data = try JSONSerialization.data(withJSONObject: json)
            return try JSONDecoder().decode(SignedTimestamp.self, from: data)
        }
        let ids = AssessmentFindings.all(assessment, chain: [leaf]).map(\.id)
        return Set(ids.filter { !$0.hasPrefix("lint.") })
    }

    @Test func twoLogsOfTwoOperatorsAreEnough() throws {
        #expect(try found([("Argon", "Google", "valid"), ("Wyvern", "DigiCert", "valid")]) == [])
    }

    @Test func oneOperatorIsTooFew() throws {
        let one = try found([("Argon", "Google", "valid"), ("Xenon", "Google", "valid")])
        #expect(one == ["certificate.few-timestamps"])
        let wrong = try found([
            ("Argon", "Google", "valid"), ("Xenon", "Google", "valid"), ("Wyvern", "DigiCert", "invalid"),
        ])
        #expect(wrong == ["certificate.few-timestamps", "certificate.bad-timestamp"])
    }

    /// A log that came after our list may have another operator.
    @Test func whoRunsALogMayNotBeKnown() throws {
        let unknown = try found([("Argon", "Google", "valid"), ("new", nil, "unknown-log")])
        #expect(unknown == ["certificate.unknown-log"])
    }

    @Test func fewerThanWantedAreTooFew() throws {
        #expect(
            try found([("Argon", "Google", "valid"), ("Argon", "Google", "valid")]) == ["certificate.few-timestamps"]
        )
        #expect(try found([]) == ["certificate.no-timestamps"])
    }
}
