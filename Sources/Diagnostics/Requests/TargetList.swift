/// A file of targets: one a line, each with options of its own behind it if it needs any.
public struct TargetList: Hashable, Sendable {
    /// A line that names a target.
    public struct Line: Hashable, Sendable {
        /// Where it stands, counting from 1.
        public var number: Int
        /// The target, as it is written.
        public var target: String
        /// What stands behind it, word by word.
        public var options: [String]
    }

    /// The file's name, as messages have it.
    public var name: String
    /// Its targets in order; at least one.
    public var lines: [Line]

    /// Reads a file; `-` is standard input.
    ///
    /// - Throws: `RequestProblem` if it can't be read, names no target, or has a line that can't be understood.
    public init(path: String) throws(RequestProblem) {
        let name = path == "-" ? "standard input" : path
        try self.init(name: name, text: String(decoding: InputFile.read(path), as: UTF8.self))
    }

    /// Reads a file's text. What stands behind `#` at the start of a word is a comment; words are parted by spaces, and quoted
    /// where they hold some.
    ///
    /// - Throws: `RequestProblem` if it names no target, or has a line that can't be understood.
    public init(name: String, text: String) throws(RequestProblem) {
        self.name = name
        lines = []
        var number = 0
        for line in text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline) {
            number += 1
            let words = try Self.words(line, at: "line \(number) of \(name)")
            guard let target = words.first else { continue }
            guard !target.hasPrefix("-") else {
                throw RequestProblem(
                    reason: "line \(number) of \(name) begins with an option: \(target)",
                    hint: "write the target first, then its options"
                )
            }
            lines.append(Line(number: number, target: target, options: Array(words.dropFirst())))
        }
        guard !lines.isEmpty else {
            throw RequestProblem(
                reason: "\(name) names no target",
                hint: "write one a line, as in example.com:443; what stands behind # is a comment"
            )
        }
    }

    private static func words(_ line: Substring, at place: String) throws(RequestProblem) -> [String] {
        var words: [String] = []
        var word: String?
        var quote: Character?
        for character in line {
            if let open = quote {
                if character == open { quote = nil } else { word?.append(character) }
            } else if character == "\"" || character == "'" {
                quote = character
                word = word ?? ""
            } else if character.isWhitespace {
                if let done = word { words.append(done) }
                word = nil
            } else if character == "#", word == nil {
                return words
            } else {
                word = (word ?? "") + String(character)
            }
        }
        guard quote == nil else {
            throw RequestProblem(
                reason: "\(place) has a quotation mark that nothing closes",
                hint: "close it, or leave it out"
            )
        }
        if let word { words.append(word) }
        return words
    }
}
