/// An object identifier (X.660), kept as its encoded bytes so that no value, however odd, is lost.
public struct OID: Hashable, Sendable {
    /// The content bytes of the DER encoding.
    public let encoded: [UInt8]

    /// From the content bytes of the DER encoding.
    public init(encoded: [UInt8]) {
        self.encoded = encoded
    }

    /// From dotted decimal; nil when that is no object identifier or an arc doesn't fit 64 bits.
    public init?(_ dotted: String) {
        var arcs: [UInt64] = []
        for part in dotted.split(separator: ".", omittingEmptySubsequences: false) {
            guard let arc = UInt64(part) else { return nil }
            arcs.append(arc)
        }
        guard arcs.count >= 2, arcs[0] <= 2, arcs[0] == 2 || arcs[1] < 40, arcs[1] <= .max - 80 else { return nil }
        var bytes: [UInt8] = []
        for arc in [arcs[0] * 40 + arcs[1]] + arcs[2...] {
            var groups: [UInt8] = [UInt8(arc & 0x7F)]
            var left = arc >> 7
            while left > 0 {
                groups.append(UInt8(left & 0x7F) | 0x80)
                left >>= 7
            }
            bytes += groups.reversed()
        }
        encoded = bytes
    }

    /// More encoded bytes than this are shown in hexadecimal: printing huge arcs in decimal costs time that grows with the
    /// square of their size (CVE-2023-2650 in `OBJ_obj2txt`).
    static let longestPrinted = 64

    /// Dotted decimal, or `oid:` and hexadecimal (at most 64 bytes of it) for a malformed one, one longer than 64 bytes, and one
    /// with an arc of more than 64 bits.
    public var dotted: String {
        decimal ?? "oid:" + hex(encoded.prefix(Self.longestPrinted))
            + (encoded.count > Self.longestPrinted ? "...(\(encoded.count) bytes)" : "")
    }

    /// False when the bytes are not a sequence of complete arcs (X.690 §8.19).
    public var isWellFormed: Bool {
        guard let last = encoded.last, last & 0x80 == 0 else { return false }
        var startsArc = true
        for byte in encoded {
            if startsArc && byte == 0x80 { return false }
            startsArc = byte & 0x80 == 0
        }
        return true
    }

    private var decimal: String? {
        guard encoded.count <= Self.longestPrinted, isWellFormed else { return nil }
        var text = ""
        var arc: UInt64 = 0
        for byte in encoded {
            guard arc < 1 << 57 else { return nil }
            arc = arc << 7 | UInt64(byte & 0x7F)
            guard byte & 0x80 == 0 else { continue }
            if text.isEmpty {
                let first = min(arc / 40, 2)
                text = "\(first).\(arc - first * 40)"
            } else {
                text += ".\(arc)"
            }
            arc = 0
        }
        return text
    }
}

extension OID: Codable {
    /// As dotted decimal.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(dotted)
    }

    /// From dotted decimal; any other text decodes to no bytes.
    public init(from decoder: any Decoder) throws {
        let text = try decoder.singleValueContainer().decode(String.self)
        self = Self(text) ?? Self(encoded: [])
    }
}
