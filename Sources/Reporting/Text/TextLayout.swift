/// How text is laid out on what it is written to.
public struct TextStyle: Sendable, Hashable {
    /// Whether tones become colours.
    public var colour: Bool
    /// The columns there are; nil for no limit, as in a pipe, where a folded line is a line that `grep` misses.
    public var columns: Int?

    /// A style.
    public init(colour: Bool, columns: Int?) {
        self.colour = colour
        self.columns = columns
    }
}

extension TextDocument {
    /// The document as text; every line ends with a newline.
    public func text(_ style: TextStyle) -> String {
        var layout = TextLayout(style: style)
        for block in blocks { layout.add(block) }
        return layout.output
    }
}

/// Lays blocks out line by line.
private struct TextLayout {
    let style: TextStyle
    var output = ""
    private static let indent = 2

    init(style: TextStyle) {
        self.style = style
    }

    mutating func add(_ block: TextDocument.Block) {
        switch block {
        case .line(let text):
            emit(text, indent: 0, continuation: 2)
        case .section(let title, let rows):
            heading(title)
            let labels = rows.map(\.label.count).max() ?? 0
            for row in rows {
                let label = StyledText(row.label.padded(to: labels) + "  ", .faint)
                if row.isCut, let columns = style.columns {
                    write(label + row.value.cut(to: columns - Self.indent - labels - 2), indent: Self.indent)
                } else {
                    emit(label + row.value, indent: Self.indent, continuation: Self.indent + labels + 2)
                }
            }
        case .table(let title, let table):
            heading(title)
            add(table)
        case .verbatim(let title, let lines):
            heading(title)
            for line in lines { write(line, indent: Self.indent) }
        }
    }

    private mutating func heading(_ title: String) {
        if !output.isEmpty, output != "\n" { output += "\n" }
        write(StyledText(title, .strong), indent: 0)
    }

    private mutating func add(_ whole: TextDocument.Table) {
        let table = whole.narrowed(to: style.columns.map { $0 - Self.indent })
        let rows = [table.header.map { StyledText($0, .faint) }] + table.rows
        let cellWidths = rows.map { $0.map(\.width) }
        let widths = table.header.indices.map { column in
            cellWidths.reduce(0) { max($0, column < $1.count ? $1[column] : 0) }
        }
        for (row, cells) in zip(rows, cellWidths) {
            var line = StyledText("")
            var start = 0
            for (column, cell) in row.enumerated() where column < widths.count {
                let gap = Self.spaces(widths[column] - cells[column])
                let alignsRight = table.rightAligned.contains(column)
                if alignsRight { line.append(gap) }
                line.append(cell)
                if column == row.count - 1 { break }
                if !alignsRight { line.append(gap) }
                line.append("  ")
                start += widths[column] + 2
            }
            emit(line, indent: Self.indent, continuation: Self.indent + start)
        }
    }

    /// Writes one line, folded at spaces where the style has a limit.
    private mutating func emit(_ text: StyledText, indent: Int, continuation: Int) {
        guard let columns = style.columns, text.width + indent > columns, columns > indent + 12 else {
            write(text, indent: indent)
            return
        }
        // Where labels or columns leave no room beside them, the rest goes below them.
        let continuation = columns > continuation + 10 ? continuation : indent + 2
        var line: [(Character, Tone)] = []
        var lines: [[(Character, Tone)]] = []
        var room = columns - indent
        for piece in text.pieces {
            for character in piece.terminal {
                line.append((character, piece.tone))
                guard line.count > room else { continue }
                // Fold at the last space, but not within the label; a word longer than the line is cut where the line ends.
                let least = lines.isEmpty ? min(continuation - indent, room - 1) : 0
                let cut = line.lastIndex { $0.0 == " " }.flatMap { $0 > least ? $0 : nil }
                let end = cut ?? room
                lines.append(Array(line[..<end]))
                line = Array(line[(cut.map { $0 + 1 } ?? end)...])
                room = columns - continuation
            }
        }
        lines.append(line)
        for (index, characters) in lines.enumerated() {
            var folded = StyledText("")
            for (character, tone) in characters { folded = folded + StyledText(String(character), tone) }
            write(folded, indent: index == 0 ? indent : continuation)
        }
    }

    private mutating func write(_ text: StyledText, indent: Int) {
        output += Self.spaces(indent)
        var tone = Tone.plain
        for piece in text.pieces {
            let words = piece.terminal
            if words.isEmpty { continue }
            if style.colour, piece.tone != tone {
                output += Self.reset(from: tone) + Self.start(of: piece.tone)
                tone = piece.tone
            }
            output += words
        }
        if style.colour { output += Self.reset(from: tone) }
        while output.utf8.last == UInt8(ascii: " ") { output.removeLast() }
        output += "\n"
    }

    /// So many spaces; none for a negative number.
    private static func spaces(_ count: Int) -> String {
        count < blank.count ? blank[max(0, count)] : String(repeating: " ", count: count)
    }

    /// Short runs of spaces are most of a table, and these are made once.
    private static let blank = (0..<64).map { String(repeating: " ", count: $0) }

    private static func start(of tone: Tone) -> String {
        switch tone {
        case .plain: ""
        case .strong: "\u{1b}[1m"
        case .faint: "\u{1b}[2m"
        case .good: "\u{1b}[32m"
        case .weak: "\u{1b}[33m"
        case .bad: "\u{1b}[31m"
        }
    }

    private static func reset(from tone: Tone) -> String {
        tone == .plain ? "" : "\u{1b}[0m"
    }
}

extension TextDocument.Table {
    /// The table without as many of its droppable columns as it takes to fit; all of them if it never does.
    fileprivate func narrowed(to columns: Int?) -> TextDocument.Table {
        guard let columns else { return self }
        var widths = header.indices.map { column in
            rows.reduce(header[column].count) { max($0, column < $1.count ? $1[column].width : 0) }
        }
        var dropped: Set<Int> = []
        for column in droppable {
            guard widths.reduce(-2, { $0 + $1 + 2 }) > columns else { break }
            // Its two spaces go with it.
            widths[column] = -2
            dropped.insert(column)
        }
        guard !dropped.isEmpty else { return self }
        let kept = header.indices.filter { !dropped.contains($0) }
        return TextDocument.Table(
            header: kept.map { header[$0] },
            rows: rows.map { row in kept.compactMap { $0 < row.count ? row[$0] : nil } },
            rightAligned: Set(kept.indices.filter { rightAligned.contains(kept[$0]) })
        )
    }
}

extension String {
    /// The text with spaces behind it until it is `width` characters long.
    func padded(to width: Int) -> String {
        self + String(repeating: " ", count: max(0, width - count))
    }
}
