import Certificates
public import Diagnostics
import SecureChannel
import TLSParameters

/// Renders a session: what stands, before its data is relayed, and how it ended, after.
public struct ConnectText: Sendable {
    private let trace: Bool
    private let hex: Bool

    /// A view that shows the legs, or the legs with their bytes, or neither.
    public init(trace: Bool, hex: Bool) {
        self.trace = trace
        self.hex = hex
    }

    /// What stands: the answer first.
    public func opening(_ report: Report<ConnectResult>) -> TextDocument {
        var document = TextDocument()
        guard let result = report.result else { return document }
        document.line(Self.headline(report, result.attributes, established: result.established))
        AttributesText.add(result.credential, to: &document)
        AttributesText.add(result.dial, to: &document)
        if let attributes = result.attributes {
            AttributesText.add(attributes, to: &document)
            // The judgement may have been asked for at another time; its days are counted from there then.
            let now = attributes.peer.validation?.time.unixSeconds ?? Timestamp.now
            CertificateText.add(
                Array(result.certificates.prefix(1)).map { CertificateReport($0, now: now) },
                to: &document
            )
            CertificateText.add(attributes.peer.validation, order: nil, to: &document)
        }
        FindingsText.add(report.findings, to: &document)
        TraceText.add(report.events, to: &document, trace: trace, hex: hex)
        return document
    }

    /// How it ended. A session that never stood has not been shown yet, so all of it is.
    public func closing(_ report: Report<ConnectResult>) -> TextDocument {
        guard let result = report.result, let relay = result.relay else { return opening(report) }
        var document = TextDocument()
        document.line("")
        add(relay, to: &document)
        let legs = report.events.filter { $0.number > relay.legsBefore }
        TraceText.add(legs, to: &document, trace: trace, hex: hex)
        return document
    }

    /// All of it in one document.
    public func whole(_ report: Report<ConnectResult>) -> TextDocument {
        var document = opening(report)
        if let relay = report.result?.relay { add(relay, to: &document) }
        return document
    }

    private func add(_ relay: RelaySummary, to document: inout TextDocument) {
        document.section("close") { rows in
            rows.row("ended by", Self.ending(relay.ending))
            rows.row("data", "\(relay.bytesSent) bytes sent, \(relay.bytesReceived) received")
            if relay.bytesUnsent > 0 {
                rows.row("not sent", StyledText("\(relay.bytesUnsent) bytes of the input", .bad))
            }
        }
    }

    private static func ending(_ ending: RelaySummary.Ending) -> StyledText {
        switch ending {
        case .endOfInput: "us, at the end of input, with close_notify"
        case .idle: StyledText("us, because both sides were silent", .weak)
        case .outputClosed: "us, because standard output was closed"
        case .interrupted: StyledText("us, because we were interrupted", .weak)
        case .deadline: StyledText("us, because time was up", .weak)
        case .closeNotify: StyledText("the peer, with close_notify", .good)
        case .truncated: StyledText("the peer, without close_notify: data may be missing", .bad)
        case .reset: StyledText("the peer, with a reset: data may be missing", .bad)
        case .failed: StyledText("an error", .bad)
        }
    }

    /// Did a session stand, with which version and suite, and is the peer who it claims to be?
    static func headline<Outcome>(
        _ report: Report<Outcome>,
        _ attributes: ConnectionAttributes?,
        established: Bool
    ) -> StyledText {
        let target = report.target?.input ?? ""
        guard established, let attributes, let version = attributes.protocol, let suite = attributes.suite else {
            return "\(target, .strong): " + StyledText("no session", .bad)
                + StyledText(report.status.reason.map { ": \($0)" } ?? "")
        }
        var line: StyledText = "\(target, .strong): \(version.name, .strong) with \(suite.name, .strong), "
        switch attributes.peer.validation {
        case let validation? where validation.isTrusted:
            line =
                line
                + StyledText(
                    validation.nameChecked == nil ? "certificate trusted, name not checked" : "certificate trusted",
                    .good
                )
        case let validation?:
            line = line + StyledText("certificate not accepted: \(validation.problems.first?.text ?? "unknown")", .bad)
        case nil where attributes.peer.chain.isEmpty:
            line = line + StyledText("the peer showed no certificate", .weak)
        case nil:
            line = line + StyledText("certificate not checked", .weak)
        }
        return line
    }
}
