public import TLSParameters

// draft-hickman-netscape-ssl-00 §5.5; RFC 5246 §E.2 for later versions in this format
//
//     char MSG-CLIENT-HELLO = 1
//     char CLIENT-VERSION[2]            0x0002, or 0x0300 to 0x0303
//     char CIPHER-SPECS-LENGTH[2]       a multiple of 3
//     char SESSION-ID-LENGTH[2]         0 or 16; 0 for later versions
//     char CHALLENGE-LENGTH[2]          16 to 32
//     char CIPHER-SPECS-DATA[]  char SESSION-ID-DATA[]  char CHALLENGE-DATA[]

/// A hello in the format of SSL 2.0, for SSL 2.0 itself or for a later version.
public struct SSL2ClientHello: SSL2Message {
    /// 0x0002 for SSL 2.0, or the best version that the client speaks.
    public var version: ProtocolVersion
    /// Offered kinds; `00 xx xx` is a suite of a later version.
    public var cipherKinds: [SSL2CipherKind]
    /// Session to resume.
    public var sessionID: [UInt8]
    /// 16 to 32 bytes.
    public var challenge: [UInt8]

    /// CLIENT-HELLO
    public static var code: SSL2MessageType { .client_hello }

    /// Makes a hello; nothing is checked.
    public init(
        version: ProtocolVersion = .ssl2,
        cipherKinds: [SSL2CipherKind],
        sessionID: [UInt8] = [],
        challenge: [UInt8]
    ) {
        self.version = version
        self.cipherKinds = cipherKinds
        self.sessionID = sessionID
        self.challenge = challenge
    }

    /// Makes a hello that offers suites of SSL 3.0 or later in this format (RFC 5246 §E.2).
    public init(version: ProtocolVersion, cipherSuites: [CipherSuite], challenge: [UInt8]) {
        self.init(
            version: version,
            cipherKinds: cipherSuites.map { SSL2CipherKind(rawValue: UInt32($0.rawValue)) },
            challenge: challenge
        )
    }

    /// Reads what follows the code.
    public init(parsing reader: inout ByteReader) throws(WireError) {
        version = ProtocolVersion(rawValue: try reader.readUInt16("CLIENT-HELLO.CLIENT-VERSION"))
        let kindsOffset = reader.offset
        let kindsLength = Int(try reader.readUInt16("CLIENT-HELLO.CIPHER-SPECS-LENGTH"))
        guard kindsLength % 3 == 0 else {
            throw reader.error(.badLength(kindsLength), at: kindsOffset, "CLIENT-HELLO.CIPHER-SPECS-LENGTH")
        }
        let sessionLength = Int(try reader.readUInt16("CLIENT-HELLO.SESSION-ID-LENGTH"))
        let challengeLength = Int(try reader.readUInt16("CLIENT-HELLO.CHALLENGE-LENGTH"))
        cipherKinds = try readCipherKinds(&reader, length: kindsLength, "CLIENT-HELLO.CIPHER-SPECS-DATA")
        sessionID = try reader.readBytes(sessionLength, "CLIENT-HELLO.SESSION-ID-DATA")
        challenge = try reader.readBytes(challengeLength, "CLIENT-HELLO.CHALLENGE-DATA")
    }

    /// Writes what follows the code.
    public func encode(into writer: inout ByteWriter) {
        writer.writeUInt16(version.rawValue)
        writer.writeUInt16(UInt16(truncatingIfNeeded: cipherKinds.count * 3))
        writer.writeUInt16(UInt16(truncatingIfNeeded: sessionID.count))
        writer.writeUInt16(UInt16(truncatingIfNeeded: challenge.count))
        for kind in cipherKinds { writer.writeUInt24(kind.rawValue) }
        writer.writeBytes(sessionID)
        writer.writeBytes(challenge)
    }

    /// How many bytes of a stream tell the version of a hello in this format, whichever of the two headers it has.
    public static let openingLength = 6

    /// The version that a stream's first bytes name, if they begin a record with this message; nil if they don't, or are too few.
    public static func version(atFrontOf bytes: [UInt8]) -> ProtocolVersion? {
        guard bytes.count >= openingLength else { return nil }
        let message = bytes[(bytes[0] & 0x80 != 0 ? 2 : 3)...]
        guard message.first == code.rawValue else { return nil }
        return ProtocolVersion(
            rawValue: UInt16(message[message.startIndex + 1]) << 8 | UInt16(message[message.startIndex + 2])
        )
    }

    /// The offered suites of SSL 3.0 and later.
    public var cipherSuites: [CipherSuite] {
        cipherKinds.filter { $0.rawValue <= 0xFFFF }.map { CipherSuite(rawValue: UInt16($0.rawValue)) }
    }

    /// The client random of SSL 3.0 and later: the challenge, right-justified in 32 bytes (RFC 5246 §E.2).
    public var random: [UInt8] {
        [UInt8](repeating: 0, count: max(0, 32 - challenge.count)) + challenge.suffix(32)
    }
}

func readCipherKinds(
    _ reader: inout ByteReader,
    length: Int,
    _ field: String
) throws(WireError) -> [SSL2CipherKind] {
    var list = try reader.child(length, field)
    var kinds: [SSL2CipherKind] = []
    while !list.isEmpty { kinds.append(SSL2CipherKind(rawValue: try list.readUInt24(field))) }
    return kinds
}
