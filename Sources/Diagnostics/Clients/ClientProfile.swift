import TLSParameters

/// What one client offers, as far as it decides what is negotiated.
struct ClientProfile: Hashable, Sendable {
    /// The client and its version.
    var name: String
    /// The month of its release, such as `2024-07`.
    var date: String
    /// Where the row comes from, in words.
    var source: String
    /// The versions that it can complete.
    var versions: [ProtocolVersion]
    /// The suites in its order.
    var suites: [CipherSuite]
    /// The groups in its order; empty for a client that sends no list.
    var groups: [NamedGroup]
    /// The groups that it sends a key share for.
    var shares: [NamedGroup]
    /// The sizes of Diffie-Hellman groups that it takes, in bits.
    var fieldSizes: ClosedRange<Int>

    /// All that are known, by name.
    static var all: [ClientProfile] {
        String(describing: ClientTable.rows).split(separator: "\n").compactMap { ClientProfile(row: $0) }
    }

    /// Reads a row; nil for one that makes no sense.
    init?(row: Substring) {
        let cells = row.split(separator: "|", omittingEmptySubsequences: false)
        guard cells.count == 8, let source = Self.sources[String(cells[2])] else { return nil }
        name = String(cells[0])
        date = String(cells[1])
        self.source = source
        versions = cells[3].split(separator: " ").compactMap { ProtocolVersion(id: $0 == "3" ? "ssl3" : "tls\($0)") }
        suites = Self.numbers(cells[4]).map(CipherSuite.init)
        groups = Self.numbers(cells[5]).map(NamedGroup.init)
        shares = Self.numbers(cells[6]).map(NamedGroup.init)
        let sizes = cells[7].split(separator: "-", omittingEmptySubsequences: false)
        let least = sizes.first.flatMap { Int($0) } ?? 0
        fieldSizes = least...max(least, sizes.dropFirst().first.flatMap { Int($0) } ?? 16_384)
        guard !versions.isEmpty, !suites.isEmpty else { return nil }
    }

    private static let sources = [
        "c": "captured on Debian 12", "t": "testssl.sh 3.0.8", "m": "Microsoft's documentation",
        "o": "OpenSSL's documentation",
    ]

    /// Four hexadecimal digits each.
    private static func numbers(_ text: Substring) -> [UInt16] {
        let digits = Array(text.utf8)
        return stride(from: 0, to: digits.count - 3, by: 4).compactMap {
            UInt16(String(decoding: digits[$0..<$0 + 4], as: UTF8.self), radix: 16)
        }
    }
}
