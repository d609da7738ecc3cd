import Diagnostics
import Glibc

/// Writes files that appear whole or not at all: a temporary beside the file, then a rename.
enum WholeFile {
    /// Replaces `path` by a file with this text.
    ///
    /// What is there and is no plain file, such as `/dev/null`, a named pipe or a link, is written to instead: a rename
    /// would put a file in the place of the device.
    ///
    /// - Throws: `RequestProblem` if the file can't be made there, `Streams.WriteError` if the disk is full or fails.
    static func write(_ text: String, to path: String) throws {
        var status = stat()
        if lstat(path, &status) == 0, status.st_mode & S_IFMT != S_IFREG {
            let descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o666)
            guard descriptor >= 0 else { throw problem(path) }
            defer { close(descriptor) }
            return try Streams.write(text, to: descriptor, called: "'\(path)'")
        }
        let temporary = "\(path).\(getpid()).part"
        let descriptor = open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0o666)
        guard descriptor >= 0 else { throw problem(path) }
        do {
            try Streams.write(text, to: descriptor, called: "'\(path)'")
        } catch {
            close(descriptor)
            unlink(temporary)
            throw error
        }
        guard close(descriptor) == 0, rename(temporary, path) == 0 else {
            // Where a disk is full, closing may be what says so.
            let failure = Streams.WriteError(number: errno, place: "'\(path)'")
            unlink(temporary)
            throw failure
        }
    }

    private static func problem(_ path: String) -> RequestProblem {
        RequestProblem(
            reason: "can't write '\(path)': \(String(cString: strerror(errno)))",
            hint: "name a file in a directory that you may write to"
        )
    }
}
