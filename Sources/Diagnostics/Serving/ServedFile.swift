import Glibc

/// An open file whose bytes are sent piece by piece, and which is closed with its last owner.
final class ServedFile: Sendable {
    /// The size when it was opened: that is what the answer's head has promised.
    let size: Int
    private let descriptor: Int32

    /// Takes over an open descriptor.
    ///
    /// Nil, with the descriptor closed, if it is no plain file.
    init?(takingOwnership descriptor: Int32) {
        var status = stat()
        guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
            Glibc.close(descriptor)
            return nil
        }
        self.descriptor = descriptor
        size = Int(status.st_size)
    }

    deinit {
        Glibc.close(descriptor)
    }

    /// Up to `count` bytes from `offset`; empty at the end of the file, and if it can't be read.
    func read(at offset: Int, count: Int) -> [UInt8] {
        [UInt8](unsafeUninitializedCapacity: count) { buffer, initialized in
            var read: Int
            repeat {
                read = pread(descriptor, buffer.baseAddress, count, off_t(offset))
            } while read < 0 && errno == EINTR
            initialized = max(0, read)
        }
    }
}
