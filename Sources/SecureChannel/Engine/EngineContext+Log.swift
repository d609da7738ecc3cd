import Certificates
import LibSSL
import TLSParameters

extension EngineContext {
    /// Takes what libssl reported during the last call.
    func collect() {
        for event in engine.takeEvents() {
            switch event {
            case .newSession(let bytes): keepSession(bytes)
            case .keyLog(let line):
                options.keyLogSink?(line)
                if options.revealsSecrets, keyLog.count < 1_000 { keyLog.append(line) }
            default: log.take(event)
            }
        }
        guard !engine.reportsRecords else { return }
        let counts = engine.takeRecordCounts()
        log.addUndescribed(sent: counts.sent, received: counts.received)
    }

    /// Keeps a session as it was handed out: bounded, for a server of TLS 1.3 may send tickets for ever.
    private func keepSession(_ bytes: [UInt8]) {
        if newSessions.count < 64 { newSessions.append(bytes) }
        if let sink = options.sessionSink, let session = savedSession(bytes) { sink(session) }
    }

    /// A session of this connection, with the name and the chain that belong to it.
    func savedSession(_ bytes: [UInt8]) -> SavedSession? {
        let name = engine.serverName.map { String(decoding: $0, as: UTF8.self) }
        let staple = engine.stapledOCSP ?? (isResumed ? options.session?.staple : nil)
        return SavedSession(bytes: bytes, serverName: name, peerChain: peerChain.der, staple: staple)
    }

    /// Takes bytes that libssl got off the front of the input.
    func consume(_ count: Int, of input: inout [UInt8]) -> Consumed {
        let room = min(count, journal.room)
        let beginning = room > 0 ? Array(input.prefix(room)) : []
        if count == input.count {
            // Gives the memory back, too: between two records nothing is held.
            input = []
        } else {
            input.removeFirst(count)
        }
        return Consumed(count: count, beginning: beginning)
    }

    /// Closes a call: takes the token out of libssl, and writes legs and events for what came and went. `rest` counts the
    /// bytes that the caller keeps.
    func exchange(consumed: Consumed, status: ContextStatus, rest: Int = 0) -> [UInt8] {
        let received = log.takeRecords(.received)
        var extra = rest
        transport.missingBytes = nil
        if case .incompleteMessage(let missing) = status {
            transport.missingBytes = missing
            extra = 0
            if consumed.count == 0 { journal.noteWait(missing: missing) }
        }
        if consumed.count > 0 {
            transport.bytesReceived += consumed.count
            transport.recordsReceived += received.count
            journal.append(
                .received,
                byteCount: consumed.count,
                bytes: consumed.beginning[...],
                records: received,
                status: status,
                extra: extra
            )
        }
        let token = engine.takeOutput()
        let sent = log.takeRecords(.sent)
        if !token.isEmpty {
            transport.bytesSent += token.count
            transport.recordsSent += sent.count
            journal.append(.sent, byteCount: token.count, bytes: token[...], records: sent, status: status)
        }
        noteClose()
        journal.take(log.takeHappenings())
        engine.reportsRecords = journal.wantsRecords
        return token
    }

    /// Keeps who closed first; fatal alerts set libssl's flags too, so the alerts themselves are looked at.
    private func noteClose() {
        let sent = log.alertsSent.contains { $0.description == .close_notify }
        let received = log.alertsReceived.contains { $0.description == .close_notify }
        if close.first == nil, sent != received { close.first = sent ? .sent : .received }
        close.closeNotifySent = sent
        close.closeNotifyReceived = received
    }

    /// Keeps the first failure, completed with the alerts around it.
    func record(_ failure: ContextFailure) -> ContextFailure {
        if let earlier = self.failure { return earlier }
        var failure = failure
        failure.alertReceived = log.alertsReceived.last { $0.description != .close_notify }
        failure.alertSent = log.alertsSent.last { $0.description != .close_notify }
        if failure.kind == .verification { failure.validation = validation }
        self.failure = failure
        state = .failed
        log.happen(.failed, nil, failure.kind.rawValue)
        return failure
    }

    var currentFailure: ContextFailure {
        failure ?? ContextFailure(.library, "the context has failed")
    }

    /// The authorities the server accepts client certificates from. A name that can't be read is left out here and
    /// stays in the attributes' count of none: it could not be matched with anything either.
    var acceptedIssuers: [DistinguishedName] {
        engine.peerAuthorityNames.compactMap { try? DistinguishedName(der: $0) }
    }

    /// Judges the peer's chain, as the credential wants it done. What only a stapled response can tell stays open where
    /// one may still come; a resumed session brings the `saved` one.
    func judge(_ chain: [[UInt8]], stapleMayCome: Bool, saved staple: [UInt8]? = nil) -> PeerVerdict {
        let mode = acquired.credential.verification
        guard mode != .none else { return .accept }
        do {
            var validation = try acquired.judge.judge(chain, fetched: fetched ?? [])
            if let staple { validation = validation.judging(staple: staple) }
            self.validation = validation
            // Said once it is known.
            if mustAskOthers(validation) { return .wait }
            log.happen(.chainJudged, nil, validation.problems.first?.id ?? "trusted")
            let isOpen = stapleMayCome && validation.awaitsStaple
            guard mode == .automatic, let problem = validation.problems.first, !isOpen else { return .accept }
            rejectedPeer = true
            return .reject(code: problem.code)
        } catch {
            judgementProblem = error.text
            log.happen(.chainJudged, nil, "unreadable")
            guard mode == .automatic else { return .accept }
            rejectedPeer = true
            // X509_V_ERR_UNSPECIFIED: certificate_unknown.
            return .reject(code: 1)
        }
    }

    /// Whether others have to be asked about the chain first, which is done once, and in the first handshake.
    private func mustAskOthers(_ validation: ChainValidation) -> Bool {
        guard fetched == nil, role == .client, state == .handshaking, acquired.credential.revocation.fetches else {
            return false
        }
        // In TLS 1.3 the staple is there already; before, it comes behind the certificates.
        questions = (engine.stapledOCSP.map(validation.judging) ?? validation).questions
        return !questions.isEmpty
    }

    /// Looks at the stapled OCSP response, or that there is none; false ends the handshake.
    func judgeStaple() -> Bool {
        guard let judged = validation else { return true }
        let validation = engine.stapledOCSP.map(judged.judging) ?? judged
        self.validation = validation
        guard acquired.credential.verification == .automatic, let problem = validation.problems.first else {
            return true
        }
        log.happen(.chainJudged, nil, problem.id)
        rejectedPeer = true
        return false
    }

    /// What was wrong with the peer's certificate, in one line of our own words.
    var rejectionText: String {
        if let problem = validation?.problems.first { return problem.text }
        return judgementProblem ?? "the certificate was not accepted"
    }
}

/// What a call took from its input.
struct Consumed {
    /// How many bytes.
    var count = 0
    /// The first of them, as far as the journal keeps them.
    var beginning: [UInt8] = []

    static let nothing = Consumed()
}

extension PeerCertificateRequest {
    init(_ authentication: ClientAuthentication) {
        switch authentication {
        case .none: self = .none
        case .request: self = .request
        case .require: self = .require
        case .once: self = .once
        // Asked for when the channel stands, see `requestClientCertificate(required:)`.
        case .postHandshake: self = .none
        }
    }
}
