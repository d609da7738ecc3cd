/// ManageSieve: capabilities, `STARTTLS` (RFC 5804 §2.2).
struct SieveDialogue: Dialogue {
    private var offers = false
    private var isGreeted = false
    /// The most that a literal string may announce.
    private static let literalLimit = 8_192

    func opening() -> [UInt8] { [] }

    mutating func next(_ input: inout DialogueInput) -> DialogueStep {
        let line: [UInt8]
        switch Self.response(&input) {
        case .incomplete: return .needsMore
        case .tooLong: return .malformed("a string of the server's is too long")
        case .line(let found): line = found
        }
        if line.first == UInt8(ascii: "\"") {
            if line.begins(with: "\"STARTTLS\"") { offers = true }
            return .goesOn([])
        }
        // A response code in parentheses may follow without a space.
        let status = line.prefix { $0 != 0x20 && $0 != UInt8(ascii: "(") }
        if status.equals("BYE") { return .busy(line) }
        if status.equals("NO") {
            if line.mentions("TRYLATER") { return .busy(line) }
            return .refused(isGreeted ? "the server refuses STARTTLS" : "the server takes no session", line)
        }
        guard status.equals("OK") else { return .malformed("that is no response of ManageSieve", line) }
        guard !isGreeted else { return .goAhead }
        guard offers else { return .refused("the server does not offer STARTTLS", line) }
        isGreeted = true
        return .goesOn("STARTTLS".line)
    }

    private enum Response {
        case incomplete
        case tooLong
        case line([UInt8])
    }

    /// A line with the literal strings in it, `{count}` or `{count+}` and as many bytes after the line's end (RFC 5804 §1.2).
    private static func response(_ input: inout DialogueInput) -> Response {
        var end = 0
        // Each round takes at least a line feed, so the number of bytes bounds them.
        while let feed = input.bytes[end...].firstIndex(of: 0x0a) {
            var line = input.bytes[end..<feed]
            if line.last == 0x0d { line = line.dropLast() }
            switch literal(line) {
            case nil:
                let taken = input.take(feed + 1) ?? []
                return .line(Array(taken.dropLast(taken.suffix(2).elementsEqual([0x0d, 0x0a]) ? 2 : 1)))
            case .some(let count):
                guard count <= literalLimit else { return .tooLong }
                end = feed + 1 + count
                guard end <= input.count else { return .incomplete }
            }
        }
        return .incomplete
    }

    /// The length that a literal string at the end of a line announces; nil if there is none there.
    private static func literal(_ line: ArraySlice<UInt8>) -> Int? {
        guard line.last == UInt8(ascii: "}"), let open = line.lastIndex(of: UInt8(ascii: "{")) else { return nil }
        var digits = line[line.index(after: open)...].dropLast()
        if digits.last == UInt8(ascii: "+") { digits = digits.dropLast() }
        guard !digits.isEmpty, digits.allSatisfy({ $0.digit != nil }) else { return nil }
        return digits.reduce(0) { min($0 * 10 + ($1.digit ?? 0), literalLimit + 1) }
    }
}
