import Certificates
import Testing

/// Extensions that the openssl command doesn't write.
@Suite struct ExtensionTests {
    private func certificate(_ oid: String, _ value: [UInt8]) throws -> Certificate {
        let key = try PrivateKey.generateP256()
        var builder = CertificateBuilder(subjectPublicKeyInfo: key.subjectPublicKeyInfo)
        builder.issuer = DERWriter.name([(OID(encoded: [0x55, 4, 3]), 0x0C, [0x61])])
        builder.extensions = [DERWriter.extension(try #require(OID(oid)), critical: false, value)]
        return try builder.signed(by: key)
    }

    @Test func timestamps() throws {
        let list: [UInt8] = [0, 9, 0, 3, 1, 2, 3, 0, 2, 4, 5]
        let good = try certificate("1.3.6.1.4.1.11129.2.4.2", DERWriter.element(0x04, list))
        #expect(good.extensionFacts.sctCount == 2 && good.defects.isEmpty)
        for length in 0..<list.count {
            let cut = try certificate("1.3.6.1.4.1.11129.2.4.2", DERWriter.element(0x04, Array(list.prefix(length))))
            #expect(cut.extensionFacts.sctCount == 0 && cut.defects.count == 1)
        }
    }

    @Test func poisonAndStaple() throws {
        #expect(try certificate("1.3.6.1.4.1.11129.2.4.3", [5, 0]).extensionFacts.isPrecertificate)
        #expect(try certificate("1.3.6.1.5.5.7.1.24", [0x30, 3, 2, 1, 17]).extensionFacts.mustStaple == false)
        #expect(try certificate("1.3.6.1.5.5.7.1.24", [0x30, 3, 2, 1, 5]).extensionFacts.mustStaple)
    }

    @Test func keyUsageOfTwoBytes() throws {
        let all = try certificate("2.5.29.15", [3, 3, 7, 0xFF, 0x80])
        #expect(all.keyUsage.count == 9 && all.keyUsage.last == "decipherOnly")
        #expect(try certificate("2.5.29.15", [3, 1, 0]).keyUsage.isEmpty)
        #expect(try certificate("2.5.29.15", [3, 0]).defects.count == 1)
        #expect(try certificate("2.5.29.15", [3, 2, 9, 1]).defects.count == 1)
    }

    @Test func constraintsOutOfRange() throws {
        let negative = try certificate("2.5.29.19", [0x30, 6, 1, 1, 0xFF, 2, 1, 0xFF])
        #expect(negative.isCA && negative.pathLength == nil && negative.defects.count == 1)
        let huge = try certificate(
            "2.5.29.19",
            [0x30, 13, 1, 1, 0xFF, 2, 8, 0x7F] + [UInt8](repeating: 0xFF, count: 7)
        )
        #expect(huge.pathLength == nil && huge.defects.count == 1)
    }

    @Test func twiceTheSameExtension() throws {
        let key = try PrivateKey.generateP256()
        var builder = CertificateBuilder(subjectPublicKeyInfo: key.subjectPublicKeyInfo)
        builder.issuer = DERWriter.name([(OID(encoded: [0x55, 4, 3]), 0x0C, [0x61])])
        builder.extensions = [
            CertificateBuilder.keyUsage(0x80), CertificateBuilder.keyUsage(0x20),
            CertificateBuilder.extendedKeyUsage(["1.3.6.1.5.5.7.3.1"]),
        ]
        #expect(try builder.signed(by: key).defects.map(\.text) == ["the extension is there more than once"])
    }
}
