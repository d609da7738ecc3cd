import Glibc

/// The files of a directory, by the paths of requests, and no others: every step is opened relative to the one before and
/// without following links, so that neither `..` nor a link leads out of it, not even one that is made meanwhile.
final class FileShelf: Sendable {
    /// What a path leads to.
    enum Finding {
        case file(ServedFile, contentType: String)
        /// A directory that was asked for without `/` at its end: relative links in it would go wrong.
        case directory
        /// Nothing, with the status code that says so.
        case refused(Int)
    }

    /// The longest path, in steps.
    private static let depth = 64
    private let descriptor: Int32

    /// Opens the directory.
    ///
    /// - Throws: `RequestProblem` if there is none.
    init(_ path: String) throws(RequestProblem) {
        descriptor = path.utf8.contains(0) ? -1 : open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0 else {
            throw RequestProblem(
                reason: "--files: can't open '\(path)': \(String(cString: strerror(errno)))",
                hint: "name a directory that you may read"
            )
        }
    }

    deinit {
        close(descriptor)
    }

    /// What a request's path leads to; `index.html` stands for its directory.
    func find(_ path: [UInt8]) -> Finding {
        guard let steps = Self.steps(path) else { return .refused(400) }
        var directory = dup(descriptor)
        guard directory >= 0 else { return .refused(500) }
        defer { close(directory) }
        for step in steps.dropLast() {
            let next = openat(directory, step, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)
            guard next >= 0 else { return Self.refusal(errno) }
            close(directory)
            directory = next
        }
        let last = steps.last ?? ""
        let name = last.isEmpty ? "index.html" : last
        // Without waiting: a named pipe that nobody writes to would hold the server up.
        let found = openat(directory, name, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC)
        guard found >= 0 else { return Self.refusal(errno) }
        var status = stat()
        if fstat(found, &status) == 0, status.st_mode & S_IFMT == S_IFDIR {
            close(found)
            return last.isEmpty ? .refused(404) : .directory
        }
        guard let file = ServedFile(takingOwnership: found) else { return .refused(403) }
        return .file(file, contentType: Self.type(of: name))
    }

    /// The steps of a path that begins with `/`; the last is empty for a directory. Nil for a path with `..`, with a byte that
    /// no name has, or with too many steps.
    static func steps(_ path: [UInt8]) -> [String]? {
        guard path.first == UInt8(ascii: "/"), let decoded = decoded(path) else { return nil }
        let parts = decoded.dropFirst().split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
        guard parts.count <= depth else { return nil }
        var steps: [String] = []
        for (index, part) in parts.enumerated() {
            let step = String(decoding: part, as: UTF8.self)
            // A name that is not UTF-8 can't be opened by it.
            guard step.utf8.elementsEqual(part), step != "..", !part.contains(0) else { return nil }
            if step != ".", !step.isEmpty || index == parts.count - 1 { steps.append(step) }
        }
        return steps
    }

    /// Undoes percent-encoding (RFC 3986 §2.1); nil where it is broken, and where it would hide a `/`.
    private static func decoded(_ path: [UInt8]) -> [UInt8]? {
        var out: [UInt8] = []
        var index = 0
        while index < path.count {
            if path[index] == UInt8(ascii: "%") {
                guard index + 2 < path.count,
                    let byte = UInt8(String(decoding: path[(index + 1)...(index + 2)], as: UTF8.self), radix: 16),
                    path[index + 1] != UInt8(ascii: "+"), byte != UInt8(ascii: "/")
                else { return nil }
                out.append(byte)
                index += 3
            } else {
                out.append(path[index])
                index += 1
            }
        }
        return out
    }

    private static func refusal(_ number: Int32) -> Finding {
        switch number {
        case ENOENT, ENOTDIR, ENAMETOOLONG: .refused(404)
        // ELOOP: the step is a link.
        case EACCES, EPERM, ELOOP: .refused(403)
        default: .refused(500)
        }
    }

    private static func type(of name: String) -> String {
        guard let dot = name.lastIndex(of: ".") else { return "application/octet-stream" }
        switch name[name.index(after: dot)...].lowercased() {
        case "html", "htm": return "text/html; charset=utf-8"
        case "txt", "log", "md": return "text/plain; charset=utf-8"
        case "css": return "text/css; charset=utf-8"
        case "js", "mjs": return "text/javascript; charset=utf-8"
        case "json": return "application/json"
        case "xml": return "application/xml"
        case "svg": return "image/svg+xml"
        case "png": return "image/png"
        case "jpg", "jpeg": return "image/jpeg"
        case "gif": return "image/gif"
        case "webp": return "image/webp"
        case "ico": return "image/vnd.microsoft.icon"
        case "pdf": return "application/pdf"
        case "wasm": return "application/wasm"
        case "woff2": return "font/woff2"
        case "pem", "crt", "cer": return "application/x-pem-file"
        default: return "application/octet-stream"
        }
    }
}
