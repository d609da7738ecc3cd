import ArgumentParser
import Diagnostics
import Reporting

/// `sechan serve`: the other end, to test clients against.
struct ServeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "serve",
        abstract: "Serve TLS, and show what each client offers and gets.",
        discussion: """
            Without options it makes a key and a self-signed certificate in memory, prints the fingerprint and how to \
            trust it, and answers HTTP GET with a page of what it saw of the client (add ?format=json, or ask for \
            application/json, to get JSON). It serves until it is interrupted; SIGTERM lets sessions finish.
            """
    )

    @OptionGroup(title: "Service") var service: ServeServiceOptions
    @OptionGroup(title: "Certificates") var certificates: ServeIdentityOptions
    @OptionGroup(title: "Credentials") var credentials: CredentialOptions
    @OptionGroup(title: "Protocols") var protocols: ProtocolOptions
    @OptionGroup(title: "Protocols") var ownProtocols: ServeProtocolOptions
    @OptionGroup(title: "Clients") var clients: ServeClientOptions
    @OptionGroup(title: "Sessions") var sessions: ServeSessionOptions
    @OptionGroup(title: "Sessions") var keyLog: KeyLogOptions
    @OptionGroup(title: "Faults") var faults: FaultOptions
    @OptionGroup(title: "Output") var output: ServeOutputOptions

    func validate() throws {
        try certificates.check(credentials)
    }

    func run() async throws {
        if try faults.showsList(output) { return }
        let request = try request()
        let operation = try ServeOperation(request)
        for file in [request.certificateFile, request.authorityFile].compactMap(\.self) { try WholeFile.check(file) }
        if let file = request.certificateFile { try WholeFile.write(operation.certificatePEM, to: file) }
        if let file = request.authorityFile, let authority = operation.authorityPEM {
            try WholeFile.write(authority, to: file)
        }
        keyLog.warn()
        if let warning = operation.warning { Streams.complain("warning: \(warning)") }
        let writer = output.writer
        let standardOutput = StandardOutput()
        let drain = Drain()
        let (outcome, signal) = await Interruption.watch(draining: drain) {
            Streams.note("sechan: no new clients; those that are here may finish, and another signal ends them")
        } _: { () -> Result<Report<ServeResult>, any Error> in
            do {
                let report = try await operation.run(draining: drain, page: ServePage.render) { event in
                    do {
                        try await writer.writeLine(event, to: standardOutput, ServeText.document)
                    } catch is CancellationError {
                        // A signal came while nobody read: the server ends as it would have.
                    }
                }
                return .success(report)
            } catch {
                return .failure(error)
            }
        }
        let final = try outcome.get().interrupted(by: signal)
        let problem = try await ReportWriter.writeLast(after: signal) {
            try await writer.writeLine(final, to: standardOutput, ServeText.document)
        }
        try writer.end(final.status, unwritten: problem)
    }

    private func request() throws -> ServeRequest {
        var request = ServeRequest(listen: service.listen)
        service.apply(to: &request)
        try certificates.apply(credentials, to: &request)
        request.protocols = protocols.settings
        request.disabledForProtocols = ownProtocols.disabled
        clients.apply(to: &request)
        sessions.apply(to: &request)
        request.keyLog = keyLog.path
        request.faults = try faults.plan()
        request.telling = output.telling
        return request
    }
}
