import Glibc
import SecureChannel

/// What this process holds at a moment that a finished run must have given back.
struct Inventory {
    /// Open sockets and files.
    let descriptors: Int
    let connections: Int
    let sessions: Int

    /// What it holds now.
    static var now: Inventory {
        let objects = ChannelLibrary.liveObjects
        return Inventory(
            descriptors: descriptorCount(),
            connections: objects.connections,
            sessions: objects.sessions
        )
    }

    /// Counts what a run can open, sockets and files, in `/proc/self/fd`: `anon_inode:` are event loops, `pipe:` those of the
    /// signals and of whoever started us. The listing itself is a descriptor too.
    private static func descriptorCount() -> Int {
        guard let directory = opendir("/proc/self/fd") else { return 0 }
        defer { closedir(directory) }
        let own = dirfd(directory)
        var count = 0
        while let entry = readdir(directory) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
                pointer.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
            }
            guard let number = Int32(name), number != own else { continue }
            var link = [CChar](repeating: 0, count: 64)
            let length = readlink("/proc/self/fd/\(name)", &link, link.count)
            guard length > 0 else { continue }
            let text = String(decoding: link.prefix(length).map { UInt8(bitPattern: $0) }, as: UTF8.self)
            if !text.hasPrefix("anon_inode:"), !text.hasPrefix("pipe:") { count += 1 }
        }
        return count
    }

    /// What is left of a run that began with `self`.
    func cleanup(after: Inventory) -> ShutdownResult.Cleanup {
        ShutdownResult.Cleanup(
            descriptorsBefore: descriptors,
            descriptorsAfter: after.descriptors,
            connectionsLeft: after.connections - connections,
            sessionsLeft: after.sessions - sessions
        )
    }
}
