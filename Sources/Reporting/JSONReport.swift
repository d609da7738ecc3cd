public import Diagnostics
import FoundationEssentials
import TLSParameters

/// Renders a report as JSON: keys sorted, slashes unescaped, so that the same report is always the same bytes.
public enum JSONReport {
    /// One object; `pretty` spreads it over lines for a reader, otherwise it is one line (NDJSON).
    ///
    /// - Throws: what the encoder throws: a value that JSON can't hold, which is a fault of ours.
    public static func render(_ report: Report<some Codable & Sendable>, pretty: Bool) throws -> String {
        try encode(report, pretty: pretty)
    }

    /// The reports of one run in one document: a report alone is itself, several stand under `targets`.
    static func render(_ reports: [Report<InspectResult>]) throws -> String {
        guard reports.count != 1 else { return try encode(reports[0]) }
        return try encode(Targets(targets: reports))
    }

    private struct Targets: Encodable {
        let schema = "sechan/1"
        var targets: [Report<InspectResult>]
    }

    /// Any document in JSON.
    static func encode(_ document: some Encodable, pretty: Bool = true) throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting =
            pretty ? [.sortedKeys, .withoutEscapingSlashes, .prettyPrinted] : [.sortedKeys, .withoutEscapingSlashes]
        return defused(String(decoding: try encoder.encode(document), as: UTF8.self)) + "\n"
    }

    /// Writes characters that a terminal acts on, or doesn't show, as the escapes that JSON has for them. To a parser both
    /// are the same; to whoever looks at a log they are not. The encoder itself escapes nothing above U+001F.
    private static func defused(_ json: String) -> String {
        guard json.utf8.contains(where: { $0 >= 0x7f }) else { return json }
        var text = ""
        text.reserveCapacity(json.utf8.count)
        for scalar in json.unicodeScalars {
            let isHarmless =
                scalar.isASCII ? scalar.value != 0x7f : PeerText("\(scalar)").encoded(for: .terminal) == "\(scalar)"
            guard !isHarmless else {
                text.unicodeScalars.append(scalar)
                continue
            }
            for unit in String(scalar).utf16 {
                let digits = String(unit, radix: 16)
                text += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
            }
        }
        return text
    }
}
