public import TLSParameters

/// What a piece of text means. A terminal shows it as a colour; the words carry it everywhere else.
public enum Tone: Hashable, Sendable {
    /// Nothing special.
    case plain
    /// A heading or the answer.
    case strong
    /// Secondary.
    case faint
    /// As it should be.
    case good
    /// Works, but ought to change.
    case weak
    /// Wrong.
    case bad
}

/// Text for a person, in pieces with a tone each. Our words and a peer's are kept apart until they are encoded.
public struct StyledText: Sendable, Hashable {
    /// One piece.
    struct Piece: Sendable, Hashable {
        /// Whose words they are.
        enum Words: Sendable, Hashable {
            case ours(String)
            case peers(PeerText)
        }

        var words: Words
        var tone: Tone

        /// The words, safe for a terminal: control characters are escapes by now. Ours may hold what a user wrote, such
        /// as the name of a file, so they get no more trust; most are plain ASCII, and pass as they are.
        var terminal: String {
            switch words {
            case .ours(let text): Self.isPlain(text) ? text : PeerText(text).encoded(for: .terminal)
            case .peers(let text): text.encoded(for: .terminal)
            }
        }

        private static func isPlain(_ text: String) -> Bool {
            text.utf8.withContiguousStorageIfAvailable { $0.allSatisfy { (0x20...0x7e).contains($0) } } ?? false
        }

        /// The columns that it takes. Most text is ASCII, where bytes are columns and counting characters is a waste.
        var width: Int {
            let text = terminal
            let isASCII = text.utf8.withContiguousStorageIfAvailable { $0.allSatisfy { $0 < 0x80 } } ?? false
            return isASCII ? text.utf8.count : text.count
        }
    }

    var pieces: [Piece]

    /// Our own words.
    public init(_ text: String, _ tone: Tone = .plain) {
        pieces = [Piece(words: .ours(text), tone: tone)]
    }

    /// A peer's words.
    public init(_ text: PeerText, _ tone: Tone = .plain) {
        pieces = [Piece(words: .peers(text), tone: tone)]
    }

    /// The number of columns it takes.
    var width: Int {
        pieces.reduce(0) { $0 + $1.width }
    }

    /// True if there is nothing to show.
    var isEmpty: Bool {
        pieces.allSatisfy { $0.terminal.isEmpty }
    }

    /// The text as it is, or as much of it as `columns` hold with an ellipsis behind it.
    func cut(to columns: Int) -> StyledText {
        guard width > columns else { return self }
        var text = StyledText("")
        var room = max(0, columns - 1)
        for piece in pieces {
            text.append(StyledText(String(piece.terminal.prefix(room)), piece.tone))
            room -= min(room, piece.width)
        }
        text.append("…")
        return text
    }

    /// Adds another text behind this one.
    mutating func append(_ other: StyledText) {
        pieces += other.pieces
    }

    /// Adds our own words without a tone.
    mutating func append(_ text: String) {
        if !text.isEmpty { pieces.append(Piece(words: .ours(text), tone: .plain)) }
    }

    /// One text after another.
    public static func + (left: StyledText, right: StyledText) -> StyledText {
        var sum = left
        sum.pieces += right.pieces
        return sum
    }

    /// The texts with a separator between them.
    static func joined(_ texts: [StyledText], separator: String = ", ") -> StyledText {
        guard var sum = texts.first else { return StyledText("") }
        // In place: a certificate may have a hundred thousand names, and copying the sum for each takes for ever.
        for text in texts.dropFirst() {
            sum.append(separator)
            sum.append(text)
        }
        return sum
    }
}

extension StyledText: ExpressibleByStringInterpolation {
    /// Our own words.
    public init(stringLiteral value: String) {
        self.init(value)
    }

    /// Pieces, in order.
    public init(stringInterpolation: Interpolation) {
        pieces = stringInterpolation.pieces
    }

    /// Collects the pieces of an interpolated literal: here, and only here, a peer's text may be interpolated.
    public struct Interpolation: StringInterpolationProtocol {
        var pieces: [Piece] = []

        /// Starts with nothing.
        public init(literalCapacity: Int, interpolationCount: Int) {}

        /// Our own words.
        public mutating func appendLiteral(_ literal: String) {
            if !literal.isEmpty { pieces.append(Piece(words: .ours(literal), tone: .plain)) }
        }

        /// Our own words, with a tone.
        public mutating func appendInterpolation(_ text: String, _ tone: Tone = .plain) {
            pieces.append(Piece(words: .ours(text), tone: tone))
        }

        /// A number of ours.
        public mutating func appendInterpolation(_ number: some BinaryInteger, _ tone: Tone = .plain) {
            pieces.append(Piece(words: .ours(String(number)), tone: tone))
        }

        /// A peer's words: encoded when they are rendered.
        public mutating func appendInterpolation(_ text: PeerText, _ tone: Tone = .plain) {
            pieces.append(Piece(words: .peers(text), tone: tone))
        }

        /// Another styled text.
        public mutating func appendInterpolation(_ text: StyledText) {
            pieces += text.pieces
        }
    }
}
