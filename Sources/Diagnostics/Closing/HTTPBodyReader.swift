/// Finds the end of an HTTP/1 response as its bytes come (RFC 9112 §6), and keeps none of them but what it needs for that.
struct HTTPBodyReader {
    /// The most bytes that heads and trailers may have, each.
    static let headLimit = 65_536
    /// The most digits of a length that are believed.
    private static let digitLimit = 15

    private enum State {
        case statusLine
        case fields
        case body(left: Int)
        case chunkSize
        case chunk(left: Int)
        case chunkEnd
        case trailers
        case untilClose
        case done
        case foreign
    }

    private var state = State.statusLine
    private var line: [UInt8] = []
    private var headBytes = 0
    private var status: Int?
    private var length: Int?
    private var isChunked = false
    private var hasCoding = false
    private var framing = HTTPBodySummary.Framing.unknown
    private var expected: Int?
    private var received = 0

    /// Whether the response is over, or is none.
    var isOver: Bool {
        switch state {
        case .done, .foreign: true
        default: false
        }
    }

    /// Takes the next bytes; what comes behind the response is ignored.
    mutating func take(_ bytes: [UInt8]) {
        var rest = bytes[...]
        while !rest.isEmpty, !isOver {
            switch state {
            case .body(let left): rest = skip(rest, left) { $0 == 0 ? .done : .body(left: $0) }
            case .chunk(let left): rest = skip(rest, left) { $0 == 0 ? .chunkEnd : .chunk(left: $0) }
            case .untilClose:
                received += rest.count
                return
            default:
                guard let end = rest.firstIndex(of: 0x0a) else { return keep(rest) }
                keep(rest[..<end])
                rest = rest[rest.index(after: end)...]
                if line.last == 0x0d { line.removeLast() }
                if !isOver { takeLine(line) }
                line = []
            }
        }
    }

    private mutating func skip(_ bytes: ArraySlice<UInt8>, _ left: Int, _ next: (Int) -> State) -> ArraySlice<UInt8> {
        let count = min(left, bytes.count)
        received += count
        state = next(left - count)
        return bytes.dropFirst(count)
    }

    private mutating func keep(_ bytes: ArraySlice<UInt8>) {
        headBytes += bytes.count + 1
        guard headBytes <= Self.headLimit else {
            state = .foreign
            line = []
            return
        }
        line += bytes
    }

    private mutating func takeLine(_ line: [UInt8]) {
        switch state {
        case .statusLine: takeStatus(line)
        case .fields: line.isEmpty ? endHead() : takeField(line)
        case .chunkSize: takeChunkSize(line)
        case .chunkEnd:
            // The budget of a head is each line's own here, or long bodies would run out of it.
            headBytes = 0
            state = line.isEmpty ? .chunkSize : .foreign
        case .trailers: if line.isEmpty { state = .done }
        default: break
        }
    }

    /// `HTTP/1.1 200 OK`
    private mutating func takeStatus(_ line: [UInt8]) {
        let words = line.split(separator: 0x20, maxSplits: 2)
        guard line.starts(with: "HTTP/1.".utf8), words.count >= 2, let code = Self.number(words[1], radix: 10),
            (100...599).contains(code)
        else {
            state = .foreign
            return
        }
        status = code
        state = .fields
    }

    private mutating func takeField(_ line: [UInt8]) {
        guard let colon = line.firstIndex(of: UInt8(ascii: ":")) else { return }
        let name = String(decoding: line[..<colon], as: UTF8.self).lowercased()
        let value = line[(colon + 1)...].drop { $0 == 0x20 || $0 == 0x09 }
        switch name {
        case "content-length":
            let number = Self.number(value.prefix { (0x30...0x39).contains($0) }, radix: 10)
            // Two that differ say nothing (RFC 9110 §8.6).
            length = length == nil || length == number ? number : -1
        case "transfer-encoding":
            hasCoding = true
            isChunked = String(decoding: value, as: UTF8.self).lowercased().hasSuffix("chunked")
        default: break
        }
    }

    private mutating func endHead() {
        headBytes = 0
        guard let status else { return }
        if status < 200 {
            // An interim response; the real one follows (RFC 9110 §15.2).
            (state, length, isChunked, hasCoding) = (.statusLine, nil, false, false)
        } else if status == 204 || status == 304 {
            (framing, expected, state) = (.none, 0, .done)
        } else if isChunked {
            (framing, state) = (.chunked, .chunkSize)
        } else if !hasCoding, let length, length >= 0 {
            (framing, expected) = (.contentLength, length)
            state = length == 0 ? .done : .body(left: length)
        } else {
            (framing, state) = (.untilClose, .untilClose)
        }
    }

    /// `1a2b;extension`
    private mutating func takeChunkSize(_ line: [UInt8]) {
        headBytes = 0
        let digits = line.prefix { $0 != UInt8(ascii: ";") && $0 != 0x20 && $0 != 0x09 }
        guard let size = Self.number(digits, radix: 16) else {
            state = .foreign
            return
        }
        state = size == 0 ? .trailers : .chunk(left: size)
    }

    private static func number(_ digits: some Collection<UInt8>, radix: Int) -> Int? {
        guard (1...digitLimit).contains(digits.count) else { return nil }
        var value = 0
        for byte in digits {
            let digit: Int
            switch byte {
            case 0x30...0x39: digit = Int(byte) - 0x30
            case 0x41...0x46 where radix == 16: digit = Int(byte) - 0x41 + 10
            case 0x61...0x66 where radix == 16: digit = Int(byte) - 0x61 + 10
            default: return nil
            }
            value = value * radix + digit
        }
        return value
    }

    /// What it came to; `isClean`: the peer said by close_notify that this was all, nil while it has not ended.
    func summary(isClean: Bool?) -> HTTPBodySummary {
        let complete: Bool?
        switch state {
        case .done: complete = true
        case .foreign: complete = nil
        case .untilClose: complete = isClean == true ? true : nil
        default: complete = isClean == nil ? nil : false
        }
        return HTTPBodySummary(
            status: status,
            framing: framing,
            expectedBytes: expected,
            receivedBytes: received,
            complete: complete
        )
    }
}
