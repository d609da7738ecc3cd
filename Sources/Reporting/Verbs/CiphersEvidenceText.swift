import Diagnostics

/// Every hello and its answer: what was asked and said, which claims rest on it, and the first bytes.
enum CiphersEvidenceText {
    /// Claims of one entry that text names; JSON has the rest.
    private static let claimLimit = 8

    static func add(_ result: CiphersResult, to document: inout TextDocument) {
        guard let evidence = result.evidence else { return }
        let claims = claims(result)
        // Of what was sent again, the last answer counts.
        let last = Dictionary(evidence.enumerated().map { ($1.id, $0) }, uniquingKeysWith: max)
        document.section("evidence") { rows in
            for (index, record) in evidence.enumerated() {
                rows.row("#\(record.id)", StyledText(record.asked.map { "asks for \($0)" } ?? "asks in an odd form"))
                rows.row("", StyledText("\(record.observation)") + StyledText(record.answered.map { ": \($0)" } ?? ""))
                if last[record.id] == index, let claims = claims[record.id] {
                    rows.row("", StyledText("shows \(shortened(claims))", .strong))
                }
                rows.bytes("> \(record.sentBytes) bytes ", record.sent, of: record.sentBytes)
                rows.bytes("< \(record.receivedBytes) bytes ", record.received, of: record.receivedBytes)
            }
        }
    }

    /// ` #12` behind a claim; nothing without evidence.
    static func mark(_ id: Int?) -> StyledText {
        StyledText(id.map { " #\($0)" } ?? "", .faint)
    }

    private static func shortened(_ claims: [String]) -> String {
        let more = claims.count - claimLimit
        return claims.prefix(claimLimit).joined(separator: "; ") + (more > 0 ? "; \(more) more" : "")
    }

    /// What rests on each request.
    private static func claims(_ result: CiphersResult) -> [Int: [String]] {
        var claims: [Int: [String]] = [:]
        func add(_ id: Int?, _ claim: String) {
            if let id { claims[id, default: []].append(claim) }
        }
        for version in result.versions {
            add(version.evidence, "\(version.version) \(version.verdict)")
            // SSL 2.0's one answer lists them all.
            for support in version.suites where version.version != "ssl2" {
                add(support.exchange.evidence, "\(version.version) \(support.suite.name)")
            }
        }
        for group in result.groups {
            let place = [group.version, group.family].compactMap { $0 }.joined(separator: " ")
            add(group.evidence, "\(place) \(group.name) \(group.verdict)")
        }
        for scheme in result.signatureSchemes {
            add(scheme.evidence, "\(scheme.version) \(scheme.name) \(scheme.verdict)")
        }
        for feature in result.features { add(feature.evidence, "\(feature.name) \(feature.verdict)") }
        return claims
    }
}
