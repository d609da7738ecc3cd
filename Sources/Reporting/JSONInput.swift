public import Diagnostics
import FoundationEssentials
import TLSParameters

/// Reads JSON that somebody else may have written: saved reports, and Mozilla's guidelines.
public enum JSONInput {
    /// How many reports one file may hold.
    private static let mostReports = 10_000

    /// The reports of a file: one, an array of them, an object with `targets`, or one a line.
    ///
    /// - Throws: `RequestProblem` that says what is wrong and where.
    public static func reports(_ bytes: [UInt8], from name: String) throws(RequestProblem) -> [Report<InspectResult>] {
        let safe = defused(bytes)
        do throws(RequestProblem) {
            return try whole(safe, name)
        } catch {
            // NDJSON: a report a line. Whatever else is wrong with the file is told as for one report.
            guard let lines = lines(safe) else { throw error }
            var reports: [Report<InspectResult>] = []
            for (number, line) in lines {
                reports.append(try decode(SavedReport.self, line, "\(name), line \(number)").report)
            }
            return reports
        }
    }

    /// Mozilla's guidelines.
    ///
    /// - Throws: `RequestProblem` that says what is wrong and where.
    public static func guidelines(_ bytes: [UInt8], from name: String) throws(RequestProblem) -> MozillaGuidelines {
        try decode(MozillaGuidelines.self, defused(bytes), name)
    }

    private struct Targets: Decodable {
        var targets: [SavedReport]
    }

    private static func whole(_ bytes: [UInt8], _ name: String) throws(RequestProblem) -> [Report<InspectResult>] {
        let first = bytes.first { $0 > 0x20 }
        let reports: [SavedReport]
        if first == UInt8(ascii: "[") {
            reports = try decode([SavedReport].self, bytes, name)
        } else if hasTargets(bytes) {
            reports = try decode(Targets.self, bytes, name).targets
        } else {
            reports = [try decode(SavedReport.self, bytes, name)]
        }
        guard !reports.isEmpty else {
            throw RequestProblem(reason: "\(name) holds no report", hint: "reports are written with --format json")
        }
        guard reports.count <= mostReports else {
            throw RequestProblem(reason: "\(name) holds more than \(mostReports) reports", hint: "split it")
        }
        return reports.map(\.report)
    }

    private struct Envelope: Decodable {
        var schema: String?
        var verb: String?
        var hasTargets: Bool

        private enum Keys: CodingKey {
            case schema, verb, targets
        }

        init(from decoder: any Decoder) throws {
            let container = try decoder.container(keyedBy: Keys.self)
            schema = try? container.decode(String.self, forKey: .schema)
            verb = try? container.decode(String.self, forKey: .verb)
            hasTargets = container.contains(.targets)
        }
    }

    private static func hasTargets(_ bytes: [UInt8]) -> Bool {
        guard let envelope = try? JSONDecoder().decode(Envelope.self, from: Data(bytes)) else { return false }
        return envelope.hasTargets && envelope.verb == nil
    }

    /// The lines that aren't blank, with their numbers, if there are several and each begins an object.
    private static func lines(_ bytes: [UInt8]) -> [(Int, [UInt8])]? {
        let all = bytes.split(separator: 0x0A, omittingEmptySubsequences: false).enumerated()
        let full = all.filter { $0.element.contains { $0 > 0x20 } }.map { ($0.offset + 1, Array($0.element)) }
        guard full.count > 1, full.count <= mostReports else { return nil }
        return full.allSatisfy { $0.1.first { $0 > 0x20 } == UInt8(ascii: "{") } ? full : nil
    }

    private static func decode<Value: Decodable>(
        _ type: Value.Type,
        _ bytes: [UInt8],
        _ name: String
    ) throws(RequestProblem) -> Value {
        do {
            return try JSONDecoder().decode(type, from: Data(bytes))
        } catch let problem as SavedReportProblem {
            throw RequestProblem(reason: "\(name): \(problem.reason)", hint: problem.hint)
        } catch let error as DecodingError {
            throw RequestProblem(
                reason: "\(name): \(words(error))",
                hint: "it should be JSON as sechan or Mozilla write it"
            )
        } catch {
            throw RequestProblem(
                reason: "\(name) can't be read as JSON",
                hint: "it should be JSON as sechan or Mozilla write it"
            )
        }
    }

    /// Where the value is, and what was expected.
    private static func words(_ error: DecodingError) -> String {
        func place(_ path: [any CodingKey]) -> String {
            let text = path.prefix(32).map { key in key.intValue.map { "[\($0)]" } ?? ".\(key.stringValue)" }.joined()
            return text.hasPrefix(".") ? String(text.dropFirst()) : text
        }
        switch error {
        case .keyNotFound(let key, let context):
            let parent = place(context.codingPath)
            return "'\(key.stringValue)' is missing\(parent.isEmpty ? "" : " in \(parent)")"
        case .typeMismatch(let type, let context):
            return "\(place(context.codingPath)) is not of the expected kind (\(kind(type)))"
        case .valueNotFound(_, let context): return "\(place(context.codingPath)) is null"
        case .dataCorrupted(let context):
            let place = place(context.codingPath)
            return place.isEmpty ? "it is not valid JSON" : "\(place) makes no sense"
        @unknown default: return "it is not what was expected"
        }
    }

    private static func kind(_ type: any Any.Type) -> String {
        switch type {
        case is String.Type: "a string"
        case is Bool.Type: "true or false"
        case is Int.Type, is Double.Type, is Int64.Type, is UInt32.Type, is Int32.Type: "a number"
        case is [Any].Type: "an array"
        default: "an object"
        }
    }

    /// The same JSON with every character that a terminal acts on, or doesn't show, spelled out as text, whether it stands
    /// there itself or as an escape. What is read back goes into fields that renderers take for ours; a report is a file, and
    /// anybody may have written it.
    private static func defused(_ bytes: [UInt8]) -> [UInt8] {
        var safe: [UInt8] = []
        safe.reserveCapacity(bytes.count)
        var inString = false
        var index = 0
        while index < bytes.count {
            let byte = bytes[index]
            if byte == UInt8(ascii: "\"") {
                inString.toggle()
                safe.append(byte)
                index += 1
            } else if inString, byte == UInt8(ascii: "\\") {
                index = escape(bytes, index, into: &safe)
            } else if inString, byte >= 0x80 || byte == 0x7F {
                // A run that is not ASCII, up to the next character that is.
                var end = index
                while end < bytes.count, bytes[end] >= 0x7F { end += 1 }
                safe += spelled(bytes[index..<end])
                index = end
            } else {
                safe.append(byte)
                index += 1
            }
        }
        return safe
    }

    /// Copies one escape, spelled out if what it stands for is not to be shown; gives where the next character begins.
    private static func escape(_ bytes: [UInt8], _ start: Int, into safe: inout [UInt8]) -> Int {
        guard start + 1 < bytes.count else {
            safe.append(bytes[start])
            return start + 1
        }
        let kind = bytes[start + 1]
        let plain: [UInt8: UInt8] = [
            UInt8(ascii: "b"): 8, UInt8(ascii: "f"): 12, UInt8(ascii: "n"): 10, UInt8(ascii: "r"): 13,
            UInt8(ascii: "t"): 9,
        ]
        if let code = plain[kind] {
            safe += spelled([code][...])
            return start + 2
        }
        guard kind == UInt8(ascii: "u"), let first = unit(bytes, start + 2) else {
            safe += [bytes[start], kind]
            return start + 2
        }
        var end = start + 6
        var units = [first]
        if (0xD800..<0xDC00).contains(first), end + 1 < bytes.count, bytes[end] == UInt8(ascii: "\\"),
            bytes[end + 1] == UInt8(ascii: "u"), let second = unit(bytes, end + 2), (0xDC00..<0xE000).contains(second)
        {
            units.append(second)
            end += 6
        }
        let text = String(decoding: units, as: UTF16.self)
        let shown = PeerText(text).encoded(for: .terminal)
        safe += shown == text ? Array(bytes[start..<end]) : quoted(shown)
        return end
    }

    private static func unit(_ bytes: [UInt8], _ start: Int) -> UInt16? {
        guard start + 4 <= bytes.count else { return nil }
        let digits = bytes[start..<start + 4]
        guard digits.allSatisfy({ UnicodeScalar($0).properties.isASCIIHexDigit }) else { return nil }
        return UInt16(String(decoding: digits, as: UTF8.self), radix: 16)
    }

    /// Bytes as they may be shown, for the inside of a JSON string.
    private static func spelled(_ bytes: ArraySlice<UInt8>) -> [UInt8] {
        quoted(PeerText(bytes: bytes).encoded(for: .terminal))
    }

    private static func quoted(_ text: String) -> [UInt8] {
        var quoted: [UInt8] = []
        for byte in text.utf8 {
            if byte == UInt8(ascii: "\\") || byte == UInt8(ascii: "\"") { quoted.append(UInt8(ascii: "\\")) }
            quoted.append(byte)
        }
        return quoted
    }
}
