import Diagnostics
import TLSParameters

/// The line of a file that a target stands in, for readers who want findings in a file: code review, mostly.
public struct ReportPlace: Hashable, Sendable {
    /// The file's name, as the user gave it.
    public var file: String
    /// The line, counting from 1.
    public var line: Int

    /// A line of a file.
    public init(file: String, line: Int) {
        self.file = file
        self.line = line
    }
}

extension Report {
    /// Whom the report is about, in one text: `example.com:443`, `[2001:db8::1]:443`, a socket's path, a file's name.
    var targetName: PeerText {
        guard let target else { return PeerText("") }
        guard let host = target.host, let port = target.port else { return PeerText(target.input) }
        return PeerText(host.contains(":") ? "[\(host)]:\(port)" : "\(host):\(port)")
    }

    /// The target's host and port where it has both.
    var endpoint: PeerText? {
        target?.host == nil || target?.port == nil ? nil : targetName
    }
}

/// A short text that stands for a longer one and stays the same as long as that does.
enum StableHash {
    /// Thirty-two hexadecimal digits: FNV-1a over 64 bits, twice. Against chance, not against malice: what goes in are a finding's
    /// id and its target.
    static func hex(_ text: String) -> String {
        [0xcbf2_9ce4_8422_2325, 0x8422_2325_cbf2_9ce4].map { (start: UInt64) in
            let value = text.utf8.reduce(start) { ($0 ^ UInt64($1)) &* 0x0000_0100_0000_01b3 }
            let digits = String(value, radix: 16)
            return String(repeating: "0", count: 16 - digits.count) + digits
        }.joined()
    }
}
