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
        case .xml: encodedForXML()
        case .markdown: encodedForMarkdown()
        case .sarif: encodedForSARIF()
        case .githubMessage: encodedForGitHub(isProperty: false)
        case .githubProperty: encodedForGitHub(isProperty: true)
        case .prometheus: encodedForPrometheus()
        case .nagios: encodedForNagios()
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

        /// The content of an XML 1.0 element or of a quoted attribute: as in HTML. A character that XML can't hold is
        /// replaced, because a reference to it is as illegal as the character itself.
        case xml

        /// A piece of a paragraph or of a table's cell in CommonMark or GitHub's dialect of it: as on a terminal, and no
        /// character begins emphasis, code, a link, an image, a tag, or another cell.
        case markdown

        /// A piece of a SARIF 2.1.0 message in plain text: as on a terminal, and neither a placeholder (§3.11.5) nor a link
        /// (§3.11.6).
        case sarif

        /// What follows a workflow command of GitHub's, after its second `::`: as on a terminal, with `%` as `%25`.
        case githubMessage

        /// The value of a property of such a command: `:` and `,` are defused too.
        case githubProperty

        /// The value of a label in Prometheus' text format, without its quotes: as on a terminal, with backslashes and quotes
        /// escaped.
        case prometheus

        /// A piece of a monitoring plugin's line: as on a terminal, and what would begin the performance data, or mean
        /// something to the shell that a notification passes through, becomes `\xHH`.
        case nagios
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
