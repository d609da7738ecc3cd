/// As much of an HTTP request (RFC 9112) as it takes to answer with one page: the request line and three fields.
struct HTTPRequestHead: Hashable, Sendable {
    /// The most bytes that a head may have.
    static let limit = 16_384

    var method: [UInt8]
    var target: [UInt8]
    /// The minor version of HTTP/1; nil for a request line without a version, as HTTP/0.9 had it.
    var minorVersion: UInt8?
    /// The Accept field, its lines joined.
    var accept = ""
    /// The options of the Connection field, in lower case.
    var connection: [String] = []
    /// Whether content follows, which we don't read.
    var hasContent = false
    /// Where the head ends in what was parsed.
    var length: Int

    /// What a buffer begins with.
    enum Reading: Hashable, Sendable {
        /// A whole head.
        case head(HTTPRequestHead)
        /// The beginning of one.
        case incomplete
        /// None, with the status code that says so.
        case refused(Int)
    }

    /// Whether the client wants to go on using the connection (RFC 9112 §9.3).
    var keepsAlive: Bool {
        guard minorVersion == 1, !hasContent else { return false }
        return !connection.contains("close")
    }

    /// Reads the head at the front of a buffer. Lines may end with CR LF or LF alone (RFC 9112 §2.2).
    static func read(_ buffer: [UInt8]) -> Reading {
        var position = 0
        // RFC 9112 §2.2: empty lines before a request are skipped.
        while position < buffer.count, buffer[position] == 0x0d || buffer[position] == 0x0a { position += 1 }
        guard let first = line(in: buffer, from: &position) else {
            return buffer.count > limit ? .refused(414) : .incomplete
        }
        var head: HTTPRequestHead
        switch requestLine(first) {
        case .head(let read): head = read
        case let other: return other
        }
        if head.minorVersion == nil {
            head.length = position
            return .head(head)
        }
        while let field = line(in: buffer, from: &position) {
            if position > limit { return .refused(431) }
            if field.isEmpty {
                head.length = position
                return .head(head)
            }
            guard head.take(field) else { return .refused(400) }
        }
        return buffer.count > limit ? .refused(431) : .incomplete
    }

    private static func line(in buffer: [UInt8], from position: inout Int) -> ArraySlice<UInt8>? {
        guard let end = buffer[position...].firstIndex(of: 0x0a) else { return nil }
        var line = buffer[position..<end]
        position = end + 1
        if line.last == 0x0d { line = line.dropLast() }
        return line
    }

    private static func requestLine(_ line: ArraySlice<UInt8>) -> Reading {
        guard line.count <= limit else { return .refused(414) }
        let words = line.split(separator: 0x20, omittingEmptySubsequences: false)
        guard (2...3).contains(words.count), let method = words.first, isToken(method),
            words[1].allSatisfy({ $0 > 0x20 && $0 != 0x7f }), let start = words[1].first,
            start == UInt8(ascii: "/") || words[1].elementsEqual("*".utf8) || words[1].contains(UInt8(ascii: ":"))
        else { return .refused(400) }
        var head = HTTPRequestHead(method: Array(method), target: Array(words[1]), length: 0)
        guard words.count == 3 else {
            return method.elementsEqual("GET".utf8) ? .head(head) : .refused(400)
        }
        let version = Array(words[2])
        guard version.count == 8, version.starts(with: "HTTP/".utf8), version[6] == UInt8(ascii: ".") else {
            return .refused(400)
        }
        guard version[5] == UInt8(ascii: "1") else { return .refused(505) }
        head.minorVersion = version[7] == UInt8(ascii: "0") ? 0 : 1
        return .head(head)
    }

    /// Takes one field; false if the line is none.
    private mutating func take(_ line: ArraySlice<UInt8>) -> Bool {
        guard let colon = line.firstIndex(of: UInt8(ascii: ":")), Self.isToken(line[..<colon]),
            !line.contains(0x0d), !line.contains(0)
        else { return false }
        let name = String(decoding: line[..<colon], as: UTF8.self).lowercased()
        let value = String(decoding: line[(colon + 1)...], as: UTF8.self)
        switch name {
        case "accept": accept += (accept.isEmpty ? "" : ",") + value
        case "connection":
            connection += value.split(separator: ",").map { $0.filter { $0 != " " && $0 != "\t" }.lowercased() }
        case "content-length": hasContent = hasContent || value.filter { $0 != " " && $0 != "\t" } != "0"
        case "transfer-encoding": hasContent = true
        default: break
        }
        return true
    }

    /// Whether these bytes are a token (RFC 9110 §5.6.2).
    private static func isToken(_ bytes: ArraySlice<UInt8>) -> Bool {
        !bytes.isEmpty
            && bytes.allSatisfy { byte in
                (0x30...0x39).contains(byte) || (0x41...0x5a).contains(byte) || (0x61...0x7a).contains(byte)
                    || "!#$%&'*+-.^_`|~".utf8.contains(byte)
            }
    }
}
