public import ArgumentParser
public import Diagnostics
import Reporting

/// `sechan serve`: the other end, to test clients against.
struct ServeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "serve",
        abstract: "Serve TLS, and show what each client offers and gets.",
        discussion: """
            Without options it makes a key and a self-signed certificate in memory, prints the fingerprint and how to \
            trust it, and answers HTTP GET with a page of what it saw of the client (add ?format=json, or ask for \
            application/json, to get JSON). It serves until it is interrupted.
            """
    )

    @Option(
        help: ArgumentHelp(
            "Address and port to listen on, or unix:PATH; port 0 takes a free one.",
            valueName: "[addr:]port"
        )
    )
    var listen: String = "127.0.0.1:4433"

    @Flag(help: "Send every byte back instead of answering HTTP.")
    var echo = false

    @Option(parsing: .unconditional, help: ArgumentHelp("End after this many connections.", valueName: "n"))
    var count: Int?

    @Option(
        name: .customLong("name"),
        help: ArgumentHelp("A name for the certificate made in memory, beside localhost.", valueName: "name")
    )
    var names: [String] = []

    @Option(
        name: .customLong("cert-out"),
        help: ArgumentHelp(
            "Write the certificate made in memory to this file, PEM, for clients to trust it. Never the key.",
            valueName: "file"
        ),
        completion: .file()
    )
    var certificateFile: String?

    @OptionGroup(title: "Credentials") var credentials: CredentialOptions
    @OptionGroup(title: "Protocols") var protocols: ProtocolOptions

    @Option(
        name: .customLong("client-auth"),
        help: ArgumentHelp("Ask clients for a certificate.", valueName: "none|request|require")
    )
    var clientAuthentication: ClientAuthenticationMode = .none

    @Option(
        name: .customLong("client-ca"),
        help: ArgumentHelp("Accept client certificates of these authorities.", valueName: "file"),
        completion: .file()
    )
    var clientAuthorities: [String] = []

    @Flag(
        name: .customLong("allow-client-renegotiation"),
        help: "Renegotiate when a client asks for it (TLS 1.2 and older)."
    )
    var allowClientRenegotiation = false

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp("Limit for a handshake, and for a client's silence after it.", valueName: "duration")
    )
    var timeout: DurationArgument = DurationArgument(.seconds(30))

    @OptionGroup(title: "Output") var output: OutputOptions

    func validate() throws {
        if let count, count < 1 { throw ValidationError("--count takes a number of 1 or more") }
        if !names.isEmpty, !credentials.certificates.isEmpty {
            throw ValidationError("--name has no effect with --cert: that certificate has its own names")
        }
        if certificateFile != nil, !credentials.certificates.isEmpty {
            throw ValidationError("--cert-out has no effect with --cert: that certificate is in a file already")
        }
        if !clientAuthorities.isEmpty, clientAuthentication == .none {
            throw ValidationError("--client-ca has no effect without --client-auth")
        }
    }

    func run() async throws {
        var request = ServeRequest(listen: listen)
        request.echo = echo
        request.count = count
        request.names = names
        request.identities = credentials.identities
        request.protocols = protocols.settings
        request.clientAuthentication = clientAuthentication
        request.clientAuthorities = clientAuthorities
        request.allowClientRenegotiation = allowClientRenegotiation
        request.timeout = timeout.duration
        request.certificateFile = certificateFile
        let operation = try ServeOperation(request)
        if let certificateFile { try WholeFile.write(operation.certificatePEM, to: certificateFile) }
        let writer = output.writer
        let standardOutput = StandardOutput()
        let (outcome, signal) = await Interruption.watch { () -> Result<Report<ServeResult>, any Error> in
            do {
                let report = try await operation.run(page: ServePage.render) { event in
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
        try await ReportWriter.writeLast(after: signal) {
            try await writer.writeLine(final, to: standardOutput, ServeText.document)
        }
        try writer.end(final.status)
    }
}

extension ClientAuthenticationMode: ExpressibleByArgument {}
