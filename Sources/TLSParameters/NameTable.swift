/// The names of one registry, from the program's constant data: read when the registry is first used, which takes
/// microseconds, and looked up in the order of the numbers.
public struct NameTable: Sendable {
    private let rows: [(value: UInt32, name: String)]

    /// A table over generated text: one `HEX name` a line, ascending.
    init(_ text: StaticString) {
        var rows: [(value: UInt32, name: String)] = []
        text.withUTF8Buffer { bytes in
            for line in bytes.split(separator: UInt8(ascii: "\n")) {
                guard let space = line.firstIndex(of: UInt8(ascii: " ")) else { continue }
                let value = line[..<space].reduce(0) { $0 << 4 | UInt32(hexDigitValue($1)) }
                rows.append((value, String(decoding: line[(space + 1)...], as: UTF8.self)))
            }
        }
        self.rows = rows
    }

    func name(of value: UInt32) -> String? {
        var low = 0
        var high = rows.count
        while low < high {
            let middle = low + (high - low) / 2
            if rows[middle].value < value { low = middle + 1 } else { high = middle }
        }
        return low < rows.count && rows[low].value == value ? rows[low].name : nil
    }

    func value(named wanted: String) -> UInt32? {
        rows.first { equalIgnoringCase($0.name.utf8, wanted.utf8) }?.value
    }

    var values: [UInt32] { rows.map(\.value) }
}

/// Compares ASCII text without regard to letter case.
func equalIgnoringCase(
    _ one: some Sequence<UInt8>,
    _ other: some Sequence<UInt8>
) -> Bool {
    one.elementsEqual(other) { lowercased($0) == lowercased($1) }
}

/// The lower-case form of an ASCII letter; any other byte is itself.
func lowercased(_ byte: UInt8) -> UInt8 {
    (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte) ? byte | 0x20 : byte
}

/// The value of an ASCII hexadecimal digit; 0 for anything else, which the generator never writes.
func hexDigitValue(_ byte: UInt8) -> UInt8 {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): byte &- UInt8(ascii: "0")
    case UInt8(ascii: "A")...UInt8(ascii: "F"): byte &- UInt8(ascii: "A") &+ 10
    case UInt8(ascii: "a")...UInt8(ascii: "f"): byte &- UInt8(ascii: "a") &+ 10
    default: 0
    }
}
