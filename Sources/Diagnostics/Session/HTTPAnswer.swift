/// Reads an HTTP/1.x answer as it arrives, as far as it takes to know where it ends (RFC 9112 §6). Keeps a body only if told to.
///
/// The peer decides what comes in: lines, headers and lengths are bounded, and what makes no sense ends the reading.
struct HTTPAnswer: Sendable {
    /// How a body's end is known (RFC 9112 §6.3).
    enum Framing: String, Codable, Sendable {
        /// There is none: 1xx, 204, 304.
        case empty = "none"
        /// By its length.
        case contentLength = "content-length"
        /// By its last chunk.
        case chunked
        /// By the end of the connection.
        case close
    }

    /// How far the answer is.
    enum Progress: Hashable, Sendable {
        /// Nothing has come.
        case nothing
        /// The head is not whole.
        case head
        /// The body is not whole.
        case body
        /// All of it is there.
        case whole
        /// What came is no HTTP/1.x, or breaks its rules.
        case broken(String)
    }

    /// The most bytes of a head, or of a trailer, that are read.
    private static let headLimit = 65_536
    /// The most bytes in the line that tells a chunk's size.
    private static let lineLimit = 4_096

    private enum Part {
        case head
        case fixed(left: Int)
        case chunkSize
        case chunk(left: Int)
        case chunkEnd(left: Int)
        case trailer(count: Int)
        case rest
        case done
    }

    /// A field of the head.
    struct Field: Hashable, Sendable {
        /// Its name in small letters.
        var name: String
        /// Its value without the spaces around it.
        var value: String
    }

    /// How far it is.
    private(set) var progress = Progress.nothing
    /// The status, such as 200; nil before its line is there.
    private(set) var status: Int?
    /// `HTTP/1.1` or `HTTP/1.0`.
    private(set) var version: String?
    /// How the body ends; nil before the head is whole.
    private(set) var framing: Framing?
    /// The length that the head promises.
    private(set) var contentLength: Int?
    /// Bytes of the body so far, without the framing of chunks.
    private(set) var bodyBytes = 0
    /// The body so far, if it is kept.
    private(set) var body: [UInt8] = []
    /// The fields of the head in their order, if they are kept.
    private(set) var fields: [Field] = []
    private let keepsFields: Bool
    /// The longest body that is kept, one longer than which ends the reading; nil keeps none.
    private let bodyLimit: Int?
    private var part = Part.head
    /// The line or the head so far.
    private var pending: [UInt8] = []

    /// Whether nothing more is read: it is whole, or makes no sense.
    var hasEnded: Bool {
        switch progress {
        case .whole, .broken: true
        default: false
        }
    }

    /// Reads an answer, and keeps its body up to a limit.
    init(keepingBodyTo bodyLimit: Int? = nil, keepsFields: Bool = false) {
        self.bodyLimit = bodyLimit
        self.keepsFields = keepsFields
    }

    /// The value of the first field of that name, which is in small letters; nil without one, or if they aren't kept.
    func field(_ name: String) -> String? { fields.first { $0.name == name }?.value }

    /// Takes bytes; those behind the answer's end are left alone.
    mutating func take(_ bytes: [UInt8]) {
        var rest = bytes[...]
        while !rest.isEmpty {
            if case .broken = progress { return }
            switch part {
            case .done: return
            case .head: takeHead(&rest)
            case .fixed(let left):
                let taken = takeBody(&rest, min(left, rest.count))
                part = .fixed(left: left - taken)
                if left == taken { finish() }
            case .rest: _ = takeBody(&rest, rest.count)
            case .chunkSize: takeChunkSize(&rest)
            case .chunk(let left):
                let taken = takeBody(&rest, min(left, rest.count))
                part = left == taken ? .chunkEnd(left: 2) : .chunk(left: left - taken)
            case .chunkEnd(let left):
                guard rest.first == (left == 2 ? 0x0d : 0x0a) else { return fail("a chunk has no end") }
                rest = rest.dropFirst()
                part = left == 2 ? .chunkEnd(left: 1) : .chunkSize
            case .trailer(let count): takeTrailer(&rest, count)
            }
        }
    }

    /// Takes the end of the connection, `isClean` if the peer announced it. An answer that ends there is whole only then:
    /// without the announcement anybody could have cut it.
    mutating func end(isClean: Bool) {
        guard case .rest = part, isClean, progress == .body else { return }
        finish()
    }

    private mutating func takeBody(_ rest: inout ArraySlice<UInt8>, _ count: Int) -> Int {
        bodyBytes += count
        if let bodyLimit {
            if bodyBytes > bodyLimit {
                fail("its body is longer than \(bodyLimit) bytes")
            } else {
                body += rest.prefix(count)
            }
        }
        rest = rest.dropFirst(count)
        return count
    }

    private mutating func finish() {
        if case .broken = progress { return }
        part = .done
        progress = .whole
    }

    private mutating func fail(_ reason: String) {
        progress = .broken(reason)
    }

    // MARK: The head

    private mutating func takeHead(_ rest: inout ArraySlice<UInt8>) {
        progress = .head
        while let byte = rest.popFirst() {
            pending.append(byte)
            if pending.count == 5, !pending.elementsEqual("HTTP/".utf8) { return fail("it is not HTTP") }
            if byte == 0x0a, isHeadWhole { return readHead() }
            guard pending.count < Self.headLimit else { return fail("its head is longer than 64 KiB") }
        }
        if !"HTTP/".utf8.starts(with: pending.prefix(5)) { fail("it is not HTTP") }
    }

    /// An empty line, with or without CR (RFC 9112 §2.2).
    private var isHeadWhole: Bool {
        pending.suffix(4).elementsEqual("\r\n\r\n".utf8) || pending.suffix(2).elementsEqual("\n\n".utf8)
    }

    private mutating func readHead() {
        let lines = pending.split(separator: 0x0a).map { $0.last == 0x0d ? $0.dropLast() : $0 }
        pending = []
        let words = (lines.first ?? []).split(separator: 0x20, maxSplits: 2)
        guard words.count >= 2, words[0].count == 8, words[0].starts(with: "HTTP/1.".utf8), words[1].count == 3,
            let code = Int(String(decoding: words[1], as: UTF8.self)), (100...599).contains(code)
        else { return fail("it is not HTTP/1.x") }
        // 100 and 103 only announce the answer (RFC 9110 §15.2).
        if (100...199).contains(code), code != 101 { return }
        status = code
        version = String(decoding: words[0], as: UTF8.self)
        var coding: String?
        for line in lines.dropFirst() {
            guard let colon = line.firstIndex(of: UInt8(ascii: ":")) else { continue }
            let name = String(decoding: line[..<colon], as: UTF8.self).lowercased()
            let value = Self.trimmed(line[line.index(after: colon)...])
            if keepsFields { fields.append(Field(name: name, value: value)) }
            switch name {
            case "content-length":
                guard let length = Self.length(value), contentLength == nil || contentLength == length else {
                    return fail("its Content-Length makes no sense")
                }
                contentLength = length
            case "transfer-encoding":
                // The last coding decides (RFC 9112 §6.3).
                coding = value.lowercased().split(separator: ",").last.map { Self.trimmed($0.utf8) }
            default: continue
            }
        }
        start(code, coding: coding)
    }

    private mutating func start(_ code: Int, coding: String?) {
        progress = .body
        if code == 101 || code == 204 || code == 304 {
            framing = .empty
            finish()
        } else if coding == "chunked" {
            framing = .chunked
            part = .chunkSize
        } else if let contentLength, coding == nil {
            // Any coding rules a length out (RFC 9112 §6.3).
            framing = .contentLength
            part = .fixed(left: contentLength)
            if contentLength == 0 { finish() }
        } else {
            framing = .close
            part = .rest
        }
    }

    private static func trimmed(_ bytes: some Collection<UInt8>) -> String {
        let isSpace: (UInt8) -> Bool = { $0 == 0x20 || $0 == 0x09 }
        let head = bytes.drop(while: isSpace)
        var text = Array(head)
        while let last = text.last, isSpace(last) { text.removeLast() }
        return String(decoding: text, as: UTF8.self)
    }

    private static func length(_ text: String) -> Int? {
        guard !text.isEmpty, text.utf8.allSatisfy({ (0x30...0x39).contains($0) }) else { return nil }
        return Int(text)
    }

    // MARK: Chunks (RFC 9112 §7.1)

    /// The next line without its end; nil while it isn't whole.
    private mutating func line(_ rest: inout ArraySlice<UInt8>) -> [UInt8]? {
        while let byte = rest.popFirst() {
            if byte == 0x0a {
                defer { pending = [] }
                return pending.last == 0x0d ? pending.dropLast() : pending
            }
            pending.append(byte)
            guard pending.count <= Self.lineLimit else {
                fail("a line of its framing is longer than 4 KiB")
                return nil
            }
        }
        return nil
    }

    private mutating func takeChunkSize(_ rest: inout ArraySlice<UInt8>) {
        guard let line = line(&rest) else { return }
        let digits = Self.trimmed(line.prefix { $0 != UInt8(ascii: ";") })
        guard !digits.isEmpty, digits.utf8.count <= 15,
            digits.utf8.allSatisfy({ Character(Unicode.Scalar($0)).isHexDigit }),
            let size = Int(digits, radix: 16)
        else { return fail("the size of a chunk makes no sense") }
        part = size == 0 ? .trailer(count: 0) : .chunk(left: size)
    }

    private mutating func takeTrailer(_ rest: inout ArraySlice<UInt8>, _ count: Int) {
        guard let line = line(&rest) else { return }
        if line.isEmpty { return finish() }
        guard count + line.count < Self.headLimit else { return fail("its trailer is longer than 64 KiB") }
        part = .trailer(count: count + line.count)
    }
}
