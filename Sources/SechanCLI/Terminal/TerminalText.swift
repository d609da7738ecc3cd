import TLSParameters

/// Turns what a peer sends, piece by piece, into text that a terminal shows and does not obey.
///
/// Line ends stay line ends; everything else that could steer a terminal is escaped. A piece may end within a character or
/// a line end, so what can't be told yet waits for the next one.
struct TerminalText {
    private var rest: [UInt8] = []

    /// The text of the next piece, as far as it is complete.
    mutating func take(_ piece: [UInt8]) -> String {
        let bytes = rest + piece
        let complete = bytes.count - Self.openEnd(of: bytes)
        rest = Array(bytes[complete...])
        return Self.text(bytes[..<complete])
    }

    /// The text of what still waits, once nothing more comes.
    mutating func end() -> String {
        defer { rest = [] }
        return Self.text(rest[...])
    }

    private static func text(_ bytes: ArraySlice<UInt8>) -> String {
        let lines = bytes.split(separator: 0x0a, omittingEmptySubsequences: false)
        return lines.enumerated().map { index, line in
            let isEnded = index < lines.count - 1
            let shown = isEnded && line.last == 0x0d ? line.dropLast() : line
            return PeerText(bytes: Array(shown)).encoded(for: .terminal)
        }.joined(separator: "\n")
    }

    /// How many bytes at the end may belong to something longer: the beginning of a character in UTF-8, at most 3 bytes,
    /// or a CR that LF may follow.
    private static func openEnd(of bytes: [UInt8]) -> Int {
        if bytes.last == 0x0d { return 1 }
        for (index, byte) in bytes.reversed().prefix(3).enumerated() {
            let length =
                switch byte {
                case 0x80...0xbf: 0
                case 0xc2...0xdf: 2
                case 0xe0...0xef: 3
                case 0xf0...0xf4: 4
                default: 1
                }
            if length > 0 { return length > index + 1 ? index + 1 : 0 }
        }
        return 0
    }
}
