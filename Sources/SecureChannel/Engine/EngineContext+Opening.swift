import TLSWire

extension EngineContext {
    /// Feeding what isn't TLS to libssl would give a misleading error, or silence, so it is looked at first.
    func refuseForeignOpening(_ input: [UInt8]) -> ContextStatus? {
        guard !hasSeenPeer, !input.isEmpty else { return nil }
        let opening = StreamOpening(input)
        switch opening {
        case .undecided, .tlsRecord: return nil
        // A server may get a hello in the format of SSL 2.0; libssl reads it, and refuses version 0x0002 by an alert.
        case .ssl2Record where role == .server: return nil
        case .ssl2Record:
            return fail(ContextFailure(.ssl2, "the peer answered in SSL 2.0"), opening: opening, prefix: input)
        default:
            let text = "the peer does not speak TLS: it sent \(opening.name)"
            return fail(ContextFailure(.notTLS, text), opening: opening, prefix: input)
        }
    }

    private func fail(_ failure: ContextFailure, opening: StreamOpening, prefix: [UInt8]) -> ContextStatus {
        var failure = failure
        failure.opening = opening
        failure.prefix = HexBytes(Array(prefix.prefix(256)))
        return .failed(record(failure))
    }
}
