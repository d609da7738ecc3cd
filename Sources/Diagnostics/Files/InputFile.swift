import Glibc

/// Files that a user names: read whole, with a limit, and with an error that says which one and why.
enum InputFile {
    /// The largest file that is read, in bytes: a bundle of every public root is a quarter of it.
    static let limit = 4 << 20

    /// The bytes of a file; `-` is standard input.
    ///
    /// - Throws: `RequestProblem` if it can't be read or is too large.
    static func read(_ path: String, limit: Int = limit) throws(RequestProblem) -> [UInt8] {
        if path == "-" { return try read(descriptor: STDIN_FILENO, name: "standard input", limit: limit) }
        guard !path.utf8.contains(0) else {
            // To C the name would end there.
            throw RequestProblem(
                reason: "can't read '\(path)': no file has such a name",
                hint: "check the name of the file"
            )
        }
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw problem(path) }
        defer { close(descriptor) }
        return try read(descriptor: descriptor, name: path, limit: limit)
    }

    /// The bytes that a descriptor gives until its end.
    ///
    /// - Throws: `RequestProblem` if it can't be read or gives too much.
    static func read(descriptor: Int32, name: String, limit: Int = limit) throws(RequestProblem) -> [UInt8] {
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 65_536)
        while bytes.count <= limit {
            let count = Glibc.read(descriptor, &buffer, buffer.count)
            if count > 0 {
                bytes += buffer[..<count]
            } else if count == 0 {
                return bytes
            } else if errno != EINTR {
                throw problem(name)
            }
        }
        throw RequestProblem(
            reason: "'\(name)' is larger than \(limit >> 20) MiB",
            hint: "name a file of certificates or a key"
        )
    }

    private static func problem(_ name: String) -> RequestProblem {
        RequestProblem(
            reason: "can't read '\(name)': \(String(cString: strerror(errno)))",
            hint: "check the name and the permissions of the file"
        )
    }
}
