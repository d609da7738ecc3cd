import Glibc
import Synchronization

/// A file that collects the secrets of sessions in the NSS key log format, for programs that decrypt what was recorded.
///
/// It is appended to, never emptied; only its owner may read it, and no link is followed. A file that others may read is
/// refused, not repaired: somebody may have it open already.
final class KeyLogFile: Sendable {
    /// Where it is.
    let path: String
    private let descriptor: Int32
    private let state = Mutex<(lines: Int, problem: RequestProblem?)>((0, nil))

    /// Opens the file, or makes it.
    ///
    /// - Throws: `RequestProblem` if it can't be appended to, or isn't its owner's alone.
    init(_ path: String) throws(RequestProblem) {
        self.path = path
        guard !path.utf8.contains(0) else { throw SecretFile.problem(path, "no file has such a name") }
        // Non-blocking, for a named pipe would wait for a reader before it could be refused.
        let flags = O_WRONLY | O_APPEND | O_CREAT | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK
        let descriptor = open(path, flags, 0o600)
        guard descriptor >= 0 else {
            let why = errno == ELOOP ? "it is a link" : String(cString: strerror(errno))
            throw SecretFile.problem(path, why)
        }
        do throws(RequestProblem) {
            try Self.check(descriptor, path)
        } catch {
            close(descriptor)
            throw error
        }
        self.descriptor = descriptor
    }

    deinit {
        close(descriptor)
    }

    private static func check(_ descriptor: Int32, _ path: String) throws(RequestProblem) {
        var status = stat()
        guard fstat(descriptor, &status) == 0 else {
            throw SecretFile.problem(path, String(cString: strerror(errno)))
        }
        guard status.st_mode & S_IFMT == S_IFREG else { throw SecretFile.problem(path, "it is no plain file") }
        guard status.st_nlink == 1 else { throw SecretFile.problem(path, "it has a second name") }
        guard status.st_uid == geteuid() else { throw SecretFile.problem(path, "it is another user's") }
        guard status.st_mode & 0o077 == 0 else {
            throw RequestProblem(
                reason: "can't write secrets to '\(path)': other users may read it",
                hint: "take their rights away with 'chmod 600', or name a new file"
            )
        }
    }

    /// Adds a line, in one write so that lines of several processes don't mix.
    func append(_ line: String) {
        state.withLock { state in
            if SecretFile.writeAll(Array("\(line)\n".utf8), to: descriptor) {
                state.lines += 1
            } else if state.problem == nil {
                state.problem = SecretFile.problem(path, String(cString: strerror(errno)))
            }
        }
    }

    /// Why a line could not be written; nil if all were.
    var problem: RequestProblem? { state.withLock { $0.problem } }
    /// How many lines were written.
    var lines: Int { state.withLock { $0.lines } }
}
