import ArgumentParser
import Diagnostics

/// What is tried on a session that stands, and how often.
struct RenegotiationOptions: ParsableArguments {
    @Option(
        name: .customLong("from"),
        help: ArgumentHelp(
            "Who asks: we as a client, or we as a server that waits for a client to connect.",
            valueName: "client|server"
        )
    )
    var asker: RenegotiationAsker = .client

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp("How often one connection is asked, up to 20; 3 by default.", valueName: "n")
    )
    var count: Int?

    @Flag(help: "Ask for an abbreviated handshake, which resumes the session within the connection.")
    var abbreviated = false

    @Option(
        name: .customLong("change-ciphers"),
        help: ArgumentHelp("Offer these suites instead when renegotiating, by name or code point.", valueName: "list")
    )
    var ciphers: String?

    @Option(
        name: .customLong("change-cert"),
        help: ArgumentHelp("Show this certificate instead when renegotiating, PEM or DER.", valueName: "file"),
        completion: .file()
    )
    var certificate: String?

    @Option(
        name: .customLong("change-key"),
        help: ArgumentHelp("Its private key; the certificate's own file by default.", valueName: "file"),
        completion: .file()
    )
    var key: String?

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp(
            "Lose the connection and resume its session this often, in every way, across the target's addresses.",
            valueName: "n"
        )
    )
    var reconnect: Int?

    @Option(parsing: .unconditional, help: ArgumentHelp("Reconnections in a second, at most.", valueName: "n"))
    var rate: Int?

    @Option(
        help: ArgumentHelp(
            "With --from server: address and port to listen on, or unix:PATH; port 0 takes a free one.",
            valueName: "[addr:]port"
        )
    )
    var listen: String?

    func validate() throws {
        if let count, !RenegotiateRequest.counts.contains(count) {
            throw ValidationError("--count takes a number from 1 to \(RenegotiateRequest.counts.upperBound)")
        }
        if let reconnect, !RenegotiateRequest.reconnections.contains(reconnect) {
            throw ValidationError(
                "--reconnect takes a number from 1 to \(RenegotiateRequest.reconnections.upperBound)"
            )
        }
        if let rate, !(1...10_000).contains(rate) { throw ValidationError("--rate takes a number from 1 to 10000") }
        if rate != nil, reconnect == nil { throw ValidationError("--rate has no effect without --reconnect") }
        if key != nil, certificate == nil { throw ValidationError("--change-key has no effect without --change-cert") }
        switch asker {
        case .client:
            if listen != nil { throw ValidationError("--listen has no effect without --from server") }
        case .server:
            let idle: [(Bool, String)] = [
                (ciphers != nil, "--change-ciphers"), (certificate != nil, "--change-cert"),
                (reconnect != nil, "--reconnect"),
            ]
            if let (_, name) = idle.first(where: \.0) {
                throw ValidationError("\(name) has no effect with --from server")
            }
        }
    }

    /// The request for the engine.
    func request(answerTimeout: DurationArgument) -> RenegotiateRequest {
        var request = RenegotiateRequest()
        request.abbreviated = abbreviated
        if let count { request.count = count }
        request.ciphers = ciphers
        request.identity = certificate.map {
            IdentityFiles(certificate: $0, key: key, chain: nil, passphrase: nil)
        }
        request.reconnect = reconnect
        request.rate = rate
        request.answerTimeout = answerTimeout.duration
        return request
    }
}

/// Which end asks for a change.
enum RenegotiationAsker: String, ExpressibleByArgument, CaseIterable {
    case client
    case server
}
