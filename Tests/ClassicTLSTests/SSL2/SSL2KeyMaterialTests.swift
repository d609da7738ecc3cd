import LibSSL
import TLSParameters
import TLSWire
import Testing

@testable import ClassicTLS

/// Keys and records against values of other implementations.
///
/// KEY-MATERIAL was computed with Python's hashlib and compared with scapy 2.8's `_sslv2_PRF`, which agrees: it hashes the digit
/// for every kind but single DES, where it follows the draft. The records were put together from hashlib's MD5 and ciphertexts
/// of the `openssl enc` command, as a client's third and fourth: CLIENT-FINISHED and "hello".
@Suite struct SSL2KeyMaterialTests {
    struct Vector: CustomTestStringConvertible, Sendable {
        var kind: SSL2CipherKind
        var hashesDigit = true
        var material: String
        var records: [String]
        var testDescription: String { "\(kind.name), digit \(hashesDigit)" }
    }

    private static let challenge = counting(16, from: 0x20)
    private static let connectionID = counting(16, from: 0x40)
    private static let keyArgument = counting(8, from: 0xA0)

    private static let rc4Material = "f425154c3d60a35f5ed1c79395624d536cfb0e1ee5024328a9946b7004a053f8"
    private static let rc4Records = [
        "8021ecb73b8405bfa994c9ca21bd049dd2c2203c7123f41232be8f8bc5c51a05068dc9",
        "8015b841b333611b0b27894c357f58443fb4fef8459f25",
    ]
    private static let rc2Records = [
        "00280714d80269e544526b01e3ee7d2ab333f245c68eedec24b9a1674a4acc2e501818bcb61009e52e10d2",
        "00180325dab7d9626969be68704065c03ae4afdb46f4d297adf078",
    ]

    static let vectors = [
        Vector(kind: .SSL_CK_RC4_128_WITH_MD5, material: rc4Material, records: rc4Records),
        // The master key's clear part counts like the rest, so export kinds differ in nothing here.
        Vector(kind: .SSL_CK_RC4_128_EXPORT40_WITH_MD5, material: rc4Material, records: rc4Records),
        Vector(kind: .SSL_CK_RC2_128_CBC_WITH_MD5, material: rc4Material, records: rc2Records),
        Vector(kind: .SSL_CK_RC2_128_CBC_EXPORT40_WITH_MD5, material: rc4Material, records: rc2Records),
        Vector(
            kind: .SSL_CK_DES_64_CBC_WITH_MD5,
            material: "b9de5acc270e90073e81661057168f03",
            records: [
                "0028073b8575f06e8f62bbc038244d27b41f23c407342e6b812b67c903e2dd48abf52303dac5adbfc0ec17",
                "001803214fbe359d5c62470a31da50840afdf6a526fa5023ca53a9",
            ]
        ),
        Vector(
            kind: .SSL_CK_DES_64_CBC_WITH_MD5,
            hashesDigit: false,
            material: "753e90c3c0b84e39b1d76a2299d2e455",
            records: [
                "002807e4e38aa5ba6784d71dda24e7b503ad76ee34cc2bf0c5c4d0e5c152f1b3e2c638fbff18cdf16b8420",
                "001803092d6edebbaebf66170b5a63765c96c5a305b7c65d43eeb3",
            ]
        ),
        Vector(
            kind: .SSL_CK_DES_192_EDE3_CBC_WITH_MD5,
            material: "5fddd6511b6c9dd7e3e322ca7fc04958277d866766d4302aebb8307450cc1cb1"
                + "c2790e0aa062e17b73c3e20ce93763c5",
            records: [
                "0028079b4f03b1cc87ba253a18340cabbba6bc65a79b29e14c79f8b81c53129230c6c8574f87b1bf3b306d",
                "0018033af9d76c025c9195490540e40d1581545cd90c68298fc542",
            ]
        ),
    ]

    private func keys(_ vector: Vector, role: EndpointRole) throws -> SSL2ConnectionKeys {
        let spec = try #require(CipherSpec(kind: vector.kind))
        return SSL2ConnectionKeys(
            role: role,
            spec: spec,
            masterKey: counting(spec.keyCount),
            keyArgument: spec.ivCount == 0 ? [] : Self.keyArgument,
            challenge: Self.challenge,
            connectionID: Self.connectionID
        )
    }

    @Test(arguments: vectors) func materialIsCutIntoKeys(_ vector: Vector) throws {
        let keys = try keys(vector, role: .client)
        let material = try SSL2KeyMaterial(
            spec: keys.spec,
            masterKey: keys.masterKey,
            challenge: keys.challenge,
            connectionID: keys.connectionID,
            hashesDigit: vector.hashesDigit
        )
        let expected = hex(vector.material)
        #expect(material.bytes == expected)
        #expect(material.clientReadKey == Array(expected.prefix(keys.spec.keyCount)))
        #expect(material.clientWriteKey == Array(expected.suffix(keys.spec.keyCount)))
    }

    @Test(arguments: vectors) func recordsAreAsOthersMakeThem(_ vector: Vector) throws {
        var client = SSL2RecordLayer()
        for _ in 0..<2 { _ = try client.seal([1]) }
        try client.startSealing(keys(vector, role: .client), hashesDigit: vector.hashesDigit)
        let messages = [[3] + Self.connectionID, Array("hello".utf8)]
        for (message, record) in zip(messages, vector.records) {
            #expect(try client.seal(message)?.bytes == hex(record))
        }

        var server = SSL2RecordLayer()
        for _ in 0..<2 { _ = try server.open(SSL2Record(data: [1])) }
        try server.startOpening(keys(vector, role: .server))
        for (message, bytes) in zip(messages, vector.records) {
            var reader = ByteReader(hex(bytes))
            #expect(try server.open(SSL2Record(parsing: &reader)) == message)
        }
        #expect(server.peerHashesDigit == vector.hashesDigit)
    }

    @Test func kindsOfTheDraftAreThereButIDEA() {
        let kinds = SSL2CipherKind.registry.map(\.kind).filter { CipherSpec(kind: $0) != nil }
        #expect(kinds.map(\.rawValue) == [0x010080, 0x020080, 0x030080, 0x040080, 0x060040, 0x0700C0])
        #expect(CipherSpec(kind: .SSL_CK_RC4_128_EXPORT40_WITH_MD5)?.clearKeyCount == 11)
        #expect(CipherSpec(kind: .SSL_CK_DES_192_EDE3_CBC_WITH_MD5)?.clearKeyCount == 0)
    }

    @Test func sizesAreLimited() throws {
        for vector in Self.vectors {
            var layer = SSL2RecordLayer()
            try layer.startSealing(keys(vector, role: .client), hashesDigit: true)
            let full = try #require(try layer.seal([UInt8](repeating: 7, count: layer.dataLimit)))
            #expect(full.bytes.count <= 3 + SSL2Record.maximumLength(threeByteHeader: true))
            #expect(try layer.seal([UInt8](repeating: 7, count: layer.dataLimit + 1)) == nil)
        }
        var clear = SSL2RecordLayer()
        #expect(try clear.seal([UInt8](repeating: 7, count: 32_767))?.bytes.count == 32_769)
        #expect(try clear.seal([UInt8](repeating: 7, count: 32_768)) == nil)
    }

    @Test func wrongRecordsDoNotOpen() throws {
        for vector in Self.vectors {
            let good = hex(vector.records[0])
            for index in good.indices.dropFirst(good[0] & 0x80 == 0 ? 3 : 2) {
                var layer = SSL2RecordLayer()
                for _ in 0..<2 { _ = try layer.open(SSL2Record(data: [1])) }
                try layer.startOpening(keys(vector, role: .server))
                var bad = good
                bad[index] ^= 1
                var reader = ByteReader(bad)
                #expect(try layer.open(SSL2Record(parsing: &reader)) == nil)
            }
            // Another place in the sequence, too short for a MAC, no whole block, more padding than a block needs.
            for (data, padding, skips) in [
                (Array(good.suffix(40)), UInt8?.none, 1), ([UInt8](repeating: 0, count: 8), nil, 2),
                ([UInt8](repeating: 0, count: 15), nil, 2), (Array(good.suffix(40)), 8, 2), ([], nil, 2),
            ] {
                var layer = SSL2RecordLayer()
                for _ in 0..<skips { _ = try layer.open(SSL2Record(data: [1])) }
                try layer.startOpening(keys(vector, role: .server))
                #expect(try layer.open(SSL2Record(data: data, padding: padding)) == nil)
            }
        }
    }

    @Test func secretKeysTravel() throws {
        let key = try TestIdentity.server().key
        for (count, isMarked) in [(5, false), (5, true), (16, true), (24, false)] {
            let secret = counting(count, from: 1)
            let block = try SSL2SecretKey.encrypt(secret, to: key, isMarked: isMarked)
            let opened = try SSL2SecretKey.decrypt(block, count: count, key: key, refusesMarker: false)
            #expect(opened.secret == secret && opened.isMarked == isMarked)
            let refused = try SSL2SecretKey.decrypt(block, count: count, key: key, refusesMarker: true)
            #expect((refused.secret == secret) == !isMarked)
            // Another length, and what is no ciphertext at all, give something that nobody knows.
            #expect(try SSL2SecretKey.decrypt(block, count: count + 1, key: key, refusesMarker: false).secret != secret)
            for bad in [[], Array(block.dropLast()), [UInt8](repeating: 0xFF, count: 128), [0] + block] {
                let random = try SSL2SecretKey.decrypt(bad, count: count, key: key, refusesMarker: false)
                #expect(random.secret.count == count && random.secret != secret && !random.isMarked)
            }
        }
        // libcrypto's own encryption is read too.
        let other = try key.encrypt([1, 2, 3, 4, 5])
        #expect(try SSL2SecretKey.decrypt(other, count: 5, key: key, refusesMarker: true).secret == [1, 2, 3, 4, 5])
    }
}
