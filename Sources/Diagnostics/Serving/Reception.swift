import Synchronization
import Transport

/// Takes a listener's connections and has each served by a task of its own, so that none waits for another.
struct Reception: Sendable {
    let listener: Listener
    let setup: ServerSetup
    /// Clients served at the same time. Whoever comes in above that is reset at once: a client that is told to come again
    /// is better off than one that waits in a queue it can't see.
    let limit: Int
    /// The number of connections after which to stop; nil for no end.
    let count: Int?
    /// How long sessions may go on once the server was asked to stop.
    let patience: Duration

    /// Serves until the task is cancelled, the server was asked to stop or `count` connections are over, and then stops
    /// listening.
    ///
    /// A connection keeps its place until its report is taken, so a reader that is slow slows the server, and doesn't
    /// fill its memory.
    ///
    /// - Throws: what `event` threw; everything is stopped then.
    func run(_ event: (ServedEnd) async throws -> Void) async throws {
        let mailbox = Mailbox<ServedEnd>()
        // Where the connections are, see ``EventLoopExecutor``.
        let work = Task(executorPreference: EventLoopExecutor.shared) {
            await accept(mailbox)
            mailbox.close()
        }
        let closing = Task {
            await setup.drain.wait()
            // Without new connections the work is over when the last session is.
            await listener.close()
            guard (try? await Task.sleep(for: patience)) != nil else { return }
            work.cancel()
        }
        defer {
            mailbox.close()
            closing.cancel()
            setup.drain.begin()
        }
        try await withTaskCancellationHandler {
            do {
                while let ended = await mailbox.next() { try await event(ended) }
            } catch {
                work.cancel()
                mailbox.close()
                await work.value
                throw error
            }
            await work.value
        } onCancel: {
            work.cancel()
        }
    }

    private func accept(_ mailbox: Mailbox<ServedEnd>) async {
        let open = Counter()
        await withDiscardingTaskGroup { group in
            var number = 0
            for await stream in listener.connections {
                number += 1
                let client = ServedClient(number: number, stream: stream, setup: setup)
                guard open.enter(limit: limit) else {
                    await mailbox.put(await client.turnAway())
                    continue
                }
                group.addTask {
                    await mailbox.put(await client.serve())
                    open.leave()
                }
                if let count, open.entered >= count { break }
            }
            await listener.close()
        }
    }
}

/// Counts those inside, and those who ever were.
private final class Counter: Sendable {
    private let state = Mutex((inside: 0, entered: 0))

    var entered: Int { state.withLock { $0.entered } }

    func enter(limit: Int) -> Bool {
        state.withLock { state in
            guard state.inside < limit else { return false }
            state.inside += 1
            state.entered += 1
            return true
        }
    }

    func leave() {
        state.withLock { $0.inside -= 1 }
    }
}
