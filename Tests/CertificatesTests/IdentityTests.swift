import Certificates
import TLSParameters
import Testing

@Suite struct IdentityTests {
    private let secret = { Array("secret".utf8) as [UInt8]? }

    private func failure(_ body: () throws(CertificateError) -> Void) -> CertificateError.Kind? {
        do {
            try body()
            return nil
        } catch {
            return error.kind
        }
    }

    @Test(arguments: ["key-p256.pem", "key-p256.der", "key-p256-traditional.pem"])
    func plainKeys(file: String) throws {
        let key = try Vectors.bytes(file)
        let identity = try Identity(certificatePEM: Vectors.bytes("wildcard.pem"), keyPEM: key) {
            Issue.record("the password was asked for")
            return nil
        }
        #expect(identity.key.facts == PublicKeyFacts(algorithm: "EC", bits: 256, curve: "secp256r1"))
        #expect(identity.key.description == "private key (EC 256 bits)")
    }

    @Test(arguments: ["key-p256-traditional-encrypted.pem", "key-p256-encrypted.pem", "key-p256-encrypted.der"])
    func encryptedKeys(file: String) throws {
        let key = try Vectors.bytes(file)
        #expect(throws: Never.self) { try PrivateKey(pem: key, password: secret) }
        #expect(failure { () throws(CertificateError) in _ = try PrivateKey(pem: key) } == .passwordRequired)
        #expect(
            failure { () throws(CertificateError) in
                _ = try PrivateKey(pem: key, password: { Array("wrong".utf8) })
            } == .wrongPassword
        )
        #expect(
            failure { () throws(CertificateError) in
                _ = try PrivateKey(pem: key, password: { [UInt8](repeating: 0x61, count: 5000) })
            } != nil
        )
    }

    @Test func everythingInOneFileAndAChainApart() throws {
        let combined = try Identity(certificatePEM: Vectors.bytes("combined.pem"))
        #expect(combined.chain.count == 2)
        let apart = try Identity(
            certificatePEM: Vectors.bytes("wildcard.pem"),
            keyPEM: Vectors.bytes("key-p256.pem"),
            chainPEM: Vectors.bytes("intermediate.pem")
        )
        #expect(apart.chain == combined.chain)
        #expect(try Certificate.readAll(Array(apart.chainPEM.utf8)) == apart.chain)
    }

    @Test func wrongKeys() throws {
        let certificate = try Vectors.bytes("wildcard.pem")
        let other = try Vectors.bytes("key-ed25519.pem")
        #expect(
            failure { () throws(CertificateError) in _ = try Identity(certificatePEM: certificate, keyPEM: other) }
                == .keyMismatch
        )
        #expect(failure { () throws(CertificateError) in _ = try Identity(certificatePEM: certificate) } == .noKey)
        let chain = try [Vectors.certificate("intermediate"), Vectors.certificate("wildcard")]
        let key = try PrivateKey(pem: Vectors.bytes("key-p256.pem"))
        do {
            _ = try Identity(chain: chain, key: key)
            Issue.record("an authority's certificate was accepted for the leaf's key")
        } catch {
            #expect(error.kind == .keyMismatch && error.text.contains("leaf must come first"))
        }
    }

    @Test func damagedKeysNeverTrap() throws {
        let key = try Vectors.bytes("key-p256.der")
        for length in key.indices { _ = try? PrivateKey(pem: Array(key.prefix(length))) }
        for place in key.indices {
            var damaged = key
            damaged[place] ^= 0xFF
            _ = try? PrivateKey(pem: damaged)
        }
        let pem = try Vectors.bytes("key-p256-encrypted.pem")
        for length in stride(from: 0, to: pem.count - 40, by: 5) {
            #expect(throws: CertificateError.self) { try PrivateKey(pem: Array(pem.prefix(length)), password: secret) }
        }
    }

    @Test func selfSigned() throws {
        let identity = try Identity.selfSigned(
            names: ["localhost", "*.example.com", "127.0.0.1", "::1"],
            days: 30,
            now: testTime
        )
        let certificate = identity.certificate
        #expect(certificate.isSelfSigned && !certificate.isCA && certificate.defects.isEmpty)
        #expect(certificate.subject.text == PeerText("CN=localhost"))
        #expect(certificate.subjectAlternativeNames.map(\.kind) == [.dns, .dns, .ip, .ip])
        #expect(certificate.notAfter.days(after: testTime) == 30)
        #expect(certificate.notBefore.unixSeconds == testTime - 3600)
        #expect(certificate.serial.count == 16 && certificate.serialHex.utf8.count == 32)
        let trust = try TrustAnchors(system: false, certificates: [certificate]).acquire()
        for name in ["localhost", "a.example.com", "127.0.0.1", "::1"] {
            let result = ChainValidator.validate(
                chain: [certificate],
                trust: trust,
                name: VerifyName(name),
                at: testTime
            )
            #expect(result.isTrusted)
        }
        let client = ChainValidator.validate(chain: [certificate], trust: trust, purpose: .client, at: testTime)
        #expect(client.isTrusted)
        let again = try Identity(
            certificatePEM: Array(certificate.pem.utf8),
            keyPEM: Array(identity.key.secretPEM().utf8)
        )
        #expect(again.certificate == certificate)
    }

    @Test(arguments: [
        [], [""], ["a b"], ["*"], ["a..b"], ["-\n"], ["b\u{FC}cher.example"], ["a*.example.com"], ["x\0y"],
    ])
    func badNames(names: [String]) {
        #expect(
            failure { () throws(CertificateError) in _ = try Identity.selfSigned(names: names) } == .badArgument
        )
    }

    @Test func unusualNames() throws {
        let long = String(repeating: "a", count: 63) + ".example.com"
        let identity = try Identity.selfSigned(names: [long], days: 36_500, now: 4_000_000_000)
        #expect(identity.certificate.subject.text == PeerText("CN=sechan"))
        #expect(identity.certificate.defects.isEmpty)
    }
}
