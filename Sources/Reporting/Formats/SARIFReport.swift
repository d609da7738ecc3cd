import Diagnostics
import TLSParameters

/// SARIF 2.1.0 (OASIS): a result for what has to be mended or is worth knowing, a notification for what isn't known.
///
/// A target is no file. Its place is its line in the list of targets, where there is one, and the endpoint stands beside it as a
/// logical location.
enum SARIFReport {
    static func render(_ reports: [Report<InspectResult>], places: [ReportPlace?]) throws -> String {
        var rules: [SARIF.Rule] = []
        var indices: [String: Int] = [:]
        var results: [SARIF.Result] = []
        var notifications: [SARIF.Notification] = []
        for (report, place) in zip(reports, places) {
            let locations = [SARIF.Location(report, at: place)]
            for entry in ReportEntry.all(report) {
                switch entry.outcome {
                case .failed, .noted:
                    let index = indices[entry.id] ?? rules.count
                    if index == rules.count {
                        rules.append(SARIF.Rule(entry))
                        indices[entry.id] = index
                    }
                    rules[index].raise(to: entry.severity)
                    results.append(SARIF.Result(entry, rule: index, of: report, at: locations))
                case .open:
                    notifications.append(SARIF.Notification(entry, at: locations))
                case .passed, .skipped: break
                }
            }
        }
        let tool = reports.first?.tool
        return try JSONReport.encode(
            SARIF(
                runs: [
                    SARIF.Run(
                        tool: SARIF.Tool(
                            driver: SARIF.Driver(
                                semanticVersion: tool?.version ?? "",
                                properties: ["libssl": tool?.libssl ?? ""],
                                rules: rules
                            )
                        ),
                        invocations: [
                            SARIF.Invocation(
                                executionSuccessful: reports.allSatisfy { isComplete($0.status.exit) },
                                exitCode: ExitStatus.combined(reports.map(\.status.exit)).code,
                                startTimeUtc: reports.map(\.startedAt).min(),
                                toolExecutionNotifications: notifications
                            )
                        ],
                        results: results
                    )
                ]
            )
        )
    }

    private static func isComplete(_ exit: ExitStatus) -> Bool {
        exit == .ok || exit == .violation || exit == .certificate
    }
}

/// The parts of the format that are written here, by their names in its schema.
struct SARIF: Encodable {
    let schema = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
    let version = "2.1.0"
    var runs: [Run]

    private enum CodingKeys: String, CodingKey {
        case schema = "$schema"
        case version
        case runs
    }

    struct Run: Encodable {
        var tool: Tool
        var invocations: [Invocation]
        let columnKind = "unicodeCodePoints"
        var results: [Result]
    }

    struct Tool: Encodable {
        var driver: Driver
    }

    struct Driver: Encodable {
        let name = "sechan"
        var semanticVersion: String
        var properties: [String: String]
        var rules: [Rule]
    }

    struct Invocation: Encodable {
        var executionSuccessful: Bool
        var exitCode: Int32
        var startTimeUtc: String?
        var toolExecutionNotifications: [Notification]
    }

    struct Message: Encodable {
        var text: String
        var markdown: String?
    }

    /// What a result refers to: the same words for every target.
    struct Rule: Encodable {
        var id: String
        var name: String
        var shortDescription: Message
        var help: Message?
        var defaultConfiguration: Configuration
        var properties: Properties
        /// The worst severity that it had.
        private var severity: Finding.Severity?

        struct Configuration: Encodable {
            var level: String
        }

        struct Properties: Encodable {
            /// A number like CVSS's, from which GitHub and DefectDojo make their own words.
            var securitySeverity: String?
            var tags: [String]

            private enum CodingKeys: String, CodingKey {
                case securitySeverity = "security-severity"
                case tags
            }
        }

        private enum CodingKeys: CodingKey {
            case id
            case name
            case shortDescription
            case help
            case defaultConfiguration
            case properties
        }

        init(_ entry: ReportEntry) {
            id = entry.id
            name = entry.id
            // The statement may name the one target's own facts; a rule of a policy is the same for all.
            shortDescription = Message(
                text: entry.kind == .rule ? entry.statement.encoded(for: .sarif) : entry.id
            )
            var lines: [String] = []
            if let remedy = entry.remedy { lines.append(remedy.encoded(for: .sarif)) }
            if !entry.references.isEmpty {
                lines.append(PeerText(entry.references.joined(separator: ", ")).encoded(for: .sarif))
            }
            help = lines.isEmpty ? nil : Message(text: lines.joined(separator: "\n"))
            defaultConfiguration = Configuration(level: SARIF.level(entry.severity))
            properties = Properties(
                securitySeverity: nil,
                tags: ["security", "tls"] + entry.vulnerabilities.map { "external/cve/\($0.lowercased())" }
            )
            severity = entry.severity
            raise(to: entry.severity)
        }

        mutating func raise(to other: Finding.Severity?) {
            if let other, severity.map({ $0 < other }) ?? true { severity = other }
            defaultConfiguration.level = SARIF.level(severity)
            properties.securitySeverity =
                switch severity {
                case .high?: "8.0"
                case .medium?: "5.5"
                case .low?: "2.5"
                case .info?, nil: nil
                }
        }
    }

    struct Result: Encodable {
        var ruleId: String
        var ruleIndex: Int
        let kind = "fail"
        var level: String
        var message: Message
        var locations: [Location]
        var partialFingerprints: [String: String]
        var suppressions: [Suppression]?
        var properties: [String: String]

        init(_ entry: ReportEntry, rule: Int, of report: Report<InspectResult>, at locations: [Location]) {
            ruleId = entry.id
            ruleIndex = rule
            level = SARIF.level(entry.severity)
            self.locations = locations
            let name = report.targetName
            message = Message(text: Self.text(entry, name, .sarif), markdown: Self.text(entry, name, .markdown))
            partialFingerprints = [
                "ruleAndTarget/v1": StableHash.hex("\(entry.uniqueID) \(name.encoded(for: .terminal))")
            ]
            if entry.verdict == RuleOutcome.Verdict.waived.rawValue {
                suppressions = [
                    Suppression(justification: entry.reason?.encoded(for: .terminal))
                ]
            }
            properties = ["target": name.encoded(for: .terminal), "verdict": entry.verdict]
            if let severity = entry.severity { properties["severity"] = severity.rawValue }
        }

        private static func text(_ entry: ReportEntry, _ target: PeerText, _ encoder: PeerText.Encoder) -> String {
            var text = target.encoded(for: encoder) + ": " + entry.statement.encoded(for: encoder)
            if let reason = entry.reason { text += ": " + reason.encoded(for: encoder) }
            if let evidence = entry.shortEvidence { text += " (seen: " + evidence.encoded(for: encoder) + ")" }
            if let remedy = entry.remedy { text += "; " + remedy.encoded(for: encoder) }
            return text
        }
    }

    /// Somebody outside decided to live with it.
    struct Suppression: Encodable {
        let kind = "external"
        let status = "accepted"
        var justification: String?
    }

    struct Notification: Encodable {
        var level: String
        var message: Message
        var locations: [Location]
        var associatedRule: Reference?
        var descriptor: Reference

        struct Reference: Encodable {
            var id: String
        }

        init(_ entry: ReportEntry, at locations: [Location]) {
            level = entry.kind == .run ? "error" : "note"
            var text = "\(entry.id): " + entry.statement.encoded(for: .sarif)
            if let reason = entry.reason { text += ": " + reason.encoded(for: .sarif) }
            message = Message(text: text)
            self.locations = locations
            descriptor = Reference(id: entry.kind == .run ? "run/\(entry.verdict)" : entry.id)
        }
    }

    struct Location: Encodable {
        var physicalLocation: Physical?
        var logicalLocations: [Logical]

        struct Physical: Encodable {
            var artifactLocation: Artifact
            var region: Region
        }

        struct Artifact: Encodable {
            var uri: String
        }

        struct Region: Encodable {
            var startLine: Int
        }

        struct Logical: Encodable {
            var name: String
            var fullyQualifiedName: String
            let kind = "resource"
        }

        init(_ report: Report<InspectResult>, at place: ReportPlace?) {
            let name = report.targetName.encoded(for: .terminal)
            let address = report.target?.address.map { "\(name)/\(PeerText($0).encoded(for: .terminal))" }
            logicalLocations = [Logical(name: name, fullyQualifiedName: address ?? name)]
            physicalLocation = place.map {
                Physical(
                    artifactLocation: Artifact(uri: SARIF.uri($0.file)),
                    region: Region(startLine: max(1, $0.line))
                )
            }
        }
    }

    static func level(_ severity: Finding.Severity?) -> String {
        switch severity {
        case .high?: "error"
        case .medium?: "warning"
        case .low?, .info?, nil: "note"
        }
    }

    /// A relative reference (RFC 3986 §4.2) for a path, or a `file:` URI for an absolute one.
    static func uri(_ path: String) -> String {
        let unreserved = Set("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~/".utf8)
        var text = path.hasPrefix("/") ? "file://" : ""
        for byte in path.utf8 {
            if unreserved.contains(byte) {
                text.unicodeScalars.append(Unicode.Scalar(byte))
            } else {
                let digits = String(byte, radix: 16, uppercase: true)
                text += "%" + (digits.count == 1 ? "0" : "") + digits
            }
        }
        return text
    }
}
