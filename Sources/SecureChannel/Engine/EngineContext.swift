import Certificates
import LibSSL
import TLSParameters
import TLSWire

/// A security context on an engine: libssl, or our own for what that lost.
///
/// Records are fed to the engine one at a time. So what the handshake doesn't need stays in the caller's input, the number
/// of missing bytes is known, and every leg can say which records it holds.
public final class EngineContext: SecurityContext {
    let acquired: AcquiredCredential
    let options: ContextOptions
    private(set) var engine: any ChannelEngine
    let log: WireLog
    let journal: Journal

    /// Where the context stands.
    public internal(set) var state: ContextState = .handshaking
    var failure: ContextFailure?
    var close = CloseAttributes()
    var transport = TransportAttributes()
    /// The judgement of the peer's chain, and whether it ended the handshake.
    var validation: ChainValidation?
    var rejectedPeer = false
    /// Why the peer's chain could not be judged at all.
    var judgementProblem: String?
    /// How a request for a certificate was answered, where that took looking for one.
    var certificateChoice: CertificateChoice?
    /// What others have to be asked about the peer's chain, and what they said; nil until they were asked.
    var questions: [RevocationQuestion] = []
    var fetched: [RevocationFetch]?
    /// Serialised sessions, as libssl handed them out.
    var newSessions: [[UInt8]] = []
    /// Secrets in the NSS key log format, if the context was made to reveal them.
    public internal(set) var keyLog: [String] = []
    /// Data that came before the handshake was over, for the first call of ``unprotect(_:)``.
    var earlyPlaintext: [UInt8] = []
    /// How much of it there was.
    var earlyBytesReceived = 0
    /// How much a client sent.
    var earlyBytesSent = 0
    /// Whether a server still looks for early data.
    var looksForEarlyData: Bool

    /// How many bytes the caller had left after the last step of the first handshake.
    private(set) var unconsumed = 0
    private var hasStarted = false
    var hasSeenPeer = false
    private var isWaitingForCaller = false
    private var lostFraming = false
    private var isFirstRecord = true
    /// Refusals of the peer's that were told as signals.
    private var refusals = 0
    /// Data given while a renegotiation was under way.
    private var heldPlaintext: [UInt8] = []
    private var startedAt: Double?

    /// Which end it is.
    public var role: Role { acquired.credential.role }
    /// Every token that came or went, oldest first.
    public var legs: [Leg] { journal.legs }
    /// What happened, oldest first.
    public var events: [ContextEvent] { journal.events }

    init(acquired: AcquiredCredential, options: ContextOptions) throws(CredentialError) {
        self.acquired = acquired
        self.options = options
        let credential = acquired.credential
        log = WireLog(role: credential.role)
        journal = Journal(options: options)
        looksForEarlyData = credential.role == .server && credential.maximumEarlyData > 0
        // Not for others: libssl writes out every secret, digit by digit, as soon as anybody may want them.
        if options.revealsSecrets || options.keyLogSink != nil { acquired.enableKeyLog() }
        engine = try acquired.makeEngine(options)
        prepareEngine()
    }

    /// Tells an engine that has not started what it has to know.
    private func prepareEngine() {
        let credential = acquired.credential
        let revealsSecrets = options.revealsSecrets || options.keyLogSink != nil
        engine.reportsRecords = journal.wantsRecords
        engine.revealsSecrets = revealsSecrets
        switch credential.role {
        case .client:
            engine.setPeerCertificateRequest(credential.verification == .none ? .none : .request)
            engine.pausesForCertificate = credential.identities.isEmpty
        case .server:
            engine.setPeerCertificateRequest(PeerCertificateRequest(credential.clientAuthentication))
        }
        // Unowned: the handle belongs to this object, so the closure can't outlive it.
        engine.verifyPeer = { [unowned self] chain in
            // Before TLS 1.3 it comes behind the certificate; in both libssl asks for an opinion of it by itself.
            judge(chain, stapleMayCome: role == .client && acquired.credential.hello.asksForStaple)
        }
        engine.acceptsStaple = { [unowned self] in judgeStaple() }
    }

    // MARK: The handshake

    /// Goes on with the first handshake.
    public func step(_ input: inout [UInt8]) -> ContextStep {
        switch state {
        case .handshaking: break
        case .established: return ContextStep(status: .established, token: [])
        case .closed: return ContextStep(status: .contextExpired, token: [])
        case .failed: return ContextStep(status: .failed(currentFailure), token: [])
        }
        if startedAt == nil { startedAt = journal.now() }
        unconsumed = input.count
        if !input.isEmpty, transport.firstByteSeconds == nil { transport.firstByteSeconds = journal.now() }
        if let refusal = refuseForeignOpening(input) { return finish(status: refusal, consumed: .nothing) }
        if let missing = missingOfOpening(input) {
            return finish(status: .incompleteMessage(missing: missing), consumed: .nothing, rest: input.count)
        }
        if !hasSeenPeer, !input.isEmpty {
            hasSeenPeer = true
            if let other = acquired.engine(forOpening: input) {
                engine = other
                prepareEngine()
            }
        }

        var cursor = 0
        var outcome = EngineOutcome.wantsRead
        if !hasStarted || isWaitingForCaller {
            let isFirst = !hasStarted
            hasStarted = true
            isWaitingForCaller = false
            outcome = isFirst ? sendEarlyData() : .done
            if outcome == .done { outcome = advance() }
        }
        while outcome == .wantsRead, let end = nextRecord(in: input, at: cursor) {
            engine.feed(input[cursor..<end])
            cursor = end
            outcome = advance()
        }
        let consumed = consume(cursor, of: &input)
        unconsumed = input.count
        return finish(status: status(after: outcome, rest: input), consumed: consumed, rest: input.count)
    }

    private var recordForm: RecordForm {
        if engine.ssl2 != nil { return .ssl2 }
        return isFirstRecord && role == .server ? .any : .tls
    }

    /// Where the next piece to feed ends; nil when there is none yet.
    private func nextRecord(in input: [UInt8], at cursor: Int) -> Int? {
        guard cursor < input.count else { return nil }
        if lostFraming { return input.count }
        switch RecordBoundary(input, at: cursor, form: recordForm) {
        case .complete(let length):
            isFirstRecord = false
            return cursor + length
        case .incomplete: return nil
        case .unreadable:
            lostFraming = true
            return input.count
        }
    }

    private func missing(in rest: [UInt8]) -> Int {
        if case .incomplete(let missing) = RecordBoundary(rest, at: 0, form: recordForm) { return missing }
        return 1
    }

    private func status(after outcome: EngineOutcome, rest: [UInt8]) -> ContextStatus {
        switch outcome {
        case .done: return establish()
        case .wantsRead:
            return rest.isEmpty ? .continueNeeded : .incompleteMessage(missing: missing(in: rest))
        case .wantsCertificate:
            isWaitingForCaller = true
            return .incompleteCredentials(acceptedIssuers: acceptedIssuers)
        case .wantsVerdict: return askOthers()
        case .closed:
            return .failed(record(ContextFailure(.truncated, "the peer closed the channel during the handshake")))
        case .failed(let error):
            return .failed(record(ContextFailure(error, context: self)))
        }
    }

    /// Pauses the handshake until the caller has asked others about the peer's chain.
    private func askOthers() -> ContextStatus {
        isWaitingForCaller = true
        return .awaitsRevocation(questions)
    }

    private func establish() -> ContextStatus {
        if fetched == nil, acquired.credential.revocation.fetches, judgeResumedChain() == .wait { return askOthers() }
        state = .established
        log.isEstablished = true
        if let startedAt { transport.handshakeSeconds = journal.now() - startedAt }
        log.happen(.handshakeCompleted)
        if case .reject? = judgeResumedChain() {
            _ = engine.shutdown()
            collect()
            return .failed(record(ContextFailure(.verification, rejectionText)))
        }
        return .established
    }

    /// A resumed handshake shows no chain, so the one the session was made with is judged again: it may have expired.
    private func judgeResumedChain() -> PeerVerdict? {
        guard engine.isResumed, role == .client, let chain = options.session?.peerChain, !chain.isEmpty else {
            return nil
        }
        return judge(chain, stapleMayCome: false, saved: options.session?.staple)
    }

    private func finish(status: ContextStatus, consumed: Consumed, rest: Int = 0) -> ContextStep {
        let wasHandshaking = transport.handshakeSeconds == nil || state == .handshaking
        let token = exchange(consumed: consumed, status: status, rest: rest)
        if case .established = status {
            transport.endHandshake()
        } else if wasHandshaking, !token.isEmpty, case .continueNeeded = status {
            transport.roundTrips += 1
        }
        return ContextStep(status: status, token: token)
    }

    // MARK: Data

    /// Turns data into records to send.
    public func protect(_ plaintext: [UInt8]) throws(ContextFailure) -> [UInt8] {
        try requireOpen()
        let status = write(plaintext)
        let token = exchange(consumed: .nothing, status: status ?? .established)
        if let status, case .failed(let failure) = status { throw failure }
        return token
    }

    /// Writes data, behind what is held back; a status only if that fails.
    private func write(_ plaintext: [UInt8]) -> ContextStatus? {
        if heldPlaintext.isEmpty {
            heldPlaintext = plaintext
        } else {
            heldPlaintext += plaintext
        }
        return flushHeldPlaintext()
    }

    /// Writes what is held back, unless a handshake is in the way; a status only if that fails.
    private func flushHeldPlaintext() -> ContextStatus? {
        guard !heldPlaintext.isEmpty, !engine.isInHandshake, !engine.hasSentShutdown else { return nil }
        let outcome = engine.write(heldPlaintext)
        collect()
        switch outcome {
        case .done:
            transport.plaintextSent += heldPlaintext.count
            heldPlaintext = []
        case .failed(let error):
            return .failed(record(ContextFailure(error, context: self)))
        default: break
        }
        return nil
    }

    /// Turns records into data, and answers handshake messages among them.
    public func unprotect(_ input: inout [UInt8]) -> UnprotectResult {
        switch state {
        case .handshaking:
            let result = step(&input)
            return UnprotectResult(status: result.status, token: result.token)
        case .failed: return UnprotectResult(status: .failed(currentFailure))
        case .closed where close.closeNotifyReceived || close.ending != nil:
            return UnprotectResult(status: .contextExpired)
        case .established, .closed: break
        }
        var plaintext = earlyPlaintext
        earlyPlaintext = []
        if !input.isEmpty { plaintext.reserveCapacity(plaintext.count + input.count) }
        var cursor = 0
        isWaitingForCaller = false
        var outcome = read(into: &plaintext)
        while outcome == .wantsRead, let end = nextRecord(in: input, at: cursor) {
            engine.feed(input[cursor..<end])
            cursor = end
            outcome = read(into: &plaintext)
        }
        let consumed = consume(cursor, of: &input)
        transport.plaintextReceived += plaintext.count
        if !plaintext.isEmpty, transport.firstDataSeconds == nil { transport.firstDataSeconds = journal.now() }
        if engine.hasSentShutdown { close.lateBytes += plaintext.count }

        if engine.refusals > refusals {
            refusals = engine.refusals
            log.abandonRenegotiation()
        }
        let signals = log.takeSignals()
        var status = status(ofReading: outcome, signals: signals, rest: input)
        if case .failed = status {} else if let refusal = flushHeldPlaintext() { status = refusal }
        let token = exchange(consumed: consumed, status: status, rest: input.count)
        return UnprotectResult(status: status, plaintext: plaintext, token: token, signals: signals)
    }

    private func read(into plaintext: inout [UInt8]) -> EngineOutcome {
        var outcome: EngineOutcome
        repeat {
            outcome = engine.read(into: &plaintext)
            collect()
        } while outcome == .done
        return outcome
    }

    private func status(
        ofReading outcome: EngineOutcome,
        signals: [RenegotiationSignal],
        rest: [UInt8]
    ) -> ContextStatus {
        switch outcome {
        case .failed(let error):
            return .failed(record(ContextFailure(error, context: self)))
        case .closed:
            state = .closed
            return .contextExpired
        case .wantsCertificate:
            isWaitingForCaller = true
            return .incompleteCredentials(acceptedIssuers: acceptedIssuers)
        case .done, .wantsRead, .wantsVerdict:
            if let last = signals.last { return .renegotiate(last) }
            return rest.isEmpty ? .established : .incompleteMessage(missing: missing(in: rest))
        }
    }
}
