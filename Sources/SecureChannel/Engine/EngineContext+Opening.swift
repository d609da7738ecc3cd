import TLSWire

extension EngineContext {
    /// Feeding what isn't TLS to libssl would give a misleading error, or silence, so it is looked at first.
    func refuseForeignOpening(_ input: [UInt8]) -> ContextStatus? {
        guard !hasSeenPeer, !input.isEmpty else { return nil }
        let opening = StreamOpening(input)
        switch opening {
        case .undecided: return nil
        case .tlsRecord where acquired.speaksOnlySSL2:
            // A server that can't do it says so by an alert of its own version.
            let text = "only SSL 2.0 was to be spoken, and the \(role.peer.rawValue) sent a record of SSL 3.0 or TLS"
            return fail(ContextFailure(.protocolError, text), opening: opening, prefix: input)
        case .tlsRecord: return nil
        // A server may get a hello in the format of SSL 2.0; libssl reads it, and refuses version 0x0002 by an alert.
        case .ssl2Record where role == .server || acquired.speaksOnlySSL2: return nil
        case .ssl2Record:
            return fail(ContextFailure(.ssl2, "the peer answered in SSL 2.0"), opening: opening, prefix: input)
        default:
            let text = "the peer does not speak TLS: it sent \(opening.name)"
            return fail(ContextFailure(.notTLS, text), opening: opening, prefix: input)
        }
    }

    /// How many bytes are missing before the peer's first ones tell what it speaks; nil when they do, or none are there.
    func missingOfOpening(_ input: [UInt8]) -> Int? {
        guard !hasSeenPeer, !input.isEmpty else { return nil }
        switch StreamOpening(input) {
        case .undecided: return max(1, 5 - input.count)
        // Which version a hello in the format of SSL 2.0 is for.
        case .ssl2Record where role == .server && input.count < SSL2ClientHello.openingLength:
            return SSL2ClientHello.openingLength - input.count
        default: return nil
        }
    }

    private func fail(_ failure: ContextFailure, opening: StreamOpening, prefix: [UInt8]) -> ContextStatus {
        var failure = failure
        failure.opening = opening
        failure.prefix = HexBytes(Array(prefix.prefix(256)))
        return .failed(record(failure))
    }
}
