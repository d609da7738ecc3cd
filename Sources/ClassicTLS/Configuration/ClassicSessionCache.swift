import Synchronization

/// A server's memory of sessions, by their ids: the newest ones, up to a bound.
///
/// Safe to use from any thread.
package final class ClassicSessionCache: Sendable {
    private struct Contents {
        var sessions: [[UInt8]: ClassicSession] = [:]
        /// Ids in the order of their coming; the ones before `head` are gone.
        var order: [[UInt8]] = []
        var head = 0
    }

    private let contents = Mutex(Contents())
    private let limit: Int

    /// A memory for at most so many sessions.
    package init(limit: Int = 20_480) {
        self.limit = limit
    }

    /// Remembers a session under its id; the oldest one makes room.
    package func store(_ session: ClassicSession) {
        guard !session.id.isEmpty else { return }
        contents.withLock { contents in
            if contents.sessions.updateValue(session, forKey: session.id) == nil { contents.order.append(session.id) }
            while contents.sessions.count > limit, contents.head < contents.order.count {
                contents.sessions[contents.order[contents.head]] = nil
                contents.head += 1
            }
            if contents.head > limit {
                contents.order.removeFirst(contents.head)
                contents.head = 0
            }
        }
    }

    /// The session of an id, if it is remembered and still good.
    package func session(id: [UInt8], at now: Int64) -> ClassicSession? {
        contents.withLock { contents in
            guard let session = contents.sessions[id] else { return nil }
            return session.isAlive(at: now) ? session : nil
        }
    }

    /// Forgets a session: one whose connection failed is not resumed (RFC 5246 section 7.2.2).
    package func forget(id: [UInt8]) {
        contents.withLock { $0.sessions[id] = nil }
    }
}
