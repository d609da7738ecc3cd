import LibSSL

// draft-hickman-netscape-ssl-00 section 5.5, CLIENT-MASTER-KEY
//
//     KEY-MATERIAL-n = MD5[ MASTER-KEY, "n", CHALLENGE, CONNECTION-ID ]     n is an ASCII digit
//
//     RC4, RC2    CLIENT-READ-KEY = KEY-MATERIAL-0          CLIENT-WRITE-KEY = KEY-MATERIAL-1
//     DES         CLIENT-READ-KEY = KEY-MATERIAL-0[0-7]     CLIENT-WRITE-KEY = KEY-MATERIAL-0[8-15], without a digit
//     3DES        the first 24 bytes and the last 24 of KEY-MATERIAL-0, -1 and -2

/// What both ends of an SSL 2.0 connection make of the master key, anew for each connection.
struct SSL2KeyMaterial: Hashable {
    /// All of it, as far as the kind defines it: what a client's signature covers.
    let bytes: [UInt8]
    /// The key the server writes with. DES keys keep the parity bits as they come: the cipher ignores them, and the MAC takes the
    /// key as it was hashed.
    let clientReadKey: [UInt8]
    /// The key the client writes with.
    let clientWriteKey: [UInt8]

    /// - Parameter hashesDigit: false leaves the digit out, as the draft wants of single DES and of nothing else.
    init(
        spec: CipherSpec,
        masterKey: [UInt8],
        challenge: [UInt8],
        connectionID: [UInt8],
        hashesDigit: Bool
    ) throws(LibraryError) {
        var bytes: [UInt8] = []
        for digit in UInt8(ascii: "0")...UInt8(ascii: "2") where bytes.count < 2 * spec.keyCount {
            bytes += try HashFunction.md5.hash(masterKey, hashesDigit ? [digit] : [], challenge, connectionID)
        }
        self.bytes = bytes
        clientReadKey = Array(bytes.prefix(spec.keyCount))
        clientWriteKey = Array(bytes.suffix(spec.keyCount))
    }
}
