import SecureChannel
import Synchronization
import TLSParameters

/// Brings what earlier runs left to a session, and keeps what this one leaves: in files that only their owner may read.
///
/// Files are read, and opened for writing, before anything is sent; what has to be kept is written as soon as it is there.
final class SessionKeeper: Sendable {
    /// The session to resume.
    let session: SavedSession?
    /// The data to send along with the hello.
    let earlyData: [UInt8]
    private let exports: [ExportRequest]
    private let revealsSecrets: Bool
    private let keyLog: KeyLogFile?
    private let file: SecretFile?
    /// Whether the file is one that the user named, and expects to be there.
    private let isCache: Bool
    /// Why a session of the cache was not offered; nil if it was, or if there was none.
    let note: String?
    private let saved = Mutex(Saved())

    /// What has become of the sessions that came.
    fileprivate struct Saved {
        /// How many came.
        var count = 0
        /// The last of them, while the file has an earlier one.
        var last: SavedSession?
        var problem: RequestProblem?
    }

    /// Reads and opens what the settings name.
    ///
    /// - Throws: `RequestProblem` for a file that can't be used, and for a session that can't be resumed under the
    ///   credential: it would be left out without a word.
    init(
        _ request: ChannelRequest,
        credential: AcquiredCredential,
        now: Int64 = Timestamp.now
    ) throws(RequestProblem) {
        let settings = request.session
        try settings.check(for: credential.credential.protocols)
        var exports: [ExportRequest] = []
        for text in settings.exports { exports.append(try ExportRequest(parsing: text)) }
        for text in settings.earlyExports {
            var request = try ExportRequest(parsing: text)
            request.isEarly = true
            exports.append(request)
        }
        self.exports = exports
        revealsSecrets = settings.revealsSecrets
        func read(_ path: String) throws(RequestProblem) -> SavedSession {
            try SavedSessionCheck(path: path, credential: credential, now: now).read()
        }
        if let directory = settings.cache {
            let cache = try SessionCache(directory, request: request, credential: credential.summary)
            (session, note) = cache.take(read)
            file = cache.file
        } else {
            note = nil
            session = try settings.resume.map(read)
            file = try settings.save.map { path throws(RequestProblem) in try SecretFile(path) }
        }
        isCache = settings.cache != nil
        earlyData = try Self.earlyData(settings, session, credential)
        keyLog = try settings.keyLog.map { path throws(RequestProblem) in try KeyLogFile(path) }
    }

    private static func earlyData(
        _ settings: SessionSettings,
        _ session: SavedSession?,
        _ credential: AcquiredCredential
    ) throws(RequestProblem) -> [UInt8] {
        guard let path = settings.earlyData else { return [] }
        guard let session, let sessionPath = settings.resume ?? settings.cache else {
            throw RequestProblem(
                reason: "--early-data needs a session of the same server to send it in",
                hint: settings.cache == nil
                    ? "save one with --session-out FILE, and name it with --session-in FILE"
                    : "the cache has none; connect once without early data"
            )
        }
        guard session.version == .tls13, session.maximumEarlyData > 0 else {
            throw RequestProblem(
                reason: session.version == .tls13
                    ? "the session in '\(sessionPath)' allows no early data"
                    : "the session in '\(sessionPath)' is of \(session.version.name), and early data came with TLS 1.3",
                hint: "it is the server that allows it, when it gives the session; leave out --early-data"
            )
        }
        // libssl fails the whole handshake over either of these.
        if let name = session.serverName, name != credential.credential.serverName {
            throw RequestProblem(
                reason: "early data can be sent to '\(name)' only, which the session in '\(sessionPath)' is of",
                hint: "send that name with --sni \(name)"
            )
        }
        if let used = session.applicationProtocol?.encoded(for: .json), !credential.credential.alpn.contains(used) {
            throw RequestProblem(
                reason: "early data needs the application protocol of the session in '\(sessionPath)'",
                hint: "offer it with --alpn \(used)"
            )
        }
        let bytes = try InputFile.read(path)
        guard !bytes.isEmpty else {
            throw RequestProblem(reason: "'\(path)' is empty", hint: "name a file with the data to send early")
        }
        guard bytes.count <= session.maximumEarlyData else {
            throw RequestProblem(
                reason:
                    "'\(path)' has \(bytes.count) bytes, and the session allows \(session.maximumEarlyData) of early data",
                hint: "send less of it early, and the rest through the session"
            )
        }
        return bytes
    }

    /// Adds what has to be kept to the options of a context.
    func apply(to options: inout ContextOptions) {
        options.exports = exports
        options.revealsSecrets = revealsSecrets
        if let keyLog { options.keyLogSink = { line in keyLog.append(line) } }
        if file != nil { options.sessionSink = { [self] session in keep(session) } }
    }

    /// Writes a session; a later one takes its place. A server may send them for ever, so that not each is written at once:
    /// the first, the second, the fourth and so on are, and the last one at the end.
    private func keep(_ session: SavedSession) {
        guard let file, session.isResumable else { return }
        saved.withLock { saved in
            saved.count += 1
            saved.last = session
            if saved.count & (saved.count - 1) == 0 { saved.write(to: file) }
        }
    }

    /// Whether a session is wanted and none was written yet.
    var waitsForSession: Bool {
        file != nil && saved.withLock { $0.count == 0 && $0.problem == nil }
    }

    /// How a run stands that should have left secrets: one that couldn't be written is no success.
    func noting(_ soFar: RunStatus) -> RunStatus {
        let sessionProblem = saved.withLock { saved in
            if let file { saved.write(to: file) }
            return saved.problem
        }
        guard soFar.exit == .ok, let problem = keyLog?.problem ?? sessionProblem else { return soFar }
        return RunStatus(notWritten: problem)
    }

    /// How a run stands at its end, when a session that was asked for has come or won't.
    func status(_ soFar: RunStatus) -> RunStatus {
        let soFar = noting(soFar)
        guard soFar.exit == .ok, let file, !isCache, saved.withLock({ $0.count == 0 }) else { return soFar }
        let name = PeerText(file.path).encoded(for: .terminal)
        return RunStatus(
            exit: .incomplete,
            kind: "incomplete:no-session-given",
            reason: "the server gave no session to resume, so '\(name)' was not written",
            hint: "some servers give one with their first data only; ask for some, or keep the session open with --hold"
        )
    }
}

extension SessionKeeper.Saved {
    /// Writes the last session, unless the file has it already.
    fileprivate mutating func write(to file: SecretFile) {
        guard let session = last else { return }
        last = nil
        do throws(RequestProblem) {
            try file.write(session.fileText)
        } catch {
            problem = problem ?? error
        }
    }
}

extension RunStatus {
    /// A run that did what it should, and could not write down what it should have.
    init(notWritten problem: RequestProblem) {
        self.init(exit: .incomplete, kind: "incomplete:not-written", reason: problem.reason, hint: problem.hint)
    }
}

/// Reads a saved session, and finds out whether libssl would offer it.
private struct SavedSessionCheck {
    let path: String
    let credential: AcquiredCredential
    let now: Int64

    func read() throws(RequestProblem) -> SavedSession {
        let bytes = try InputFile.read(path)
        let session: SavedSession
        do throws(CredentialError) {
            session = try SavedSession(file: bytes)
        } catch {
            throw RequestProblem(
                reason: "--session-in '\(path)': \(error.text)",
                hint: "'sechan connect --session-out FILE' saves one, and so does 'openssl s_client -sess_out FILE'"
            )
        }
        let fresh = "save a new one with --session-out"
        guard session.isResumable else {
            throw RequestProblem(reason: "the session in '\(path)' can't be resumed", hint: fresh)
        }
        guard session.expires > now else {
            throw RequestProblem(
                reason: "the session in '\(path)' expired at \(Timestamp.text(session.expires))",
                hint: fresh
            )
        }
        guard credential.summary.protocols.contains(session.version.id) else {
            throw RequestProblem(
                reason: "the session in '\(path)' is of \(session.version.name), which is not offered",
                hint: "offer it with --protocol \(session.version.id)"
            )
        }
        guard canOffer(session) else {
            throw RequestProblem(
                reason:
                    "the session in '\(path)' uses \(session.suite?.name ?? session.kind?.name ?? "a suite"), which is not offered",
                hint: "leave out the option that excludes it, or \(fresh)"
            )
        }
        return session
    }

    /// A TLS 1.3 session needs a suite with its hash (RFC 8446 §4.2.11), an older one its very suite.
    private func canOffer(_ session: SavedSession) -> Bool {
        let offered = credential.summary.suites.map(\.codePoint)
        if let kind = session.kind { return offered.contains(kind.codePointText) }
        guard let suite = session.suite else { return true }
        guard session.version == .tls13 else { return offered.contains(suite.codePointText) }
        return CipherSuite.registry.contains { facts in
            facts.firstVersion == .tls13 && facts.prfHash == suite.facts?.prfHash
                && offered.contains(facts.suite.codePointText)
        }
    }
}
