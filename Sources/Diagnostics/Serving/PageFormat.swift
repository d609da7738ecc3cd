/// What a client gets to see of itself.
public enum PageFormat: String, Sendable, CaseIterable {
    /// A page for a browser.
    case html
    /// Plain text, for those who name no type, such as curl.
    case text
    /// The report of the connection, as `--format json` writes it.
    case json

    /// The value of the Content-Type field.
    var contentType: String {
        switch self {
        case .html: "text/html; charset=utf-8"
        case .text: "text/plain; charset=utf-8"
        case .json: "application/json"
        }
    }

    /// The format that a request asks for: by `format=` in the query, else by the first type of its Accept field that
    /// we have, else text.
    init(query: String, accept: String) {
        for pair in query.split(separator: "&") where pair.hasPrefix("format=") {
            if let format = PageFormat(rawValue: String(pair.dropFirst("format=".count))) {
                self = format
                return
            }
        }
        for range in accept.split(separator: ",") {
            let type = range.prefix { $0 != ";" }.filter { $0 != " " && $0 != "\t" }.lowercased()
            switch type {
            case "text/html", "application/xhtml+xml":
                self = .html
                return
            case "application/json":
                self = .json
                return
            case "text/plain":
                self = .text
                return
            default: continue
            }
        }
        self = .text
    }
}

/// Turns the report of a connection into the page that its client gets.
///
/// It is handed in because text is made from reports in one place only, and that is not here.
public typealias PageRenderer = @Sendable (Report<ServeResult>, PageFormat) throws -> String
