package import LibSSL
package import TLSParameters
package import TLSWire

/// One end of one connection in SSL 3.0 to TLS 1.2, driven through queues in memory.
///
/// No call here does I/O, and no two calls on one connection may overlap.
package final class ClassicConnection {
    /// What this end brings.
    package let configuration: ClassicConfiguration
    /// Judges the peer's chain (DER, as sent); without it every chain is accepted.
    package var verifyPeer: ((_ chain: [[UInt8]]) -> PeerVerdict)?
    /// Says, once the server's flight is there, whether its stapled OCSP response will do, or that it has none.
    package var acceptsStaple: (() -> Bool)?
    /// Whether a request for a certificate pauses the handshake, once.
    package var pausesForCertificate = false
    /// Whether secrets are reported as key log lines.
    package var revealsSecrets = false
    /// Seconds since 1970, for the age of sessions.
    package var now: () -> Int64 = { 0 }

    // What the layer below works on, see ClassicConnection+Records.
    var inbox: [[UInt8]] = []
    var output: [UInt8] = []
    var events: [ConnectionEvent] = []
    var reading: RecordProtection?
    var writing: RecordProtection?
    var assembler = HandshakeAssembler()
    var plaintext: [UInt8] = []
    var idleRecords = 0
    var refusedRequests = 0
    var splitAlert: UInt8?
    var isFirstRecord = true

    /// The certificates to show; the configuration's, or one that was supplied later.
    var identities: [ClassicIdentity]
    /// Suites that the next handshake may use.
    var suites: [ClassicSuite]
    /// The session to resume, of a client.
    var offeredSession: ClassicSession?
    var request: PeerCertificateRequest
    /// The handshake under way.
    var machine: (any HandshakeMachine)?
    /// The last one that was completed.
    package internal(set) var standing: StandingHandshake?
    /// Renegotiations that the peer refused with a warning.
    package internal(set) var refusals = 0
    /// Whether the next handshake that the peer starts may resume.
    var resumesOnRenegotiation = false
    /// Whether a HelloRequest of this end's is open.
    var awaitsHello = false
    private var hasStarted = false
    /// Whether close_notify is out.
    package internal(set) var hasSentShutdown = false
    var isClosedByPeer = false
    var failure: ClassicError?

    /// A connection that has not started.
    ///
    /// - Parameter session: what a client offers to resume.
    /// - Throws: when there is nothing that could be offered or accepted.
    package init(configuration: ClassicConfiguration, session: ClassicSession? = nil) throws(ClassicError) {
        self.configuration = configuration
        identities = configuration.identities
        offeredSession = session
        request = configuration.clientAuthentication
        let versions = configuration.versions.filter { (ProtocolVersion.ssl3...(.tls12)).contains($0) }
        suites = configuration.suites.compactMap { ClassicSuite($0) }.filter { suite in
            versions.contains { suite.exists(in: $0) }
        }
        guard !versions.isEmpty, !suites.isEmpty else {
            throw ClassicError(.unsupported, "no suite is left that the engine has in these versions", alert: nil)
        }
    }

    // MARK: Driving

    /// Takes one whole record off the wire, its header included; none after a failure or the peer's close_notify, which is where
    /// the peer's part ends (RFC 5246 section 7.2.1).
    package func feed(_ record: [UInt8]) {
        guard failure == nil, !isClosedByPeer else { return }
        inbox.append(record)
    }

    /// Takes what is to be sent.
    package func takeOutput() -> [UInt8] {
        defer { output = [] }
        return output
    }

    /// Takes what happened since the last call.
    package func takeEvents() -> [ConnectionEvent] {
        defer { events = [] }
        return events
    }

    /// Goes on with the handshake that is under way.
    package func handshake() -> ClassicOutcome {
        attempt { () throws(ClassicError) in
            if !hasStarted {
                hasStarted = true
                if configuration.role == .client { try startClient(resuming: offeredSession) }
            }
            while true {
                if let pause = try machine?.proceed() { return pause }
                finishMachine()
                if machine == nil, standing != nil { return .done }
                if isClosedByPeer { return .closed }
                guard !inbox.isEmpty else { return .wantsRead }
                try process(inbox.removeFirst())
            }
        }
    }

    /// Reads what data there is into the end of `plaintext`.
    package func read(into result: inout [UInt8]) -> ClassicOutcome {
        var taken: [UInt8] = []
        let outcome = attempt { () throws(ClassicError) in
            while true {
                if let pause = try machine?.proceed() { return pause }
                finishMachine()
                if !plaintext.isEmpty {
                    swap(&taken, &plaintext)
                    return .done
                }
                if isClosedByPeer { return .closed }
                guard !inbox.isEmpty else { return .wantsRead }
                try process(inbox.removeFirst())
            }
        }
        result += taken
        return outcome
    }

    /// Turns data into records.
    package func write(_ bytes: [UInt8]) -> ClassicOutcome {
        attempt { () throws(ClassicError) in
            guard standing != nil else {
                throw ClassicError(.unsupported, "the channel does not stand yet", alert: nil)
            }
            try sendData(bytes)
            return .done
        }
    }

    /// Turns data, or none, into one record that is wrong on purpose, or right without a flaw.
    package func write(_ bytes: [UInt8], flaw: RecordFlaw?) -> ClassicOutcome {
        attempt { () throws(ClassicError) in
            try sendFlawed(bytes, flaw)
            return .done
        }
    }

    /// Sends close_notify, once.
    package func shutdown() -> ClassicOutcome {
        attempt { () throws(ClassicError) in
            if !hasSentShutdown {
                try sendAlert(.warning, .close_notify)
                hasSentShutdown = true
            }
            return isClosedByPeer ? .done : .wantsRead
        }
    }

    /// Sends any alert, whenever it is.
    package func send(alert description: AlertDescription, level: AlertLevel) -> ClassicOutcome {
        attempt { () throws(ClassicError) in
            try sendAlert(level, description)
            return .done
        }
    }

    /// Whether a handshake is under way.
    package var isInHandshake: Bool { machine != nil || standing == nil }

    // MARK: Changing the next handshake

    /// Shows this certificate from now on.
    package func use(_ identity: ClassicIdentity) {
        identities = [identity]
        pausesForCertificate = false
    }

    /// Asks the peer for a certificate in the handshakes to come.
    package func setPeerCertificateRequest(_ request: PeerCertificateRequest) {
        self.request = request
    }

    /// Narrows the suites for the next handshake; false if none of them is one that the engine has.
    package func restrict(to suites: [CipherSuite]) -> Bool {
        let known = suites.compactMap { ClassicSuite($0) }
        guard !known.isEmpty, known.count == suites.count else { return false }
        self.suites = known
        return true
    }

    /// Asks for a new handshake on the standing channel: a client by its hello, a server by HelloRequest.
    package func startRenegotiation(abbreviated: Bool) throws(ClassicError) {
        if let failure { throw failure }
        guard let standing, machine == nil else {
            throw ClassicError(.unsupported, "a handshake is under way", alert: nil)
        }
        switch configuration.role {
        case .client: try startClient(resuming: abbreviated ? standing.session : nil)
        case .server:
            resumesOnRenegotiation = abbreviated
            awaitsHello = true
            let message = HelloRequest().handshakeMessage()
            try sendRecords(.handshake, message.bytes)
            report(message.bytes, type: .handshake, sent: true)
        }
    }

    // MARK: Ends

    /// What the peer showed in a handshake that failed: it is nothing secret, and may be what it failed for.
    private(set) var chainBeforeFailure: [[UInt8]] = []

    private func attempt(_ body: () throws(ClassicError) -> ClassicOutcome) -> ClassicOutcome {
        if let failure { return .failed(failure) }
        do throws(ClassicError) {
            return try body()
        } catch {
            return .failed(fail(error))
        }
    }

    /// Makes the connection unusable; the alert is in the output.
    private func fail(_ error: ClassicError) -> ClassicError {
        if let alert = error.alert, !hasSentShutdown { try? sendAlert(.fatal, alert) }
        // RFC 5246 section 7.2.2: a session whose connection failed is not resumed.
        if configuration.role == .server, let id = (machine?.exchange ?? standing?.exchange)?.sessionID {
            configuration.sessions?.forget(id: id)
        }
        chainBeforeFailure = machine?.exchange.peerChain ?? []
        machine = nil
        inbox = []
        assembler = HandshakeAssembler()
        plaintext = []
        failure = error
        return error
    }

    private func startClient(resuming session: ClassicSession?) throws(ClassicError) {
        events.append(.handshakeStarted)
        let client = ClientHandshake(connection: self, session: session)
        machine = client
        try client.begin()
    }

    /// Puts a completed handshake in place of the one before.
    private func finishMachine() {
        guard let machine, machine.isDone else { return }
        let session = try? machine.exchange.session(created: now(), lifespan: configuration.sessionLifespan)
        standing = StandingHandshake(exchange: machine.exchange, session: session)
        self.machine = nil
        if let session, !machine.exchange.isResumed || machine.exchange.hasNewTicket {
            if configuration.role == .server {
                configuration.sessions?.store(session)
            } else if !session.id.isEmpty || !session.ticket.isEmpty {
                events.append(.newSession(session.serialised))
            }
        }
        events.append(.handshakeDone)
    }
}

/// A handshake that was completed.
package struct StandingHandshake {
    let exchange: HandshakeExchange
    /// What a later connection could resume; nil only in theory.
    package let session: ClassicSession?
}
