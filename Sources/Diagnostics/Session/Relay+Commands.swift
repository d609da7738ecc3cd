import SecureChannel

extension Relay {
    /// Does what the user asked for; says how the session ended, if that ends it.
    func obey(
        _ command: SessionCommand,
        _ state: inout State,
        _ outcome: inout Outcome
    ) async -> RelaySummary.Ending? {
        let context = session.context
        do throws(ContextFailure) {
            switch command {
            case .quit: return .quit
            case .attributes: await ends.show(.attributes(context.attributes))
            case .certificates:
                let attributes = context.attributes
                let certificates = ConnectResult.certificates(attributes)
                await ends.show(.certificates(certificates, attributes.peer.validation))
            case .resume:
                guard context.sessions.contains(where: \.isResumable) else {
                    await ends.show(.note("the server has given no session that could be resumed"))
                    return nil
                }
                outcome.resumes = true
                return .quit
            case .shutdown:
                send(context.shutDown(), &state)
                state.isShut = true
                await ends.show(.note("close_notify is sent; what the peer still sends is read"))
            case .renegotiate:
                send(try context.renegotiate(.full), &state)
                state.awaited.insert(.completed)
                await ends.show(.note("a new handshake is asked for"))
            case .keyupdate:
                send(try context.updateKeys(requestPeer: true), &state)
                state.awaited.insert(.keyUpdate)
                await ends.show(.note("new keys from here on; the peer is asked for its own, due with its next data"))
            }
        } catch {
            // What makes no sense here leaves the session as it was.
            await ends.show(.note(error.text))
            guard error.kind != .unsupported, error.kind != .closed else { return nil }
            outcome.failure = error
            return .failed
        }
        return nil
    }

    private func send(_ token: [UInt8], _ state: inout State) {
        guard !token.isEmpty else { return }
        state.output.yield(RelayToken(bytes: token, input: 0))
    }

    /// Tells of what the user waits for.
    func tell(of signals: [RenegotiationSignal], _ state: inout State) async {
        for signal in signals where state.awaited.contains(signal) {
            switch signal {
            case .completed:
                let suite = session.context.attributes.suite?.name
                await ends.show(.note("the new handshake is over" + (suite.map { ": \($0)" } ?? "")))
            case .keyUpdate: await ends.show(.note("the peer has new keys, too"))
            case .helloRequest:
                // Whoever is asked will want to know how it went.
                state.awaited.insert(.completed)
                await ends.show(.note("the server asks for a new handshake"))
            default: continue
            }
        }
    }
}
