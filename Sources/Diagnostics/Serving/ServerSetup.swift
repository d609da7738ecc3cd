import SecureChannel
import Transport

/// What every connection of a server has in common.
struct ServerSetup: Sendable {
    let credential: AcquiredCredential
    let mode: ServeMode
    /// Limit for a handshake, and for a client's silence after it.
    let timeout: Duration
    /// Where the server listens.
    let address: SocketEndpoint
    /// What HTTP gives out.
    let site: HTTPSite
    /// Whom client certificates stand for; nil maps none.
    var accounts: AccountMap?
    /// When the server asks for new keys; nil for never.
    var renegotiation: RenegotiationTrigger?
    /// How long a client may take to show its certificate once the session stands: data waits for that.
    var identification = Duration.seconds(5)
    /// Tells that the server is to stop.
    var drain = Drain()
    /// Where the secrets of sessions go; nil for nowhere.
    var keyLog: KeyLogFile?
    /// What is done wrong on purpose.
    var faults = FaultPlan()
    /// What is told of each connection.
    var telling = ServeRequest.Telling.everything
}

/// What a server reads before it listens, beside its credential.
struct ServerServices: Sendable {
    /// The files to give out.
    let files: FileShelf?
    /// Whom client certificates stand for.
    let accounts: AccountMap?
    /// Where the secrets of sessions go.
    let keyLog: KeyLogFile?

    /// Opens what the request names.
    ///
    /// - Throws: `RequestProblem` for a file or a directory that can't be used.
    init(_ request: ServeRequest) throws(RequestProblem) {
        if case .files(let directory) = request.mode { files = try FileShelf(directory) } else { files = nil }
        accounts = try request.accountsFile.map { path throws(RequestProblem) in try AccountMap(contentsOf: path) }
        keyLog = try request.keyLog.map { path throws(RequestProblem) in try KeyLogFile(path) }
    }
}
