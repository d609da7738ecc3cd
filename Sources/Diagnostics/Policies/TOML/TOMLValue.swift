/// A value of a TOML document, with the line that it begins on, so that whoever doesn't like it can say where it stands.
struct TOMLValue: Hashable, Sendable {
    /// What it is.
    indirect enum Content: Hashable, Sendable {
        case string(String)
        case integer(Int)
        case boolean(Bool)
        /// A day, `2027-01-31`.
        case date(String)
        case array([TOMLValue])
        case table(TOMLTable)
    }

    /// What it is.
    var content: Content
    /// The line that it begins on, from 1.
    var line: Int

    /// What it is, in a word or two.
    var kind: String {
        switch content {
        case .string: "a string"
        case .integer: "a number"
        case .boolean: "true or false"
        case .date: "a date"
        case .array: "an array"
        case .table: "a table"
        }
    }
}

/// The keys of a table in their order.
struct TOMLTable: Hashable, Sendable {
    /// One key with its value.
    struct Entry: Hashable, Sendable {
        var key: String
        /// The line that the key stands on, from 1.
        var line: Int
        var value: TOMLValue
    }

    /// The keys in the order in which they stand.
    var entries: [Entry] = []
    /// The line that the table begins on, from 1.
    var line = 1

    /// The value of a key.
    subscript(key: String) -> TOMLValue? { entries.first { $0.key == key }?.value }
}

/// What is wrong with a TOML document, and on which line.
struct TOMLError: Error, Hashable, Sendable {
    /// The line, from 1.
    var line: Int
    /// What is wrong; lower case, no full stop.
    var reason: String
    /// What would be right; nil where the reason says it.
    var hint: String?
}
