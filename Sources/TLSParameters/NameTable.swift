/// The names of one registry, read in place from the program's constant data.
///
/// The text holds one `HEX name` a line. Nothing is parsed or allocated at start-up: a look-up walks a few kilobytes,
/// which takes microseconds, and only the name found becomes a `String`.
public struct NameTable: Sendable {
    private let text: StaticString

    /// A table over generated text.
    init(_ text: StaticString) {
        self.text = text
    }

    func name(of value: UInt32) -> String? {
        var found: String?
        forEachLine { candidate, name in
            guard candidate == value else { return true }
            found = String(decoding: name, as: UTF8.self)
            return false
        }
        return found
    }

    func value(named wanted: String) -> UInt32? {
        let wanted = Array(wanted.utf8)
        var found: UInt32?
        forEachLine { value, name in
            guard name.count == wanted.count, equalIgnoringCase(name, wanted) else { return true }
            found = value
            return false
        }
        return found
    }

    var values: [UInt32] {
        var result: [UInt32] = []
        forEachLine { value, _ in
            result.append(value)
            return true
        }
        return result
    }

    /// Calls `body` with each line's number and name until it returns false.
    private func forEachLine(_ body: (UInt32, UnsafeBufferPointer<UInt8>.SubSequence) -> Bool) {
        text.withUTF8Buffer { bytes in
            var start = 0
            while start < bytes.count {
                var space = start
                var value: UInt32 = 0
                while space < bytes.count, bytes[space] != UInt8(ascii: " "), bytes[space] != UInt8(ascii: "\n") {
                    value = value << 4 | UInt32(hexDigitValue(bytes[space]))
                    space += 1
                }
                var end = space
                while end < bytes.count, bytes[end] != UInt8(ascii: "\n") { end += 1 }
                if space < end, !body(value, bytes[(space + 1)..<end]) { return }
                start = end + 1
            }
        }
    }
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
