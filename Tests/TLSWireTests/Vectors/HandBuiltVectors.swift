import TLSParameters

@testable import TLSWire

/// Messages written by hand from the standards, for what no peer at hand sends any more.
enum HandBuiltVectors {
    private static let random = counting(32).hexText

    static let messages: [Vector] = [
        Vector(
            "SSL 3.0 ClientHello without extensions",
            .handshake(.ssl3, suite: 0x0005),
            "01 000031 0300 \(random) 00 000a 0004 0005 000a 0009 00ff 01 00"
        ),
        Vector(
            "SSL 3.0 ServerHello without extensions",
            .handshake(.ssl3, suite: 0x0005),
            "02 00002a 0300 \(random) 04 aabbccdd 0005 00"
        ),
        Vector(
            "ClientHello with an empty list of extensions",
            .handshake(.tls12, suite: 0),
            "01 00002b 0303 \(random) 00 0002 002f 01 00 0000"
        ),
        Vector(
            "ClientHello with GREASE, unknown and duplicate extensions",
            .handshake(.tls12, suite: 0),
            """
            01 000049 0303 \(random) 00 0004 0a0a 002f 02 01 00 \
            001c 1a1a 0000 7f7f 0003 010203 7f7f 0003 010203 0023 0001 ff ff01 0001 00
            """.replacingLength()
        ),
        Vector("HelloRequest", .handshake(.tls12, suite: 0), "00 000000"),
        Vector("EndOfEarlyData", .handshake(.tls13, suite: 0), "05 000000"),
        Vector("KeyUpdate, not requested", .handshake(.tls13, suite: 0), "18 000001 00"),
        Vector("KeyUpdate, requested", .handshake(.tls13, suite: 0), "18 000001 01"),
        Vector(
            "CertificateStatus with three responses",
            .handshake(.tls12, suite: 0),
            "16 00000f 02 00000b 000002 aabb 000000 000000".replacingLength()
        ),
        Vector(
            "CertificateRequest of SSL 3.0 with a name",
            .handshake(.ssl3, suite: 0),
            "0d 00000c 02 01 02 0007 0005 30 03 31 01 00"
        ),
        Vector("Certificate without certificates", .handshake(.tls12, suite: 0), "0b 000003 000000"),
        Vector("Certificate of TLS 1.3 without certificates", .handshake(.tls13, suite: 0), "0b 000006 02 abcd 000000"),
        Vector(
            "NewSessionTicket of TLS 1.3 with early data",
            .handshake(.tls13, suite: 0x1301),
            "04 00001b 00001c20 fad6aac5 02 0000 0004 deadbeef 0008 002a 0004 00000400"
        ),
        Vector(
            "ServerKeyExchange with an export RSA key",
            .handshake(.ssl3, suite: 0x0003),
            "0c 00000f 0004 c0ffee01 0003 010001 0004 01020304".replacingLength()
        ),
        Vector(
            "ServerKeyExchange of SRP with an RSA signature",
            .handshake(.tls12, suite: 0xC01E),
            "0c 000000 0003 c0ffee 0001 02 04 01020304 0003 aabbcc 0201 0002 0102".replacingLength()
        ),
        Vector(
            "ServerKeyExchange of SRP without a signature",
            .handshake(.tls12, suite: 0xC01D),
            "0c 000000 0003 c0ffee 0001 02 04 01020304 0003 aabbcc".replacingLength()
        ),
        Vector(
            "ServerKeyExchange with an explicit prime curve",
            .handshake(.tls12, suite: 0xC013),
            """
            0c 000000 01 02 fffb 01 01 01 02 03 04 0506 02 fff1 01 01 \
            03 04 0708 0401 0002 abcd
            """.replacingLength()
        ),
        Vector(
            "ServerKeyExchange with an explicit trinomial curve",
            .handshake(.tls10, suite: 0xC013),
            "0c 000000 02 00a3 01 01 07 01 01 01 02 03 040506 02 fff1 01 02 03 040708 0002 abcd".replacingLength()
        ),
        Vector(
            "ServerKeyExchange with an explicit pentanomial curve",
            .handshake(.tls10, suite: 0xC013),
            """
            0c 000000 02 00a3 02 01 03 01 06 01 07 01 01 01 02 03 040506 02 fff1 01 02 \
            03 040708 0002 abcd
            """.replacingLength()
        ),
        Vector("ServerKeyExchange of RSA_PSK", .handshake(.tls12, suite: 0x0094), "0c 000004 0002 6869"),
        Vector("ServerKeyExchange of an unknown suite", .handshake(.tls12, suite: 0xEEEE), "0c 000004 01020304"),
        Vector(
            "ServerKeyExchange of DHE in a stated form",
            .keyExchange(ServerKeyExchange.Form(content: .dhe, isSigned: false), .tls12),
            "0c 000009 0001 17 0001 05 0001 08"
        ),
    ]

    static let records: [Vector] = [
        Vector("handshake record", .record, "16 0301 0004 0e000000"),
        Vector("empty application data record", .record, "17 0303 0000"),
        Vector("record of an unknown type and minor version", .record, "63 03ff 0001 00"),
        Vector("fatal alert", .alert, "02 28"),
        Vector("unknown alert", .alert, "07 ee"),
    ]

    static let ssl2: [Vector] = [
        Vector(
            "SSL 2.0 CLIENT-HELLO, 2-byte header",
            .ssl2,
            "8031 01 0002 0018 0000 0010 010080 020080 030080 040080 050080 060040 0700c0 040080 \(counting(16).hexText)"
        ),
        Vector(
            "SSL 2.0 CLIENT-HELLO with a session, 3-byte header and padding",
            .ssl2,
            "0032 04 01 0002 0003 0010 0010 010080 \(counting(16).hexText) \(counting(16).hexText) 00000000"
                .ssl2Length()
        ),
        Vector(
            "SSL 2.0 format hello for TLS 1.2",
            .ssl2,
            "801f 01 0303 0006 0000 0010 00002f 0000ff \(counting(16).hexText)"
        ),
        Vector(
            "SSL 2.0 SERVER-HELLO",
            .ssl2,
            "8028 04 00 01 0002 0005 0006 0010 3003020100 010080 0700c0 \(counting(16).hexText)".ssl2Length()
        ),
        Vector(
            "SSL 2.0 SERVER-HELLO on a session hit",
            .ssl2,
            "8028 04 01 00 0002 0000 0000 0010 \(counting(16).hexText)".ssl2Length()
        ),
        Vector("SSL 2.0 ERROR", .ssl2, "8003 00 0001"),
    ]
}

extension String {
    /// The same handshake message with the right length in its header.
    fileprivate func replacingLength() -> String {
        var bytes = hex(self)
        let length = bytes.count - 4
        bytes.replaceSubrange(1..<4, with: [UInt8(length >> 16), UInt8(length >> 8 & 0xFF), UInt8(length & 0xFF)])
        return bytes.hexText
    }

    /// The same SSL 2.0 record with the right length in its header.
    fileprivate func ssl2Length() -> String {
        var bytes = hex(self)
        let isShort = bytes[0] & 0x80 != 0
        let length = bytes.count - (isShort ? 2 : 3)
        bytes[0] = UInt8(length >> 8) | (isShort ? 0x80 : 0)
        bytes[1] = UInt8(length & 0xFF)
        return bytes.hexText
    }
}
