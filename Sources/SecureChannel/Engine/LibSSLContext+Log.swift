import Certificates
import LibSSL
import TLSParameters

extension LibSSLContext {
    /// Takes what libssl reported during the last call.
    func collect() {
        for event in ssl.takeEvents() {
            switch event {
            case .newSession(let bytes): if newSessions.count < 64 { newSessions.append(bytes) }
            case .keyLog(let line): keyLog.append(line)
            default: log.take(event)
            }
        }
    }

    /// Closes a call: takes the token out of libssl, and writes legs and events for what came and went.
    func exchange(consumed: [UInt8], status: ContextStatus) -> [UInt8] {
        let received = log.takeRecords(.received)
        if !consumed.isEmpty {
            transport.bytesReceived += consumed.count
            transport.recordsReceived += received.count
            journal.append(.received, bytes: consumed, records: received, status: status.id)
        }
        let token = ssl.output.readAll()
        let sent = log.takeRecords(.sent)
        if !token.isEmpty {
            transport.bytesSent += token.count
            transport.recordsSent += sent.count
            journal.append(.sent, bytes: token, records: sent, status: status.id)
        }
        noteClose()
        journal.take(log.takeHappenings())
        return token
    }

    /// Keeps who closed first; fatal alerts set libssl's flags too, so the alerts themselves are looked at.
    private func noteClose() {
        let sent = log.facts.alertsSent.contains { $0.description == .close_notify }
        let received = log.facts.alertsReceived.contains { $0.description == .close_notify }
        if close.first == nil, sent != received { close.first = sent ? .sent : .received }
        close.closeNotifySent = sent
        close.closeNotifyReceived = received
    }

    /// Keeps the first failure, completed with the alerts around it.
    func record(_ failure: ContextFailure) -> ContextFailure {
        if let earlier = self.failure { return earlier }
        var failure = failure
        failure.alertReceived = log.facts.alertsReceived.last { $0.description != .close_notify }
        failure.alertSent = log.facts.alertsSent.last { $0.description != .close_notify }
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
        ssl.peerAuthorityNames.compactMap { try? DistinguishedName(der: $0) }
    }

    /// Judges the peer's chain, as the credential wants it done.
    func judge(_ chain: [[UInt8]]) -> PeerVerdict {
        let mode = acquired.credential.verification
        guard mode != .none else { return .accept }
        do {
            let validation = try acquired.judge.judge(chain)
            self.validation = validation
            log.happen(.chainJudged, nil, validation.problems.first?.id ?? "trusted")
            guard mode == .automatic, let problem = validation.problems.first else { return .accept }
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

    /// What was wrong with the peer's certificate, in one line of our own words.
    var rejectionText: String {
        if let problem = validation?.problems.first { return problem.text }
        return judgementProblem ?? "the certificate was not accepted"
    }
}

extension PeerCertificateRequest {
    init(_ authentication: ClientAuthentication) {
        switch authentication {
        case .none: self = .none
        case .request: self = .request
        case .require: self = .require
        }
    }
}

extension ContextFailure {
    /// What libssl's error means, given what the context knows besides.
    init(_ error: LibraryError, context: LibSSLContext) {
        let alert = context.log.facts.alertsReceived.last
        if context.rejectedPeer, error.has(sslReason: SSLReason.certificateVerifyFailed) {
            self.init(.verification, context.rejectionText)
        } else if error.has(sslReason: SSLReason.noRenegotiation) {
            self.init(.renegotiationRefused, "the peer refuses to renegotiate, and libssl can't go on after that")
        } else if error.has(sslReason: SSLReason.unexpectedEOF) {
            self.init(.truncated, "the transport ended without close_notify")
        } else if let reason = error.sslReason, reason >= SSLReason.receivedAlertBase, let alert {
            self.init(.alertReceived, "the peer sent the alert \(alert.description.name)")
        } else if error.entries.isEmpty {
            self.init(.library, "libssl gave no reason")
        } else {
            self.init(.protocolError, error.text)
        }
    }
}

/// Reasons of libssl that mean something of their own here (<openssl/sslerr.h>).
enum SSLReason {
    static let certificateVerifyFailed: Int32 = 134
    static let unexpectedEOF: Int32 = 294
    static let noRenegotiation: Int32 = 339
    /// A received alert N is the reason 1000+N.
    static let receivedAlertBase: Int32 = 1_000
}
