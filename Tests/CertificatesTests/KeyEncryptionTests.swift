import Certificates
import Testing

/// Keys that say before they are opened how long that takes.
@Suite struct KeyEncryptionTests {
    private static let pbkdf2 = "1.2.840.113549.1.5.12"
    private static let pbes1 = "1.2.840.113549.1.5.10"
    private static let pkcs12 = "1.2.840.113549.1.12.1.3"

    private func integer(_ value: Int) -> [UInt8] {
        var bytes = withUnsafeBytes(of: value.bigEndian) { Array($0.drop { $0 == 0 }) }
        if (bytes.first ?? 0x80) & 0x80 != 0 { bytes.insert(0, at: 0) }
        return DERWriter.element(DERTag.integer, bytes)
    }

    private func algorithm(_ name: String, _ parameters: [UInt8]...) throws -> [UInt8] {
        let salt = DERWriter.element(DERTag.octetString, [UInt8](repeating: 1, count: 8))
        return DERWriter.sequence(
            DERWriter.oid(try #require(OID(name))),
            DERWriter.element(DERTag.sequence, salt + parameters.joined())
        )
    }

    private func pbes2(_ derivation: [UInt8]) throws -> [UInt8] {
        let vector = DERWriter.element(DERTag.octetString, [UInt8](repeating: 2, count: 16))
        let cipher = DERWriter.sequence(DERWriter.oid(try #require(OID("2.16.840.1.101.3.4.1.42"))), vector)
        return DERWriter.sequence(
            DERWriter.oid(try #require(OID("1.2.840.113549.1.5.13"))),
            DERWriter.sequence(derivation, cipher)
        )
    }

    private func key(_ algorithm: [UInt8]) -> [UInt8] {
        DERWriter.sequence(algorithm, DERWriter.element(DERTag.octetString, [UInt8](repeating: 3, count: 32)))
    }

    /// Fails if the password is asked for: what is refused is refused before.
    private func refusal(_ key: [UInt8], pem: Bool = false) -> CertificateError? {
        do {
            let input = pem ? Array(PEM.encode(key, label: "ENCRYPTED PRIVATE KEY").utf8) : key
            _ = try PrivateKey(pem: input) {
                Issue.record("the password was asked for")
                return nil
            }
        } catch {
            return error
        }
        return nil
    }

    @Test(arguments: [10_000_001, Int(Int32.max), 1 << 40, 1 << 60], [true, false])
    func tooManyIterations(count: Int, pem: Bool) throws {
        let keys = try [
            pbes2(algorithm(Self.pbkdf2, integer(count))), algorithm(Self.pbes1, integer(count)),
            algorithm(Self.pkcs12, integer(count)),
        ].map(key)
        for key in keys {
            let error = refusal(key, pem: pem)
            #expect(error?.kind == .malformedKey)
            #expect(error?.text.contains("iterations") == true, "\(error?.text ?? "")")
        }
    }

    @Test(arguments: [(1 << 24, 8, 1), (1 << 14, 8, 1 << 17), (1 << 30, 1 << 30, 1 << 30)])
    func tooMuchScrypt(cost: Int, block: Int, parallel: Int) throws {
        let scrypt = try algorithm("1.3.6.1.4.1.11591.4.11", integer(cost), integer(block), integer(parallel))
        #expect(try refusal(key(pbes2(scrypt)))?.text.contains("scrypt") == true)
    }

    /// Without a password nothing is derived, and that is what the error is about.
    @Test func whatToolsWriteIsOpened() throws {
        func failure(_ derivation: [UInt8]) throws -> CertificateError.Kind? {
            let encrypted = try key(pbes2(derivation))
            do throws(CertificateError) {
                _ = try PrivateKey(pem: encrypted)
                return nil
            } catch {
                return error.kind
            }
        }
        for iterations in [1, 2_048, 600_000, 10_000_000] {
            #expect(try failure(algorithm(Self.pbkdf2, integer(iterations))) == .passwordRequired)
        }
        let scrypt = try algorithm("1.3.6.1.4.1.11591.4.11", integer(1 << 14), integer(8), integer(1))
        #expect(try failure(scrypt) == .passwordRequired)
    }

    @Test func nestingIsNoTrap() throws {
        var nested = try algorithm(Self.pbkdf2, integer(1))
        for _ in 0..<300 { nested = try pbes2(nested) }
        #expect(throws: CertificateError.self) { try PrivateKey(pem: key(nested)) }
    }
}
