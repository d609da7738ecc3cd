import LibSSL
import TLSWire

// draft-hickman-netscape-ssl-00 section 4
//
//     MAC-DATA[16]  ACTUAL-DATA[N]  PADDING-DATA[PADDING]       all of it encrypted
//     MAC-DATA = MD5[ SECRET, ACTUAL-DATA, PADDING-DATA, SEQUENCE-NUMBER ]
//     SECRET is the key of the direction, SEQUENCE-NUMBER four bytes.

/// The protection of one direction of an SSL 2.0 connection. The chain of CBC goes on from record to record.
final class SSL2RecordCipher {
    private let key: [UInt8]
    private let cipher: BulkCipher
    private let block: Int
    private static let macCount = HashFunction.md5.byteCount

    init(
        spec: CipherSpec,
        key: [UInt8],
        keyArgument: [UInt8],
        _ operation: BulkCipher.Operation
    ) throws(LibraryError) {
        self.key = key
        block = spec.blockCount
        cipher = try BulkCipher(spec.cipher, key: key, iv: keyArgument, operation)
    }

    /// The most data that fits in any record, padded or not.
    var dataLimit: Int {
        SSL2Record.maximumLength(threeByteHeader: true) / block * block - Self.macCount
    }

    /// A record for the wire; nil for data that doesn't fit in one.
    func seal(_ data: [UInt8], sequence: UInt32) throws(LibraryError) -> SSL2Record? {
        guard data.count <= dataLimit else { return nil }
        let count = (block - (Self.macCount + data.count) % block) % block
        let padding = [UInt8](repeating: 0, count: count)
        let mac = try mac(data + padding, sequence: sequence)
        let sealed = try cipher.update(mac + data + padding)
        return SSL2Record(data: sealed, padding: count == 0 ? nil : UInt8(count))
    }

    /// A record's data without its padding; nil when it is not what was sent.
    func open(_ record: SSL2Record, sequence: UInt32) throws(LibraryError) -> [UInt8]? {
        // The count of the padding is not covered by the MAC, so no more of it is believed than a sender can need.
        let padding = Int(record.padding ?? 0)
        guard record.data.count % block == 0, padding < block, record.data.count >= Self.macCount + padding else {
            return nil
        }
        let plaintext = try cipher.update(record.data)
        let data = Array(plaintext.dropFirst(Self.macCount))
        let expected = try mac(data, sequence: sequence)
        // Compares without telling by its time where the difference is.
        guard zip(plaintext, expected).reduce(0, { $0 | ($1.0 ^ $1.1) }) == 0 else { return nil }
        return Array(data.dropLast(padding))
    }

    private func mac(_ data: [UInt8], sequence: UInt32) throws(LibraryError) -> [UInt8] {
        var number = ByteWriter()
        number.writeUInt32(sequence)
        return try HashFunction.md5.hash(key, data, number.bytes)
    }
}
