import Certificates
import Testing

/// Files as people have them.
@Suite struct ReadingTests {
    @Test func pemWithTextAroundAndCarriageReturns() throws {
        let chain = try Certificate.readAll(Vectors.bytes("chain-with-text.pem"))
        #expect(try chain == [Vectors.certificate("rsa"), Vectors.certificate("intermediate")])
    }

    @Test func keysAreIgnored() throws {
        let chain = try Certificate.readAll(Vectors.bytes("combined.pem"))
        #expect(try chain == [Vectors.certificate("wildcard"), Vectors.certificate("intermediate")])
    }

    @Test func derIsRecognised() throws {
        let certificate = try Vectors.certificate("ec")
        #expect(try Certificate.readAll(certificate.der) == [certificate])
        #expect(try Certificate.readAll(Array(certificate.pem.utf8)) == [certificate])
    }

    @Test func whatIsNotACertificateIsNamed() throws {
        func failure(_ bytes: [UInt8]) -> CertificateError? {
            do {
                _ = try Certificate.readAll(bytes)
                return nil
            } catch {
                return error
            }
        }
        #expect(failure([])?.kind == .noCertificate)
        #expect(failure(Array("hello".utf8))?.text.contains("PEM") == true)
        let key = try failure(Vectors.bytes("key-p256.pem"))
        #expect(key?.kind == .noCertificate && key?.text.hasSuffix("found PRIVATE KEY") == true)
        #expect(
            failure(Array("-----BEGIN \u{1B}[31m-----\n-----END \u{1B}[31m-----\n".utf8))?.text.contains("\u{1B}")
                == false
        )

        let pem = try Vectors.bytes("ec.pem")
        let cut = failure(Array(pem.prefix(200)))
        #expect(cut?.kind == .malformed && cut?.line == 1)
        var damaged = pem
        damaged[100] = UInt8(ascii: "!")
        #expect(failure(damaged)?.line == 3 || failure(damaged)?.line == 2)
        let notOne = failure(Array("\n-----BEGIN CERTIFICATE-----\nMAA=\n-----END CERTIFICATE-----\n".utf8))
        #expect(notOne?.line == 2 && notOne?.offset == 2)
    }

    @Test func everyPrefixOfPEMIsAnErrorOrFewerCertificates() throws {
        let pem = try Vectors.bytes("chain-with-text.pem")
        for length in stride(from: 0, to: pem.count, by: 7) {
            let count = (try? Certificate.readAll(Array(pem.prefix(length))))?.count ?? 0
            #expect(count < 2 || length > pem.count - 4)
        }
    }

    @Test(arguments: ["", "f", "fo", "foo", "foob", "fooba", "foobar"])
    func base64(text: String) {
        let encoded = Base64.encode(text.utf8)
        #expect(Base64.decode(encoded) == Array(text.utf8))
        #expect(encoded.utf8.count == (text.utf8.count + 2) / 3 * 4)
    }

    @Test(arguments: ["Zg", "Zg=", "Z", "====", "Zm9v=", "Zg==Zg==", "Z=g=", "Zm9v!"])
    func badBase64(text: String) {
        #expect(Base64.decode(text) == nil)
    }

    @Test func objectIdentifiers() {
        #expect(OID("2.5.29.17")?.encoded == [0x55, 0x1D, 0x11])
        #expect(OID("2.999.3")?.dotted == "2.999.3")
        #expect(OID("1.2.840.113549")?.dotted == "1.2.840.113549")
        #expect(OID("3.1") == nil && OID("1.40") == nil && OID("1") == nil && OID("1..2") == nil && OID("") == nil)
        #expect(OID(encoded: []).dotted == "oid:" && OID(encoded: [0x55, 0x80]).dotted == "oid:5580")
        #expect(OID(encoded: [0x80, 0x01]).isWellFormed == false)
        #expect(OID("2.18446744073709551535")?.dotted == "2.18446744073709551535")
        #expect(OID("2.18446744073709551536") == nil)
        #expect(OID(encoded: [0x82] + [UInt8](repeating: 0x80, count: 8) + [0]).dotted == "oid:82808080808080808000")
        let huge = OID(encoded: [UInt8](repeating: 0xFF, count: 1 << 20) + [0x01])
        #expect(huge.dotted.utf8.count < 200)
    }
}
