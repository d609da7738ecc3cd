import Glibc
import NIOCore

extension TransportError {
    /// The error for a system error number.
    init(errno number: Int32, endpoint: SocketEndpoint?) {
        if case .unix = endpoint, number == EAGAIN {
            // unix(7) has no queue for callers: a full backlog answers at once, and that's the peer's doing.
            self.init(.refused, endpoint: endpoint, detail: "the listener's backlog is full", errno: number)
        } else {
            self.init(Kind(errno: number), endpoint: endpoint, detail: Self.text(errno: number), errno: number)
        }
    }

    /// The error for whatever NIO threw.
    init(_ error: any Error, endpoint: SocketEndpoint?) {
        switch error {
        case let error as TransportError:
            self = error
        case let error as IOError:
            self.init(errno: error.errnoCode, endpoint: endpoint)
        case let error as ChannelError:
            self.init(error, endpoint: endpoint)
        default:
            self.init(.other, endpoint: endpoint, detail: "\(error)")
        }
    }

    private init(_ error: ChannelError, endpoint: SocketEndpoint?) {
        switch error {
        case .connectTimeout:
            self.init(.timedOut, endpoint: endpoint, detail: "no answer in time")
        case .ioOnClosedChannel, .alreadyClosed, .outputClosed, .inputClosed, .eof:
            self.init(.closed, endpoint: endpoint, detail: "the connection is closed")
        default:
            self.init(.other, endpoint: endpoint, detail: "\(error)")
        }
    }

    /// The system's own wording, in lower case as every message of ours.
    static func text(errno number: Int32) -> String {
        switch number {
        case ECONNREFUSED: return "connection refused"
        case ECONNRESET: return "connection reset by peer"
        case EPIPE: return "the peer has closed the connection"
        case ETIMEDOUT: return "no answer in time"
        default: break
        }
        var buffer = [CChar](repeating: 0, count: 256)
        // The POSIX variant: fills the buffer and terminates it.
        guard strerror_r(number, &buffer, buffer.count) == 0 else { return "system error \(number)" }
        let words = String(decoding: buffer.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
        return words.prefix(1).lowercased() + words.dropFirst()
    }
}

extension TransportError.Kind {
    /// Whose fault a system error number is.
    init(errno number: Int32) {
        self =
            switch number {
            case ECONNREFUSED, ENOENT: .refused
            case ENETUNREACH, EHOSTUNREACH, ENETDOWN, EHOSTDOWN, ENONET, EAFNOSUPPORT, ENOPROTOOPT, EPROTO: .unreachable
            case ETIMEDOUT: .timedOut
            case ECONNRESET, ECONNABORTED, EPIPE: .reset
            // EAGAIN: no free local port (connect(2)), no further thread (pthread_create(3)).
            case EMFILE, ENFILE, EADDRNOTAVAIL, EADDRINUSE, ENOBUFS, ENOMEM, EAGAIN: .localResources
            case EACCES, EPERM: .permission
            case EBADF, ENOTCONN: .closed
            default: .other
            }
    }
}
