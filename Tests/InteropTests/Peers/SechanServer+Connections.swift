import Testing

extension SechanServer {
    /// What the server said of its first connections, in their order; it must run with `--format ndjson`. Waits until it has
    /// said as much.
    func connections(_ count: Int) async throws -> [JSONValue] {
        // A line counts once it is whole.
        func lines(_ text: String) -> [Substring] {
            text.prefix(upTo: text.lastIndex(of: "\n") ?? text.startIndex).split(separator: "\n")
        }
        try await waitForOutput { lines($0).count { $0.contains(#""event":"connection""#) } >= count }
        let reports = try lines(output).map { try JSONValue(parsing: String($0)) }
        let connections = reports.map { $0["result"]["connection"] }.filter { $0 != .null }
        return connections.sorted { ($0["number"].int ?? 0) < ($1["number"].int ?? 0) }
    }
}
