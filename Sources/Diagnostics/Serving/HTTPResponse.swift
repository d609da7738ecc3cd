import Glibc

/// An answer to an HTTP request.
struct HTTPResponse: Sendable {
    var status: Int
    var contentType: String
    var content: [UInt8]
    /// More fields, each `Name: value`.
    var fields: [String] = []

    /// A short answer in plain text.
    static func plain(_ status: Int, _ text: String) -> HTTPResponse {
        HTTPResponse(status: status, contentType: PageFormat.text.contentType, content: Array("\(text)\n".utf8))
    }

    /// The bytes of the answer. One to HEAD is the same, without the content (RFC 9110 §9.3.2).
    func bytes(withContent: Bool, keepsAlive: Bool, at seconds: Int64 = Timestamp.now) -> [UInt8] {
        var head = "HTTP/1.1 \(status) \(Self.reason(status))\r\n"
        head += "Date: \(Self.date(seconds))\r\n"
        head += "Server: sechan/\(Version.current)\r\n"
        head += "Content-Type: \(contentType)\r\n"
        head += "Content-Length: \(content.count)\r\n"
        // The page quotes what the client says of itself: nothing in it may run, be guessed at, or be kept.
        head += "Content-Security-Policy: default-src 'none'; style-src 'unsafe-inline'\r\n"
        head += "X-Content-Type-Options: nosniff\r\n"
        head += "Cache-Control: no-store\r\n"
        for field in fields { head += field + "\r\n" }
        head += "Connection: \(keepsAlive ? "keep-alive" : "close")\r\n\r\n"
        return Array(head.utf8) + (withContent ? content : [])
    }

    private static func reason(_ status: Int) -> String {
        switch status {
        case 200: "OK"
        case 400: "Bad Request"
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
