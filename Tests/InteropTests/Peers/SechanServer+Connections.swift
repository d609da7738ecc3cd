import Testing

extension SechanServer {
    /// What the server said of its first connections, in their order; it must run with `--format ndjson`. Waits until it has
    /// said as much.
    func connections(_ count: Int) async throws -> [JSONValue] {
        try await waitForOutput { $0.split(separator: "\n").count { $0.contains(#""event":"connection""#) } >= count }
        let reports = try output.split(separator: "\n").map { try JSONValue(parsing: String($0)) }
        let connections = reports.map { $0["result"]["connection"] }.filter { $0 != .null }
        return connections.sorted { ($0["number"].int ?? 0) < ($1["number"].int ?? 0) }
    }
}
