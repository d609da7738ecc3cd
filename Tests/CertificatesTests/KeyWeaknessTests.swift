import Testing

@testable import Certificates

/// Public keys that are weak by themselves.
@Suite struct KeyWeaknessTests {
    /// An RSA key of any numbers.
    private func weaknesses(modulus: [UInt8], exponent: [UInt8] = [1, 0, 1]) throws -> [KeyWeakness] {
        let number = { (bytes: [UInt8]) in DERWriter.element(DERTag.integer, (bytes[0] & 0x80 != 0 ? [0] : []) + bytes)
        }
        let spki = DERWriter.sequence(
            DERWriter.sequence(DERWriter.oid(try #require(OID("1.2.840.113549.1.1.1"))), [5, 0]),
            DERWriter.bitString(DERWriter.sequence(number(modulus), number(exponent)))
        )
        let key = try FileKey(publicKey: spki)
        return KeyWeakness.all(try #require(key.publicKey), subjectPublicKeyInfo: spki)
    }

    /// Big-endian bytes times a small number.
    private func product(_ number: [UInt8], _ factor: Int) -> [UInt8] {
        var carry = 0
        var out: [UInt8] = []
        for byte in number.reversed() {
            carry += Int(byte) * factor
            out.insert(UInt8(carry & 0xFF), at: 0)
            carry >>= 8
        }
        while carry > 0 {
            out.insert(UInt8(carry & 0xFF), at: 0)
            carry >>= 8
        }
        return out
    }

    /// A modulus of our own, of no weakness.
    private func good() throws -> [UInt8] {
        let key = try PrivateKey.generateRSA(bits: 2048)
        var reader = DERReader(key.subjectPublicKeyInfo[...])
        var info = try reader.inside("key")
        _ = try info.element("algorithm")
        var inner = DERReader(try info.bitString("key").bytes)
        var numbers = try inner.inside("numbers")
        return Array(try numbers.element("modulus").content.drop { $0 == 0 })
    }

    @Test func aGoodKeyHasNone() throws {
        #expect(try weaknesses(modulus: good()) == [])
    }

    @Test func exponents() throws {
        let modulus = try good()
        #expect(try weaknesses(modulus: modulus, exponent: [1]) == [.exponentOfOne])
        #expect(try weaknesses(modulus: modulus, exponent: [3]) == [.smallExponent("3")])
        #expect(try weaknesses(modulus: modulus, exponent: [1, 0, 0]) == [.evenExponent])
        let long = [UInt8](repeating: 0x11, count: 20)
        #expect(try weaknesses(modulus: modulus, exponent: long) == [])
        #expect(try weaknesses(modulus: modulus, exponent: long + [0x1A]) == [.evenExponent])
    }

    @Test func smallFactors() throws {
        let modulus = product(try good(), 751)
        #expect(try weaknesses(modulus: modulus) == [.smallFactor(751)])
        #expect(try weaknesses(modulus: product(try good(), 2)).first == .smallFactor(2))
    }

    @Test func powersOf65537BearTheFingerprintOfROCA() throws {
        var modulus: [UInt8] = [1]
        for _ in 0..<129 { modulus = product(modulus, 65_537) }
        #expect(try weaknesses(modulus: modulus) == [.roca])
    }

    @Test func closePrimesAreFound() throws {
        // (2^1024 + x)(2^1024 + y), with x and y small and no small factor.
        let remainders = (2..<752).map { divisor in (0..<1024).reduce(1) { power, _ in power * 2 % divisor } }
        var fitting: [Int] = []
        var candidate = 1
        while fitting.count < 2 {
            if zip(2..<752, remainders).allSatisfy({ ($1 + candidate) % $0 != 0 }) { fitting.append(candidate) }
            candidate += 1
        }
        let (x, y) = (fitting[0], fitting[1])
        var modulus = [UInt8](repeating: 0, count: 257)
        modulus[0] = 1
        for shift in 0..<8 {
            modulus[128 - shift] = UInt8((x + y) >> (8 * shift) & 0xFF)
            modulus[256 - shift] = UInt8((x * y) >> (8 * shift) & 0xFF)
        }
        #expect(try weaknesses(modulus: modulus) == [.closePrimes])
    }

    @Test func sizes() throws {
        let key = try PrivateKey.generateRSA(bits: 1024)
        #expect(KeyWeakness.all(key.facts, subjectPublicKeyInfo: key.subjectPublicKeyInfo) == [.short(bits: 1024)])
        let curve = PublicKeyFacts(algorithm: "EC", bits: 192, curve: "secp192r1")
        #expect(KeyWeakness.all(curve, subjectPublicKeyInfo: []) == [.curve("secp192r1")])
        let explicit = PublicKeyFacts(algorithm: "EC", bits: 256, curve: "explicit")
        #expect(KeyWeakness.all(explicit, subjectPublicKeyInfo: []) == [.curve("explicit")])
        #expect(KeyWeakness.all(PublicKeyFacts(algorithm: "DSA", bits: 1024), subjectPublicKeyInfo: []).count == 2)
    }

    @Test func absurdKeysEnd() throws {
        for modulus in [[0], [1], [2], [0xFF], [UInt8](repeating: 0xFF, count: 4096)] as [[UInt8]] {
            _ = try weaknesses(modulus: modulus)
        }
    }
}
