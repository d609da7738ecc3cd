import Diagnostics
import Glibc

/// Writes files that appear whole or not at all: a temporary beside the file, then a rename.
enum WholeFile {
    /// Replaces `path` by a file with this text.
    ///
    /// What is there and is no plain file, such as `/dev/null`, a named pipe or a link, is written to instead: a rename
    /// would put a file in the place of the device.
    ///
    /// - Throws: `Streams.WriteError` if the file can't be made there, or the disk is full or fails.
    static func write(_ text: String, to path: String) throws(Streams.WriteError) {
        if isSpecial(path) {
            let descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o666)
            guard descriptor >= 0 else { throw failure(path) }
            defer { close(descriptor) }
            return try Streams.write(text, to: descriptor, called: "'\(path)'")
        }
        let (temporary, descriptor) = try temporary(path)
        do throws(Streams.WriteError) {
            try Streams.write(text, to: descriptor, called: "'\(path)'")
        } catch {
            close(descriptor)
            unlink(temporary)
            throw error
        }
        guard close(descriptor) == 0, rename(temporary, path) == 0 else {
            // Where a disk is full, closing may be what says so.
            let failure = failure(path)
            unlink(temporary)
            throw failure
        }
    }

    /// Finds out whether a file can be made there, before there is anything to write.
    ///
    /// - Throws: `RequestProblem` if it can't.
    static func check(_ path: String) throws(RequestProblem) {
        do throws(Streams.WriteError) {
            if isSpecial(path) {
                // Opening a named pipe would wait for its reader; a link that leads nowhere yet is made when it is written to.
                if isDirectory(path) { throw Streams.WriteError(number: EISDIR, place: "'\(path)'") }
                if access(path, W_OK) != 0, errno != ENOENT { throw failure(path) }
            } else {
                let (temporary, descriptor) = try temporary(path)
                close(descriptor)
                unlink(temporary)
            }
        } catch {
            throw RequestProblem(
                reason: error.problem.reason,
                hint: "name a file in a directory that you may write to"
            )
        }
    }

    /// Whether there is something else than a plain file.
    private static func isSpecial(_ path: String) -> Bool {
        var status = stat()
        return lstat(path, &status) == 0 && status.st_mode & S_IFMT != S_IFREG
    }

    private static func isDirectory(_ path: String) -> Bool {
        var status = stat()
        return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
    }

    private static func temporary(_ path: String) throws(Streams.WriteError) -> (path: String, descriptor: Int32) {
        let temporary = "\(path).\(getpid()).part"
        let descriptor = open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0o666)
        guard descriptor >= 0 else { throw failure(path) }
        return (temporary, descriptor)
    }

    private static func failure(_ path: String) -> Streams.WriteError {
        Streams.WriteError(number: errno, place: "'\(path)'")
    }
}
