/// A file that holds reports: JSON, one, an array, or one a line.
public enum ReportFile {
    /// The largest that is read, in bytes: a report with its evidence takes a few megabytes at most.
    public static let limit = 64 << 20

    /// Whether the text of a file begins as a report does.
    public static func looksLikeOne(_ bytes: some Sequence<UInt8>) -> Bool {
        let first = bytes.first { $0 != 0x20 && $0 != 0x09 && $0 != 0x0A && $0 != 0x0D }
        return first == UInt8(ascii: "{") || first == UInt8(ascii: "[")
    }

    /// The bytes of a file; `-` is standard input.
    ///
    /// - Throws: `RequestProblem` if it can't be read or is too large.
    public static func read(_ path: String) throws(RequestProblem) -> [UInt8] {
        try InputFile.read(path, limit: limit)
    }
}
