import Certificates
import Foundation
import TLSParameters
import Testing

/// All problems of a chain, with the system's trust left out.
@Suite struct ChainValidatorTests {
    private let root: TrustStore
    private let intermediate: Certificate

    init() throws {
        root = try TrustAnchors(system: false, files: [Vectors.path("root.pem")]).acquire()
        intermediate = try Vectors.certificate("intermediate")
    }

    private func validate(
        _ name: String,
        dns: String? = "example.com",
        trust: TrustStore? = nil,
        purpose: ValidationPurpose = .server,
        at time: Int64 = testTime,
        level: Int = 2
    ) throws -> ChainValidation {
        ChainValidator.validate(
            chain: [try Vectors.certificate(name), intermediate],
            trust: trust ?? root,
            purpose: purpose,
            name: dns.map { VerifyName($0) },
            at: time,
            securityLevel: level
        )
    }

    private func ids(_ validation: ChainValidation) -> [String] {
        validation.problems.map(\.id)
    }

    @Test func good() throws {
        let result = try validate("rsa")
        #expect(result.isTrusted && result.problems.isEmpty)
        #expect(result.matchedName == PeerText("example.com"))
        #expect(result.verifiedChain.map(\.wasSent) == [true, true, false])
        #expect(result.verifiedChain.last?.subject == PeerText("CN=Test Root,O=Test Vectors,C=DE"))
        #expect(try validate("rsa", purpose: .client).isTrusted)
        #expect(try validate("ec").isTrusted)
        #expect(try validate("nosubject", dns: "nosubject.example.com").isTrusted)
    }

    @Test func dates() throws {
        let expired = try validate("expired")
        #expect(ids(expired) == ["expired"] && expired.problems[0].code == 10 && expired.problems[0].depth == 0)
        #expect(expired.problems[0].subject == PeerText("CN=expired.example.com"))
        #expect(try validate("expired", at: 1_280_000_000).problems.map(\.id) == ["not-yet-valid", "not-yet-valid"])
        #expect(try validate("expired", at: 1_280_000_000).problems.map(\.depth) == [2, 1])
        #expect(try ids(validate("notyet")) == ["not-yet-valid"])
        #expect(try validate("notyet", at: 4_000_000_000).isTrusted)
        #expect(try validate("ancient").isTrusted)
        #expect(try ids(validate("endless")) == ["not-yet-valid"])
        #expect(try ids(validate("rsa", at: 253_402_300_799)) == ["expired", "expired", "expired"])
    }

    @Test func everythingAtOnce() throws {
        let result = try validate("expired", dns: "other.example", trust: TrustAnchors.none.acquire(), purpose: .server)
        #expect(ids(result) == ["unknown-issuer", "expired", "name-mismatch"])
        #expect(result.nameMatches == false && !result.isTrusted)
    }

    @Test func trustProblems() throws {
        let nobody = try TrustAnchors.none.acquire()
        #expect(try ids(validate("rsa", trust: nobody)) == ["unknown-issuer"])
        let alone = ChainValidator.validate(chain: [try Vectors.certificate("rsa")], trust: root, at: testTime)
        #expect(ids(alone) == ["unknown-issuer"] && alone.problems[0].depth == 0 && alone.problems[0].code == 20)
        let selfSigned = ChainValidator.validate(
            chain: [try Vectors.certificate("negative")],
            trust: root,
            at: 1_800_000_000
        )
        #expect(ids(selfSigned) == ["self-signed"])
        let withRoot = ChainValidator.validate(
            chain: try Certificate.readAll(Vectors.bytes("chain-with-root.pem")),
            trust: nobody,
            at: testTime
        )
        #expect(ids(withRoot) == ["untrusted-root"] && withRoot.problems[0].depth == 2)
        #expect(ids(ChainValidator.validate(chain: [], trust: root)) == ["no-certificate"])
        let partial = try TrustAnchors(
            system: false,
            certificates: [intermediate],
            allowsPartialChains: true
        ).acquire()
        #expect(try validate("rsa", trust: partial).isTrusted)
    }

    @Test func orderDoesNotMatter() throws {
        let chain = try Certificate.readAll(Vectors.bytes("chain-out-of-order.pem"))
        #expect(ChainValidator.validate(chain: chain, trust: root, at: testTime).isTrusted)
    }

    @Test func usageStrengthAndSignature() throws {
        #expect(try ids(validate("clientonly")) == ["wrong-usage"])
        #expect(try validate("clientonly", purpose: .client).isTrusted)
        #expect(try ids(validate("toosmall")) == ["weak-key"])
        #expect(try validate("toosmall", level: 1).isTrusted)
        #expect(try ids(validate("weak")) == ["weak-signature"])
        #expect(try validate("weak", level: 0).isTrusted)
        #expect(try ids(validate("odd", dns: nil)).contains("unknown-critical-extension"))

        var der = try Vectors.certificate("rsa").der
        der[der.count - 1] ^= 1
        let forged = ChainValidator.validate(
            chain: [try Certificate(der: der), intermediate],
            trust: root,
            at: testTime
        )
        #expect(ids(forged) == ["bad-signature"] && forged.problems[0].code == 7)
    }

    @Test func leafCanNotBeAnIssuer() throws {
        let key = try PrivateKey(pem: Vectors.bytes("key-p256.pem"))
        let parent = try Vectors.certificate("wildcard")
        var builder = CertificateBuilder(subjectPublicKeyInfo: key.subjectPublicKeyInfo)
        builder.issuer = parent.subject.der
        builder.extensions = [CertificateBuilder.alternativeNames([(0x82, Array("bank.example".utf8))])]
        let child = try builder.signed(by: key)
        let result = ChainValidator.validate(
            chain: [child, parent, intermediate],
            trust: root,
            name: .dns("bank.example"),
            at: testTime
        )
        #expect(!result.isTrusted && ids(result).contains("invalid-ca"))
        #expect(ids(result).contains("path-length"))
    }

    @Test func names() throws {
        func match(_ name: String, _ certificate: String) throws -> PeerText? {
            try validate(certificate, dns: name).matchedName
        }
        #expect(try match("www.example.com", "wildcard") == PeerText("*.example.com"))
        #expect(try match("WWW.EXAMPLE.COM", "wildcard") != nil)
        #expect(try match("www.example.com.", "wildcard") != nil)
        #expect(try match("a.b.example.com", "wildcard") == nil)
        #expect(try match("wildcard", "wildcard") == nil)  // only in the common name
        #expect(try match(".example.com", "wildcard") == nil)
        #expect(try match("", "wildcard") == nil)
        #expect(try match("www.example.com\0.evil.example", "wildcard") == nil)
        #expect(try match("127.0.0.1", "address") == PeerText("127.0.0.1"))
        #expect(try match("::1", "address") == PeerText("::1"))
        #expect(try match("[0:0:0:0:0:0:0:1]", "address") == PeerText("::1"))
        #expect(try match("127.0.0.2", "address") == nil)
        #expect(try match("192.0.2.1", "rsa") != nil)
        let asName = ChainValidator.validate(
            chain: [try Vectors.certificate("address"), intermediate],
            trust: root,
            name: .dns("127.0.0.1"),
            at: testTime
        )
        #expect(ids(asName) == ["name-mismatch"] && asName.problems[0].code == 62)
        #expect(try validate("address", dns: "10.0.0.1").problems[0].code == 64)
        #expect(try validate("negative", dns: "negative").problems.last?.text.contains("common name") == true)
    }

    @Test func nameWithNULMatchesNothing() throws {
        let key = try PrivateKey.generateP256()
        var builder = CertificateBuilder(subjectPublicKeyInfo: key.subjectPublicKeyInfo)
        builder.issuer = DERWriter.name([(OID(encoded: [0x55, 4, 3]), 0x0C, [0x61])])
        builder.subject = builder.issuer
        builder.extensions = [
            CertificateBuilder.alternativeNames([(0x82, Array("good.example".utf8) + [0] + Array(".evil.example".utf8))]
            )
        ]
        let certificate = try builder.signed(by: key)
        let trust = try TrustAnchors(system: false, certificates: [certificate]).acquire()
        for name in ["good.example", "good.example\0.evil.example", "evil.example"] {
            let result = ChainValidator.validate(chain: [certificate], trust: trust, name: .dns(name), at: testTime)
            #expect(ids(result) == ["name-mismatch"])
        }
    }

    @Test func encodes() throws {
        let result = try validate("expired", dns: nil)
        let data = try JSONEncoder().encode(result)
        #expect(try JSONDecoder().decode(ChainValidation.self, from: data) == result)
        let object = try #require(JSONSerialization.jsonObject(with: data) as? [String: Any])
        #expect(object["nameChecked"] is NSNull && object["isTrusted"] as? Bool == false)
    }
}
