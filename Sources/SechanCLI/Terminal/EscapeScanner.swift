import Diagnostics

/// Tells data from commands in what is typed on a terminal: the escape character opens a command line, which ends with its
/// line. Typed once more, it is data.
struct EscapeScanner {
    /// What was found, in order.
    enum Piece: Equatable {
        /// Data for the peer.
        case data([UInt8])
        /// The escape character was typed: a command line is open.
        case opened
        /// The command line ended with these words.
        case line(String)
    }

    /// The most of a command line that is kept.
    private static let limit = 256

    private let escape: UInt8
    /// The command line so far; nil while none is open.
    private var line: [UInt8]?

    init(escape: UInt8) {
        self.escape = escape
    }

    /// Whether a command line is open.
    var isOpen: Bool { line != nil }

    /// Takes the next bytes that were typed.
    mutating func take(_ bytes: [UInt8]) -> [Piece] {
        var pieces: [Piece] = []
        var data: [UInt8] = []
        func flush() {
            if !data.isEmpty { pieces.append(.data(data)) }
            data = []
        }
        for byte in bytes {
            guard var open = line else {
                if byte == escape {
                    flush()
                    pieces.append(.opened)
                    line = []
                } else {
                    data.append(byte)
                }
                continue
            }
            if byte == escape, open.isEmpty {
                data.append(byte)
                line = nil
            } else if byte == 0x0a || byte == 0x0d {
                line = nil
                pieces.append(.line(String(decoding: open, as: UTF8.self)))
            } else if open.count < Self.limit {
                open.append(byte)
                line = open
            }
        }
        flush()
        return pieces
    }
}

/// The character that opens the command line: `^]` unless `--escape` says otherwise.
enum EscapeCharacter: Equatable {
    case none
    case byte(UInt8)

    /// What telnet has.
    static let standard = EscapeCharacter.byte(0x1d)

    /// `none`, a character such as `~`, or `^]` and `ctrl-]` for a control character.
    ///
    /// Nil for anything else, and for what a terminal needs for itself: Enter, `^C`, `^D` and the other keys that edit a
    /// line or send a signal.
    init?(_ text: String) {
        if text == "none" {
            self = .none
            return
        }
        var rest = text[...]
        let isControl = rest.count > 1 && (rest.hasPrefix("^") || rest.lowercased().hasPrefix("ctrl-"))
        if isControl { rest = rest.dropFirst(rest.hasPrefix("^") ? 1 : "ctrl-".count) }
        guard rest.utf8.count == 1, let character = rest.utf8.first, (0x21...0x7e).contains(character) else {
            return nil
        }
        guard isControl else {
            self = .byte(character)
            return
        }
        let letter = (0x61...0x7a).contains(character) ? character - 0x20 : character
        guard (0x41...0x5f).contains(letter) else { return nil }
        let taken = "CDHJMOQRSUVWZ\\".utf8
        guard !taken.contains(letter) else { return nil }
        self = .byte(letter - 0x40)
    }

    /// How it is shown: `Ctrl-]`, `~`.
    var name: String {
        switch self {
        case .none: "none"
        case .byte(let byte) where byte < 0x20: "Ctrl-\(Character(Unicode.Scalar(byte + 0x40)))"
        case .byte(let byte): "\(Character(Unicode.Scalar(byte)))"
        }
    }
}
