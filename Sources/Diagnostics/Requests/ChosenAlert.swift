import SecureChannel
import TLSParameters

/// An alert that a user wants sent, to see what the peer makes of it.
public struct ChosenAlert: Sendable, Hashable {
    let description: AlertDescription
    let level: AlertLevel

    /// Reads `NAME`, `NAME:warning` or `NAME:fatal`; a number will do for the name. Without a level it is fatal, but for those
    /// that are warnings by their nature.
    ///
    /// - Throws: `RequestProblem` that names the word that was not understood.
    public init(parsing text: String) throws(RequestProblem) {
        let parts = text.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
        let number = UInt8(parts[0]).map { AlertDescription(rawValue: $0) }
        guard let description = number ?? AlertDescription(named: parts[0]) else {
            throw RequestProblem(
                reason: "--alert: '\(parts[0])' is not an alert",
                hint: NearestNames.hint(
                    parts[0],
                    among: AlertDescription.all.map(\.name),
                    otherwise: "write a name such as handshake_failure, or a number from 0 to 255"
                )
            )
        }
        self.description = description
        switch parts.count > 1 ? parts[1] : nil {
        case nil:
            let warnings: [AlertDescription] = [.close_notify, .no_certificate, .user_canceled, .no_renegotiation]
            level = warnings.contains(description) ? .warning : .fatal
        case "warning": level = .warning
        case "fatal": level = .fatal
        case let other?:
            throw RequestProblem(
                reason: "--alert: '\(other)' is not a level",
                hint: "write \(description.name):warning or \(description.name):fatal"
            )
        }
    }

    /// `fatal handshake_failure`.
    var text: String { "\(level.name) \(description.name)" }
}
