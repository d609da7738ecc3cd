/// Reads TOML 1.0 as far as policies need it: tables, arrays of tables, strings, whole numbers, dates, `true` and `false`,
/// arrays and inline tables. What it doesn't know (floats, times, dotted keys, strings over several lines) is an error that
/// says so, never a guess.
struct TOMLReader {
    /// How deep arrays and tables may be nested.
    private static let deepest = 8
    /// How many values a document may have.
    private static let most = 20_000

    let bytes: [UInt8]
    var index = 0
    var line = 1
    private var values = 0

    /// Reads a document.
    ///
    /// - Throws: `TOMLError` with the line.
    static func read(_ bytes: [UInt8]) throws(TOMLError) -> TOMLTable {
        // A mark that some editors put first.
        let text = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? Array(bytes.dropFirst(3)) : bytes
        guard String(validating: text, as: UTF8.self) != nil else {
            throw TOMLError(line: 1, reason: "this is not text in UTF-8", hint: "a policy is a text file")
        }
        var reader = TOMLReader(bytes: text)
        return try reader.document()
    }

    private init(bytes: [UInt8]) {
        self.bytes = bytes
    }

    private mutating func document() throws(TOMLError) -> TOMLTable {
        var root = TOMLTable()
        // Where keys go: the root, a table of its, or the last table of an array of its.
        var place: (name: String, isArray: Bool)?
        while true {
            try skipLines()
            guard let byte = peek else { return root }
            if byte == UInt8(ascii: "[") {
                place = try header(&root)
                continue
            }
            let entry = try keyAndValue(depth: 1)
            try endOfLine(after: "the value of '\(entry.key)'")
            guard let place else {
                try add(entry, to: &root)
                continue
            }
            try add(entry, to: &root, in: place)
        }
    }

    /// `[name]` or `[[name]]`.
    private mutating func header(_ root: inout TOMLTable) throws(TOMLError) -> (name: String, isArray: Bool) {
        let start = line
        index += 1
        let isArray = peek == UInt8(ascii: "[")
        if isArray { index += 1 }
        skipBlanks()
        let name = try key()
        skipBlanks()
        for _ in 0..<(isArray ? 2 : 1) {
            guard peek == UInt8(ascii: "]") else {
                let wanted = isArray ? "[[\(name)]]" : "[\(name)]"
                throw TOMLError(
                    line: start,
                    reason: peek == UInt8(ascii: ".")
                        ? "tables within tables are not read" : "the header is not closed",
                    hint: "write \(wanted)"
                )
            }
            index += 1
        }
        try endOfLine(after: "the header")
        try count()
        let table = TOMLTable(line: start)
        let position = root.entries.firstIndex { $0.key == name }
        if isArray, let position, case .array(var tables) = root.entries[position].value.content,
            tables.allSatisfy({ if case .table = $0.content { true } else { false } }), !tables.isEmpty
        {
            tables.append(TOMLValue(content: .table(table), line: start))
            root.entries[position].value.content = .array(tables)
        } else if let position {
            throw TOMLError(line: start, reason: "'\(name)' stands on line \(root.entries[position].line) already")
        } else {
            let content: TOMLValue.Content =
                isArray ? .array([TOMLValue(content: .table(table), line: start)]) : .table(table)
            root.entries.append(
                TOMLTable.Entry(key: name, line: start, value: TOMLValue(content: content, line: start))
            )
        }
        return (name, isArray)
    }

    private func add(_ entry: TOMLTable.Entry, to table: inout TOMLTable) throws(TOMLError) {
        if let other = table.entries.first(where: { $0.key == entry.key }) {
            throw TOMLError(line: entry.line, reason: "'\(entry.key)' stands on line \(other.line) already")
        }
        table.entries.append(entry)
    }

    private func add(
        _ entry: TOMLTable.Entry,
        to root: inout TOMLTable,
        in place: (name: String, isArray: Bool)
    ) throws(TOMLError) {
        guard let position = root.entries.firstIndex(where: { $0.key == place.name }) else { return }
        switch root.entries[position].value.content {
        case .table(var table):
            try add(entry, to: &table)
            root.entries[position].value.content = .table(table)
        case .array(var tables):
            guard let last = tables.indices.last, case .table(var table) = tables[last].content else { return }
            try add(entry, to: &table)
            tables[last].content = .table(table)
            root.entries[position].value.content = .array(tables)
        default: return
        }
    }

    /// `key = value`.
    private mutating func keyAndValue(depth: Int) throws(TOMLError) -> TOMLTable.Entry {
        let start = line
        let name = try key()
        skipBlanks()
        guard peek == UInt8(ascii: "=") else {
            let reason =
                peek == UInt8(ascii: ".")
                ? "dotted keys such as '\(name).…' are not read" : "'=' is missing after '\(name)'"
            throw TOMLError(line: line, reason: reason, hint: "write \(name) = value")
        }
        index += 1
        skipBlanks()
        return TOMLTable.Entry(key: name, line: start, value: try value(depth: depth))
    }

    private mutating func key() throws(TOMLError) -> String {
        if peek == UInt8(ascii: "\"") || peek == UInt8(ascii: "'") { return try string() }
        let start = index
        while let byte = peek, Self.isWord(byte) { index += 1 }
        guard index > start else {
            throw TOMLError(
                line: line,
                reason: "expected a key, found \(found)",
                hint: "keys are words, as in name = \"…\""
            )
        }
        return String(decoding: bytes[start..<index], as: UTF8.self)
    }

    private mutating func value(depth: Int) throws(TOMLError) -> TOMLValue {
        try count()
        guard depth <= Self.deepest else {
            throw TOMLError(line: line, reason: "arrays and tables are nested more than \(Self.deepest) deep")
        }
        let start = line
        switch peek {
        case UInt8(ascii: "\"")?, UInt8(ascii: "'")?:
            return TOMLValue(content: .string(try string()), line: start)
        case UInt8(ascii: "[")?:
            return TOMLValue(content: .array(try array(depth: depth)), line: start)
        case UInt8(ascii: "{")?:
            return TOMLValue(content: .table(try inlineTable(depth: depth)), line: start)
        default:
            return TOMLValue(content: try word(), line: start)
        }
    }

    private mutating func array(depth: Int) throws(TOMLError) -> [TOMLValue] {
        let start = line
        index += 1
        var elements: [TOMLValue] = []
        while true {
            try skipLines()
            guard let byte = peek else {
                throw TOMLError(line: start, reason: "the array is not closed", hint: "']' is missing")
            }
            if byte == UInt8(ascii: "]") {
                index += 1
                return elements
            }
            elements.append(try value(depth: depth + 1))
            try skipLines()
            if peek == UInt8(ascii: ",") {
                index += 1
            } else if peek != nil, peek != UInt8(ascii: "]") {
                throw TOMLError(line: line, reason: "expected ',' or ']' in the array, found \(found)")
            }
        }
    }

    private mutating func inlineTable(depth: Int) throws(TOMLError) -> TOMLTable {
        var table = TOMLTable(line: line)
        index += 1
        skipBlanks()
        if peek == UInt8(ascii: "}") {
            index += 1
            return table
        }
        while true {
            skipBlanks()
            try add(try keyAndValue(depth: depth + 1), to: &table)
            skipBlanks()
            let byte = peek
            guard byte == UInt8(ascii: ",") || byte == UInt8(ascii: "}") else {
                throw TOMLError(line: line, reason: "expected ',' or '}' in the table, found \(found)")
            }
            index += 1
            if byte == UInt8(ascii: "}") { return table }
        }
    }

    /// A number, a date, `true` or `false`.
    private mutating func word() throws(TOMLError) -> TOMLValue.Content {
        let start = index
        while let byte = peek,
            Self.isWord(byte) || byte == UInt8(ascii: "+") || byte == UInt8(ascii: ".")
                || byte == UInt8(ascii: ":")
        {
            index += 1
        }
        let text = String(decoding: bytes[start..<index], as: UTF8.self)
        switch text {
        case "true": return .boolean(true)
        case "false": return .boolean(false)
        case "": throw TOMLError(line: line, reason: "expected a value, found \(found)")
        default: break
        }
        if CivilDay(text) != nil { return .date(text) }
        let digits = text.utf8.first == UInt8(ascii: "+") ? String(text.dropFirst()) : text
        let hasGoodGaps = !digits.hasPrefix("_") && !digits.hasSuffix("_") && !digits.contains("__")
        let hasZeros = digits.utf8.count > 1 && (digits.hasPrefix("0") || digits.hasPrefix("-0"))
        if hasGoodGaps, !hasZeros, let number = Int(digits.filter { $0 != "_" }) { return .integer(number) }
        throw TOMLError(
            line: line,
            reason: "'\(text)' is no value",
            hint: "values are \"strings\" in quotes, whole numbers, dates such as 2027-01-31, true, false and [arrays]"
        )
    }

    private mutating func count() throws(TOMLError) {
        values += 1
        guard values <= Self.most else {
            throw TOMLError(line: line, reason: "there are more than \(Self.most) values")
        }
    }
}
