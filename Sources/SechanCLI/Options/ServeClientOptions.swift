public import ArgumentParser
public import Diagnostics

/// Whether clients have to say who they are.
struct ServeClientOptions: ParsableArguments {
    /// Yes or no, as a word.
    enum Answer: String, ExpressibleByArgument, CaseIterable {
        case yes
        case no
    }

    @Option(
        name: .customLong("client-auth"),
        help: ArgumentHelp("Ask clients for a certificate.", valueName: "none|request|require|once|post-handshake")
    )
    var mode: ClientAuthenticationMode = .none

    @Option(
        name: .customLong("client-ca"),
        help: ArgumentHelp("Accept client certificates of these authorities.", valueName: "file"),
        completion: .file()
    )
    var authorities: [String] = []

    @Option(
        name: .customLong("advertise-ca"),
        help: ArgumentHelp("Tell clients the names of these authorities; yes by default.", valueName: "yes|no")
    )
    var advertises: Answer?

    @Option(
        name: .customLong("map"),
        help: ArgumentHelp("Say whom a client's certificate stands for, by the lines of this file.", valueName: "file"),
        completion: .file()
    )
    var accounts: String?

    func validate() throws {
        if mode == .none {
            let idle = [
                (!authorities.isEmpty, "--client-ca"), (advertises != nil, "--advertise-ca"),
                (accounts != nil, "--map"),
            ]
            if let (_, name) = idle.first(where: \.0) {
                throw ValidationError("\(name) has no effect without --client-auth")
            }
        }
        if advertises != nil, authorities.isEmpty {
            throw ValidationError("--advertise-ca has no effect without --client-ca")
        }
    }

    /// Writes the options into a request.
    func apply(to request: inout ServeRequest) {
        request.clientAuthentication = mode
        request.clientAuthorities = authorities
        request.advertisesAuthorities = advertises != .no
        request.accountsFile = accounts
    }
}

extension ClientAuthenticationMode: ExpressibleByArgument {}
