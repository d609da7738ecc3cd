import Glibc

/// What `inspect` is pointed at: a server, or a file.
public enum InspectSubject: Hashable, Sendable {
    /// A server.
    case server(Target)
    /// A file of certificates, keys and their like; `-` is standard input.
    case file(path: String)
    /// A report of an earlier run, in JSON.
    case report(path: String)

    /// Tells the two apart: `-`, an existing file, and a path without a scheme are files, everything else is a server.
    ///
    /// - Throws: `RequestProblem` for what is neither.
    public init(parsing text: String) throws(RequestProblem) {
        var status = stat()
        let looksLikePath = text.hasPrefix("/") || text.hasPrefix("./") || text.hasPrefix("../") || text.hasPrefix("~")
        let endings = [".pem", ".der", ".crt", ".cer", ".csr", ".crl", ".key", ".p7b", ".p12", ".pfx"]
        // A directory may well be named like a host whose files are in it.
        let isFile = stat(text, &status) == 0 && status.st_mode & S_IFMT != S_IFDIR
        if text == "-" || looksLikePath || (!text.hasPrefix("unix:") && isFile) {
            self = isFile && Self.isReport(text) ? .report(path: text) : .file(path: text)
        } else if endings.contains(where: text.hasSuffix), !text.contains("://") {
            throw RequestProblem(
                reason: "there is no file '\(text)' here",
                hint: "name an existing file, or write \(text):443 if it is a host"
            )
        } else {
            self = .server(try Target(parsing: text))
        }
    }

    /// Whether a file begins as JSON does. Only plain files are looked into: what a pipe gives can be read once only.
    private static func isReport(_ path: String) -> Bool {
        var status = stat()
        guard stat(path, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { return false }
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return false }
        defer { close(descriptor) }
        var start = [UInt8](repeating: 0, count: 64)
        let count = read(descriptor, &start, start.count)
        return count > 0 && ReportFile.looksLikeOne(start[..<count])
    }
}
