import Diagnostics
import TLSParameters

/// What known clients would negotiate: those that can't connect, and how the others would; all of them with `-v`.
enum ClientsText {
    static func add(_ clients: [SimulatedClient], verbose: Bool, to document: inout TextDocument) {
        guard !clients.isEmpty else { return }
        document.section("known clients") { rows in
            for client in clients where verbose || client.verdict != .connects {
                rows.row(client.name, outcome(client))
            }
            let counts: [(SimulatedClient.Verdict, String)] = [
                (.connects, "connect"), (.fails, "can't connect"), (.undetermined, "not determined"),
            ]
            let sums = counts.map { verdict, words in (clients.count { $0.verdict == verdict }, words) }
            rows.row("in all", StyledText(sums.filter { $0.0 > 0 }.map { "\($0.0) \($0.1)" }.joined(separator: ", ")))
        }
    }

    private static func outcome(_ client: SimulatedClient) -> StyledText {
        let reason = StyledText(client.reason.map { ": \($0)" } ?? "")
        switch client.verdict {
        case .connects:
            let parts = [client.version, client.suite, client.group].compactMap { $0 }.joined(separator: " ")
            return StyledText(parts, client.forwardSecrecy == false ? .weak : .good) + reason
        case .fails: return StyledText("can't connect", .weak) + reason
        case .undetermined: return StyledText("not determined", .faint) + reason
        }
    }
}
