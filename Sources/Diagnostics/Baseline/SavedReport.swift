import Certificates
import SecureChannel

/// A report that was written earlier, read back: `inspect`'s own, or `connect`'s and `ciphers`', which know less.
public struct SavedReport: Decodable, Sendable {
    /// What it told, as `inspect` would have.
    public var report: Report<InspectResult>

    private enum Keys: String, CodingKey {
        case schema, tool, verb, target, startedAt, status, ownStatus, result, findings, events, spent
    }

    /// Reads the envelope, and the result of a verb that tells something of a server.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: Keys.self)
        let schema = try container.decodeIfPresent(String.self, forKey: .schema)
        guard schema == "sechan/1" else {
            throw SavedReportProblem(
                reason: schema == nil
                    ? "it has no 'schema', so it is no report of sechan" : "its schema is not sechan/1",
                hint: "reports are written with --format json"
            )
        }
        let verb = try container.decode(Verb.self, forKey: .verb)
        report = Report(
            tool: try container.decode(Tool.self, forKey: .tool),
            verb: .inspect,
            target: try container.decodeIfPresent(TargetSummary.self, forKey: .target),
            startedAt: try container.decode(String.self, forKey: .startedAt),
            status: try container.decode(RunStatus.self, forKey: .status),
            result: nil,
            findings: try container.decodeIfPresent([Finding].self, forKey: .findings) ?? [],
            events: try container.decodeIfPresent([Leg].self, forKey: .events) ?? [],
            spent: try container.decodeIfPresent(Spending.self, forKey: .spent) ?? Spending()
        )
        report.ownStatus = try container.decodeIfPresent(RunStatus.self, forKey: .ownStatus)
        guard try container.contains(.result) && !container.decodeNil(forKey: .result) else { return }
        switch verb {
        case .inspect: report.result = try container.decode(InspectResult.self, forKey: .result)
        case .ciphers:
            guard report.target != nil else { throw Self.wrongVerb("a list of this machine's own suites") }
            report.result = InspectResult(survey: try container.decode(CiphersResult.self, forKey: .result))
        case .connect:
            report.result = InspectResult(try container.decode(ConnectResult.self, forKey: .result))
        default: throw Self.wrongVerb("a report of '\(verb.rawValue)'")
        }
    }

    private static func wrongVerb(_ what: String) -> SavedReportProblem {
        SavedReportProblem(
            reason: "it is \(what), which tells too little of a server",
            hint: "judge a report of inspect, ciphers TARGET or connect"
        )
    }
}

/// Why a file is no report that can be judged.
public struct SavedReportProblem: Error, Hashable, Sendable {
    /// What is wrong; lower case, no full stop.
    public let reason: String
    /// What to do about it; nil if there is nothing to add.
    public let hint: String?

    /// A problem.
    public init(reason: String, hint: String? = nil) {
        self.reason = reason
        self.hint = hint
    }
}

extension InspectResult {
    /// What `ciphers TARGET` tells.
    fileprivate init(survey: CiphersResult) {
        self.init(kind: .server, dial: nil, attributes: nil, chain: [], validation: nil, now: 0)
        self.survey = survey
    }

    /// What `connect` tells.
    fileprivate init(_ result: ConnectResult) {
        self.init(
            kind: .server,
            dial: result.dial,
            attributes: result.attributes,
            chain: [],
            validation: result.attributes?.peer.validation,
            now: 0
        )
        // As of the day of that report, which its judgement has.
        let moment = result.attributes?.peer.validation?.time.unixSeconds ?? Timestamp.now
        certificates = result.certificates.map { CertificateReport($0, now: moment) }
        order = ChainOrder(sent: result.certificates)
    }
}
