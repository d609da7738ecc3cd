import LibSSL
import Testing

@testable import ClassicTLS

/// What becomes of a secret whose encryption block is right, or wrong in one place.
@Suite struct RSAEncryptedSecretTests {
    private let secret = counting(48, from: 1)

    /// A block as RFC 2313 section 8.1 has it, for the 128 bytes of the key.
    private var block: [UInt8] { [0, 2] + [UInt8](repeating: 0xA5, count: 128 - 3 - secret.count) + [0] + secret }

    private func opened(_ block: [UInt8], flaw: UInt8 = 0) throws -> [UInt8] {
        let key = try TestIdentity.server().key
        return try RSAEncryptedSecret.open(key.encryptRaw(block), count: secret.count, key: key) { padding, secret in
            #expect(padding.count == 128 - 3 - self.secret.count && secret.count == self.secret.count)
            return flaw
        }
    }

    @Test func aRightBlockGivesItsSecret() throws {
        #expect(try opened(block) == secret)
    }

    @Test func aFlawInAnyPlaceGivesSomethingElse() throws {
        let start = 128 - secret.count
        for place in 0..<start {
            var wrong = block
            // No number above the modulus: the first byte can be small, but not zero.
            wrong[place] = place == 0 || place == start - 1 ? 1 : 0
            let one = try opened(wrong)
            #expect(one != secret && one.count == secret.count, "\(place)")
            #expect(try opened(wrong) != one, "it is random")
        }
        #expect(try opened(block, flaw: 1) != secret)
    }

    @Test func whatIsNoCiphertextGivesSomethingElse() throws {
        let key = try TestIdentity.server().key
        let right = try key.encryptRaw(block)
        for wrong in [[], Array(right.dropLast()), [0] + right, [UInt8](repeating: 0xFF, count: 128)] {
            var isAsked = false
            let other = try RSAEncryptedSecret.open(wrong, count: secret.count, key: key) { _, _ in
                isAsked = true
                return 0
            }
            #expect(other != secret && other.count == secret.count && isAsked)
        }
    }

    @Test func aSecretThatLeavesTooLittlePaddingIsNone() throws {
        let key = try TestIdentity.server().key
        // 118 bytes would leave seven of padding.
        let long = counting(118, from: 1)
        let block: [UInt8] = [0, 2] + [UInt8](repeating: 0xA5, count: 7) + [0] + long
        let other = try RSAEncryptedSecret.open(key.encryptRaw(block), count: 118, key: key) { _, _ in 0 }
        #expect(other != long && other.count == 118)
        let most = counting(117, from: 1)
        let longest: [UInt8] = [0, 2] + [UInt8](repeating: 0xA5, count: 8) + [0] + most
        #expect(try RSAEncryptedSecret.open(key.encryptRaw(longest), count: 117, key: key) { _, _ in 0 } == most)
    }
}
