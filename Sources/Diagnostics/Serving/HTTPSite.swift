/// What there is to get by HTTP, whichever version carries it.
struct HTTPSite: Sendable {
    /// The server's certificates, for clients that want to trust it.
    let pem: String
    let page: PageRenderer
    /// The files to serve; nil for the page about the client.
    let files: FileShelf?

    /// A request as any version of HTTP has it.
    struct Request {
        var method: [UInt8]
        /// The request target; `:path` in HTTP/2.
        var target: [UInt8]
        var accept: String

        /// The part of the target before `?`.
        var path: [UInt8] { Array(target.prefix { $0 != UInt8(ascii: "?") }) }
        /// The part of the target after `?`.
        var query: [UInt8] { Array(target.drop { $0 != UInt8(ascii: "?") }.dropFirst()) }

        /// Whether the method is one that is answered.
        var isAnswerable: Bool { method == Array("GET".utf8) || isHead }
        /// Whether the answer has no content.
        var isHead: Bool { method == Array("HEAD".utf8) }
    }

    /// The answer; `report` is asked for the connection so far if the answer tells of it.
    func answer(_ request: Request, _ report: () -> Report<ServeResult>) -> HTTPResponse {
        guard request.isAnswerable else {
            var answer = HTTPResponse.plain(405, "this server answers GET and HEAD")
            answer.fields = [(name: "allow", value: "GET, HEAD")]
            return answer
        }
        if let files { return answer(request, from: files) }
        if request.path == Array("/certificate.pem".utf8) {
            return HTTPResponse(status: 200, contentType: "application/x-pem-file", content: Array(pem.utf8))
        }
        let query = String(decoding: request.query, as: UTF8.self)
        let format = PageFormat(query: query, accept: request.accept)
        guard let text = try? page(report(), format) else { return .plain(500, "the page can't be made") }
        return HTTPResponse(
            status: 200,
            contentType: format.contentType,
            content: Array(text.utf8),
            fields: [(name: "vary", value: "Accept")]
        )
    }

    private func answer(_ request: Request, from files: FileShelf) -> HTTPResponse {
        switch files.find(request.path) {
        case .file(let file, let contentType):
            return HTTPResponse(status: 200, contentType: contentType, file: file)
        case .directory:
            var answer = HTTPResponse.plain(301, "this is a directory: add a '/'")
            // Two slashes in front would make a host of what follows (RFC 3986 §4.2).
            let path = Array("/".utf8) + request.path.drop { $0 == UInt8(ascii: "/") } + Array("/".utf8)
            answer.fields = [(name: "location", value: String(decoding: path, as: UTF8.self))]
            return answer
        case .refused(let status):
            return .plain(status, status == 404 ? "there is no such file" : "this path can't be served")
        }
    }
}
