import Synchronization
import Transport

/// Dials the first of several addresses that answers, and that one alone from then on: probes compare answers, and two
/// machines behind one name may answer differently.
final class AddressChoice: Sendable {
    private let endpoints: [SocketEndpoint]
    private let connectTimeout: Duration
    private let choice = Mutex<SocketEndpoint?>(nil)

    init(_ endpoints: [SocketEndpoint], connectTimeout: Duration) {
        self.endpoints = endpoints
        self.connectTimeout = connectTimeout
    }

    /// The address that was chosen; nil before the first answer.
    var chosen: SocketEndpoint? {
        choice.withLock { $0 }
    }

    /// A connection.
    ///
    /// - Throws: `TransportError` of the last attempt.
    func dial(deadline: Deadline) async throws(TransportError) -> any ByteStream {
        let candidates = chosen.map { [$0] } ?? endpoints
        let report = try await Dialer.dial(candidates, connectTimeout: connectTimeout, deadline: deadline)
        choice.withLock { if $0 == nil { $0 = report.stream.remote } }
        return report.stream
    }
}
