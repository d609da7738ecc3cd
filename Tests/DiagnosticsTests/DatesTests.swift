import Certificates
import TLSParameters
import Testing
import Transport

@testable import Diagnostics

/// Dates of certificates, and what the DNS couldn't tell.
@Suite struct DatesTests {
    private static let now: Int64 = 1_795_392_000
    private static let day: Int64 = 86_400

    private func certificate(days: Int = 10) throws -> Certificate {
        try ThrowawayAuthority(days: 400, now: Self.now).issue(names: ["a.test"], days: days).certificate
    }

    /// Days are told whole: half a day ago is less than one.
    @Test func daysSinceTheEnd() throws {
        let certificate = try certificate()
        let end = try #require(certificate.notAfter.unixSeconds)
        func past(_ seconds: Int64) -> Int? { CertificateReport(certificate, now: end + seconds).daysExpired }
        #expect(past(0) == nil && past(-Self.day) == nil)
        #expect(past(1) == 0 && past(Self.day / 2) == 0 && past(Self.day) == 0)
        #expect(past(Self.day + 1) == 1 && past(Self.day * 3 / 2) == 1)
    }

    /// A chain that nobody judges has dates all the same.
    @Test func datesWithoutAJudgement() throws {
        let certificate = try certificate()
        let end = try #require(certificate.notAfter.unixSeconds)
        func ids(_ now: Int64, _ validation: ChainValidation? = nil) -> [String] {
            ChainFindings.all(chain: [certificate], validation: validation, now: now).map(\.id)
        }
        #expect(ids(end + 1).contains("certificate.expired"))
        #expect(ids(Self.now - 400 * Self.day).contains("certificate.not-yet-valid"))
        #expect(!ids(end).contains("certificate.expired") && !ids(Self.now).contains("certificate.not-yet-valid"))
        // One that is judged says so once.
        let judged = ChainValidator.validate(chain: [certificate], trust: try TrustAnchors.none.acquire(), at: end + 1)
        #expect(ids(end + 1, judged).count { $0 == "certificate.expired" } == 1)
    }

    /// A key that is too weak does not keep the rest of the chain from being judged.
    @Test func weakKeys() throws {
        let chain = [try certificate()]
        let validation = ChainValidator.validate(
            chain: chain,
            trust: try TrustAnchors.none.acquire(),
            at: Self.now,
            securityLevel: 5
        )
        // P-256 is too little for level 5, and nobody knows the issuer.
        #expect(Set(validation.problems.map(\.id)).isSuperset(of: ["weak-key", "unknown-issuer"]))
        let findings = ChainFindings.all(chain: chain, validation: validation, now: Self.now)
        for id in ["weak-key", "unknown-issuer"] {
            #expect(findings.first { $0.id == "certificate.\(id)" }?.remedy != nil, "\(id)")
        }
    }

    @Test func failuresOfTheResolver() throws {
        let inquiry = DNSInquiry(lookup: RecordLookup(), host: "a.example", port: 443, isMail: false)
        let answer = RecordLookup.Answer(outcome: .failed(code: 2), security: .insecure, records: [])
        let (facts, findings) = inquiry.facts([(RecordLookup.Question("a.example", .caa), answer)], chain: [])
        let issuers = try #require(facts.records.first { $0.kind == "CAA" })
        #expect(issuers.verdict == "not-determined" && findings.isEmpty)
        #expect(issuers.reason?.encoded(for: .terminal).hasPrefix("SERVFAIL") == true)
        #expect(DNSInquiry.words(5) == "the resolver answered with REFUSED")
        #expect(DNSInquiry.words(11) == "the resolver answered with code 11")
    }
}
