import Glibc

/// A file that only its owner may read, and that appears whole or not at all: a temporary beside it, then a rename. A link
/// is replaced, never followed.
struct SecretFile: Sendable {
    let path: String
    /// Another one each time: one that a process left behind must not be in the way of the next with its number.
    private let temporaryPath: String

    /// Names the file, and finds out whether it can be written.
    ///
    /// - Throws: `RequestProblem` if it can't be made there, or is something else than a plain file.
    init(_ path: String) throws(RequestProblem) {
        self.path = path
        temporaryPath = "\(path).\(String(UInt64.random(in: .min ... .max), radix: 36)).part"
        guard !path.utf8.contains(0) else { throw Self.problem(path, "no file has such a name") }
        var status = stat()
        if lstat(path, &status) == 0, ![S_IFREG, S_IFLNK].contains(status.st_mode & S_IFMT) {
            throw Self.problem(path, "it is no plain file")
        }
        close(try temporary())
        unlink(temporaryPath)
    }

    /// Replaces the file by one with this content.
    ///
    /// - Throws: `RequestProblem` if the disk is full or fails.
    func write(_ text: String) throws(RequestProblem) {
        let descriptor = try temporary()
        let isWhole = Self.writeAll(Array(text.utf8), to: descriptor)
        let reason = errno
        guard close(descriptor) == 0, isWhole, rename(temporaryPath, path) == 0 else {
            let number = isWhole ? errno : reason
            unlink(temporaryPath)
            throw Self.problem(path, String(cString: strerror(number)))
        }
    }

    /// Writes every byte; false when the system takes no more, with `errno` set.
    static func writeAll(_ bytes: [UInt8], to descriptor: Int32) -> Bool {
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
            if count > 0 {
                rest = rest.dropFirst(count)
            } else if count == 0 || errno != EINTR {
                return false
            }
        }
        return true
    }

    private func temporary() throws(RequestProblem) -> Int32 {
        let descriptor = open(temporaryPath, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw Self.problem(path, String(cString: strerror(errno))) }
        return descriptor
    }

    static func problem(_ path: String, _ why: String) -> RequestProblem {
        RequestProblem(
            reason: "can't write '\(path)': \(why)",
            hint: "name a file in a directory that you may write to"
        )
    }
}
