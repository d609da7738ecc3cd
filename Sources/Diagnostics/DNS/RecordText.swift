import Certificates

/// DNS records as text, in the form that zone files have; nil for data that isn't what its type demands.
enum RecordText {
    /// `0 issue "ca.example"` (RFC 8659 §4.1).
    static func caa(_ data: [UInt8]) -> String? {
        guard data.count >= 2, data.count >= 2 + Int(data[1]), data[1] > 0 else { return nil }
        let tag = String(decoding: data[2..<2 + Int(data[1])], as: UTF8.self)
        let value = String(decoding: data[(2 + Int(data[1]))...], as: UTF8.self)
        return "\(data[0]) \(tag) \"\(value)\""
    }

    /// `3 1 1 0a1b…` (RFC 6698 §2.2).
    static func tlsa(_ data: [UInt8]) -> String? {
        guard let record = CertificateAssociation(data) else { return nil }
        let digits = record.data.map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined()
        return "\(record.usage) \(record.selector) \(record.matching) \(digits)"
    }

    /// The strings of a text record, put together (RFC 7208 §3.3 does so too).
    static func txt(_ data: [UInt8]) -> String? {
        var bytes: [UInt8] = []
        var rest = data[...]
        while let length = rest.popFirst() {
            guard rest.count >= Int(length) else { return nil }
            bytes += rest.prefix(Int(length))
            rest = rest.dropFirst(Int(length))
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// `1 . alpn=h2,h3 port=8443` (RFC 9460 §2.1).
    static func https(_ data: [UInt8]) -> String? {
        guard data.count >= 3 else { return nil }
        var text = "\(Int(data[0]) << 8 | Int(data[1]))"
        var rest = data.dropFirst(2)
        var labels: [String] = []
        while let length = rest.popFirst(), length > 0 {
            guard rest.count >= Int(length), labels.count < 128 else { return nil }
            labels.append(String(decoding: rest.prefix(Int(length)), as: UTF8.self))
            rest = rest.dropFirst(Int(length))
        }
        text += " " + (labels.isEmpty ? "." : labels.joined(separator: "."))
        while rest.count >= 4 {
            let bytes = Array(rest.prefix(4))
            let (key, size) = (Int(bytes[0]) << 8 | Int(bytes[1]), Int(bytes[2]) << 8 | Int(bytes[3]))
            rest = rest.dropFirst(4)
            guard rest.count >= size else { return nil }
            text += " " + parameter(key, Array(rest.prefix(size)))
            rest = rest.dropFirst(size)
        }
        return rest.isEmpty ? text : nil
    }

    /// One service parameter (RFC 9460 §7, RFC 9848 for `ech`).
    private static func parameter(_ key: Int, _ value: [UInt8]) -> String {
        switch key {
        case 1: "alpn=\(txtList(value).joined(separator: ","))"
        case 2: "no-default-alpn"
        case 3 where value.count == 2: "port=\(Int(value[0]) << 8 | Int(value[1]))"
        case 4: "ipv4hint (\(value.count / 4))"
        case 5: "ech (\(value.count) bytes)"
        case 6: "ipv6hint (\(value.count / 16))"
        default: "key\(key) (\(value.count) bytes)"
        }
    }

    private static func txtList(_ value: [UInt8]) -> [String] {
        var found: [String] = []
        var rest = value[...]
        while let length = rest.popFirst(), rest.count >= Int(length) {
            found.append(String(decoding: rest.prefix(Int(length)), as: UTF8.self))
            rest = rest.dropFirst(Int(length))
        }
        return found
    }
}
