import Testing

@testable import TLSWire

@Suite("Digests of fingerprints")
struct DigestTests {
    /// RFC 1321 §A.5.
    static let md5Examples: [(String, String)] = [
        ("", "d41d8cd98f00b204e9800998ecf8427e"),
        ("a", "0cc175b9c0f1b6a831c399e269772661"),
        ("abc", "900150983cd24fb0d6963f7d28e17f72"),
        ("message digest", "f96b697d7cb7938d525a2f31aaf161d0"),
        ("abcdefghijklmnopqrstuvwxyz", "c3fcd3d76192e4007dfb496cca67e13b"),
        ("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789", "d174ab98d277d9f5a5611c2c9f419d9f"),
        (String(repeating: "1234567890", count: 8), "57edf4a22be3c955ac49da2e2107b67a"),
    ]

    @Test("MD5", arguments: md5Examples)
    func md5(_ message: String, _ digest: String) {
        #expect(MD5.hexDigest(of: message) == digest)
    }

    /// NIST's examples for FIPS 180-4.
    static let sha256Examples: [(String, String)] = [
        ("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
        ("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
        (
            "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
            "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"
        ),
        (
            """
            abcdefghbcdefghicdefghijdefghijkefghijklfghijklmghijklmn\
            hijklmnoijklmnopjklmnopqklmnopqrlmnopqrsmnopqrstnopqrstu
            """,
            "cf5b16a778af8380036ce59e7b0492370b249b11e8f07a51afac45037afee9d1"
        ),
    ]

    @Test("SHA-256", arguments: sha256Examples)
    func sha256(_ message: String, _ digest: String) {
        #expect(SHA256.hexDigest(of: message) == digest)
    }

    /// The padding changes shape at 55, 56, 63 and 64 bytes. The last digest is of the digests of all lengths before, and
    /// comes from Python's hashlib.
    @Test("every length around a block")
    func lengths() {
        let bytes = counting(200)
        let all = (0...200).map { Array(bytes.prefix($0)) }
        #expect(MD5.hexDigest(of: all.map { MD5.hexDigest(of: $0) }.joined()) == "55d70de3db1c95a325748a7ef6941bb8")
        #expect(
            SHA256.hexDigest(of: all.map { SHA256.hexDigest(of: $0) }.joined())
                == "b367ea311264aae50e6260b96a10761169ce3eec5d5f8f2258351f82c7252776"
        )
    }
}
