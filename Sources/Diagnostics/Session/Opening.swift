import Certificates
import SecureChannel
import TLSParameters
import Transport

/// The way to a standing channel, the same for every verb: acquire the credential, dial, shake hands.
struct Opening: Sendable {
    /// What was asked for.
    let request: ChannelRequest
    /// Frozen before any I/O.
    let credential: AcquiredCredential
    let options: ContextOptions
    /// What earlier runs left, and what this one leaves.
    let keeper: SessionKeeper
    /// Looks for a certificate when the server asks for one; nil shows none but the credential's.
    let chooser: IdentityChooser?
    /// Whether a command goes out in the clear behind the request for TLS, see ``pipelining()``.
    private var pipelines = false
    /// How long to wait for tickets of TLS 1.3, which come after the handshake, when a session is to be saved.
    private static let ticketPatience = Duration.seconds(1)
    /// How long to wait for a server's word on a client's certificate; most say something at once, if only a ticket.
    private static let verdictPatience = Duration.seconds(1)

    /// Acquires the credential; files are read, nothing is sent.
    ///
    /// - Throws: `RequestProblem` for anything that can't work.
    init(
        _ request: ChannelRequest,
        recordsBytes: Bool,
        _ change: (inout Credential) -> Void = { _ in }
    ) throws(RequestProblem) {
        self.request = request
        chooser = try request.credentials.chooser()
        var credential = try request.credential()
        if let chooser { credential.notes.append(chooser.note) }
        // Who has a certificate to show may be asked for it at any time (RFC 8446 §4.6.2).
        credential.allowsPostHandshakeAuthentication = !credential.identities.isEmpty || chooser != nil
        change(&credential)
        do {
            self.credential = try credential.acquire()
        } catch {
            throw RequestProblem(credential: error)
        }
        var options = ContextOptions()
        if !recordsBytes { options.keptBytes = 0 }
        keeper = try SessionKeeper(request, credential: self.credential)
        keeper.apply(to: &options)
        self.options = options
    }

    private init(_ other: Opening, _ credential: AcquiredCredential) {
        request = other.request
        options = other.options
        keeper = other.keeper
        chooser = other.chooser
        self.credential = credential
    }

    /// The same way with another credential; no file is read again.
    ///
    /// - Throws: `RequestProblem` for anything that can't work.
    func with(_ change: (inout Credential) -> Void) throws(RequestProblem) -> Opening {
        var changed = credential.credential
        change(&changed)
        do {
            return Opening(self, try changed.acquire())
        } catch {
            throw RequestProblem(credential: error)
        }
    }

    /// The same way with the ``PipelinedCommand`` of the protocol that comes before TLS.
    func pipelining() -> Opening {
        var other = self
        other.pipelines = true
        return other
    }

    /// The same way by the classic engine, for a peer with which libssl failed though everything old was allowed; nil where that
    /// was not allowed, or is ruled out by what else was asked for.
    ///
    /// - Parameter diagnosis: what a second look found out; nil before there was one.
    func withClassicEngine(after attempt: Attempt, _ diagnosis: DiagnosisSummary? = nil) -> Opening? {
        let protocols = request.protocols
        guard protocols.legacy, protocols.engine == .auto, protocols.protocols == nil, protocols.ciphers == nil,
            protocols.ciphersuites == nil, !request.hello.usesSSL2Format,
            let versions = Self.classicVersions(attempt, diagnosis)
        else { return nil }
        return classic(after: attempt, versions)
    }

    private func classic(after attempt: Attempt, _ versions: [ProtocolVersion]) -> Opening? {
        try? with { credential in
            credential.engine = .classic
            credential.classicEngineReason = "libssl failed"
            credential.legacy = true
            credential.protocols = versions
            credential.notes.append("tried after libssl: \(attempt.status.reason ?? attempt.status.kind)")
        }
    }

    /// The same way by the classic engine, for a server with which libssl failed because, as a survey says, it speaks nothing that
    /// libssl has; nil where a session stood, where something else is the matter, and where the user chose what to speak.
    func withClassicEngine(after attempt: Attempt, _ survey: CiphersResult) -> Opening? {
        let protocols = request.protocols
        guard !attempt.isEstablished, protocols.engine == .auto, protocols.protocols == nil, protocols.ciphers == nil,
            protocols.ciphersuites == nil, attempt.outcome != nil, let suites = try? ChannelLibrary.suites()
        else { return nil }
        var versions: [ProtocolVersion] = []
        for support in survey.versions where support.verdict != "rejected" {
            // What is not known may be what libssl failed with.
            guard support.verdict == "supported", support.complete, let version = ProtocolVersion(id: support.version),
                version < .tls10
                    || !support.suites.contains(where: { CipherSuite($0.suite).map(suites.keys.contains) ?? true })
            else { return nil }
            versions.append(version)
        }
        if versions.contains(where: { $0 > .ssl2 }) { versions.removeAll { $0 == .ssl2 } }
        return versions.isEmpty ? nil : classic(after: attempt, versions)
    }

    /// What the classic engine should speak after a failure of libssl; nil where nothing says that it would fare better.
    private static func classicVersions(_ attempt: Attempt, _ diagnosis: DiagnosisSummary?) -> [ProtocolVersion]? {
        let all: [ProtocolVersion] = [.ssl3, .tls10, .tls11, .tls12]
        if let diagnosis {
            guard let newest = diagnosis.versions.first?.version, newest < .tls10 else { return nil }
            return newest == .ssl2 ? [.ssl2] : all
        }
        if case .failed(let failure) = attempt.outcome {
            if failure.kind == .ssl2 { return [.ssl2] }
            // A server that answers with it whatever it is offered.
            if failure.kind == .protocolError, attempt.session?.context.version == .ssl3 { return all }
        }
        return SecondLook.isWorthIt(attempt) ? all : nil
    }

    /// A session that was tried: how far it came.
    struct Attempt {
        /// How the connection was made; nil if it wasn't.
        var dial: DialSummary?
        /// The session; nil if no connection was made.
        var session: Session?
        /// What the handshake came to; nil if it didn't begin.
        var outcome: Session.HandshakeOutcome?
        /// How the run stands so far.
        var status: RunStatus
        /// Where the connection led; nil if there is none.
        var address: SocketEndpoint?
        /// What was said before TLS; nil if nothing was.
        var negotiated: STARTTLS.Account?

        /// Whether the server said that it speaks no version that was offered. Anything else that ends a handshake may have
        /// other reasons.
        var refusesVersion: Bool {
            guard case .failed(let failure) = outcome else { return false }
            return failure.alertReceived?.description == .protocol_version
        }

        /// What was said before TLS shows this to be wrong.
        var findings: [Finding] { NegotiationFindings.all(negotiated) }
    }

    /// The credential as reports write it, with what became of a session that was to be resumed.
    func summary(_ attributes: ConnectionAttributes?) -> CredentialSummary {
        var summary = credential.summary
        if let note = keeper.note { summary.notes.append(note) }
        if let session = keeper.session, let attributes, attributes.offered != nil, !attributes.session.offered {
            summary.notes.append("the saved session was not offered: it is of \(session.version.name)")
        }
        return summary
    }

    /// The target as reports write it.
    func target(_ attempt: Attempt) -> TargetSummary {
        request.reach.summary(address: attempt.address, negotiated: attempt.negotiated?.protocol)
    }

    /// Dials and shakes hands: resuming a session, with data sent along, or as the request says. Goes to the first of
    /// `addresses` that answers, if there are any, or else of the target's own. `silence` is how long the session's first byte may
    /// take, and `heard` is called with it.
    func attempt(
        resuming saved: SavedSession? = nil,
        earlyData: [UInt8]? = nil,
        to addresses: [SocketEndpoint] = [],
        deadline: Deadline,
        silence: Duration? = nil,
        heard: (@Sendable () -> Void)? = nil
    ) async -> Attempt {
        var reach = request.reach
        reach.pipelines = pipelines
        let dial: DialReport
        let negotiated: STARTTLS.Account?
        do throws(TransportError) {
            (dial, negotiated) = try await reach.dial(to: addresses, deadline: deadline)
        } catch {
            return Attempt(status: RunStatus(unreachable: error, target: request.target))
        }
        var attempt = Attempt(
            dial: DialSummary(dial, negotiated),
            status: .ok,
            address: dial.stream.remote,
            negotiated: negotiated
        )
        do throws(CredentialError) {
            var options = options
            options.session = saved ?? keeper.session
            options.earlyData = earlyData ?? keeper.earlyData
            let session = Session(
                stream: dial.stream,
                context: try credential.makeContext(options),
                chooser: chooser,
                fetcher: request.validation.fetches ? RevocationFetcher(request) : nil,
                roundTripsBefore: dial.roundTrips
            )
            session.heard = heard
            session.silence = silence
            attempt.session = session
            var outcome = await session.handshake(deadline: deadline)
            var attributes = session.context.attributes
            if case .established = outcome, attributes.version == .tls13, attributes.clientAuthentication.requested {
                outcome = await session.verdict(deadline: deadline.sooner(of: .after(Self.verdictPatience)))
                attributes = session.context.attributes
            }
            if case .established = outcome, keeper.waitsForSession, attributes.version == .tls13 {
                await session.awaitSession(deadline: deadline.sooner(of: .after(Self.ticketPatience)))
                attributes = session.context.attributes
            }
            attempt.outcome = outcome
            attempt.status = RunStatus(
                handshake: outcome,
                request: request,
                attributes: attributes,
                received: session.received,
                reads: session.reads,
                cutRecord: session.cutRecord
            )
            attempt.status = keeper.noting(attempt.status)
        } catch {
            await dial.stream.close()
            attempt.status = RunStatus(
                exit: .usage,
                kind: "usage",
                reason: error.text,
                hint: RequestProblem(credential: error).hint
            )
        }
        return attempt
    }
}
