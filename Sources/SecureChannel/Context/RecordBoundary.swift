import TLSWire

/// Which records a stream is made of.
enum RecordForm {
    /// Those of SSL 3.0 and later.
    case tls
    /// One of either kind: the first of a server's stream may hold a hello in the format of SSL 2.0.
    case any
    /// Those of SSL 2.0.
    case ssl2
}

/// Where the record at the front of a stream ends, from its header alone.
enum RecordBoundary: Equatable {
    /// The whole record is there; its size with the header.
    case complete(Int)
    /// At least this many bytes are missing.
    case incomplete(missing: Int)
    /// What is there is no record; only libssl can say what alert that deserves.
    case unreadable

    /// Looks at `bytes` from `offset`.
    init(_ bytes: [UInt8], at offset: Int, form: RecordForm) {
        let available = bytes.count - offset
        let isSSL2 =
            switch form {
            case .tls: false
            case .any: available > 0 && !(20...24).contains(bytes[offset])
            case .ssl2: true
            }
        if isSSL2 {
            guard let total = SSL2Record.totalLength(of: bytes[offset...].prefix(2)) else {
                self = .incomplete(missing: max(1, 2 - available))
                return
            }
            self = total <= available ? .complete(total) : .incomplete(missing: total - available)
            return
        }
        guard available >= TLSRecord.headerLength else {
            self = .incomplete(missing: TLSRecord.headerLength - max(0, available))
            return
        }
        let length = Int(bytes[offset + 3]) << 8 | Int(bytes[offset + 4])
        guard bytes[offset + 1] == 3, length <= RecordLimit.ciphertext.rawValue else {
            self = .unreadable
            return
        }
        let total = TLSRecord.headerLength + length
        self = total <= available ? .complete(total) : .incomplete(missing: total - available)
    }
}
