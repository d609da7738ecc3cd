import Certificates
import SecureChannel
import TLSParameters
import Transport

/// Asks a server for one renegotiation after the other on a session that stands (TLS 1.2 and older).
struct ClientRenegotiation {
    let session: Session
    let request: RenegotiateRequest
    let change: SessionRequirements
    let deadline: Deadline
    /// The number of the connection.
    let connection: Int
    /// Whether the client of this session signals RFC 5746.
    var isSecure = true

    /// A row an attempt, until the server puts an end to it or has done all that was asked for.
    ///
    /// Whoever refused once is not asked again, and libssl could not go on after that.
    func run() async -> [RenegotiationAttempt] {
        do throws(RequestProblem) {
            try change.apply(to: session.context)
        } catch {
            return [row(1, .notTried, error.reason, nil)]
        }
        var rows: [RenegotiationAttempt] = []
        for number in 1...request.count {
            let row = await attempt(number)
            rows.append(row)
            guard row.answer == .honoured else { break }
        }
        return rows
    }

    private func attempt(_ number: Int) async -> RenegotiationAttempt {
        let start = session.seconds
        do throws(ContextFailure) {
            if let error = await session.send(try session.context.renegotiate(request.kind), deadline: deadline) {
                return row(number, error.answer, error.detail, session.seconds - start)
            }
        } catch {
            return row(number, .notTried, error.text, nil)
        }
        let reply = await session.reply(until: .completed, by: deadline.sooner(of: .after(request.answerTimeout)))
        var (answer, detail) = reply.answer
        // The server decides whether an abbreviated handshake is abbreviated.
        if answer == .honoured, request.abbreviated {
            detail = session.context.attributes.session.resumed ? "abbreviated" : "by a full handshake"
        }
        return row(number, answer, detail, session.seconds - start)
    }

    private func row(
        _ number: Int,
        _ answer: RenegotiationAttempt.Answer,
        _ detail: String?,
        _ seconds: Double?
    ) -> RenegotiationAttempt {
        RenegotiationAttempt(
            action: isSecure ? .renegotiation : .insecureRenegotiation,
            version: session.versionID,
            connection: connection,
            sent: "ClientHello" + (request.abbreviated ? " that resumes" : "") + (number > 1 ? " (\(number))" : "")
                + (isSecure ? "" : " without RFC 5746"),
            answer: answer,
            detail: detail,
            seconds: answer == .silence || answer == .notTried ? nil : seconds
        )
    }
}

/// What a client wants to be different after a renegotiation.
struct SessionRequirements: Sendable {
    /// Suites to offer instead; empty leaves them.
    var suites: [CipherSuite] = []
    /// The identity to show instead; nil leaves it.
    var identity: Identity?

    /// Reads what the user wrote.
    ///
    /// - Throws: `RequestProblem` that names the option and the word that was not understood.
    init(_ request: RenegotiateRequest) throws(RequestProblem) {
        if let ciphers = request.ciphers { suites = try Self.suites(ciphers) }
        identity = try request.identity?.identity()
    }

    private static func suites(_ text: String) throws(RequestProblem) -> [CipherSuite] {
        let suites = try ProtocolSettings.list(
            text,
            option: "--change-ciphers",
            noun: "suite",
            names: CipherSuite.registry.filter { $0.firstVersion < .tls13 }.map(\.name),
            example: "names or code points, as in ECDHE-RSA-AES256-GCM-SHA384"
        ) { CipherSuite(named: $0) }
        if let modern = suites.first(where: { $0.facts?.firstVersion == .tls13 }) {
            throw RequestProblem(
                reason: "--change-ciphers: \(modern.name) belongs to TLS 1.3, which has no renegotiation",
                hint: "name suites of TLS 1.2"
            )
        }
        let known = (try? ChannelLibrary.suites()) ?? [:]
        let strange = suites.filter { known[$0] == nil && !ChannelLibrary.classicSuites.contains($0) }
        guard strange.isEmpty else {
            throw RequestProblem(
                reason: "--change-ciphers: no engine has \(strange.map(\.name).joined(separator: ", "))",
                hint: "'sechan ciphers' shows what it can speak"
            )
        }
        return suites
    }

    /// Writes them into a standing context, for the next handshake.
    ///
    /// - Throws: `RequestProblem` if libssl refuses.
    func apply(to context: any SecurityContext) throws(RequestProblem) {
        do {
            if !suites.isEmpty { try context.restrict(to: suites) }
            if let identity { try context.supply(identity) }
        } catch {
            throw RequestProblem(credential: error)
        }
    }
}
