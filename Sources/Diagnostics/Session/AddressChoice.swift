import Synchronization
import Transport

/// Dials the first of several addresses that answers, and that one alone from then on: probes compare answers, and two
/// machines behind one name may answer differently.
///
/// The first connection chooses. Those that are wanted meanwhile wait for it, and go where it went or fail as it failed.
final class AddressChoice: Sendable {
    /// Opens a connection to the first of the addresses that takes one.
    typealias Dial = @Sendable ([SocketEndpoint], Deadline) async throws(TransportError) -> DialReport

    private typealias Outcome = Result<SocketEndpoint, TransportError>

    private enum State {
        case open
        /// A connection is being made, and these wait for it.
        case choosing([CheckedContinuation<Outcome?, Never>])
        case chosen(SocketEndpoint)
    }

    private let endpoints: [SocketEndpoint]
    private let connect: Dial
    private let state = Mutex(State.open)

    init(_ endpoints: [SocketEndpoint], dial: @escaping Dial) {
        self.endpoints = endpoints
        connect = dial
    }

    /// The address that was chosen; nil before the first answer.
    var chosen: SocketEndpoint? {
        state.withLock { if case .chosen(let endpoint) = $0 { endpoint } else { nil } }
    }

    /// A connection.
    ///
    /// - Throws: `TransportError` of the last attempt.
    func dial(deadline: Deadline) async throws(TransportError) -> DialReport {
        guard let outcome = await turn() else { return try await choose(deadline: deadline) }
        return try await connect([try outcome.get()], deadline)
    }

    /// What was chosen, once it is; nil if it's the caller who has to.
    private func turn() async -> Outcome? {
        // The one who chooses is bound by its own deadline, as early as any of those who wait, so nobody waits for ever.
        await withCheckedContinuation { continuation in
            let answer: Outcome?? = state.withLock { state in
                switch state {
                case .open:
                    state = .choosing([])
                    return .some(nil)
                case .choosing(let waiting):
                    state = .choosing(waiting + [continuation])
                    return nil
                case .chosen(let endpoint):
                    return .success(endpoint)
                }
            }
            if let answer { continuation.resume(returning: answer) }
        }
    }

    private func choose(deadline: Deadline) async throws(TransportError) -> DialReport {
        do throws(TransportError) {
            let report = try await connect(endpoints, deadline)
            settle(.success(report.stream.remote))
            return report
        } catch {
            settle(.failure(error))
            throw error
        }
    }

    private func settle(_ outcome: Outcome) {
        let waiting = state.withLock { state in
            var waiting: [CheckedContinuation<Outcome?, Never>] = []
            if case .choosing(let found) = state { waiting = found }
            if case .success(let endpoint) = outcome { state = .chosen(endpoint) } else { state = .open }
            return waiting
        }
        for continuation in waiting { continuation.resume(returning: outcome) }
    }
}
