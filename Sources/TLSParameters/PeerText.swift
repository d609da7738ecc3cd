/// Text that a peer wrote, in any encoding and with any intent.
///
/// It stores bytes. To become visible it has to pass an ``Encoder``: there is no interpolation, and `description` gives
/// the form that is safe on a terminal. Two values are equal when their bytes are.
public struct PeerText: Hashable, Sendable {
    /// What the peer sent, unchanged.
    public let bytes: [UInt8]

    /// Takes bytes as they came.
    public init(bytes: some Sequence<UInt8>) {
        self.bytes = Array(bytes)
    }

    /// Takes text that originates with a peer but has already been decoded.
    public init(_ text: String) {
        bytes = Array(text.utf8)
    }

    /// Whether there are no bytes at all.
    public var isEmpty: Bool { bytes.isEmpty }

    /// The form that is safe in the given place.
    public func encoded(for encoder: Encoder) -> String {
        switch encoder {
        case .terminal: encodedForTerminal()
        case .json: encodedForJSON()
        case .filename: encodedForFilename()
        case .html: encodedForHTML()
        case .csv: encodedForCSV()
        }
    }

    /// Where text is going, which decides what has to be defused.
    public enum Encoder: Sendable {
        /// A screen or a log that will be seen on one. Every control, format and invisible character and every line
        /// separator becomes `\u{XX}`, every byte that isn't UTF-8 becomes `\xHH`.
        case terminal

        /// The value handed to a JSON encoder, which escapes what JSON needs. Bytes that aren't UTF-8 become `\xHH`.
        case json

        /// One component of a file name: ASCII letters, digits, `.`, `_` and `-`; anything else becomes `_`. Never
        /// empty, never longer than 64 characters, never beginning with a dot or a hyphen.
        case filename

        /// The content of an HTML element or of a quoted attribute: as on a terminal, and `&`, `<`, `>` and both kinds of
        /// quotes become character references, so that no byte can begin a tag or end an attribute.
        case html

        /// A whole field of a CSV file (RFC 4180), its quotes included: as on a terminal, so that it stays on its line, with
        /// quotes doubled. What a spreadsheet would take for a formula begins with an apostrophe.
        case csv
    }
}

extension PeerText: CustomStringConvertible, CustomDebugStringConvertible {
    /// The form for a terminal, so that nothing unsafe leaks where a value is printed by reflection.
    public var description: String { encodedForTerminal() }

    /// The form for a terminal, in quotes.
    public var debugDescription: String { "\"" + encodedForTerminal() + "\"" }
}

extension PeerText: Codable {
    /// Reads the JSON form.
    public init(from decoder: any Decoder) throws {
        try self.init(decoder.singleValueContainer().decode(String.self))
    }

    /// Writes the JSON form.
    public func encode(to encoder: any Swift.Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(encodedForJSON())
    }
}

extension DefaultStringInterpolation {
    /// Text from a peer can't be interpolated: say where it is going with `encoded(for:)`.
    @available(*, unavailable, message: "choose an encoder: text.encoded(for: .terminal)")
    public mutating func appendInterpolation(_ text: PeerText) {}
}
