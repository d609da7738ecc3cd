import Testing

/// `sechan renegotiate --from server`, which serves one client and asks it for new handshakes.
enum AskingServer {
    /// Starts it, a client against it, and returns the report.
    static func ask(
        _ options: [String],
        client: (Int) async throws -> Void
    ) async throws -> (json: JSONValue, transcript: Comment) {
        let process = try Sechan.start(
            ["renegotiate", "--from", "server", "--listen", "127.0.0.1:0", "--format", "json"] + options
        )
        try await process.waitForOutput { port(in: $0.stderr) != nil }
        try await client(port(in: process.stderr) ?? 0)
        let ending = try await process.wait(timeout: .seconds(60))
        let run = Finished(process, ending)
        let validation = try await SchemaValidator.validate(run.stdout)
        #expect(validation.status == 0, "\(validation.transcript)")
        return (try JSONValue(parsing: run.stdout), Comment(rawValue: run.transcript))
    }

    private static func port(in text: String) -> Int? {
        guard let range = text.firstRange(of: "listening on 127.0.0.1:") else { return nil }
        return Int(text[range.upperBound...].prefix { $0.isNumber })
    }

    /// `hello-request: honoured` and so on, in the report's order.
    static func rows(_ json: JSONValue) -> [String] {
        json["result"]["attempts"].array.map { "\($0["action"].string ?? ""): \($0["answer"].string ?? "")" }
    }
}
