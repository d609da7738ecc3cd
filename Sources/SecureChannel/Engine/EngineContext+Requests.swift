public import Certificates
import LibSSL
public import TLSParameters
package import TLSWire

extension EngineContext {
    /// Supplies a certificate after `incompleteCredentials`, or for a renegotiation to come.
    public func supply(_ identity: Identity) throws(CredentialError) {
        try engine.use(identity, withRoot: acquired.credential.sendsRoot)
        engine.pausesForCertificate = false
    }

    /// Answers `incompleteCredentials` with this certificate, or on purpose with none.
    public func answer(with identity: Identity?, _ choice: CertificateChoice) {
        certificateChoice = choice
        guard let identity else { return }
        do throws(CredentialError) {
            try supply(identity)
        } catch {
            var failed = CertificateChoice(reason: .unusable, considered: choice.considered)
            failed.file = choice.file
            certificateChoice = failed
        }
    }

    /// Answers `awaitsRevocation` with what was fetched.
    public func answer(with fetched: [RevocationFetch]) {
        self.fetched = fetched
    }

    /// Narrows the suites of TLS 1.2 and below for the next handshake on this connection: a change of requirements
    /// before ``renegotiate(_:)``. libssl checks them against its security level only when it negotiates.
    public func restrict(to suites: [CipherSuite]) throws(CredentialError) {
        try engine.restrict(to: suites)
    }

    /// Asks for a new handshake on this connection (TLS 1.2 and below).
    public func renegotiate(_ kind: RenegotiationKind) throws(ContextFailure) -> [UInt8] {
        try requireOpen()
        guard engine.protocolVersion < .tls13 else {
            throw ContextFailure(.unsupported, "TLS 1.3 has no renegotiation; update the keys or connect again")
        }
        try engine.startRenegotiation(kind)
        // A client's handshake is driven by reading: SSL_do_handshake would take data in flight for an error.
        var late: [UInt8] = []
        let outcome = role == .client ? engine.read(into: &late) : engine.handshake()
        return try tokenOfRequest(outcome)
    }

    /// Asks, as a server, for the client's certificate on the standing channel.
    public func requestClientCertificate(required: Bool) throws(ContextFailure) -> [UInt8] {
        try requireOpen()
        guard role == .server else { throw ContextFailure(.unsupported, "only a server asks for a client certificate") }
        engine.setPeerCertificateRequest(required ? .require : .request)
        guard engine.protocolVersion == .tls13 else { return try renegotiate(.full) }
        try engine.startPostHandshakeAuthentication()
        return try tokenOfRequest(engine.handshake())
    }

    /// Replaces this end's sending keys, and asks the peer to do the same if `requestPeer` (TLS 1.3).
    public func updateKeys(requestPeer: Bool) throws(ContextFailure) -> [UInt8] {
        try requireOpen()
        guard engine.protocolVersion == .tls13 else {
            throw ContextFailure(.unsupported, "key update came with TLS 1.3; renegotiate instead")
        }
        try engine.startKeyUpdate(requestPeer: requestPeer)
        return try tokenOfRequest(engine.handshake())
    }

    private func tokenOfRequest(_ outcome: EngineOutcome) throws(ContextFailure) -> [UInt8] {
        collect()
        var status = ContextStatus.continueNeeded
        if case .failed(let error) = outcome { status = .failed(record(ContextFailure(error, context: self))) }
        let token = exchange(consumed: .nothing, status: status)
        if case .failed(let failure) = status { throw failure }
        return token
    }

    /// Sends an alert of the caller's choice.
    public func send(alert: AlertDescription, level: AlertLevel) throws(ContextFailure) -> [UInt8] {
        try requireOpen()
        try engine.send(alert: alert, level: level)
        collect()
        return exchange(consumed: .nothing, status: .established)
    }

    /// Protects data, or none, in one record that is wrong on purpose: for testing how peers take it. Without a flaw it is
    /// right, to compare with.
    ///
    /// - Throws: `unsupported` but for the classic engine with a suite in CBC mode and without encrypt-then-MAC.
    package func protect(_ plaintext: [UInt8], flaw: RecordFlaw?) throws(ContextFailure) -> [UInt8] {
        try requireOpen()
        try engine.write(plaintext, flaw: flaw)
        collect()
        return exchange(consumed: .nothing, status: .established)
    }

    /// Sends close_notify, once.
    public func shutDown() -> [UInt8] {
        guard state == .established || state == .closed, !engine.hasSentShutdown, close.ending == nil else { return [] }
        // Fails while a handshake is under way; then there is nothing to send, and the attributes say so.
        _ = engine.shutdown()
        collect()
        let token = exchange(consumed: .nothing, status: .contextExpired)
        if engine.hasSentShutdown { state = .closed }
        return token
    }

    /// Protects data although close_notify is out, which no honest end does: for testing how peers take it. Nothing before
    /// our close_notify, and nothing if the engine refuses.
    package func protectAfterClose(_ plaintext: [UInt8]) -> [UInt8] {
        guard state == .closed, engine.hasSentShutdown else { return [] }
        engine.writeAfterShutdown(plaintext)
        collect()
        return exchange(consumed: .nothing, status: .contextExpired)
    }

    /// Tells the context that the transport ended (FIN), and gets what that means.
    public func transportEnded() -> TransportEnding {
        if let ending = close.ending { return ending }
        let ending: TransportEnding
        switch state {
        case .failed: ending = .afterFailure
        case .handshaking:
            ending = .duringHandshake
            _ = record(ContextFailure(.truncated, "the peer closed the connection during the handshake"))
        case .established, .closed:
            ending = close.closeNotifyReceived ? .clean : engine.ssl2 == nil ? .truncated : .unmarked
            if ending == .truncated {
                engine.endInput()
                collect()
            }
            state = .closed
        }
        close.ending = ending
        log.happen(.transportEnded, .received, ending.rawValue)
        journal.take(log.takeHappenings())
        return ending
    }

    /// Keying material from the session's secrets.
    public func exportKeyingMaterial(
        label: String,
        context: [UInt8]?,
        count: Int
    ) throws(ContextFailure) -> [UInt8] {
        guard state == .established || state == .closed else {
            throw ContextFailure(.unsupported, "there are no secrets before the handshake is over")
        }
        return try engine.exportKeyingMaterial(label: label, context: context, count: count)
    }

    /// Throws unless data can be sent.
    func requireOpen() throws(ContextFailure) {
        switch state {
        case .handshaking: throw ContextFailure(.unsupported, "the channel does not stand yet")
        case .failed: throw ContextFailure(.closed, "the channel has failed: \(currentFailure.text)")
        // Half-closed by the peer, this end may still send.
        case .closed where !engine.hasSentShutdown && close.ending == nil: return
        case .closed: throw ContextFailure(.closed, "the channel is closed")
        case .established: return
        }
    }
}
