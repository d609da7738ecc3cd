import Foundation
import Glibc
import Synchronization

/// A directory of its own under the system's temporary directory, readable by us alone, removed with its owner.
final class TemporaryDirectory: Sendable {
    /// The absolute path.
    let path: String

    init() throws {
        let base = ProcessInfo.processInfo.environment["TMPDIR"] ?? "/tmp"
        var template = Array("\(base)/sechan-interop-XXXXXX".utf8CString)
        guard mkdtemp(&template) != nil else { throw InteropError("no temporary directory in \(base)") }
        path = template.withUnsafeBufferPointer { buffer in
            buffer.baseAddress.map { String(cString: $0) } ?? ""
        }
    }

    deinit {
        try? FileManager.default.removeItem(atPath: path)
    }

    /// The path of a file in it.
    func file(_ name: String) -> String { "\(path)/\(name)" }

    /// Writes a file and returns its path.
    @discardableResult
    func write(_ bytes: [UInt8], to name: String) throws -> String {
        try Data(bytes).write(to: URL(fileURLWithPath: file(name)))
        return file(name)
    }

    /// Writes a file and returns its path.
    @discardableResult
    func write(_ text: String, to name: String) throws -> String {
        try write(Array(text.utf8), to: name)
    }

    /// A file's bytes; none when it isn't there.
    func bytes(_ name: String) -> [UInt8] {
        FileManager.default.contents(atPath: file(name)).map { Array($0) } ?? []
    }

    /// A file's text, with replacement characters where it isn't UTF-8.
    func text(_ name: String) -> String {
        String(decoding: bytes(name), as: UTF8.self)
    }

    /// Has the directory removed when the tests end, for directories that the whole run shares.
    func removeAtExit() {
        Self.atExit.withLock { kept in
            if kept.isEmpty {
                atexit {
                    TemporaryDirectory.atExit.withLock { kept in
                        for directory in kept { try? FileManager.default.removeItem(atPath: directory.path) }
                    }
                }
            }
            kept.append(self)
        }
    }

    private static let atExit = Mutex<[TemporaryDirectory]>([])
}
