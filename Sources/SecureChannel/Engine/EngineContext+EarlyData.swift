import LibSSL
import TLSParameters
import TLSWire

/// Data along with the hello (RFC 8446 section 2.3), at both ends.
extension EngineContext {
    /// Sends the hello with the early data there is; `done` also without any.
    func sendEarlyData() -> EngineOutcome {
        guard role == .client, !options.earlyData.isEmpty else { return .done }
        let outcome = engine.writeEarlyData(options.earlyData)
        collect()
        if outcome == .done { earlyBytesSent = options.earlyData.count }
        return outcome
    }

    /// Goes on with the handshake, and takes the client's early data on the way.
    func advance() -> EngineOutcome {
        defer { collect() }
        while looksForEarlyData {
            switch engine.readEarlyData(into: &earlyPlaintext) {
            // No more of it than the server allows itself: libssl counts.
            case .data: earlyBytesReceived = earlyPlaintext.count
            case .finished: looksForEarlyData = false
            case .other(let outcome): return outcome
            }
        }
        return engine.handshake()
    }

    /// What became of it; nil when the client offered none.
    var earlyDataAttributes: EarlyDataAttributes? {
        // A second hello, after a HelloRetryRequest, never has the extension (RFC 8446 section 4.2.10).
        guard log.facts.clientHello?.extensions?.first(.early_data) != nil else { return nil }
        let status: EarlyDataAttributes.Status =
            switch engine.earlyDataStatus {
            case .accepted: .accepted
            case .rejected: .rejected
            // A server that skips it unread says nothing else; a client hears of it with the end of the handshake.
            case .notSent: isStanding ? .rejected : .offered
            }
        let allowed =
            role == .client ? options.session?.maximumEarlyData : acquired.credential.maximumEarlyData
        return EarlyDataAttributes(
            status: status,
            byteCount: role == .client ? earlyBytesSent : earlyBytesReceived,
            maximum: allowed ?? 0
        )
    }
}
