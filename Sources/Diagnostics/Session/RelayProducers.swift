import Transport

/// What can happen while a session is relayed.
enum RelayEvent: Sendable {
    /// The user gave data or a command, or has no more.
    case input(RelayInput?)
    /// A read of the stream came to something.
    case stream(ReadOutcome)
    /// A token was written, or couldn't be.
    case written(RelayToken, TransportError?)
    /// Every token was written, and no more will come.
    case drained
    /// Time has passed.
    case tick
    /// The relay was told to stop.
    case cancelled
}

/// Bytes for the peer.
struct RelayToken: Sendable {
    var bytes: [UInt8]
    /// How much of the user's data is in them; the user is asked for more once it is out.
    var input: Int
}

/// The tasks that wait on a relay's behalf, each for one thing, and tell it by mail.
struct RelayProducers {
    let mailbox: Mailbox<RelayEvent>
    let stream: any ByteStream
    let ends: any RelayEnds

    /// Starts them. Input is read once, then again with each turn; tokens are written in order until they end.
    func start(_ tokens: AsyncStream<RelayToken>, _ turns: AsyncStream<Void>) -> [Task<Void, Never>] {
        let (mailbox, stream, ends) = (mailbox, stream, ends)
        // Where the connection is, see ``EventLoopExecutor``: all of this only hands bytes on.
        let loop = EventLoopExecutor.shared
        let input = Task(executorPreference: loop) {
            var turns = turns.makeAsyncIterator()
            while !Task.isCancelled {
                let input = await ends.nextInput()
                await mailbox.put(.input(input))
                guard input != nil, await turns.next() != nil else { return }
            }
        }
        let output = Task(executorPreference: loop) {
            for await token in tokens {
                do throws(TransportError) {
                    try await stream.write(token.bytes, deadline: .never)
                    await mailbox.put(.written(token, nil))
                } catch {
                    await mailbox.put(.written(token, error))
                    return
                }
            }
            await mailbox.put(.drained)
        }
        let network = Task(executorPreference: loop) {
            while !Task.isCancelled {
                let outcome = await stream.read(deadline: .never)
                await mailbox.put(.stream(outcome))
                guard case .bytes = outcome else { return }
            }
        }
        let ticks = Task(executorPreference: loop) {
            while (try? await Task.sleep(for: .milliseconds(50))) != nil { await mailbox.put(.tick) }
        }
        return [input, output, network, ticks]
    }
}
