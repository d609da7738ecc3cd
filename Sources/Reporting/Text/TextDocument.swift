/// A report for a person, before it is laid out: a headline, then blocks.
public struct TextDocument: Sendable {
    /// A part of the document.
    enum Block: Sendable {
        /// A line of its own.
        case line(StyledText)
        /// A title with label-and-value rows below it.
        case section(title: String, rows: [Row])
        /// A title with a table below it.
        case table(title: String, Table)
        /// Lines that stay exactly as they are, such as a hex dump.
        case verbatim(title: String, [StyledText])
    }

    /// A label and its value.
    struct Row: Sendable {
        var label: String
        var value: StyledText
        /// The parts of a value that is a list, for those who show each on a line of its own.
        var items: [StyledText] = []
        /// Whether a line that is too long is cut, not folded.
        var isCut = false
    }

    /// Columns of cells; the last column takes what room is left and folds.
    struct Table: Sendable {
        var header: [String]
        var rows: [[StyledText]]
        /// The columns whose cells stand at the right, such as numbers.
        var rightAligned: Set<Int> = []
        /// The columns that a narrow terminal can do without, the first to go first.
        var droppable: [Int] = []
    }

    var blocks: [Block] = []

    /// An empty document.
    public init() {}

    mutating func line(_ text: StyledText) {
        blocks.append(.line(text))
    }

    /// Adds a section; rows without a value are left out, and so is a section without rows.
    mutating func section(_ title: String, _ build: (inout Rows) -> Void) {
        var rows = Rows()
        build(&rows)
        if !rows.rows.isEmpty { blocks.append(.section(title: title, rows: rows.rows)) }
    }

    mutating func table(_ title: String, _ table: Table) {
        if !table.rows.isEmpty { blocks.append(.table(title: title, table)) }
    }

    mutating func verbatim(_ title: String, _ lines: [StyledText]) {
        if !lines.isEmpty { blocks.append(.verbatim(title: title, lines)) }
    }

    /// Collects the rows of one section.
    struct Rows {
        fileprivate(set) var rows: [Row] = []

        mutating func row(_ label: String, _ value: StyledText?) {
            if let value, !value.isEmpty { rows.append(Row(label: label, value: value)) }
        }

        /// A list: with commas between its items where lines are long, one below the other on a page.
        mutating func list(_ label: String, _ items: [StyledText]) {
            let value = StyledText.joined(items)
            if !value.isEmpty { rows.append(Row(label: label, value: value, items: items)) }
        }

        /// The first of `count` bytes in hexadecimal, as many as there is room for, on a line without a label.
        mutating func bytes(_ title: String, _ hex: String, of count: Int) {
            let isWhole = hex.utf8.count == count * 2
            rows.append(Row(label: "", value: StyledText(title + hex + (isWhole ? "" : "…"), .faint), isCut: true))
        }
    }
}
