import Certificates
import Testing

/// Dates at the edges of what certificates can write.
@Suite struct CertificateTimeTests {
    private func certificate(notBefore: (UInt8, String), notAfter: (UInt8, String)) throws -> Certificate {
        let key = try PrivateKey.generateP256()
        var builder = CertificateBuilder(subjectPublicKeyInfo: key.subjectPublicKeyInfo)
        builder.issuer = DERWriter.name([(OID(encoded: [0x55, 4, 3]), 0x0C, [0x61])])
        builder.notBefore = DERWriter.element(notBefore.0, Array(notBefore.1.utf8))
        builder.notAfter = DERWriter.element(notAfter.0, Array(notAfter.1.utf8))
        return try builder.signed(by: key)
    }

    @Test func theEdges() throws {
        let wide = try certificate(notBefore: (0x17, "500101000000Z"), notAfter: (0x18, "99991231235959Z"))
        #expect(wide.notBefore.text == "1950-01-01T00:00:00Z" && wide.notBefore.unixSeconds == -631_152_000)
        #expect(wide.notAfter.text == "9999-12-31T23:59:59Z" && wide.notAfter.unixSeconds == 253_402_300_799)
        #expect(wide.defects.isEmpty)
        #expect(wide.notAfter.days(after: .min) == .max)
        #expect(wide.notBefore.days(after: .max) == .min)
        let turn = try certificate(notBefore: (0x17, "491231235959Z"), notAfter: (0x18, "20500101000000Z"))
        #expect(turn.notBefore.text == "2049-12-31T23:59:59Z" && turn.notAfter.text == "2050-01-01T00:00:00Z")
        #expect(turn.defects.isEmpty)
    }

    @Test func lenientForms() throws {
        let odd = try certificate(notBefore: (0x17, "2001010000Z"), notAfter: (0x18, "20300101000000.5+0100"))
        #expect(odd.notBefore.text == "2020-01-01T00:00:00Z")
        #expect(odd.notAfter.text == "2029-12-31T23:00:00Z")
        #expect(odd.defects.map(\.field) == ["notBefore", "notAfter"])
        let early = try certificate(notBefore: (0x18, "00000101000000Z"), notAfter: (0x18, "20200229000000Z"))
        #expect(early.notBefore.text == "0000-01-01T00:00:00Z")
        #expect(early.defects.map(\.text) == ["a date before 2050 is written as GeneralizedTime"])
    }

    @Test(arguments: [
        "", "Z", "20200230000000Z", "20211301000000Z", "20200101250000Z", "2020010100000", "20200101000000",
        "2020010100000aZ", "20200101000000Zx", "20210229000000Z",
    ])
    func garbage(text: String) throws {
        let bad = try certificate(notBefore: (0x17, "200101000000Z"), notAfter: (0x18, text))
        #expect(bad.notAfter.unixSeconds == nil && bad.notAfter.text == "invalid")
        #expect(bad.isValid(at: testTime) == nil && bad.notAfter.days(after: testTime) == nil)
        #expect(bad.defects.map(\.text) == ["not a date"])
    }

    @Test func daysAreRoundedDown() {
        let end = CertificateTime(unixSeconds: 1_000_000)
        #expect(end.days(after: 1_000_000) == 0)
        #expect(end.days(after: 1_000_000 - 86_399) == 0)
        #expect(end.days(after: 1_000_000 - 86_400) == 1)
        #expect(end.days(after: 1_000_001) == -1)
        #expect(end.days(after: 1_000_000 + 86_400) == -1)
        #expect(end.days(after: 1_000_000 + 86_401) == -2)
    }

    /// Every day of 12 centuries, forward and back.
    @Test func calendarRoundTrips() {
        var previous = ""
        for day in stride(from: Int64(-200_000), through: 250_000, by: 1) {
            let text = CertificateTime(unixSeconds: day * 86_400).text
            #expect(text > previous)
            previous = text
        }
        #expect(CertificateTime(unixSeconds: 0).text == "1970-01-01T00:00:00Z")
        #expect(CertificateTime(unixSeconds: 951_782_400).text == "2000-02-29T00:00:00Z")
        #expect(CertificateTime(unixSeconds: .max).text == "9999-12-31T23:59:59Z")
        #expect(CertificateTime(unixSeconds: .min).text == "0000-01-01T00:00:00Z")
    }
}
