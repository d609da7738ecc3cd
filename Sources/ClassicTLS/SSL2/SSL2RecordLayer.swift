import LibSSL
import TLSWire

/// Both directions of an SSL 2.0 connection's records, in the clear at first. Sequence numbers count every record from the
/// hellos on (draft-hickman-netscape-ssl-00 section 4).
struct SSL2RecordLayer {
    /// A way to make keys with the cipher that comes of it.
    private struct Candidate {
        var cipher: SSL2RecordCipher
        var material: SSL2KeyMaterial
        var hashesDigit: Bool
    }

    private var sequenceSent: UInt32 = 0
    private var sequenceReceived: UInt32 = 0
    private var sealing: Candidate?
    /// Empty in the clear; two for single DES, until the peer's first record tells which it is.
    private var opening: [Candidate] = []
    /// Whether a protected record was read.
    private(set) var hasOpened = false

    /// Whether the peer's records are to be protected by now.
    var isOpening: Bool { !opening.isEmpty }
    /// What the keys for writing were cut from.
    var sealingMaterial: SSL2KeyMaterial? { sealing?.material }
    /// What the keys for reading were cut from, once a record has shown it.
    var openingMaterial: SSL2KeyMaterial? { hasOpened ? opening.first?.material : nil }
    /// Whether the peer hashes the digit, once a record has shown it.
    var peerHashesDigit: Bool? { hasOpened ? opening.first?.hashesDigit : nil }
    /// The most data that fits in a protected record.
    var dataLimit: Int { sealing?.cipher.dataLimit ?? 0 }

    /// Protects what is written from here on.
    mutating func startSealing(_ keys: SSL2ConnectionKeys, hashesDigit: Bool) throws(LibraryError) {
        sealing = try Self.candidate(keys, hashesDigit: hashesDigit, .encrypt)
    }

    /// Takes what is read from here on for protected.
    mutating func startOpening(_ keys: SSL2ConnectionKeys) throws(LibraryError) {
        opening = [try Self.candidate(keys, hashesDigit: true, .decrypt)]
        if keys.spec.isSingleDES { opening.append(try Self.candidate(keys, hashesDigit: false, .decrypt)) }
    }

    /// A record for the wire; nil for data that doesn't fit in one.
    mutating func seal(_ data: [UInt8]) throws(LibraryError) -> SSL2Record? {
        defer { sequenceSent &+= 1 }
        if let sealing { return try sealing.cipher.seal(data, sequence: sequenceSent) }
        guard data.count <= SSL2Record.maximumLength(threeByteHeader: false) else { return nil }
        return SSL2Record(data: data)
    }

    /// A record's data; nil when it is not what was sent.
    mutating func open(_ record: SSL2Record) throws(LibraryError) -> [UInt8]? {
        defer { sequenceReceived &+= 1 }
        guard isOpening else { return record.payload.count == record.data.count ? record.data : nil }
        for candidate in opening {
            guard let data = try candidate.cipher.open(record, sequence: sequenceReceived) else { continue }
            if !hasOpened { opening = [candidate] }
            hasOpened = true
            return data
        }
        return nil
    }

    private static func candidate(
        _ keys: SSL2ConnectionKeys,
        hashesDigit: Bool,
        _ operation: BulkCipher.Operation
    ) throws(LibraryError) -> Candidate {
        let material = try SSL2KeyMaterial(
            spec: keys.spec,
            masterKey: keys.masterKey,
            challenge: keys.challenge,
            connectionID: keys.connectionID,
            hashesDigit: hashesDigit
        )
        let isClientWrite = (keys.role == .client) == (operation == .encrypt)
        let cipher = try SSL2RecordCipher(
            spec: keys.spec,
            key: isClientWrite ? material.clientWriteKey : material.clientReadKey,
            keyArgument: keys.keyArgument,
            operation
        )
        return Candidate(cipher: cipher, material: material, hashesDigit: hashesDigit)
    }
}

/// What the keys of one connection depend on.
struct SSL2ConnectionKeys {
    var role: EndpointRole
    var spec: CipherSpec
    var masterKey: [UInt8]
    var keyArgument: [UInt8]
    var challenge: [UInt8]
    var connectionID: [UInt8]
}
