/// Reads header blocks (RFC 7541). One decoder a connection: blocks refer to fields of those before.
struct HPACKDecoder {
    /// One header field.
    struct Field: Hashable, Sendable {
        var name: [UInt8]
        var value: [UInt8]

        /// What it counts for in a table (RFC 7541 §4.1).
        var size: Int { name.count + value.count + 32 }

        init(_ name: some Sequence<UInt8>, _ value: some Sequence<UInt8>) {
            self.name = Array(name)
            self.value = Array(value)
        }
    }

    /// A block that can't be read, which ends the connection (RFC 7541 §2.2).
    struct Malformed: Error {}

    /// The most that the fields of one block may come to, in bytes as tables count them.
    static let blockLimit = 32_768
    /// The size of the dynamic table that our settings allow.
    static let tableLimit = 4_096

    /// The fields of earlier blocks, the newest first.
    private var table: [Field] = []
    private var tableSize = 0
    private var tableMaximum = Self.tableLimit

    /// The fields of a block, in order.
    mutating func decode(_ block: [UInt8]) throws(Malformed) -> [Field] {
        var rest = block[...]
        var fields: [Field] = []
        var size = 0
        while let first = rest.first {
            let field: Field
            if first & 0x80 != 0 {
                field = try self.field(at: Self.integer(&rest, prefix: 7))
            } else if first & 0xC0 == 0x40 {
                field = try literal(&rest, prefix: 6)
                add(field)
            } else if first & 0xE0 == 0x20 {
                // RFC 7541 §4.2: only in front of the first field.
                guard fields.isEmpty else { throw Malformed() }
                try resize(to: Self.integer(&rest, prefix: 5))
                continue
            } else {
                field = try literal(&rest, prefix: 4)
            }
            size += field.size
            guard size <= Self.blockLimit else { throw Malformed() }
            fields.append(field)
        }
        return fields
    }

    private mutating func literal(_ rest: inout ArraySlice<UInt8>, prefix: Int) throws(Malformed) -> Field {
        let index = try Self.integer(&rest, prefix: prefix)
        let name = index == 0 ? try Self.string(&rest) : try field(at: index).name
        return Field(name, try Self.string(&rest))
    }

    private func field(at index: Int) throws(Malformed) -> Field {
        if (1...Self.fixed.count).contains(index) { return Self.fixed[index - 1] }
        let later = index - Self.fixed.count - 1
        guard table.indices.contains(later) else { throw Malformed() }
        return table[later]
    }

    private mutating func add(_ field: Field) {
        evict(to: tableMaximum - field.size)
        // One that is larger than the table empties it, and is no error (RFC 7541 §4.4).
        guard field.size <= tableMaximum else { return }
        table.insert(field, at: 0)
        tableSize += field.size
    }

    private mutating func resize(to size: Int) throws(Malformed) {
        guard size <= Self.tableLimit else { throw Malformed() }
        tableMaximum = size
        evict(to: size)
    }

    private mutating func evict(to size: Int) {
        while tableSize > size, let oldest = table.popLast() { tableSize -= oldest.size }
    }

    /// RFC 7541 §5.1, up to 2^28.
    private static func integer(_ rest: inout ArraySlice<UInt8>, prefix: Int) throws(Malformed) -> Int {
        guard let first = rest.popFirst() else { throw Malformed() }
        let mask = UInt8(1 << prefix - 1)
        var value = Int(first & mask)
        guard value == Int(mask) else { return value }
        for shift in stride(from: 0, through: 21, by: 7) {
            guard let byte = rest.popFirst() else { throw Malformed() }
            value += Int(byte & 0x7F) << shift
            if byte & 0x80 == 0 { return value }
        }
        throw Malformed()
    }

    /// RFC 7541 §5.2.
    private static func string(_ rest: inout ArraySlice<UInt8>) throws(Malformed) -> [UInt8] {
        let isCompressed = rest.first.map { $0 & 0x80 != 0 } ?? false
        let length = try integer(&rest, prefix: 7)
        guard length <= rest.count, length <= blockLimit else { throw Malformed() }
        let bytes = rest.prefix(length)
        rest = rest.dropFirst(length)
        guard isCompressed else { return Array(bytes) }
        guard let text = HPACKHuffman.decode(bytes) else { throw Malformed() }
        return text
    }

    /// The static table (RFC 7541 appendix A).
    static let fixed: [Field] = names.map { Field($0.0.utf8, $0.1.utf8) }

    private static let names: [(String, String)] = [
        (":authority", ""), (":method", "GET"), (":method", "POST"), (":path", "/"), (":path", "/index.html"),
        (":scheme", "http"), (":scheme", "https"), (":status", "200"), (":status", "204"), (":status", "206"),
        (":status", "304"), (":status", "400"), (":status", "404"), (":status", "500"), ("accept-charset", ""),
        ("accept-encoding", "gzip, deflate"), ("accept-language", ""), ("accept-ranges", ""), ("accept", ""),
        ("access-control-allow-origin", ""), ("age", ""), ("allow", ""), ("authorization", ""), ("cache-control", ""),
        ("content-disposition", ""), ("content-encoding", ""), ("content-language", ""), ("content-length", ""),
        ("content-location", ""), ("content-range", ""), ("content-type", ""), ("cookie", ""), ("date", ""),
        ("etag", ""),
        ("expect", ""), ("expires", ""), ("from", ""), ("host", ""), ("if-match", ""), ("if-modified-since", ""),
        ("if-none-match", ""), ("if-range", ""), ("if-unmodified-since", ""), ("last-modified", ""), ("link", ""),
        ("location", ""), ("max-forwards", ""), ("proxy-authenticate", ""), ("proxy-authorization", ""), ("range", ""),
        ("referer", ""), ("refresh", ""), ("retry-after", ""), ("server", ""), ("set-cookie", ""),
        ("strict-transport-security", ""), ("transfer-encoding", ""), ("user-agent", ""), ("vary", ""), ("via", ""),
        ("www-authenticate", ""),
    ]
}

extension HPACKDecoder.Field {
    /// Writes fields without any table or code of our own, which every decoder reads (RFC 7541 §6.2.2).
    static func encode(_ fields: [(name: String, value: String)]) -> [UInt8] {
        var block: [UInt8] = []
        for field in fields {
            block.append(0)
            for text in [field.name, field.value] {
                block += length(text.utf8.count)
                block += Array(text.utf8)
            }
        }
        return block
    }

    private static func length(_ count: Int) -> [UInt8] {
        guard count >= 127 else { return [UInt8(count)] }
        var bytes: [UInt8] = [127]
        var rest = count - 127
        while rest >= 128 {
            bytes.append(UInt8(rest & 0x7F) | 0x80)
            rest >>= 7
        }
        return bytes + [UInt8(rest)]
    }
}
