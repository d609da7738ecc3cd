import Glibc

/// An answer to an HTTP request.
struct HTTPResponse: Sendable {
    var status: Int
    var contentType: String
    var content: [UInt8] = []
    /// The file whose bytes are the content instead, read as they are sent.
    var file: ServedFile?
    /// More fields: names in lower case, which HTTP/2 insists on, with their values.
    var fields: [(name: String, value: String)] = []

    /// A short answer in plain text.
    static func plain(_ status: Int, _ text: String) -> HTTPResponse {
        HTTPResponse(status: status, contentType: PageFormat.text.contentType, content: Array("\(text)\n".utf8))
    }

    /// The size of the content in bytes.
    var length: Int { file?.size ?? content.count }

    /// The status and every field of the answer, in order, for any version of HTTP.
    func allFields(at seconds: Int64) -> [(name: String, value: String)] {
        var all = [
            ("date", Self.date(seconds)), ("server", "sechan/\(Version.current)"), ("content-type", contentType),
            ("content-length", "\(length)"), ("x-content-type-options", "nosniff"), ("cache-control", "no-store"),
        ]
        if file == nil {
            // The page quotes what the client says of itself: nothing in it may run, be guessed at, or be kept.
            all.append(("content-security-policy", "default-src 'none'; style-src 'unsafe-inline'"))
        }
        return all.map { (name: $0.0, value: $0.1) } + fields
    }

    /// The head of the answer in HTTP/1.1.
    func head(keepsAlive: Bool, at seconds: Int64 = Timestamp.now) -> [UInt8] {
        var head = "HTTP/1.1 \(status) \(Self.reason(status))\r\n"
        for field in allFields(at: seconds) { head += "\(Self.capitalised(field.name)): \(field.value)\r\n" }
        head += "Connection: \(keepsAlive ? "keep-alive" : "close")\r\n\r\n"
        return Array(head.utf8)
    }

    /// `content-type` as HTTP/1.1 has always written it: `Content-Type`.
    private static func capitalised(_ name: String) -> String {
        name.split(separator: "-").map { $0.prefix(1).uppercased() + $0.dropFirst() }.joined(separator: "-")
    }

    private static func reason(_ status: Int) -> String {
        switch status {
        case 200: "OK"
        case 301: "Moved Permanently"
        case 400: "Bad Request"
        case 403: "Forbidden"
        case 404: "Not Found"
        case 405: "Method Not Allowed"
        case 408: "Request Timeout"
        case 414: "URI Too Long"
        case 431: "Request Header Fields Too Large"
        case 505: "HTTP Version Not Supported"
        default: "Internal Server Error"
        }
    }

    /// The date as RFC 9110 §5.6.7 wants it, in English whatever the locale: `Sun, 22 Nov 2026 16:00:00 GMT`.
    static func date(_ seconds: Int64) -> String {
        var moment = time_t(seconds)
        var parts = tm()
        gmtime_r(&moment, &parts)
        let days = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"]
        let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
        func two(_ value: Int32) -> String { value < 10 ? "0\(value)" : "\(value)" }
        // gmtime_r keeps both indices within their ranges.
        return
            "\(days[Int(parts.tm_wday)]), \(two(parts.tm_mday)) \(months[Int(parts.tm_mon)]) \(Int(parts.tm_year) + 1900) "
            + "\(two(parts.tm_hour)):\(two(parts.tm_min)):\(two(parts.tm_sec)) GMT"
    }
}
