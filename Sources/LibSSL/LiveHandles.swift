package import Synchronization

/// How many of libssl's objects that hold a session's keys this process has at present.
package enum LiveHandles {
    /// `SSL`: freed with the keys of its connection.
    package static let connections = Atomic<Int>(0)
    /// `SSL_SESSION` of which a reference is ours: freed with the session's secret when nobody has another.
    package static let sessions = Atomic<Int>(0)
}
