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

        /// Drops the oldest sessions: those that nobody remembers, those that are no longer good, and those beyond the limit.
        mutating func makeRoom(limit: Int, now: Int64) {
            while head < order.count {
                let oldest = sessions[order[head]]
                guard oldest.map({ !$0.isAlive(at: now) }) ?? true || sessions.count > limit else { break }
                sessions[order[head]] = nil
                head += 1
            }
            // Sessions that were forgotten leave their ids behind others that are still good.
            guard head > limit || order.count > 2 * limit else { return }
            order = order[head...].filter { sessions[$0] != nil }
            head = 0
        }
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
            contents.makeRoom(limit: limit, now: session.created)
        }
    }

    /// The session of an id, if it is remembered and still good.
    package func session(id: [UInt8], at now: Int64) -> ClassicSession? {
        contents.withLock { contents in
            guard let session = contents.sessions[id] else { return nil }
            if session.isAlive(at: now) { return session }
            contents.sessions[id] = nil
            return nil
        }
    }

    /// Forgets a session: one whose connection failed is not resumed (RFC 5246 section 7.2.2).
    package func forget(id: [UInt8]) {
        contents.withLock { $0.sessions[id] = nil }
    }

    /// How much is held: sessions, and ids in their order.
    var remembered: (sessions: Int, ids: Int) {
        contents.withLock { ($0.sessions.count, $0.order.count) }
    }
}
