public import Diagnostics
import FoundationEssentials

/// Renders a report as JSON: keys sorted, slashes unescaped, so that the same report is always the same bytes.
public enum JSONReport {
    /// One object; `pretty` spreads it over lines for a reader, otherwise it is one line (NDJSON).
    ///
    /// - Throws: what the encoder throws: a value that JSON can't hold, which is a fault of ours.
    public static func render(_ report: Report<some Codable & Sendable>, pretty: Bool) throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting =
            pretty ? [.sortedKeys, .withoutEscapingSlashes, .prettyPrinted] : [.sortedKeys, .withoutEscapingSlashes]
        return String(decoding: try encoder.encode(report), as: UTF8.self) + "\n"
    }
}
