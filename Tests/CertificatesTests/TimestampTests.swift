import LibSSL
import Testing

@testable import Certificates

/// Signed certificate timestamps: those of a certificate of 2018 for cryptography.io, which has two (and is in PyPI's
/// cryptography-vectors).
@Suite struct TimestampTests {
    private func chain() throws -> [Certificate] {
        try Certificate.readAll(Vectors.bytes("timestamps.pem"))
    }

    @Test func realOnesAreValid() throws {
        let chain = try chain()
        let timestamps = chain[0].timestamps(issuer: chain[1])
        #expect(timestamps.map(\.verdict) == [.valid, .valid])
        #expect(timestamps.allSatisfy { $0.delivery == .embedded && $0.log != nil && $0.logOperator != nil })
        #expect(Set(timestamps.compactMap(\.logOperator)).count == 2)
        #expect(timestamps.allSatisfy { $0.time.text.hasPrefix("2018-09-26T20:56:33") })
    }

    @Test func withoutTheIssuerNothingIsSaid() throws {
        #expect(try chain()[0].timestamps(issuer: nil).map(\.verdict) == [.undetermined, .undetermined])
    }

    @Test func anotherIssuerMakesThemWrong() throws {
        let chain = try chain()
        #expect(chain[0].timestamps(issuer: chain[0]).map(\.verdict) == [.invalid, .invalid])
    }

    @Test func forAnotherCertificateTheyAreWrong() throws {
        let chain = try chain()
        let item = try #require(chain[0].extensions.first { $0.name == "signedCertificateTimestampList" })
        let list = try SignedTimestamp.list(item.value[...].dropFirst(item.value[1] & 0x80 == 0 ? 2 : 3))
        #expect(list.count == 2)
        let served = chain[1].timestamps(issuer: nil, tls: list.map { Array($0) })
        #expect(served.map(\.verdict) == [.invalid, .invalid] && served.allSatisfy { $0.delivery == .tlsExtension })
    }

    @Test func foreignLogsAndDamageAreTold() throws {
        let chain = try chain()
        let item = try #require(chain[0].extensions.first { $0.name == "signedCertificateTimestampList" })
        let list = try SignedTimestamp.list(item.value[...].dropFirst(item.value[1] & 0x80 == 0 ? 2 : 3))
        let good = Array(list[0])
        for place in good.indices {
            var damaged = good
            damaged[place] ^= 0x01
            let entry = try SignedTimestamp.Entry(precertificate: chain[0], issuer: chain[1])
            let read = SignedTimestamp(damaged[...], delivery: .embedded, entry: entry)
            #expect(read?.verdict != .valid, "byte \(place)")
            if (1..<33).contains(place) { #expect(read?.verdict == .unknownLog) }
            _ = SignedTimestamp(good.prefix(place), delivery: .embedded, entry: entry)
        }
        #expect(SignedTimestamp(good.prefix(42), delivery: .embedded, entry: nil) == nil)
    }

    @Test func theTableIsWhole() throws {
        let lines = String(describing: TransparencyLog.table).split(separator: "\n")
        #expect(lines.count > 200)
        for line in lines {
            let id = try #require(Base64.decode(String(line.prefix { $0 != "|" })))
            let log = try #require(TransparencyLog.find(id: id), "\(line)")
            #expect(try X509Digest.sha256(log.key) == id)
        }
        #expect(TransparencyLog.find(id: [UInt8](repeating: 0, count: 32)) == nil)
    }

    @Test func theAssessmentCountsThem() throws {
        let chain = try chain()
        let assessment = try #require(ChainAssessment(chain: chain))
        #expect(assessment.isPublic && assessment.validationLevel == "DV")
        #expect(assessment.timestamps.count == 2 && assessment.timestampsWanted == 2)
        #expect(ChainAssessment(chain: []) == nil)
    }
}
