public import TLSParameters

// draft-hickman-netscape-ssl-00 §5.5
//
//     char MSG-CLIENT-MASTER-KEY = 2
//     char CIPHER-KIND[3]
//     char CLEAR-KEY-LENGTH[2]          0 unless the kind is an export one
//     char ENCRYPTED-KEY-LENGTH[2]
//     char KEY-ARG-LENGTH[2]            8 for block ciphers, else 0
//     char CLEAR-KEY-DATA[]  char ENCRYPTED-KEY-DATA[]  char KEY-ARG-DATA[]

/// A client's choice of a kind in SSL 2.0, with the master key for it.
public struct SSL2ClientMasterKey: SSL2Message {
    /// The kind it chose.
    public var cipherKind: SSL2CipherKind
    /// The beginning of the master key, which export kinds send in the clear.
    public var clearKey: [UInt8]
    /// The rest of it, encrypted to the server's key as PKCS#1 block type 2.
    public var encryptedKey: [UInt8]
    /// What the cipher needs beside a key: the IV of a block cipher, for both directions.
    public var keyArgument: [UInt8]

    /// CLIENT-MASTER-KEY
    public static var code: SSL2MessageType { .client_master_key }

    /// Makes a message; nothing is checked.
    public init(cipherKind: SSL2CipherKind, clearKey: [UInt8], encryptedKey: [UInt8], keyArgument: [UInt8]) {
        self.cipherKind = cipherKind
        self.clearKey = clearKey
        self.encryptedKey = encryptedKey
        self.keyArgument = keyArgument
    }

    /// Reads what follows the code.
    public init(parsing reader: inout ByteReader) throws(WireError) {
        cipherKind = SSL2CipherKind(rawValue: try reader.readUInt24("CLIENT-MASTER-KEY.CIPHER-KIND"))
        let clearLength = Int(try reader.readUInt16("CLIENT-MASTER-KEY.CLEAR-KEY-LENGTH"))
        let encryptedLength = Int(try reader.readUInt16("CLIENT-MASTER-KEY.ENCRYPTED-KEY-LENGTH"))
        let argumentLength = Int(try reader.readUInt16("CLIENT-MASTER-KEY.KEY-ARG-LENGTH"))
        clearKey = try reader.readBytes(clearLength, "CLIENT-MASTER-KEY.CLEAR-KEY-DATA")
        encryptedKey = try reader.readBytes(encryptedLength, "CLIENT-MASTER-KEY.ENCRYPTED-KEY-DATA")
        keyArgument = try reader.readBytes(argumentLength, "CLIENT-MASTER-KEY.KEY-ARG-DATA")
    }

    /// Writes what follows the code.
    public func encode(into writer: inout ByteWriter) {
        writer.writeUInt24(cipherKind.rawValue)
        writer.writeUInt16(UInt16(truncatingIfNeeded: clearKey.count))
        writer.writeUInt16(UInt16(truncatingIfNeeded: encryptedKey.count))
        writer.writeUInt16(UInt16(truncatingIfNeeded: keyArgument.count))
        writer.writeBytes(clearKey)
        writer.writeBytes(encryptedKey)
        writer.writeBytes(keyArgument)
    }
}
