import Glibc
import TLSParameters

/// Reads a file whole. The one place in this module that touches the file system, besides libcrypto's own look-ups.
package enum FileBytes {
    /// At most this many bytes: certificates and keys don't come larger, and `/dev/zero` has no end.
    static let limit = 64 << 20

    /// The bytes of the file.
    package static func read(_ path: String) throws(CertificateError) -> [UInt8] {
        let shown = PeerText(path).encoded(for: .terminal)
        func failure(_ code: Int32) -> CertificateError {
            CertificateError(.unreadableFile, "can't read \(shown): \(String(cString: strerror(code)))")
        }
        guard !path.utf8.contains(0) else { throw failure(ENOENT) }
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw failure(errno) }
        defer { close(descriptor) }
        var bytes: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 64 << 10)
        while true {
            let count = Glibc.read(descriptor, &chunk, chunk.count)
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else { throw failure(errno) }
            if count == 0 { return bytes }
            bytes += chunk.prefix(count)
            guard bytes.count <= limit else {
                throw CertificateError(.unreadableFile, "\(shown) is larger than \(limit >> 20) MiB")
            }
        }
    }

    /// An environment variable that is set and not empty.
    static func environment(_ name: String) -> String? {
        getenv(name).map { String(cString: $0) }.flatMap { $0.isEmpty ? nil : $0 }
    }

    /// Whether the directory can be read and whether it has entries named by hash (`5ad8a5d6.0`), as `openssl rehash` makes
    /// them; nil when it can't be read.
    static func hasHashedNames(inDirectory path: String) -> Bool? {
        guard let directory = opendir(path) else { return nil }
        defer { closedir(directory) }
        while let entry = readdir(directory) {
            let isHashed = withUnsafeBytes(of: &entry.pointee.d_name) { name in
                name.count > 9 && name[8] == UInt8(ascii: ".") && name[9] >= 0x30 && name[9] <= 0x39
                    && name[..<8].allSatisfy { (0x30...0x39).contains($0) || (0x61...0x66).contains($0) }
            }
            if isHashed { return true }
        }
        return false
    }
}
