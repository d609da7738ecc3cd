import Glibc

/// Addresses between bytes and text.
package enum IPAddress {
    /// The usual text of 4 or 16 bytes in network order (RFC 5952 for IPv6); nil for any other count.
    package static func text(_ bytes: [UInt8]) -> String? {
        guard bytes.count == 4 || bytes.count == 16 else { return nil }
        var buffer = [CChar](repeating: 0, count: Int(INET6_ADDRSTRLEN) + 1)
        let family = bytes.count == 4 ? AF_INET : AF_INET6
        guard inet_ntop(family, bytes, &buffer, socklen_t(buffer.count)) != nil else { return nil }
        return String(decoding: buffer.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }

    /// The 4 or 16 bytes of an IPv4 or IPv6 literal, `[…]` and a `%zone` left out; nil for anything else.
    package static func bytes(_ text: String) -> [UInt8]? {
        var literal = text[...]
        if literal.hasPrefix("["), literal.hasSuffix("]") { literal = literal.dropFirst().dropLast() }
        literal = literal.prefix { $0 != "%" }
        guard !literal.utf8.contains(0) else { return nil }
        var four = in_addr()
        if inet_pton(AF_INET, String(literal), &four) == 1 {
            return withUnsafeBytes(of: &four) { Array($0) }
        }
        var six = in6_addr()
        if inet_pton(AF_INET6, String(literal), &six) == 1 {
            return withUnsafeBytes(of: &six) { Array($0) }
        }
        return nil
    }
}
