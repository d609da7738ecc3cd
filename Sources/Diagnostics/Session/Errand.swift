import Glibc
import TLSParameters

/// What a session is for, where it is for one thing only: nobody is asked for input then.
public struct Errand: Sendable {
    enum Kind: Sendable {
        /// An HTTP/1.1 request for this path.
        case get(path: String)
        /// What a descriptor gives until its end.
        case send(descriptor: Int32)
    }

    let kind: Kind

    /// An HTTP/1.1 GET of a path, such as `/` or `/status?full=1`.
    ///
    /// - Throws: `RequestProblem` for what no request can ask for.
    public static func get(_ path: String) throws(RequestProblem) -> Errand {
        guard path.hasPrefix("/") else {
            throw RequestProblem(
                reason: "--get: '\(path)' is not a path",
                hint: "a path begins with '/', as in --get /"
            )
        }
        guard path.utf8.allSatisfy({ (0x21...0x7e).contains($0) && $0 != UInt8(ascii: "#") }) else {
            throw RequestProblem(
                reason: "--get: '\(path)' has characters that no path has",
                hint: "write them percent-encoded, as in %20"
            )
        }
        return Errand(kind: .get(path: path))
    }

    /// A file to send as it is; `-` is standard input.
    ///
    /// - Throws: `RequestProblem` if it can't be read.
    public static func send(_ file: String) throws(RequestProblem) -> Errand {
        guard file != "-" else { return Errand(kind: .send(descriptor: STDIN_FILENO)) }
        let descriptor = file.utf8.contains(0) ? -1 : open(file, O_RDONLY | O_CLOEXEC)
        var status = stat()
        var number = descriptor < 0 ? errno : 0
        if descriptor >= 0, fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFDIR {
            close(descriptor)
            number = EISDIR
        }
        guard number == 0 else {
            throw RequestProblem(
                reason: "--send: can't read '\(file)': \(String(cString: strerror(number)))",
                hint: "name a file that you may read, or '-' for standard input"
            )
        }
        return Errand(kind: .send(descriptor: descriptor))
    }

    /// Checks it against what is asked for beside it.
    func check(_ request: ChannelRequest) throws(RequestProblem) {
        guard case .get = kind, let list = request.protocols.applicationProtocols else { return }
        guard list.split(separator: ",").contains(where: { $0.hasPrefix("h2") || $0.hasPrefix("h3") }) else { return }
        throw RequestProblem(
            reason: "--get speaks HTTP/1.1, and --alpn offers another version of it",
            hint: "leave out --alpn, or offer http/1.1 alone"
        )
    }
}

extension Target {
    /// A GET request for `path` that ends the connection (RFC 9112 §3, §9.6), with further `fields`.
    func get(_ path: String, serverName: String?, fields: [String] = []) -> [UInt8] {
        let place = authority(ofPort: 443) ?? serverName ?? "localhost"
        let lines = [
            "GET \(path) HTTP/1.1", "Host: \(place)", "User-Agent: \(Tool.current.name)/\(Tool.current.version)",
            "Accept: */*", "Connection: close",
        ]
        return Array((lines + fields + ["", ""]).joined(separator: "\r\n").utf8)
    }
}
