import Certificates
public import Diagnostics
import SecureChannel
import TLSParameters

/// Renders a session: what stands, before its data is relayed, and how it ended, after.
public struct ConnectText: Sendable {
    private let trace: Bool
    private let hex: Bool
    private let explain: Bool
    private let verbose: Bool

    /// A view that shows the legs, with their bytes, with Schannel's statuses, or none of it.
    /// `verbose` adds everything else that is known of the connection.
    public init(trace: Bool, hex: Bool, explain: Bool = false, verbose: Bool = false) {
        self.trace = trace
        self.hex = hex
        self.explain = explain
        self.verbose = verbose
    }

    /// What stands: the answer first.
    public func opening(_ report: Report<ConnectResult>) -> TextDocument {
        var document = TextDocument()
        guard let result = report.result else { return document }
        document.line(Self.headline(report, result.attributes, established: result.established))
        AttributesText.add(result.credential, to: &document)
        AttributesText.add(result.dial, result.attributes, to: &document)
        if let attributes = result.attributes {
            AttributesText.add(attributes, to: &document)
            // The judgement may have been asked for at another time; its days are counted from there then.
            let now = attributes.peer.validation?.time.unixSeconds ?? Timestamp.now
            CertificateText.add(
                Array(result.certificates.prefix(1)).map { CertificateReport($0, now: now) },
                to: &document
            )
            CertificateText.add(attributes.peer.validation, order: nil, to: &document)
            if verbose { AttributesText.addDetails(attributes, result.dial, to: &document) }
            if result.credential.verification == .manual, let validation = attributes.peer.validation {
                ChecksText.add(validation, to: &document)
            }
        }
        if let diagnosis = result.diagnosis { add(diagnosis, to: &document) }
        FindingsText.add(report.findings, to: &document)
        TraceText.add(
            report.events,
            failure: result.attributes?.failure,
            missing: result.attributes?.transport.missingBytes,
            to: &document,
            trace: trace,
            hex: hex,
            explain: explain
        )
        return document
    }

    /// How it ended. A session that never stood has not been shown yet, so all of it is.
    public func closing(_ report: Report<ConnectResult>) -> TextDocument {
        guard let result = report.result, let relay = result.relay else { return opening(report) }
        var document = TextDocument()
        document.line("")
        add(relay, result.attributes?.protocol, to: &document)
        if verbose, let attributes = result.attributes { AttributesText.addEnd(attributes, to: &document) }
        let legs = report.events.filter { $0.number > relay.legsBefore }
        TraceText.add(legs, to: &document, trace: trace, hex: hex, explain: explain)
        return document
    }

    /// All of it in one document.
    public func whole(_ report: Report<ConnectResult>) -> TextDocument {
        var document = opening(report)
        if let relay = report.result?.relay {
            add(relay, report.result?.attributes?.protocol, to: &document)
            if verbose, let attributes = report.result?.attributes { AttributesText.addEnd(attributes, to: &document) }
        }
        return document
    }

    /// What hellos of our own found out, and what they cost.
    private func add(_ diagnosis: DiagnosisSummary, to document: inout TextDocument) {
        document.section("second look") { rows in
            rows.row("conclusion", diagnosis.conclusion.map { StyledText($0, .strong) })
            for answer in diagnosis.answers {
                rows.row(Self.question(answer.question), Self.answer(answer))
            }
            rows.row("cost", "\(diagnosis.connections) connections more")
        }
    }

    private static func question(_ id: String) -> String {
        switch id {
        case "short": "a short hello"
        case "long": "a long hello"
        case "name": "with a server name"
        case "no-name": "without server name"
        default:
            id.hasSuffix("-weak") ? "\(version(String(id.dropLast(5)))) with weak suites" : "\(version(id)) alone"
        }
    }

    private static func answer(_ answer: DiagnosisSummary.Answer) -> StyledText {
        guard let version = answer.version else {
            return StyledText(answer.alert.map { "alert \($0)" } ?? answer.answer, .weak)
        }
        let name = Self.version(version)
        let suite = answer.suite.map { " with \($0.name)" } ?? ""
        let group = answer.group.map { ", \($0.name)" } ?? ""
        return StyledText("accepted: \(name)\(suite)\(group)", .good)
    }

    /// `TLS 1.2` for `tls1.2`.
    private static func version(_ id: String) -> String {
        ProtocolVersion.all.first { $0.id == id }?.name ?? id
    }

    private func add(_ relay: RelaySummary, _ version: ProtocolAttributes?, to document: inout TextDocument) {
        document.section("close") { rows in
            rows.row("ended by", Self.ending(relay.ending, version))
            rows.row("data", "\(relay.bytesSent) bytes sent, \(relay.bytesReceived) received")
            if relay.earlyBytesResent > 0 {
                rows.row(
                    "early data",
                    "\(relay.earlyBytesResent) bytes sent again, which the server had not taken early"
                )
            }
            if relay.bytesUnsent > 0 {
                rows.row("not sent", StyledText("\(relay.bytesUnsent) bytes of the input", .bad))
            }
            rows.row("answer", relay.answer.map(Self.answer))
        }
    }

    private static func answer(_ answer: AnswerSummary) -> StyledText {
        let head: StyledText = answer.status.map { "\(answer.version ?? "HTTP") \($0), " } ?? ""
        if answer.complete { return head + StyledText("\(answer.bodyBytes) bytes of body, whole", .good) }
        return head + StyledText(answer.problem ?? "not whole", .bad)
    }

    private static func ending(_ ending: RelaySummary.Ending, _ version: ProtocolAttributes?) -> StyledText {
        let manner =
            version?.version == ProtocolVersion.ssl2.id
            ? "by closing the connection: SSL 2.0 has no close_notify" : "with close_notify"
        return switch ending {
        case .endOfInput: "us, at the end of input, \(manner)"
        case .answered: "us, once the answer had come, \(manner)"
        case .quit: "us, on request, \(manner)"
        case .idle: StyledText("us, because both sides were silent", .weak)
        case .outputClosed: "us, because standard output was closed"
        case .interrupted: StyledText("us, because we were interrupted", .weak)
        case .deadline: StyledText("us, because time was up", .weak)
        case .closeNotify: StyledText("the peer, with close_notify", .good)
        case .truncated: StyledText("the peer, without close_notify: data may be missing", .bad)
        case .unmarked: StyledText("the peer; SSL 2.0 has no close_notify, so missing data can't be seen", .weak)
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
        case nil where attributes.isAuthenticatedByKey:
            line = line + StyledText("authenticated by the pre-shared key", .good)
        case nil where attributes.peer.chain.isEmpty:
            line = line + StyledText("the peer showed no certificate", .weak)
        case nil:
            line = line + StyledText("certificate not checked", .weak)
        }
        return line
    }
}
