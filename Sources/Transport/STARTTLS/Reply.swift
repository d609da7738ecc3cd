/// A reply of SMTP (RFC 5321 §4.2), LMTP or FTP (RFC 959 §4.2): a code of three digits, and one line of text or several.
struct Reply: Hashable, Sendable {
    /// The code, 200 to 599 in a reply that keeps to the rules.
    var code: Int
    /// The lines as they came, codes included.
    var lines: [[UInt8]]

    /// The line to show where there is room for one: the last, which is where servers put the reason.
    var lastLine: [UInt8] { lines.last ?? [] }

    /// The server is there and says that it can't serve now: 4yz (RFC 5321 §4.2.1).
    var isTransient: Bool { (400...499).contains(code) }
}

/// Puts replies together, line by line.
struct ReplyReader: Sendable {
    /// How the lines between the first and the last look.
    enum Form: Sendable {
        /// Each begins with the code (RFC 5321 §4.2.1).
        case codeOnEachLine
        /// They are any text; only the code and a space end the reply (RFC 959 §4.2).
        case textBetween
    }

    enum Outcome: Sendable {
        case incomplete
        case complete(Reply)
        case malformed
    }

    private let form: Form
    private var partial: Reply?

    init(_ form: Form) {
        self.form = form
    }

    /// Takes one line.
    mutating func add(_ line: [UInt8]) -> Outcome {
        let code = Self.code(line)
        let separator = line.count > 3 ? line[3] : 0x20
        guard var reply = partial else {
            guard let code, separator == 0x20 || separator == 0x2d else { return .malformed }
            let reply = Reply(code: code, lines: [line])
            guard separator == 0x2d else { return .complete(reply) }
            partial = reply
            return .incomplete
        }
        reply.lines.append(line)
        partial = reply
        let isLast = code == reply.code && separator == 0x20
        guard !isLast else {
            partial = nil
            return .complete(reply)
        }
        if form == .codeOnEachLine, code != reply.code || separator != 0x2d { return .malformed }
        return .incomplete
    }

    private static func code(_ line: [UInt8]) -> Int? {
        guard line.count >= 3, let hundreds = line[0].digit, let tens = line[1].digit, let ones = line[2].digit,
            (1...5).contains(hundreds)
        else { return nil }
        return hundreds * 100 + tens * 10 + ones
    }
}
