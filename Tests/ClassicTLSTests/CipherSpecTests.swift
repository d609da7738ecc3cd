import LibSSL
import TLSParameters
import Testing

@testable import ClassicTLS

@Suite struct CipherSpecTests {
    @Test func everySpecHasACipherInTheLibrary() throws {
        for facts in CipherSuite.registry {
            guard let spec = CipherSpec(suite: facts.suite), !spec.cipher.isEmpty else { continue }
            let key = [UInt8](repeating: 7, count: spec.keyCount)
            if spec.mode == .gcm {
                _ = try AEADCipher(spec.cipher, key: key, .encrypt)
            } else {
                _ = try BulkCipher(spec.cipher, key: key, iv: [UInt8](repeating: 1, count: spec.ivCount), .encrypt)
            }
        }
    }

    @Test func exportSuitesTakeFewBytes() throws {
        let rc4 = try #require(CipherSpec(suite: .TLS_RSA_EXPORT_WITH_RC4_40_MD5))
        #expect(rc4.keyMaterial == 5 && rc4.keyCount == 16 && rc4.isExport && rc4.mac == .md5)
        let des = try #require(CipherSpec(suite: .TLS_RSA_EXPORT_WITH_DES40_CBC_SHA))
        #expect(des.keyMaterial == 5 && des.keyCount == 8 && des.ivCount == 8)
        let null = try #require(CipherSpec(suite: .TLS_RSA_WITH_NULL_MD5))
        #expect(null.mode == .null && null.mac == .md5 && !null.isExport)
        #expect(CipherSpec(suite: .TLS_AES_128_GCM_SHA256) == nil)
    }

    @Test func ciphersGiveTheirPublishedValues() throws {
        // RFC 6229: RC4 with the key 0102030405, the stream at offset 0.
        let rc4 = try BulkCipher("RC4", key: [1, 2, 3, 4, 5], iv: [], .encrypt)
        #expect(try rc4.update([UInt8](repeating: 0, count: 8)) == [0xB2, 0x39, 0x63, 0x05, 0xF0, 0x3D, 0xC0, 0x27])
        // FIPS 81 appendix C: CBC of DES.
        let des = try BulkCipher(
            "DES-CBC",
            key: [0x01, 0x23, 0x45, 0x67, 0x89, 0xAB, 0xCD, 0xEF],
            iv: [0x12, 0x34, 0x56, 0x78, 0x90, 0xAB, 0xCD, 0xEF],
            .encrypt
        )
        #expect(try des.update(Array("Now is t".utf8)) == [0xE5, 0xC7, 0xCD, 0xDE, 0x87, 0x2B, 0xF2, 0x7C])
        // The chain goes on in the next call.
        #expect(try des.update(Array("he time ".utf8)) == [0x43, 0xE9, 0x34, 0x00, 0x8C, 0x38, 0x9C, 0x0F])
        // RFC 2268 section 5: 16 bytes with 128 effective bits, one block from an IV of zeros.
        let rc2 = try BulkCipher(
            "RC2-CBC",
            key: [0x88, 0xBC, 0xA9, 0x0E, 0x90, 0x87, 0x5A, 0x7F, 0x0F, 0x79, 0xC3, 0x84, 0x62, 0x7B, 0xAF, 0xB2],
            iv: [UInt8](repeating: 0, count: 8),
            .encrypt
        )
        #expect(
            try rc2.update([UInt8](repeating: 0, count: 8)) == [0x22, 0x69, 0x55, 0x2A, 0xB0, 0xF8, 0x5C, 0xA6]
        )
        // RFC 2104 appendix 1 by way of RFC 2202.
        #expect(
            try HashFunction.md5.authenticate(Array("Hi There".utf8), key: [UInt8](repeating: 0x0B, count: 16)).prefix(
                4
            )
                == [0x92, 0x94, 0x72, 0x7A]
        )
    }

    @Test func secretsAreShared() throws {
        let group = try #require(FiniteFieldGroup(bits: 1024))
        let (mine, minePublic) = try group.makeKeyPair()
        let (yours, yoursPublic) = try group.makeKeyPair()
        #expect(
            try group.sharedSecret(privateValue: mine, peer: yoursPublic)
                == group.sharedSecret(privateValue: yours, peer: minePublic)
        )
        for bad in [[], [0], [1], group.p, Array(group.p.dropLast()) + [group.p[group.p.count - 1] - 1]] {
            #expect(throws: LibraryError.self) { try group.sharedSecret(privateValue: mine, peer: bad) }
        }
        for name in ["P-256", "X25519", "secp224r1", "secp256k1"] {
            let one = try CurveKeyPair(group: name)
            let other = try CurveKeyPair(group: name)
            #expect(try one.sharedSecret(peer: other.publicValue()) == other.sharedSecret(peer: one.publicValue()))
            #expect(throws: LibraryError.self) { try one.sharedSecret(peer: [4, 1, 2, 3]) }
        }
    }

    @Test func signaturesOverHashesHold() throws {
        let key = try PKeyHandle.generate(rsaBits: 1024)
        let message = Array("message".utf8)
        for (function, pss) in [(HashFunction.md5sha1, false), (.sha1, false), (.sha256, false), (.sha256, true)] {
            let hash = try function.hash(message)
            let signature = try key.sign(hash: hash, function, usesPSS: pss)
            #expect(key.isValid(signature, overHash: hash, function, usesPSS: pss))
            #expect(!key.isValid(signature, overHash: try function.hash(message, [1]), function, usesPSS: pss))
        }
        let encrypted = try key.encrypt(message)
        #expect(Array(try key.decryptRaw(encrypted).suffix(message.count)) == message)
        let numbers = try #require(key.rsaNumbers)
        let copy = try PKeyHandle.publicKey(modulus: numbers.modulus, exponent: numbers.exponent)
        #expect(copy.bitCount == 1024)
        #expect(Array(try key.decryptRaw(copy.encrypt(message)).suffix(message.count)) == message)
    }
}
