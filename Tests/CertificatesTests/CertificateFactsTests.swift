import Certificates
import Foundation
import TLSParameters
import Testing

/// Our reading of every vector against the openssl command's.
@Suite struct CertificateFactsTests {
    @Test(arguments: Vectors.names)
    func agreesWithOpenSSL(name: String) throws {
        let certificate = try Vectors.certificate(name)
        let facts = try Vectors.facts(name)
        #expect(certificate.sha256.uppercased() == facts["sha256"])
        #expect(certificate.sha1.uppercased() == facts["sha1"])
        #expect(certificate.spkiPin == facts["pin"])
        #expect(certificate.serialHex == Self.paddedSerial(facts["serial"]))
        #expect(Self.date(certificate.notBefore.text) == facts["notBefore"])
        #expect(Self.date(certificate.notAfter.text) == facts["notAfter"])
        #expect(String(decoding: certificate.subject.text.bytes, as: UTF8.self) == facts["subject"])
        #expect(String(decoding: certificate.issuer.text.bytes, as: UTF8.self) == facts["issuer"])
        if let bits = facts["bits"], !bits.isEmpty { #expect(certificate.publicKey.bits.map(String.init) == bits) }
        let skid = certificate.extensionFacts.subjectKeyIdentifier?.map { String(format: "%02X", $0) }
        #expect(skid?.joined(separator: ":") ?? "" == facts["subjectKeyIdentifier"])
        let akid = certificate.extensionFacts.authorityKeyIdentifier?.map { String(format: "%02X", $0) }
        #expect(akid?.joined(separator: ":") ?? "" == facts["authorityKeyIdentifier"])
        #expect(certificate.isCA == facts["basicConstraints"]?.contains("CA:TRUE"))
    }

    @Test func leafHasEverything() throws {
        let leaf = try Vectors.certificate("rsa")
        #expect(leaf.version == 3)
        #expect(leaf.publicKey == PublicKeyFacts(algorithm: "RSA", bits: 2048, exponent: "65537"))
        #expect(leaf.signatureAlgorithm.name == "sha256WithRSAEncryption")
        #expect(leaf.signatureAlgorithm.hash == "SHA-256")
        #expect(
            leaf.subjectAlternativeNames == [
                GeneralName(kind: .dns, value: PeerText("example.com")),
                GeneralName(kind: .dns, value: PeerText("www.example.com")),
                GeneralName(kind: .ip, value: PeerText("192.0.2.1")),
                GeneralName(kind: .ip, value: PeerText("2001:db8::1")),
                GeneralName(kind: .email, value: PeerText("admin@example.com")),
                GeneralName(kind: .uri, value: PeerText("https://example.com/a")),
            ]
        )
        #expect(leaf.keyUsage == ["digitalSignature", "keyEncipherment"])
        #expect(leaf.extendedKeyUsage.map(\.name) == ["serverAuth", "clientAuth"])
        #expect(leaf.extensionFacts.ocspURLs == [PeerText("http://ocsp.example.com/")])
        #expect(leaf.extensionFacts.caIssuerURLs == [PeerText("http://ca.example.com/ca.der")])
        #expect(leaf.extensionFacts.crlURLs == [PeerText("http://crl.example.com/ca.crl")])
        #expect(leaf.extensionFacts.policies.map(\.dotted) == ["2.23.140.1.2.1", "1.2.3.4"])
        #expect(leaf.extensionFacts.mustStaple)
        #expect(leaf.extensionFacts.hasBasicConstraints)
        #expect(!leaf.isCA && !leaf.isSelfIssued && !leaf.isSelfSigned)
        #expect(leaf.defects.isEmpty)
        #expect(leaf.subject.commonName == PeerText("example.com"))
        #expect(leaf.subject.relativeNames.first?.first?.type == "C")
        #expect(leaf.notAfter.days(after: testTime) == 26_702)
        #expect(leaf.isValid(at: testTime) == true)
    }

    @Test func authorities() throws {
        let root = try Vectors.certificate("root")
        #expect(root.isSelfIssued && root.isSelfSigned && root.isCA && root.pathLength == nil)
        #expect(root.keyUsage == ["keyCertSign", "cRLSign"])
        let intermediate = try Vectors.certificate("intermediate")
        #expect(intermediate.isCA && intermediate.pathLength == 0)
    }

    @Test func keysAndSignatures() throws {
        let ec = try Vectors.certificate("ec")
        #expect(ec.publicKey == PublicKeyFacts(algorithm: "EC", bits: 384, curve: "secp384r1"))
        let explicit = try Vectors.certificate("explicit").publicKey
        #expect(explicit == PublicKeyFacts(algorithm: "EC", bits: 256, curve: "explicit"))
        let ed = try Vectors.certificate("ed25519")
        #expect(ed.publicKey == PublicKeyFacts(algorithm: "Ed25519", bits: 256))
        #expect(ed.signatureAlgorithm.name == "Ed25519" && ed.signatureAlgorithm.hash == nil)
        #expect(ed.isSelfSigned)
        let pss = try Vectors.certificate("pss")
        #expect(pss.publicKey == PublicKeyFacts(algorithm: "RSA-PSS", bits: 2048, exponent: "65537"))
        #expect(pss.signatureAlgorithm.name == "RSASSA-PSS" && pss.signatureAlgorithm.hash == "SHA-256")
        #expect(try Vectors.certificate("weak").signatureAlgorithm.hash == "SHA-1")
    }

    @Test func oddOnesAreReadAndNoted() throws {
        let negative = try Vectors.certificate("negative")
        #expect(negative.serialHex == "-FF")
        #expect(negative.defects.map(\.text) == ["the serial number is negative"])

        let odd = try Vectors.certificate("odd")
        #expect(odd.defects.map(\.field) == ["subjectAltName"])
        #expect(odd.subjectAlternativeNames.isEmpty)
        #expect(odd.extensions.contains { $0.oid.dotted == "1.2.3.4" && $0.isCritical && $0.name == nil })
        let offset = try #require(odd.defects.first?.offset)
        #expect(odd.der[offset] == 0x82 && odd.der[offset + 1] == 0xFF)

        let empty = try Vectors.certificate("nosubject")
        #expect(empty.subject.isEmpty && empty.subject.text.isEmpty)
        #expect(empty.subjectAlternativeNames.map(\.value) == [PeerText("nosubject.example.com")])

        let huge = try Vectors.certificate("hugeoid")
        #expect(huge.extendedKeyUsage.first?.name == "serverAuth")
        #expect(huge.extendedKeyUsage.last?.name.hasPrefix("oid:2a03") == true)
        #expect(huge.extensionFacts.policies.first?.dotted.hasPrefix("oid:") == true)
    }

    @Test func controlsNeverReachTheTerminal() throws {
        let certificate = try Vectors.certificate("controls")
        let line = certificate.subject.text.encoded(for: .terminal)
        #expect(line.unicodeScalars.allSatisfy { (0x20...0x7E).contains($0.value) })
        #expect(certificate.subject.values(of: "O").first?.bytes.contains(0x1B) == true)
    }

    @Test func encodesEveryFactAndDecodesFromTheBytes() throws {
        let leaf = try Vectors.certificate("rsa")
        let data = try JSONEncoder().encode(leaf)
        #expect(try JSONDecoder().decode(Certificate.self, from: data) == leaf)
        let object = try #require(JSONSerialization.jsonObject(with: data) as? [String: Any])
        #expect(object["sha256"] as? String == leaf.sha256)
        #expect((object["notAfter"] as? [String: Any])?["text"] as? String == "2099-12-31T23:59:59Z")
        #expect((object["publicKey"] as? [String: Any])?["curve"] is NSNull)
        #expect(
            (object["subject"] as? [String: Any])?["text"] as? String
                == "CN=example.com,O=Test\\, Vectors\\+Co,L=Berlin,ST=Berlin,C=DE"
        )
        let root = try JSONEncoder().encode(Vectors.certificate("negative"))
        let rootObject = try #require(JSONSerialization.jsonObject(with: root) as? [String: Any])
        #expect(rootObject["basicConstraints"] is NSNull)
        #expect(rootObject["subjectKeyIdentifier"] is NSNull)
    }

    /// `2099-12-31T23:59:59Z` the way openssl writes it.
    private static func date(_ text: String) -> String {
        text.replacingOccurrences(of: "T", with: " ")
    }

    /// openssl keeps a leading zero of an odd number of digits; ours always has whole bytes.
    private static func paddedSerial(_ text: String?) -> String? {
        text
    }
}
