import Certificates
import TLSParameters
import Testing

/// Damaged and hostile bytes: an error or a certificate, never a trap.
@Suite struct HostileInputTests {
    @Test(arguments: ["rsa", "ec", "odd", "hugeoid", "pss"])
    func everyPrefixThrows(name: String) throws {
        let der = try Vectors.certificate(name).der
        for length in 0..<der.count {
            #expect(throws: CertificateError.self) { try Certificate(der: Array(der.prefix(length))) }
        }
    }

    @Test func trailingBytesAreNamed() throws {
        let der = try Vectors.certificate("ec").der
        do {
            _ = try Certificate(der: der + [0, 1])
            Issue.record("two bytes too many were accepted")
        } catch {
            #expect(error.kind == .malformed && error.offset == der.count)
            #expect(error.text.contains("2 unexpected bytes"))
        }
    }

    @Test(arguments: ["rsa", "odd", "explicit"])
    func flippedBitsNeverTrap(name: String) throws {
        let der = try Vectors.certificate(name).der
        var read = 0
        for place in der.indices {
            for mask: UInt8 in [0x01, 0x80, 0xFF] {
                var damaged = der
                damaged[place] ^= mask
                guard let certificate = try? Certificate(der: damaged) else { continue }
                read += 1
                _ = certificate.subject.text.encoded(for: .terminal)
                _ = certificate.serialHex
                _ = certificate.notAfter.days(after: testTime)
                _ = certificate.extensions.map(\.oid.dotted)
            }
        }
        #expect(read > 0)
    }

    @Test func pieceRemovedOrDoubledNeverTraps() throws {
        let der = try Vectors.certificate("rsa").der
        for place in stride(from: 0, to: der.count - 3, by: 3) {
            _ = try? Certificate(der: Array(der[..<place] + der[(place + 3)...]))
            _ = try? Certificate(der: Array(der[..<(place + 3)] + der[place...]))
        }
    }

    @Test(
        arguments: [
            [0x30, 0x84, 0xFF, 0xFF, 0xFF, 0xFF], [0x30, 0x80, 0, 0], [0x30, 0xFF],
            [0x30, 0x88, 0x7F, 0xFF, 0xFF, 0xFF, 0xFF],
            [0x1F, 0x81, 0x01], [0x30],
        ] as [[UInt8]]
    )
    func absurdLengths(bytes: [UInt8]) {
        #expect(throws: CertificateError.self) { try Certificate(der: bytes) }
        #expect(throws: CertificateError.self) { try Certificate.readAll(bytes) }
    }

    @Test func manyNamesAreReadInReasonableTime() throws {
        let key = try PrivateKey.generateP256()
        var builder = CertificateBuilder(subjectPublicKeyInfo: key.subjectPublicKeyInfo)
        let names = (0..<10_000).map { (tag: UInt8(0x82), value: Array("name\($0).example.com".utf8)) }
        builder.extensions = [CertificateBuilder.alternativeNames(names)]
        let start = ContinuousClock.now
        let certificate = try builder.signed(by: key)
        #expect(certificate.subjectAlternativeNames.count == 10_000)
        #expect(ContinuousClock.now - start < .seconds(5))
    }

    @Test func namesWithNULAndControls() throws {
        let key = try PrivateKey.generateP256()
        var builder = CertificateBuilder(subjectPublicKeyInfo: key.subjectPublicKeyInfo)
        let common: [UInt8] = Array("good.example".utf8) + [0] + Array(".evil.example".utf8)
        builder.subject = DERWriter.name([(OID(encoded: [0x55, 4, 3]), 0x0C, common)])
        builder.extensions = [
            CertificateBuilder.alternativeNames([
                (0x82, common), (0x82, Array("e\u{1B}[31m.example".utf8)), (0x87, [1, 2, 3]), (0x88, [0x2A, 0x03]),
            ])
        ]
        let certificate = try builder.signed(by: key)
        #expect(certificate.subjectAlternativeNames.map(\.value.bytes).first == common)
        #expect(certificate.subjectAlternativeNames.map(\.value).suffix(2) == [PeerText("#010203"), PeerText("1.2.3")])
        #expect(
            certificate.defects.map(\.field) == [
                "issuer", "subject", "subjectAltName", "subjectAltName", "subjectAltName",
            ]
        )
        #expect(String(decoding: certificate.subject.text.bytes, as: UTF8.self) == "CN=good.example\\00.evil.example")
    }

    @Test func otherStringTypes() throws {
        let key = try PrivateKey.generateP256()
        var builder = CertificateBuilder(subjectPublicKeyInfo: key.subjectPublicKeyInfo)
        let cn = OID(encoded: [0x55, 4, 3])
        builder.subject = DERWriter.name([
            (cn, 0x1E, [0x00, 0x41, 0xD8, 0x3D, 0xDE, 0x00]),  // BMPString "A😀", a surrogate pair
            (cn, 0x1E, [0x00, 0x41, 0x42]),  // odd length
            (cn, 0x14, [0xE9]),  // TeletexString in Latin-1
            (cn, 0x1C, [0, 1, 0xF6, 0]),  // UniversalString
            (cn, 0x0C, [0xFF, 0xFE]),  // invalid UTF-8
            (cn, 0x02, [5]),  // no string at all
        ])
        let certificate = try builder.signed(by: key)
        let values = certificate.subject.values(of: "CN").map(\.bytes)
        #expect(
            values == [
                Array("A😀".utf8), [0x00, 0x41, 0x42], Array("é".utf8), Array("😀".utf8), [0xFF, 0xFE],
                Array("#020105".utf8),
            ]
        )
        #expect(certificate.defects.filter { $0.field == "subject" }.count == 2)
    }
}
