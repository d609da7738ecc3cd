/// A server on loopback that tests connect to.
protocol Peer: Sendable {
    /// The port on 127.0.0.1.
    var port: Int { get }
    /// What the server wrote, for messages.
    var log: String { get }
    /// Ends it, and waits until it has ended.
    func stop() async
}

extension Peer {
    /// How sechan is told to reach it by address.
    var target: String { "127.0.0.1:\(port)" }
    /// How sechan is told to reach it by name.
    var namedTarget: String { "localhost:\(port)" }
    var log: String { "" }
}

/// Runs `body` while `peer` is up and ends the peer afterwards, also when `body` throws.
func withPeer<P: Peer, Result>(
    _ peer: P,
    isolation: isolated (any Actor)? = #isolation,
    _ body: (P) async throws -> Result
) async throws -> Result {
    do {
        let result = try await body(peer)
        await peer.stop()
        return result
    } catch {
        await peer.stop()
        throw error
    }
}

/// Starts a server that must be told its port, on another port when somebody was faster. It's ready when the port takes
/// connections, unless that is for the server to say.
func startingOnFreePort(
    attempts: Int = 5,
    isReady: @Sendable (ChildProcess, Int) -> Bool = { _, port in LoopbackSocket.accepts(port: port) },
    _ start: (Int) async throws -> ChildProcess
) async throws -> (ChildProcess, Int) {
    var failure: any Error = InteropError("no attempt was made")
    for _ in 0..<attempts {
        let port = try LoopbackSocket.freePort()
        do {
            let process = try await start(port)
            do {
                try await process.waitForOutput { isReady($0, port) }
                return (process, port)
            } catch {
                await process.stop()
                throw error
            }
        } catch {
            failure = error
        }
    }
    throw failure
}
